//! JSON with the rules of Go's encoding/json as Kubernetes uses them: case-sensitive names, HTML escaping, `null` leaves a field unset.

mod any;
mod decode;
mod either;
mod encode;
mod error;
mod findings;
pub(crate) mod go;
mod indent;
mod number;
mod parser;
mod scan;
mod sink;
mod structure;
pub(crate) mod syntax;
mod text;

use std::borrow::Cow;

use serde_json::Value;

pub use error::JsonError;
pub use findings::{Finding, FindingKind, Findings};
pub use indent::indented;
pub use parser::Parser;
pub(crate) use text::{compact, integer as write_integer, string as write_string, without_space};

use crate::object::Message;

/// How deep a document may nest. Kubernetes' own objects stay far below; the bound keeps hostile documents off the stack.
pub const MAX_DEPTH: u32 = 120;

/// What a document says it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeMeta {
    /// `apiVersion`; empty when absent.
    pub api_version: String,
    /// `kind`; empty when absent.
    pub kind: String,
}

/// Decodes one document into a message, over what it holds already. With `findings`, unknown and duplicate fields are collected too.
///
/// Invalid UTF-8 becomes U+FFFD, as in Go. Nothing may follow the document but space.
pub fn decode(bytes: &[u8], message: &mut dyn Message, findings: Option<&mut Findings>) -> Result<(), JsonError> {
    let text = text_of(bytes);
    let mut parser = Parser::new(&text);
    parser.strict = findings.is_some();
    let result = parser.document(message);
    if let Some(findings) = findings {
        findings.take(&mut parser.found);
    }
    result.map_err(|error| syntax::check(text.as_bytes()).err().unwrap_or(error))
}

/// As [`decode`], from a document already parsed.
pub fn from_value(value: &Value, message: &mut dyn Message, findings: Option<&mut Findings>) -> Result<(), JsonError> {
    let bytes = serde_json::to_vec(value).map_err(|error| JsonError::text(0, error.to_string()))?;
    decode(&bytes, message, findings)
}

/// Appends the JSON form of a message.
pub fn encode(message: &dyn Message, out: &mut Vec<u8>) {
    encode::message(message, out);
}

/// Appends the JSON form of an object of a kind: `kind` and `apiVersion` come first, and from here, whatever the object holds.
pub fn encode_object(message: &dyn Message, api_version: &str, kind: &str, out: &mut Vec<u8>) {
    encode::object(message, api_version, kind, out);
}

/// The JSON form of a message as a tree.
pub fn to_value(message: &dyn Message) -> Value {
    let mut bytes = Vec::new();
    encode(message, &mut bytes);
    any::tree(&bytes)
}

/// As [`to_value`], with `kind` and `apiVersion` of an object.
pub fn to_object_value(message: &dyn Message, api_version: &str, kind: &str) -> Value {
    let mut bytes = Vec::new();
    encode_object(message, api_version, kind, &mut bytes);
    any::tree(&bytes)
}

/// The `apiVersion` and `kind` of a document, which is read to its end.
pub fn type_meta(bytes: &[u8]) -> Result<TypeMeta, JsonError> {
    let text = text_of(bytes);
    Parser::new(&text).type_meta().map_err(|error| syntax::check(text.as_bytes()).err().unwrap_or(error))
}

/// The text of a document; each byte that is not UTF-8 becomes U+FFFD.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{FFFD}'));
    }
    Cow::Owned(text)
}
