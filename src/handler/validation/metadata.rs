//! Rules of metadata that every write keeps.
use crate::meta::v1::ObjectMeta;
use crate::rule::{FieldError, names};
use kubewright_model::Kind;
/// What is wrong.
pub(super) fn check_create(meta: &ObjectMeta, kind: &Kind) -> Vec<FieldError> {
    if meta.name.is_empty() { return vec![FieldError::required("metadata.name", "name or generateName is required")]; }
    names::object_name(kind.strategy.names, &meta.name).into_iter().map(|d| FieldError::invalid("metadata.name", meta.name.clone(), d)).collect()
}
/// What is wrong.
pub(super) fn check_update(meta: &ObjectMeta, old: &ObjectMeta, _: &Kind) -> Vec<FieldError> {
    let mut out = vec![];
    if meta.uid != old.uid { out.push(FieldError::invalid("metadata.uid", meta.uid.clone(), "field is immutable")); }
    if meta.deletion_timestamp != old.deletion_timestamp { out.push(FieldError::invalid("metadata.deletionTimestamp", meta.deletion_timestamp.map(|t| t.to_string()).unwrap_or_default(), "field is immutable")); }
    out
}
