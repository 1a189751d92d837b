//! `PartialObjectMetadata`: type and metadata of an object, and nothing else.

use crate::codec::envelope;
use crate::codec::{json, protobuf};
use crate::meta::v1::{ObjectMeta, PartialObjectMetadata};
use crate::object::Message;
use crate::metadata::of as metadata;

/// The metadata of an object with its type.
pub(super) fn whole(object: &dyn Message, version: &str, is_protobuf: bool) -> Vec<u8> {
    let api_version = format!("meta.k8s.io/{version}");
    let partial = partial(object);
    if is_protobuf {
        return envelope::wrap(&partial, &api_version, "PartialObjectMetadata");
    }
    let mut out = Vec::new();
    json::encode_object(&partial, &api_version, "PartialObjectMetadata", &mut out);
    out
}

/// The metadata of an object without its type.
pub(super) fn protobuf_item(object: &dyn Message) -> Vec<u8> {
    protobuf::encode(&partial(object))
}

fn partial(object: &dyn Message) -> PartialObjectMetadata {
    let metadata: ObjectMeta = metadata(object).cloned().unwrap_or_default();
    PartialObjectMetadata { metadata, ..PartialObjectMetadata::default() }
}
