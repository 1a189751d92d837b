//! Objects from one form to another, and from one version to another: JSON, YAML, protobuf in its frame.

mod kinds;
mod problem;
mod read;
mod version;
mod write;

pub use kinds::{Known, Unknown};
pub use problem::Problem;
pub use read::read;
pub use version::{GroupVersion, to_version};
pub use write::write;

use crate::codec::json::Findings;
use crate::object::Object;
use crate::registry::Registry;

/// How objects are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON, indented by two spaces, without a final newline.
    Json,
    /// YAML with sorted keys.
    Yaml,
    /// Protobuf, in the frame that begins with `k8s\0`.
    Protobuf,
}

/// An object that was read, and what it says it is.
pub struct Document<'r> {
    /// Its `apiVersion`; empty for the events of a watch.
    pub api_version: String,
    /// Its `kind`; empty for the events of a watch.
    pub kind: String,
    /// The object.
    pub object: Object,
    /// What is known of its kind.
    pub known: Known<'r>,
    /// Fields that its type does not have, or that were given twice.
    pub findings: Findings,
}

/// A file that was written anew, and what its objects held that their types do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcoded {
    /// The new content.
    pub bytes: Vec<u8>,
    /// Fields that are lost, or that were given twice.
    pub findings: Vec<Findings>,
}

/// The objects of a file in another form and, if one is named, in another version. Never panics, whatever the bytes are.
pub fn transcode(registry: &Registry, bytes: &[u8], form: Form, version: Option<&GroupVersion>) -> Result<Transcoded, Problem> {
    let mut documents = read(registry, bytes)?;
    if form != Form::Protobuf {
        for document in &mut documents {
            version::open_items(registry, document);
        }
    }
    if let Some(version) = version {
        documents = documents.into_iter().map(|document| to_version(registry, document, version)).collect::<Result<_, _>>()?;
    }
    let bytes = write(&documents, form);
    Ok(Transcoded {
        bytes,
        findings: documents.into_iter().map(|document| document.findings).filter(|findings| !findings.is_empty()).collect(),
    })
}
