//! Media types of operations, in the order of published documents.

use super::Profile;

const JSON: &str = "application/json";
const YAML: &str = "application/yaml";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
const CBOR: &str = "application/cbor";

/// A list of media types.
pub(super) type Media = Vec<&'static str>;

/// Any media type.
pub(super) fn any() -> Media {
    vec!["*/*"]
}

/// JSON alone.
pub(super) fn json() -> Media {
    vec![JSON]
}

/// What lists of groups are written in.
pub(super) fn groups() -> Media {
    vec![JSON, YAML, PROTOBUF]
}

/// What objects are written in.
pub(super) fn objects(profile: Profile) -> Media {
    with_cbor(vec![JSON, YAML, PROTOBUF, CBOR], profile)
}

/// What lists and streams of changes are written in.
pub(super) fn streams(profile: Profile) -> Media {
    with_cbor(
        vec![
            JSON,
            YAML,
            PROTOBUF,
            CBOR,
            "application/json;stream=watch",
            "application/vnd.kubernetes.protobuf;stream=watch",
            "application/cbor-seq",
        ],
        profile,
    )
}

/// What patches come in.
pub(super) fn patches(profile: Profile) -> Media {
    with_cbor(
        vec![
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "application/apply-patch+cbor",
        ],
        profile,
    )
}

fn with_cbor(mut media: Media, profile: Profile) -> Media {
    if !profile.cbor {
        media.retain(|name| !name.contains("cbor"));
    }
    media
}
