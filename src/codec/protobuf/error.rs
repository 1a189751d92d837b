//! Why bytes could not be decoded.

use std::borrow::Cow;
use std::fmt;

/// Why bytes could not be decoded: Go's wording, and the field it happened in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtobufError(Box<Problem>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Problem {
    text: Cow<'static, str>,
    path: String,
}

impl ProtobufError {
    /// A problem as a text says it.
    #[cold]
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Problem { text: text.into(), path: String::new() }))
    }

    /// The bytes end in the middle of something.
    #[cold]
    pub(crate) fn cut_short() -> Self {
        Self::text("unexpected EOF")
    }

    /// Adds the field it happened in.
    #[cold]
    pub(super) fn in_field(mut self, name: &str) -> Self {
        let path = &mut self.0.path;
        if !path.is_empty() {
            path.insert(0, '.');
        }
        path.insert_str(0, name);
        self
    }

    /// Where in the object, such as `spec.containers.image`; empty for the whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for ProtobufError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl std::error::Error for ProtobufError {}
