//! What the metadata of an object must be, when it is created and when it is changed.
//!
//! Source: apimachinery's `api/validation`; recorded in `tests/fixtures/vectors/object_meta_validation.json`.

mod change;
mod owners;

use std::collections::BTreeMap;

use kubewright_model::Kind;
use serde_json::Value;

use super::names;
use super::{FieldError, FieldErrorKind};
use crate::meta::v1::{ManagedFieldsEntry, ObjectMeta};

pub use change::check_update;

/// Most bytes of keys and values of annotations together.
pub const MAX_ANNOTATIONS: usize = 256 * 1024;
/// Most bytes of the name of a field manager.
pub const MAX_MANAGER: usize = 128;
/// Most bytes of the name of a subresource in managed fields.
const MAX_SUBRESOURCE: usize = 256;
/// Finalizers that need no domain.
const STANDARD_FINALIZERS: [&str; 3] = ["kubernetes", ORPHAN, FOREGROUND];
const ORPHAN: &str = "orphan";
const FOREGROUND: &str = "foregroundDeletion";

/// What is wrong with the metadata of a new object of this kind, whose name is generated and whose namespace is filled in.
pub fn check_create(meta: &ObjectMeta, kind: &Kind) -> Vec<FieldError> {
    let mut found = identity(meta, kind);
    if meta.generation < 0 {
        found.push(FieldError::invalid("metadata.generation", meta.generation, "must be greater than or equal to 0"));
    }
    labels(&meta.labels, "metadata.labels", &mut found);
    annotations(&meta.annotations, &mut found);
    owners::check(&meta.owner_references, &mut found);
    finalizers(&meta.finalizers, kind, &mut found);
    managed_fields(&meta.managed_fields, &mut found);
    found
}

/// Name and namespace.
fn identity(meta: &ObjectMeta, kind: &Kind) -> Vec<FieldError> {
    let mut found = Vec::new();
    if !meta.generate_name.is_empty() {
        let wrong = names::generate_name(kind.strategy.names, &meta.generate_name);
        found.extend(wrong.into_iter().map(|why| FieldError::invalid("metadata.generateName", meta.generate_name.as_str(), why)));
    }
    if meta.name.is_empty() {
        found.push(FieldError::required("metadata.name", "name or generateName is required"));
    } else {
        let wrong = names::object_name(kind.strategy.names, &meta.name);
        found.extend(wrong.into_iter().map(|why| FieldError::invalid("metadata.name", meta.name.as_str(), why)));
    }
    match (kind.namespaced, meta.namespace.as_str()) {
        (true, "") => found.push(FieldError::required("metadata.namespace", "")),
        (true, namespace) => {
            found.extend(names::label(namespace).into_iter().map(|why| FieldError::invalid("metadata.namespace", namespace, why)));
        }
        (false, "") => {}
        (false, _) => found.push(FieldError::forbidden("metadata.namespace", "not allowed on this type")),
    }
    found
}

/// Keys and values of labels at this field.
pub fn labels(labels: &BTreeMap<String, String>, path: &str, found: &mut Vec<FieldError>) {
    for (key, value) in labels {
        found.extend(names::qualified_name(key).into_iter().map(|why| FieldError::invalid(path, key.as_str(), why)));
        found.extend(names::label_value(value).into_iter().map(|why| FieldError::invalid(path, value.as_str(), why)));
    }
}

/// Keys, in any case, and total size of annotations.
fn annotations(annotations: &BTreeMap<String, String>, found: &mut Vec<FieldError>) {
    let path = "metadata.annotations";
    for key in annotations.keys() {
        found.extend(names::qualified_name(&key.to_lowercase()).into_iter().map(|why| FieldError::invalid(path, key.as_str(), why)));
    }
    let size: usize = annotations.iter().map(|(key, value)| key.len() + value.len()).sum();
    if size > MAX_ANNOTATIONS {
        found.push(FieldError::too_long(path, "", MAX_ANNOTATIONS));
    }
}

fn finalizers(finalizers: &[String], kind: &Kind, found: &mut Vec<FieldError>) {
    let path = "metadata.finalizers";
    for name in finalizers {
        found.extend(names::qualified_name(name).into_iter().map(|why| FieldError::invalid(path, name.as_str(), why)));
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has(ORPHAN) && has(FOREGROUND) {
        let value: Value = finalizers.into();
        found.push(FieldError::invalid(path, value, "finalizer orphan and foregroundDeletion cannot be both set"));
    }
    if is_kubernetes(&kind.group) {
        for (at, name) in
            finalizers.iter().enumerate().filter(|(_, name)| !(name.contains('/') || STANDARD_FINALIZERS.contains(&name.as_str())))
        {
            let why = "name is neither a standard finalizer name nor is it fully qualified";
            found.push(FieldError::invalid(format!("{path}[{at}]"), name.as_str(), why));
        }
    }
}

/// Whether a group is Kubernetes' own; other groups have a domain, and may use any finalizer.
fn is_kubernetes(group: &str) -> bool {
    !group.contains('.') || group.ends_with(".k8s.io")
}

fn managed_fields(entries: &[ManagedFieldsEntry], found: &mut Vec<FieldError>) {
    for (at, entry) in entries.iter().enumerate() {
        let path = |field: &str| format!("metadata.managedFields[{at}].{field}");
        if !matches!(entry.operation.as_str(), "Apply" | "Update") {
            found.push(FieldError::invalid(path("operation"), entry.operation.as_str(), "must be `Apply` or `Update`"));
        }
        if !matches!(entry.fields_type.as_str(), "" | "FieldsV1") {
            found.push(FieldError::invalid(path("fieldsType"), entry.fields_type.as_str(), "must be `FieldsV1`"));
        }
        found.extend(field_manager(&entry.manager, &path("manager")));
        if entry.subresource.len() > MAX_SUBRESOURCE {
            found.push(FieldError::too_long(path("subresource"), entry.subresource.as_str(), MAX_SUBRESOURCE));
        }
    }
}

/// What is wrong with the name of a field manager, found at this field or option: it is short and printable.
pub fn field_manager(name: &str, path: &str) -> Vec<FieldError> {
    let mut found = Vec::new();
    if name.len() > MAX_MANAGER {
        found.push(FieldError::too_long(path, name, MAX_MANAGER));
    }
    for (at, c) in name.char_indices().filter(|(_, c)| !super::quote::is_printable(*c)) {
        found.push(FieldError::invalid(path, name, format!("invalid character U+{:04X} (at position {at})", u32::from(c))));
    }
    found
}

/// A changed field that must not change.
fn immutable(path: &str, value: impl Into<Value>) -> FieldError {
    FieldError { path: path.to_owned(), kind: FieldErrorKind::Invalid, value: value.into(), detail: "field is immutable".to_owned() }
}

#[cfg(test)]
mod tests;
