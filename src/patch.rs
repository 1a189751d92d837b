//! The ways to change an object by a document that says what changes: values in, values out.

pub mod go;
pub mod json;
pub mod managed;
pub mod merge;
pub mod strategic;

use std::fmt;

use serde_json::Value;

/// A patch could not be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchError {
    /// What kind of failure it is; decides the status.
    pub kind: PatchErrorKind,
    /// What is wrong, in Kubernetes' words where they are visible to clients.
    pub message: String,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatchErrorKind {
    /// The document is no patch: 400 BadRequest with the message.
    BadRequest,
    /// Too many operations: 413 RequestEntityTooLarge with the message.
    TooLarge,
    /// The patch does not apply to this object: 422 Invalid with no causes and Kubernetes' general text; the message is for logs.
    Rejected,
    /// The patch contradicts itself or the object's lists: 500 without a reason, with the message.
    Failed,
}

impl PatchError {
    fn new(kind: PatchErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The document has another JSON type than patches of this sort have.
    fn mistyped(found: &Value, expected: &str) -> Self {
        Self::new(
            PatchErrorKind::BadRequest,
            format!("error decoding patch: json: cannot unmarshal {} into Go {expected}", type_name(found)),
        )
    }
}

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatchError {}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Equality of JSON values, where `1` and `1.0` are one number and members have no order.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b))),
        (a, b) => a == b,
    }
}
