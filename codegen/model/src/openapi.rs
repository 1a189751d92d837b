//! OpenAPI documents of an [`Api`](crate::Api): version 2 as one document, version 3 as one per group-version, and the protobuf form of version 2.
//!
//! The documents are what clients of Kubernetes-style servers read: kubectl for explaining, validating and patching, client libraries for
//! generating code. Shape, order and names therefore follow what such servers publish.

mod definitions;
mod endpoint;
pub mod gnostic;
mod hash;
mod media;
mod meta;
mod operation;
mod operation_id;
mod options;
mod parameters;
mod paths;
mod plain;
mod property;
mod schema;
pub mod v2;
pub mod v3;
mod wording;
pub mod yaml_text;

/// Which face of a server a document shows.
#[allow(clippy::struct_excessive_bools, reason = "independent switches")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// CBOR media types are listed.
    pub cbor: bool,
    /// The values of enumerations are listed, and described.
    pub enums: bool,
    /// Bounds, lengths, patterns and counts of values are listed.
    pub bounds: bool,
    /// Bearer tokens are the way to authenticate.
    pub bearer: bool,
    /// Paths are listed that only the document published with a release has.
    pub published: bool,
}

impl Profile {
    /// What a running server shows, unless its set says otherwise.
    pub const LIVE: Self = Self { cbor: false, enums: true, bounds: true, bearer: true, published: false };
}

impl Default for Profile {
    fn default() -> Self {
        Self::LIVE
    }
}

/// The two versions of the OpenAPI language, as far as schemas differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// Swagger 2.0: `#/definitions/`, no defaults, references keep siblings.
    V2,
    /// OpenAPI 3.0: `#/components/schemas/`, defaults, references stand alone.
    V3,
}

impl Dialect {
    /// The reference to a definition.
    fn reference(self, definition: &str) -> String {
        match self {
            Self::V2 => format!("#/definitions/{definition}"),
            Self::V3 => format!("#/components/schemas/{definition}"),
        }
    }
}

/// Group, version and kind as `x-kubernetes-group-version-kind` writes them; ordered by group, version, kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gvk {
    group: String,
    version: String,
    kind: String,
}

impl Gvk {
    fn new(group: &str, version: &str, kind: &str) -> Self {
        Self { group: group.to_owned(), version: version.to_owned(), kind: kind.to_owned() }
    }

    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({"group": self.group, "kind": self.kind, "version": self.version})
    }
}

/// The extension that names the kinds a definition or an operation is about.
const GVK_KEY: &str = "x-kubernetes-group-version-kind";

#[cfg(test)]
mod tests;
