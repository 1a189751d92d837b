//! Why a document could not be decoded: Go's wording, and where in the document it was.

use std::borrow::Cow;
use std::fmt;

/// Why a document could not be decoded. Its `Display` is the text that a Kubernetes server gives.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonError(Box<Problem>);

#[derive(Clone, PartialEq, Eq)]
struct Problem {
    offset: usize,
    path: String,
    cause: Cause,
}

#[derive(Clone, PartialEq, Eq)]
enum Cause {
    Text(Cow<'static, str>),
    Mismatch { found: String, wanted: String, owner: Option<String>, field: String },
}

impl JsonError {
    /// A problem that a text says in full.
    #[cold]
    pub fn text(offset: usize, text: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Problem { offset, path: String::new(), cause: Cause::Text(text.into()) }))
    }

    /// A value of another type than the field's. `wanted` is the Go type, empty when the field is to say it.
    #[cold]
    pub(super) fn mismatch(offset: usize, found: String, wanted: String) -> Self {
        Self(Box::new(Problem { offset, path: String::new(), cause: Cause::Mismatch { found, wanted, owner: None, field: String::new() } }))
    }

    /// Adds the member of an object it happened in: Go names the innermost type and the fields from the outside in.
    #[cold]
    pub(super) fn in_field(mut self, owner: &str, name: &str, whole: impl FnOnce() -> String) -> Self {
        prefix(&mut self.0.path, name);
        if let Cause::Mismatch { wanted, owner: innermost, field, .. } = &mut self.0.cause {
            if wanted.is_empty() {
                *wanted = whole();
            }
            innermost.get_or_insert_with(|| owner.to_owned());
            prefix(field, name);
        }
        self
    }

    /// Adds the list item or map entry it happened in.
    #[cold]
    pub(super) fn in_element(mut self, element: &str) -> Self {
        prefix(&mut self.0.path, element);
        self
    }

    /// Position in the document, in bytes.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Where in the object, such as `spec.containers[0].image`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

/// Puts a step before a path.
pub(super) fn prefix(path: &mut String, step: &str) {
    if !path.is_empty() && !path.starts_with('[') {
        path.insert(0, '.');
    }
    path.insert_str(0, step);
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.cause {
            Cause::Text(text) => f.write_str(text),
            Cause::Mismatch { found, wanted, owner: Some(owner), field } => {
                write!(f, "json: cannot unmarshal {found} into Go struct field {owner}.{field} of type {wanted}")
            }
            Cause::Mismatch { found, wanted, .. } => write!(f, "json: cannot unmarshal {found} into Go value of type {wanted}"),
        }
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} (at byte {}, path {:?})", self.0.offset, self.0.path)
    }
}

impl std::error::Error for JsonError {}
