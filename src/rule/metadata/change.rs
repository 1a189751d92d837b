//! What must not change, and what may not be added once an object is being deleted.

use kubewright_model::Kind;
use serde_json::Value;

use super::{FieldError, ObjectMeta, annotations, check_create, immutable, labels, managed_fields, owners};
use crate::rule::quote::quoted;

/// What is wrong with the metadata of a changed object. Fields that the server sets must be filled in from the stored object where the
/// client left them out. As in Kubernetes, what holds for every object is checked once more with the change, so such faults come twice.
pub fn check_update(meta: &ObjectMeta, old: &ObjectMeta, kind: &Kind) -> Vec<FieldError> {
    let mut found = check_create(meta, kind);
    if old.deletion_timestamp.is_some() {
        no_new_finalizers(meta, old, &mut found);
    }
    for (path, value, before) in [
        ("metadata.name", &meta.name, &old.name),
        ("metadata.namespace", &meta.namespace, &old.namespace),
        ("metadata.uid", &meta.uid, &old.uid),
    ] {
        if value != before {
            found.push(immutable(path, value.as_str()));
        }
    }
    if meta.creation_timestamp != old.creation_timestamp {
        found.push(immutable("metadata.creationTimestamp", crate::codec::json::to_value(&meta.creation_timestamp)));
    }
    if meta.deletion_timestamp != old.deletion_timestamp {
        let value = meta.deletion_timestamp.as_ref().map_or(Value::Null, |time| crate::codec::json::to_value(time));
        found.push(immutable("metadata.deletionTimestamp", value));
    }
    if meta.deletion_grace_period_seconds != old.deletion_grace_period_seconds {
        found.push(immutable("metadata.deletionGracePeriodSeconds", meta.deletion_grace_period_seconds));
    }
    labels(&meta.labels, "metadata.labels", &mut found);
    annotations(&meta.annotations, &mut found);
    owners::check(&meta.owner_references, &mut found);
    managed_fields(&meta.managed_fields, &mut found);
    found
}

fn no_new_finalizers(meta: &ObjectMeta, old: &ObjectMeta, found: &mut Vec<FieldError>) {
    let mut new: Vec<&String> = meta.finalizers.iter().filter(|name| !old.finalizers.contains(name)).collect();
    new.sort_unstable();
    new.dedup();
    if !new.is_empty() {
        let list: Vec<String> = new.into_iter().map(|name| quoted(name)).collect();
        let why =
            format!("no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}", list.join(", "));
        found.push(FieldError::forbidden("metadata.finalizers", why));
    }
}
