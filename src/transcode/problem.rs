//! Why a file could not be taken, and where in it.

use std::fmt;

use crate::codec::json::JsonError;
use crate::codec::protobuf::ProtobufError;
use crate::codec::yaml::{self, YamlError};

/// Why a file could not be taken. Its `Display` is one line: `line:column: text`, or the text alone where there are no lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line from 1, and column from 1, of text.
    pub at: Option<(usize, usize)>,
    /// What is wrong.
    pub text: String,
}

impl Problem {
    /// A problem of the whole file.
    pub fn new(text: impl Into<String>) -> Self {
        Self { at: None, text: text.into() }
    }

    /// A problem of a JSON document at its place.
    pub(super) fn json(document: &[u8], error: &JsonError) -> Self {
        Self { at: Some(place(document, error.offset())), text: with_path(error.path(), &error.to_string()) }
    }

    /// A problem of YAML's own grammar.
    pub(super) fn yaml(error: &YamlError) -> Self {
        let text = error.to_string();
        let text = text.split_once(": ").filter(|(head, _)| *head == "yaml").map_or(text.as_str(), |(_, rest)| rest);
        let text = text.strip_prefix(&format!("line {}: ", error.line())).unwrap_or(text);
        Self { at: (error.line() > 0).then(|| (error.line(), error.column())), text: text.to_owned() }
    }

    /// A problem of what a YAML document says, at the value that says it.
    pub(super) fn in_yaml(file: &[u8], document: usize, error: &JsonError) -> Self {
        Self { at: yaml::locate(file, document, error.path()), text: with_path(error.path(), &error.to_string()) }
    }

    pub(super) fn protobuf(error: &ProtobufError) -> Self {
        Self::new(with_path(error.path(), &error.to_string()))
    }
}

fn with_path(path: &str, text: &str) -> String {
    if path.is_empty() { text.to_owned() } else { format!("{path}: {text}") }
}

/// Line and column of a byte, both from 1; columns count characters.
fn place(document: &[u8], offset: usize) -> (usize, usize) {
    let before = document.get(..offset).unwrap_or(document);
    let line = before.split(|byte| *byte == b'\n').count();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (line, String::from_utf8_lossy(&before[start..]).chars().count() + 1)
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(f, "{line}:{column}: ")?;
        }
        f.write_str(&self.text.replace(['\n', '\r'], " "))
    }
}

impl std::error::Error for Problem {}
