//! Field selectors: fields that must, or must not, have a value.

use std::fmt;
use std::str::FromStr;

use super::label::SelectorError;

/// Terms that must all hold; without any it selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector {
    terms: Vec<Term>,
}

/// What one field must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Dotted path, such as `metadata.name`.
    pub field: String,
    /// Whether the field must have the value, or must not.
    pub equal: bool,
    /// The value, unescaped.
    pub value: String,
}

impl FieldSelector {
    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether an object is selected whose fields are looked up by path. An absent field compares as empty text.
    pub fn matches(&self, value: impl Fn(&str) -> Option<String>) -> bool {
        self.terms.iter().all(|term| (value(&term.field).unwrap_or_default() == term.value) == term.equal)
    }

    /// The value that a field must have, when the selector says so (`metadata.name=x`).
    pub fn exact(&self, field: &str) -> Option<&str> {
        self.terms.iter().find(|term| term.equal && term.field == field).map(|term| term.value.as_str())
    }

    /// What it asks of fields, in the order of the canonical text.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }
}

impl FromStr for FieldSelector {
    type Err = SelectorError;

    fn from_str(text: &str) -> Result<Self, SelectorError> {
        let mut parts = split(text);
        parts.sort_unstable();
        let mut terms = Vec::new();
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let (field, equal, value) =
                operator(part).ok_or_else(|| SelectorError(format!("invalid selector: '{text}'; can't understand '{part}'")))?;
            if !(field.is_empty() && value.is_empty()) {
                terms.push(Term { field: field.to_owned(), equal, value: unescaped(value)? });
            }
        }
        Ok(Self { terms })
    }
}

/// Cuts at commas that no backslash escapes.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b',' => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Cuts at the first operator: field, whether it asks for equality, value as written.
fn operator(term: &str) -> Option<(&str, bool, &str)> {
    term.char_indices().find_map(|(at, _)| {
        let rest = &term[at..];
        [("!=", false), ("==", true), ("=", true)]
            .into_iter()
            .find_map(|(operator, equal)| Some((&term[..at], equal, rest.strip_prefix(operator)?)))
    })
}

fn unescaped(value: &str) -> Result<String, SelectorError> {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c @ ('\\' | ',' | '=')) => out.push(c),
                next => {
                    let next = next.map(String::from).unwrap_or_default();
                    return Err(SelectorError(format!("invalid field selector: invalid escape sequence: \\{next}")));
                }
            },
            ',' | '=' => return Err(SelectorError(format!("invalid field selector: unescaped character in value: {}", u32::from(c)))),
            c => out.push(c),
        }
    }
    Ok(out)
}

impl fmt::Display for FieldSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, term) in self.terms.iter().enumerate() {
            write!(f, "{}{term}", if at > 0 { "," } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.field, if self.equal { "=" } else { "!=" })?;
        for c in self.value.chars() {
            if matches!(c, '\\' | ',' | '=') {
                f.write_str("\\")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;

    use super::*;

    #[test]
    fn recorded_selectors() {
        let file: Value = serde_json::from_str(include_str!("../../tests/fixtures/vectors/field_selectors.json")).expect("fixture");
        let sets: Vec<BTreeMap<String, String>> = serde_json::from_value(file["fieldSets"].clone()).expect("field sets");
        for case in file["cases"].as_array().expect("cases") {
            let input = case["input"].as_str().expect("input");
            match (input.parse::<FieldSelector>(), case["error"].as_str()) {
                (Ok(selector), None) => {
                    assert_eq!(selector.to_string(), case["canonical"].as_str().unwrap_or_default(), "{input:?}");
                    let matching: Vec<usize> =
                        (0..sets.len()).filter(|&at| selector.matches(|field| sets[at].get(field).cloned())).collect();
                    let expected: Vec<usize> = serde_json::from_value(case["matchesFieldSets"].clone()).expect("indexes");
                    assert_eq!(matching, expected, "{input:?}");
                }
                (Err(fault), Some(expected)) => assert_eq!(fault.to_string(), expected, "{input:?}"),
                (got, expected) => panic!("{input:?}: {got:?}, expected {expected:?}"),
            }
        }
    }

    #[test]
    fn exact_values_can_be_asked_for() {
        let selector: FieldSelector = "metadata.name=a,spec.x!=b".parse().expect("selector");
        assert_eq!(selector.exact("metadata.name"), Some("a"));
        assert_eq!(selector.exact("spec.x"), None);
        assert_eq!(selector.exact("metadata.namespace"), None);
    }
}
