//! What the client sends and wants: Accept and Content-Type to media types, pretty printing and transforms. Pure.

mod accept;
mod content;
mod pretty;

pub use accept::{Forms, error_output, output, route_gate, wants_aggregated};
pub use content::{PatchType, body_type, patch_type};
pub use pretty::wants_pretty;

/// A media type that objects are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Media {
    /// `application/json`.
    #[default]
    Json,
    /// `application/yaml`.
    Yaml,
    /// `application/vnd.kubernetes.protobuf`.
    Protobuf,
}

impl Media {
    /// Every type, in the order in which messages list them.
    pub const ALL: [Self; 3] = [Self::Json, Self::Yaml, Self::Protobuf];

    /// The media type as headers write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Yaml => "application/yaml",
            Self::Protobuf => "application/vnd.kubernetes.protobuf",
        }
    }

    /// The Content-Type of a watch in this form. JSON streams carry no suffix.
    pub const fn stream_type(self) -> &'static str {
        match self {
            Self::Protobuf => "application/vnd.kubernetes.protobuf;stream=watch",
            other => other.as_str(),
        }
    }

    /// The type that a header names, parameters apart.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.as_str().eq_ignore_ascii_case(name))
    }
}

/// The form of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Media type.
    pub media: Media,
    /// Indented by two spaces; JSON only.
    pub pretty: bool,
    /// What to make of the object first.
    pub transform: Option<Transform>,
}

/// What a client asks to be shown instead of the object (`as=` of Accept).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transform {
    /// The kind of it.
    pub kind: TransformKind,
    /// Version of `meta.k8s.io` to use: `v1` or `v1beta1`.
    pub version: &'static str,
}

/// The kinds that objects can be shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransformKind {
    /// Rows of cells.
    Table,
    /// Type and metadata of one object.
    PartialObjectMetadata,
    /// Type and metadata of each object of a list.
    PartialObjectMetadataList,
}

impl TransformKind {
    /// The kind as Accept writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "Table",
            Self::PartialObjectMetadata => "PartialObjectMetadata",
            Self::PartialObjectMetadataList => "PartialObjectMetadataList",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Table, Self::PartialObjectMetadata, Self::PartialObjectMetadataList].into_iter().find(|kind| kind.as_str() == name)
    }
}
