//! What strict decoding finds: fields that nobody knows, and fields given twice.

use std::fmt;

/// More findings than this are not reported, as in Kubernetes.
const MOST: usize = 100;

/// What strict decoding found, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Each distinct finding once.
    pub found: Vec<Finding>,
}

/// One of them. Its `Display` is the text of the Warning, such as `unknown field "spec.foo"`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// What is wrong with the field.
    pub kind: FindingKind,
    /// The field, such as `spec.containers[0].foo`.
    pub path: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// The type has no such field.
    Unknown,
    /// The document gives it twice; the last one counts.
    Duplicate,
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The findings in document order.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.found.iter()
    }

    /// Moves what a parser found here.
    pub(super) fn take(&mut self, found: &mut Vec<Finding>) {
        for finding in found.drain(..) {
            if self.found.len() < MOST && !self.found.contains(&finding) {
                self.found.push(finding);
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FindingKind::Unknown => write!(f, "unknown field \"{}\"", self.path),
            FindingKind::Duplicate => write!(f, "duplicate field \"{}\"", self.path),
        }
    }
}

/// The findings joined by commas, as the text of a strict decoding error has them.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.found.iter().enumerate() {
            write!(f, "{}{finding}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
