//! Conditions of default rules: `.a`, `!.a`, `.a == "x"`, `.a != "x"`, `.a ~ 'regex'`, joined by `&&`.

use std::fmt;

use regex::Regex;

use crate::object::Message;
use crate::object::path::{Path, get, is_set, to_json};

/// Holds when each of its terms does.
#[derive(Clone, Debug)]
pub(super) struct Condition(Vec<Term>);

#[derive(Clone, Debug)]
enum Term {
    Set(Path),
    Unset(Path),
    Is(Path, String),
    IsNot(Path, String),
    Matches(Path, Regex),
}

/// A text is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConditionError(String);

impl fmt::Display for ConditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no condition", self.0)
    }
}

impl std::str::FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        terms(text)
            .into_iter()
            .map(|part| term(part.trim()).ok_or_else(|| ConditionError(part.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// The parts between `&&` that do not lie in quotes.
fn terms(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quote) = (Vec::new(), 0, None);
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match quote {
            Some(open) => quote = Some(open).filter(|open| *open != byte),
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if byte == b'&' && bytes.get(at + 1) == Some(&b'&') => {
                parts.push(&text[start..at]);
                start = at + 2;
            }
            None => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

fn term(text: &str) -> Option<Term> {
    if let Some(path) = text.strip_prefix('!') {
        return Some(Term::Unset(parse(path)?));
    }
    let end = text.find([' ', '=', '!', '~']).unwrap_or(text.len());
    let (path, rest) = text.split_at(end);
    let path = parse(path)?;
    let rest = rest.trim_start();
    Some(if rest.is_empty() {
        Term::Set(path)
    } else if let Some(value) = rest.strip_prefix("==") {
        Term::Is(path, literal(value)?)
    } else if let Some(value) = rest.strip_prefix("!=") {
        Term::IsNot(path, literal(value)?)
    } else {
        Term::Matches(path, Regex::new(&literal(rest.strip_prefix('~')?)?).ok()?)
    })
}

fn parse(path: &str) -> Option<Path> {
    path.trim().strip_prefix('.')?.parse().ok()
}

/// Text in quotes, or a bare word such as `true` or `1`.
fn literal(text: &str) -> Option<String> {
    let text = text.trim();
    match text.chars().next()? {
        '"' => serde_json::from_str(text).ok(),
        '\'' => text.strip_prefix('\'')?.strip_suffix('\'').map(str::to_owned),
        _ => Some(text.to_owned()),
    }
}

impl Condition {
    /// Whether it holds for a message.
    pub(super) fn holds(&self, message: &dyn Message) -> bool {
        self.0.iter().all(|term| match term {
            Term::Set(path) => is_set(message, path),
            Term::Unset(path) => !is_set(message, path),
            Term::Is(path, text) => text_at(message, path) == *text,
            Term::IsNot(path, text) => text_at(message, path) != *text,
            Term::Matches(path, regex) => regex.is_match(&text_at(message, path)),
        })
    }
}

/// What lies at a path as text; empty when nothing does.
fn text_at(message: &dyn Message, path: &Path) -> String {
    match get(message, path).map(to_json) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text,
        Some(value) => value.to_string(),
    }
}
