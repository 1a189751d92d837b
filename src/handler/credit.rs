//! Who is credited with the fields of an object (`metadata.managedFields`), as updates see it.

use serde_json::Value;

use crate::codec::json;
use crate::intake;
use crate::meta::v1::{ManagedFieldsEntry, ObjectMeta};
use crate::metadata::{of as metadata, of_mut as metadata_mut};
use crate::object::{Message, Object};
use crate::patch::managed::{self, Entry, Node, Set, Versions};
use crate::registry::{Resource, Version};
use crate::special::Time;
use crate::status::ApiError;

use super::call::Stored;
use super::change;

/// A write as crediting sees it.
pub(super) struct Write<'a> {
    /// The resource.
    pub(super) resource: &'a Resource,
    /// The version of the request.
    pub(super) version: &'a Version,
    /// The stored object in the version of the request; `None` for a new object.
    pub(super) before: Option<&'a dyn Message>,
    /// The stored object in the hub version.
    pub(super) hub: Option<&'a dyn Message>,
    /// Who writes.
    pub(super) manager: &'a str,
    /// Through which subresource, or empty.
    pub(super) subresource: &'a str,
}

/// Credits the writer with what it changes in `after`, an object in the version of the request.
///
/// An object that nobody is credited for stays so until its first apply.
pub(super) fn credit(write: &Write<'_>, after: &mut dyn Message) -> Result<(), ApiError> {
    let live = write.before.and_then(metadata).map(|meta| meta.managed_fields.clone()).unwrap_or_default();
    let Some(meta) = metadata_mut(after) else { return Ok(()) };
    if is_reset(meta) {
        meta.managed_fields.clear();
        return Ok(());
    }
    if meta.managed_fields.is_empty() || !meta.managed_fields.iter().all(is_readable) {
        meta.managed_fields = live;
    }
    if write.before.is_some() && meta.managed_fields.is_empty() {
        return Ok(());
    }
    let start = to_values(&std::mem::take(&mut meta.managed_fields));
    let entries = managed::entry::parse(&start).map_err(|error| ApiError::internal(error.to_string()))?;
    let updated = managed::entry::to_value(&write.update(entries, after)?);
    if let Some(meta) = metadata_mut(after) {
        meta.managed_fields = from_values(&updated)?;
    }
    Ok(())
}

impl Write<'_> {
    fn update(&self, entries: Vec<Entry>, after: &dyn Message) -> Result<Vec<Entry>, ApiError> {
        let objects = match self.before {
            Some(before) => versions(self.version, before, after),
            None => versions(self.version, &*(self.version.new)(), after),
        };
        let parts: Vec<String> = change::parts(&self.version.kind).map(|part| format!(".{part}")).collect();
        let reset: Vec<&str> = if self.subresource.is_empty() { parts.iter().map(String::as_str).collect() } else { Vec::new() };
        let writer = managed::Writer {
            manager: self.manager,
            api_version: &self.version.kind.api_version(),
            subresource: self.subresource,
            now: &Time::now().to_string(),
            create: self.before.is_none(),
            reset: Set::of(&reset),
        };
        let Some(objects) = objects else { return Err(ApiError::internal("a type is known by its name only")) };
        Ok(managed::update(entries, &objects, &writer, |api_version| self.converted(api_version, after)))
    }

    /// The object before and after in another version, in which someone else is credited.
    fn converted(&self, api_version: &str, after: &dyn Message) -> Option<Versions<'_>> {
        let other = self.resource.versions.iter().find(|version| version.kind.api_version() == api_version)?;
        let hub = intake::to_hub(self.version, after.boxed_clone(), self.hub).ok()?;
        let after = intake::view(other, hub).ok()?;
        match self.hub {
            Some(hub) => versions(other, &*intake::view(other, hub.boxed_clone()).ok()?, &*after),
            None => versions(other, &*(other.new)(), &*after),
        }
    }
}

fn versions<'a>(version: &'a Version, before: &dyn Message, after: &dyn Message) -> Option<Versions<'a>> {
    let value = |object| json::to_object_value(object, &version.kind.api_version(), &version.kind.kind);
    Some(Versions { old: value(before), new: value(after), node: Node::object(version.kind.ty.desc()?) })
}

fn to_values(entries: &[ManagedFieldsEntry]) -> Value {
    entries.iter().map(|entry| json::to_value(entry)).collect()
}

fn from_values(values: &Value) -> Result<Vec<ManagedFieldsEntry>, ApiError> {
    let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
    values.iter().map(from_value).collect()
}

fn from_value(value: &Value) -> Result<ManagedFieldsEntry, ApiError> {
    let mut entry = ManagedFieldsEntry::default();
    json::from_value(value, &mut entry, None).map_err(|error| ApiError::internal(error.to_string()))?;
    Ok(entry)
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
