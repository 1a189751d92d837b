//! Media types of operations, in the order of published documents.

use crate::desc::{Text, text};

use super::Profile;

const JSON: &str = "application/json";
const YAML: &str = "application/yaml";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
const CBOR: &str = "application/cbor";

/// A list of media types.
pub(super) type Media = Vec<Text>;

/// Any media type.
pub(super) fn any() -> Media {
    names(&["*/*"])
}

/// JSON alone.
pub(super) fn json() -> Media {
    names(&[JSON])
}

/// What lists of groups are written in.
pub(super) fn groups() -> Media {
    names(&[JSON, YAML, PROTOBUF])
}

/// What objects are written in.
pub(super) fn objects(profile: Profile) -> Media {
    with_cbor(&[JSON, YAML, PROTOBUF, CBOR], profile)
}

/// What lists and streams of changes are written in.
pub(super) fn streams(profile: Profile) -> Media {
    with_cbor(
        &[
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
        &[
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml",
            "application/apply-patch+cbor",
        ],
        profile,
    )
}

/// What is read in plain text as well as in the forms of objects.
pub(super) fn texts(profile: Profile) -> Media {
    std::iter::once(text("text/plain")).chain(objects(profile)).collect()
}

fn names(names: &[&'static str]) -> Media {
    names.iter().map(|name| text(name)).collect()
}

fn with_cbor(media: &[&'static str], profile: Profile) -> Media {
    let mut media = names(media);
    if !profile.cbor {
        media.retain(|name| !name.contains("cbor"));
    }
    media
}
