//! What the rules of metadata and fields find, as one error.

use kubewright_model::Kind;

use crate::object::Message;
use crate::object::path::metadata as meta_of;
use crate::rule::gates::Gates;
use crate::rule::{FieldError, metadata, validate};
use crate::status::{ApiError, Cause};

/// Refuses a new object that breaks rules.
pub(super) fn check_create(kind: &Kind, hub: &dyn Message, gates: &Gates) -> Result<(), ApiError> {
    let mut errors = meta_of(hub).map(|meta| metadata::check_create(meta, kind)).unwrap_or_default();
    errors.extend(validate::check(hub, None, gates));
    refuse(kind, hub, &errors)
}

/// Refuses a changed object that breaks rules. Faults of the metadata are found twice: by the server, and by the kind.
pub(super) fn check_update(kind: &Kind, hub: &dyn Message, stored: &dyn Message, gates: &Gates) -> Result<(), ApiError> {
    let mut errors = match (meta_of(hub), meta_of(stored)) {
        (Some(meta), Some(old)) => {
            let once = metadata::check_update(meta, old, kind);
            once.iter().cloned().chain(once.iter().cloned()).collect()
        }
        _ => Vec::new(),
    };
    errors.extend(validate::check(hub, Some(stored), gates));
    refuse(kind, hub, &errors)
}

fn refuse(kind: &Kind, hub: &dyn Message, errors: &[FieldError]) -> Result<(), ApiError> {
    if errors.is_empty() {
        return Ok(());
    }
    let name = meta_of(hub).map_or("", |meta| meta.name.as_str());
    Err(ApiError::invalid(&kind.group, &kind.kind, name, errors.iter().map(cause).collect()))
}

fn cause(error: &FieldError) -> Cause {
    Cause::new(error.kind.reason(), error.to_string(), error.path.clone())
}
