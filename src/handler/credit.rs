//! Who is credited with the fields of an object (`metadata.managedFields`), as updates see it.

use kubewright_model::Kind;
use serde_json::Value;

use crate::intake;
use crate::meta::v1::{ManagedFieldsEntry, ObjectMeta};
use crate::object::path::{metadata, metadata_mut};
use crate::object::{Message, Object};
use crate::patch::managed;
use crate::registry::Resource;
use crate::special::Time;
use crate::status::ApiError;

use super::call::Stored;

/// Credits a manager with what it changes. `before` and `after` are in the version of the request; `before` is `None` for a new object.
///
/// An object that nobody is credited for stays so until its first apply.
pub(super) fn credit(kind: &Kind, before: Option<&dyn Message>, after: &mut dyn Message, manager: &str, subresource: &str) -> Result<(), ApiError> {
    let live = before.and_then(metadata).map(|meta| meta.managed_fields.clone()).unwrap_or_default();
    let Some(meta) = metadata_mut(after) else { return Ok(()) };
    if is_reset(meta) {
        meta.managed_fields.clear();
        return Ok(());
    }
    if meta.managed_fields.is_empty() || !meta.managed_fields.iter().all(is_readable) {
        meta.managed_fields = live;
    }
    if before.is_some() && meta.managed_fields.is_empty() {
        return Ok(());
    }
    let writer = managed::Writer { manager, api_version: &kind.api_version(), subresource, time: Time::now() };
    managed::update(before, after, &writer).map_err(|error| ApiError::internal(error.to_string()))
}

/// Keeps the stored times when they are all that a write would change.
pub(super) fn settle(resource: &Resource, hub: &mut Object, stored: &Stored) -> Result<(), ApiError> {
    let mut settled = hub.boxed_clone();
    if let (Some(meta), Some(before)) = (metadata_mut(&mut *settled), metadata(&*stored.hub)) {
        for entry in &mut meta.managed_fields {
            entry.time = before.managed_fields.iter().find(|old| is_same_but_time(old, entry)).map_or(entry.time, |old| old.time);
        }
    }
    if intake::encode_stored(resource, &*settled)? == stored.entry.value {
        *hub = settled;
    }
    Ok(())
}

fn is_same_but_time(one: &ManagedFieldsEntry, other: &ManagedFieldsEntry) -> bool {
    ManagedFieldsEntry { time: None, ..one.clone() } == ManagedFieldsEntry { time: None, ..other.clone() }
}

fn is_readable(entry: &ManagedFieldsEntry) -> bool {
    entry.fields_type == "FieldsV1" && matches!(entry.operation.as_str(), "Update" | "Apply")
}

/// Makes a write forget who is credited.
pub(super) fn reset(meta: &mut ObjectMeta) {
    meta.managed_fields = vec![ManagedFieldsEntry::default()];
}

fn is_reset(meta: &ObjectMeta) -> bool {
    matches!(meta.managed_fields.as_slice(), [entry] if *entry == ManagedFieldsEntry::default())
}

/// Whether a document says that nobody is credited, with an explicit empty list.
pub(super) fn resets(document: &Value) -> bool {
    document.pointer("/metadata/managedFields").and_then(Value::as_array).is_some_and(Vec::is_empty)
}

/// As [`resets`], for a JSON body as it was sent.
pub(super) fn is_reset_by(body: &[u8]) -> bool {
    let named = body.windows(b"\"managedFields\"".len()).any(|window| window == b"\"managedFields\"");
    named && serde_json::from_slice(body).is_ok_and(|document: Value| resets(&document))
}

#[cfg(test)]
mod tests {
    use super::is_reset_by;

    #[test]
    fn only_an_empty_list_resets() {
        let cases = [
            (r#"{"metadata":{"managedFields":[]}}"#, true),
            (r#"{"metadata":{"managedFields":null}}"#, false),
            (r#"{"metadata":{}}"#, false),
            (r#"{"data":{"managedFields":[]}}"#, false),
            ("k8s\0", false),
        ];
        for (body, expected) in cases {
            assert_eq!(is_reset_by(body.as_bytes()), expected, "{body}");
        }
    }
}
