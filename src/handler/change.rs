//! A write over a stored object: what of it counts, what the server adds, and whether anything is written at all.

use bytes::Bytes;
use kubewright_model::{Action, Kind};

use crate::codec::{json, protobuf};
use crate::intake;
use crate::metadata;
use crate::namespace;
use crate::object::path::{self, PathError, metadata as meta_of, metadata_mut};
use crate::object::{Message, Object, Slot, Value, equality};
use crate::status::ApiError;
use crate::store::StoreError;

use super::call::{Call, Stored, store_failed};
use super::options::WriteOptions;
use super::{credit, validation};

/// What of an object a request may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything but what subresources own.
    Whole,
    /// What lies at this path.
    Part(String),
    /// `.spec.finalizers` of a Namespace.
    Finalize,
}

/// What came of a write.
pub(crate) enum Outcome {
    /// The hub object as it now is, or as it was when it was let go.
    Done(Object),
    /// Someone else was faster; read again.
    Moved,
}

impl Scope {
    /// The scope of a request's path.
    pub(crate) fn of(call: &Call) -> Self {
        match call.action() {
            Some(Action::Part(path)) => Self::Part(path.clone().into_owned()),
            Some(Action::Finalize) => Self::Finalize,
            _ => Self::Whole,
        }
    }
}

/// Writes `sent`, an object in the request's version, over the stored one.
pub(crate) async fn apply(call: &Call, stored: &Stored, sent: Object, scope: &Scope, options: &WriteOptions) -> Result<Outcome, ApiError> {
    let hub = prepare(call, stored, sent, scope, options)?;
    let bytes = intake::encode_stored(call.resource(), &*hub)?;
    if options.dry_run || bytes == stored.entry.value {
        return Ok(Outcome::Done(hub));
    }
    if namespace::is_released(call.kind(), &*hub) {
        return release(call, stored, hub).await;
    }
    commit(call, stored, hub, bytes.into()).await
}

/// Everything that happens to the object before it is written. It keeps the revision of the stored one.
fn prepare(call: &Call, stored: &Stored, sent: Object, scope: &Scope, options: &WriteOptions) -> Result<Object, ApiError> {
    let kind = call.kind();
    let before = call.view(stored.hub.boxed_clone())?;
    let expected = meta_of(&*sent).map(metadata::expected_revision).transpose()?.flatten();
    let mut object = scoped(kind, sent, &*before, scope)?;
    carry_over(kind, &mut *object, &*before);
    namespace::prepare_update(kind, &mut *object, &*before, scope);
    if kind.strategy.generation
        && *scope == Scope::Whole
        && differs(&*object, &*before)
        && let Some(meta) = metadata_mut(&mut *object)
    {
        meta.generation += 1;
    }
    check_revision(call, stored, expected)?;
    let subresource = call.target.subresource.as_deref().unwrap_or_default();
    let write = credit::Write {
        resource: call.resource(),
        version: call.version(),
        before: Some(&*before),
        hub: Some(&*stored.hub),
        manager: &options.manager,
        subresource,
    };
    credit::credit(&write, &mut *object)?;
    let mut hub = intake::to_hub(call.version(), object, Some(&*stored.hub)).map_err(|error| intake::conversion_failed(&error))?;
    validation::check_update(kind, &*hub, &*stored.hub, &call.api.registry.gates)?;
    credit::settle(call.resource(), &mut hub, stored)?;
    Ok(hub)
}

/// The object with only that changed which the request may change.
fn scoped(kind: &Kind, mut sent: Object, before: &dyn Message, scope: &Scope) -> Result<Object, ApiError> {
    match scope {
        Scope::Whole => {
            for part in parts(kind) {
                copy_field(before, &mut *sent, part)?;
            }
            Ok(sent)
        }
        Scope::Part(part) => {
            let mut object = before.boxed_clone();
            copy_part(&*sent, &mut *object, part)?;
            if namespace::is_namespace(kind) {
                namespace::take_metadata(&mut *object, &*sent);
            }
            Ok(object)
        }
        Scope::Finalize => {
            let mut object = before.boxed_clone();
            namespace::take_finalizers(&mut *object, &*sent);
            Ok(object)
        }
    }
}

/// The fields that subresources own. Parts of fields are written by both.
pub(super) fn parts(kind: &Kind) -> impl Iterator<Item = &str> {
    kind.subresources.iter().filter_map(|subresource| match &subresource.action {
        Action::Part(part) if !part.contains('.') => Some(&**part),
        _ => None,
    })
}

/// Makes what lies at a path of one object what it is in another of the same type.
fn copy_part(from: &dyn Message, to: &mut dyn Message, path: &str) -> Result<(), ApiError> {
    if !path.contains('.') {
        return copy_field(from, to, path);
    }
    let failed = |error: PathError| ApiError::internal(error.to_string());
    let path = format!(".{path}").parse().map_err(failed)?;
    let value = path::get(from, &path).map(path::to_json).unwrap_or_default();
    path::set(to, &path, &serde_json::Value::Null).map_err(failed)?;
    if value.is_null() { Ok(()) } else { path::set(to, &path, &value).map_err(failed) }
}

fn carry_over(kind: &Kind, object: &mut dyn Message, before: &dyn Message) {
    if let (Some(meta), Some(stored)) = (metadata_mut(object), meta_of(before)) {
        metadata::carry_over(meta, stored);
        meta.resource_version.clone_from(&stored.resource_version);
        if kind.namespaced {
            meta.namespace.clone_from(&stored.namespace);
        }
    }
}

fn check_revision(call: &Call, stored: &Stored, expected: Option<u64>) -> Result<(), ApiError> {
    match expected {
        Some(revision) if revision != stored.entry.modified => Err(call.conflict(call.name())),
        None if !call.kind().strategy.unconditional_update => Err(metadata::revision_required(call.kind(), call.name())),
        _ => Ok(()),
    }
}

/// Whether two objects differ outside their metadata.
fn differs(one: &dyn Message, other: &dyn Message) -> bool {
    let bare = |object: &dyn Message| {
        let mut object = object.boxed_clone();
        if let Some(field) = object.descriptor().field("metadata") {
            object.clear(field);
        }
        object
    };
    !equality::equal(&*bare(one), &*bare(other))
}

/// Makes a field of one object what it is in another of the same type.
pub(crate) fn copy_field(from: &dyn Message, to: &mut dyn Message, name: &str) -> Result<(), ApiError> {
    let Some(field) = to.descriptor().field(name) else { return Ok(()) };
    to.clear(field);
    let mut values = vec![Value::None; from.descriptor().fields.len()];
    from.values(&mut values);
    match (values.get(field), to.slot(field)) {
        (Some(Value::Msg(message)), Slot::Msg(place)) => {
            protobuf::decode(&protobuf::encode(*message), place).map_err(|error| ApiError::internal(error.to_string()))
        }
        (None | Some(Value::None), _) => {
            to.clear(field);
            Ok(())
        }
        _ => copy_through_json(from, to, name),
    }
}

fn copy_through_json(from: &dyn Message, to: &mut dyn Message, name: &str) -> Result<(), ApiError> {
    let value = json::to_value(from);
    let Some(member) = value.get(name) else { return Ok(()) };
    json::from_value(&serde_json::json!({name: member}), to, None).map_err(|error| ApiError::internal(error.to_string()))
}

async fn commit(call: &Call, stored: &Stored, mut hub: Object, bytes: Bytes) -> Result<Outcome, ApiError> {
    match call.api.store.put_if(&stored.entry.key, bytes, stored.entry.modified).await {
        Ok(revision) => {
            if let Some(meta) = metadata_mut(&mut *hub) {
                meta.resource_version = revision.to_string();
            }
            Ok(Outcome::Done(hub))
        }
        Err(StoreError::Conflict { .. }) => Ok(Outcome::Moved),
        Err(error) => Err(store_failed(&error)),
    }
}

/// Removes an object that was only waiting for its last finalizer. The answer shows it with its old revision.
async fn release(call: &Call, stored: &Stored, hub: Object) -> Result<Outcome, ApiError> {
    match call.api.store.delete_if(&stored.entry.key, stored.entry.modified).await {
        Ok(_) => Ok(Outcome::Done(hub)),
        Err(StoreError::Conflict { .. }) => Ok(Outcome::Moved),
        Err(error) => Err(store_failed(&error)),
    }
}
