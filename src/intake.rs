//! Bytes to hub objects and back: the one place that knows the order of steps.
//!
//! From a client: decode in the version sent, default in the same version, convert to the hub over the stored object.
//! To the store: convert to the storage version, wrap. From the store: decode in the stored version, default, convert to the hub.

mod decode;
mod refusal;

use crate::codec::envelope;
use crate::codec::{json, protobuf};
use crate::object::path::metadata_mut;
use crate::object::{Described, Message, Object};
use crate::registry::{ConversionError, Resource, Version};
use crate::rule::default;
use crate::status::ApiError;
use crate::store::Entry;

pub use decode::{Expected, Taken, decode, decode_value};

/// First segment of every key.
const ROOT: &str = "/registry/";

/// Where an object is kept: `/registry/<key>/[<namespace>/]<name>`.
pub fn key(resource: &Resource, namespace: &str, name: &str) -> String {
    prefix(resource, namespace) + name
}

/// What the keys of a collection start with: those of a namespace, or all when it is empty.
pub fn prefix(resource: &Resource, namespace: &str) -> String {
    let mut prefix = format!("{ROOT}{}/", resource.key);
    if !namespace.is_empty() {
        prefix.push_str(namespace);
        prefix.push('/');
    }
    prefix
}

/// What a version shows of a hub object.
pub fn view(version: &Version, hub: Object) -> Result<Object, ConversionError> {
    match &version.conversion {
        None => Ok(hub),
        Some(conversion) => conversion.view(hub),
    }
}

/// The hub object after a write through a version, over the stored one.
pub fn to_hub(version: &Version, object: Object, stored: Option<&dyn Message>) -> Result<Object, ConversionError> {
    match &version.conversion {
        None => Ok(object),
        Some(conversion) => conversion.put(object, stored.map(Described::boxed_clone)),
    }
}

/// A conversion that failed, as the server's fault.
pub fn conversion_failed(error: &ConversionError) -> ApiError {
    ApiError::internal(error.to_string())
}

/// The bytes to store: storage version, protobuf envelope, no resource version.
pub fn encode_stored(resource: &Resource, hub: &dyn Message) -> Result<Vec<u8>, ApiError> {
    let storage = &resource.versions[resource.storage];
    let mut object = view(storage, hub.boxed_clone()).map_err(|error| conversion_failed(&error))?;
    if let Some(meta) = metadata_mut(&mut *object) {
        meta.resource_version.clear();
        meta.self_link.clear();
    }
    Ok(envelope::wrap(&*object, &storage.kind.api_version(), &storage.kind.kind))
}

/// The hub object of stored bytes, with the revision of its last change as resource version.
pub fn decode_stored(resource: &Resource, entry: &Entry) -> Result<Object, String> {
    let mut hub = unpack(resource, &entry.value).map_err(|why| format!("{}: {why}", entry.key))?;
    if let Some(meta) = metadata_mut(&mut *hub) {
        meta.resource_version = entry.modified.to_string();
    }
    Ok(hub)
}

fn unpack(resource: &Resource, bytes: &[u8]) -> Result<Object, String> {
    let version;
    let mut object;
    if bytes.first() == Some(&b'{') {
        let stated = json::type_meta(bytes).map_err(|error| error.to_string())?;
        version = stored_version(resource, &stated.api_version, &stated.kind)?;
        object = (version.new)();
        json::decode(bytes, &mut *object, None).map_err(|error| error.to_string())?;
    } else {
        let packed = envelope::unwrap(bytes).map_err(|error| error.to_string())?;
        version = stored_version(resource, &packed.api_version, &packed.kind)?;
        object = (version.new)();
        protobuf::decode(packed.raw, &mut *object).map_err(|error| error.to_string())?;
    }
    decode::clear_type(&mut *object);
    default::apply(&mut *object);
    to_hub(version, object, None).map_err(|error| error.to_string())
}

fn stored_version<'a>(resource: &'a Resource, api_version: &str, kind: &str) -> Result<&'a Version, String> {
    let known = resource.versions.iter().find(|version| version.kind.kind == kind && version.kind.api_version() == api_version);
    known.ok_or_else(|| format!("stored as {api_version} {kind}, which is not known here"))
}
