//! The life cycle of namespaces: what a Namespace is given, when it takes objects, and how it goes.
//!
//! The kind is recognised by its name, and read and written through its fields' paths.

mod content;
mod controller;
mod going;
#[cfg(test)]
mod tests;

use kubewright_model::Kind;

use crate::handler::{Call, Scope, store_failed};
use crate::intake;
use crate::metadata;
use crate::object::path::{metadata as meta_of, metadata_mut};
use crate::object::{Message, Object, Slot};
use crate::registry::Registry;
use crate::server::Api;
use crate::status::{ApiError, Cause, Details};
use crate::store::{Revision, StoreError};

pub use controller::{ensure_defaults, run};

/// Namespaces that cannot be deleted.
const PROTECTED: [&str; 3] = ["default", "kube-system", "kube-public"];

/// Namespaces that there always are.
const DEFAULTS: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/// The finalizer of a namespace's content.
const FINALIZER: &str = "kubernetes";

/// Label that repeats the name, for selectors.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// Whether a kind is Namespace.
pub(crate) fn is_namespace(kind: &Kind) -> bool {
    kind.group.is_empty() && kind.kind == "Namespace"
}

/// Position of the Namespace resource, if the program has one.
fn resource(registry: &Registry) -> Option<usize> {
    registry.resources.iter().position(|resource| resource.versions.iter().any(|version| is_namespace(&version.kind)))
}

/// Refuses new objects in a namespace that does not exist, or that is going. Programs without the kind take any namespace.
pub(crate) async fn admit(call: &Call, name: &str) -> Result<(), ApiError> {
    let Some(at) = resource(&call.api.registry).filter(|_| call.kind().namespaced) else { return Ok(()) };
    match lookup(&call.api, at, call.namespace()).await? {
        None => Err(ApiError::not_found("", "namespaces", call.namespace())),
        Some(true) => Err(terminating(call, name)),
        Some(false) => Ok(()),
    }
}

/// Admits a new object once more now that it is written, at a revision: its namespace may have gone meanwhile, and whoever clears that may
/// have looked before the object was there. Then the object goes again.
pub(crate) async fn admit_written(call: &Call, name: &str, revision: Revision) -> Result<(), ApiError> {
    let Err(refused) = admit(call, name).await else { return Ok(()) };
    if !matches!(refused.code, 403 | 404) {
        return Err(refused);
    }
    let mut expected = revision;
    loop {
        match call.api.store.delete_if(&call.key(name), expected).await {
            // Someone has changed the object already; it is the same as long as it came into being with our write.
            Err(StoreError::Conflict { current: Some(entry) }) if entry.created == revision => expected = entry.modified,
            Ok(_) | Err(StoreError::Conflict { .. }) => return Err(refused),
            Err(error) => return Err(store_failed(&error)),
        }
    }
}

/// Whether a namespace is going; `None` when there is none.
async fn lookup(api: &Api, at: usize, name: &str) -> Result<Option<bool>, ApiError> {
    let resource = &api.registry.resources[at];
    let key = intake::key(resource, "", name);
    let is_going = |object: &dyn Message| meta_of(object).is_some_and(|meta| meta.deletion_timestamp.is_some());
    let Some(entry) = api.store.get(&key, None).await.map_err(|error| store_failed(&error))? else { return Ok(None) };
    // The cache may be behind a deletion that its client has seen already; where it is not, it saves the decoding.
    if let Some(cached) = api.caches[at].get(&key).filter(|cached| cached.revision == entry.modified) {
        return Ok(Some(is_going(&*cached.object)));
    }
    let object = intake::decode_stored(resource, &entry).map_err(ApiError::internal)?;
    Ok(Some(is_going(&*object)))
}

fn terminating(call: &Call, name: &str) -> ApiError {
    let (kind, namespace) = (call.kind(), call.namespace());
    let why = format!("unable to create new content in namespace {namespace} because it is being terminated");
    let cause = Cause::new("NamespaceTerminating", format!("namespace {namespace} is being terminated"), "metadata.namespace");
    let details = Details { causes: vec![cause], ..Details::of(&kind.group, &kind.plural, name) };
    ApiError::forbidden(&kind.group, &kind.plural, name, &why).with_details(details)
}

/// Refuses the deletion of namespaces that must stay.
pub(crate) fn protect(kind: &Kind, name: &str) -> Result<(), ApiError> {
    if is_namespace(kind) && PROTECTED.contains(&name) {
        return Err(ApiError::forbidden(&kind.group, &kind.plural, name, "this namespace may not be deleted"));
    }
    Ok(())
}

/// Gives a new Namespace its phase and its finalizer, for which nobody is credited.
pub(crate) fn prepare_create(kind: &Kind, object: &mut dyn Message) {
    if !is_namespace(kind) {
        return;
    }
    if let Some(finalizers) = finalizers_mut(object)
        && !finalizers.iter().any(|finalizer| finalizer == FINALIZER)
    {
        finalizers.push(FINALIZER.to_owned());
    }
    if let Some(phase) = phase_mut(object) {
        "Active".clone_into(phase);
    }
}

/// Labels a Namespace with its name.
pub(crate) fn label(kind: &Kind, object: &mut dyn Message) {
    if let (true, Some(meta)) = (is_namespace(kind), metadata_mut(object))
        && !meta.name.is_empty()
    {
        meta.labels.insert(NAME_LABEL.to_owned(), meta.name.clone());
    }
}

/// Keeps of a Namespace what an update cannot change.
pub(crate) fn prepare_update(kind: &Kind, object: &mut dyn Message, before: &dyn Message, scope: &Scope) {
    if !is_namespace(kind) {
        return;
    }
    if *scope == Scope::Whole {
        take_finalizers(object, before);
    }
    label(kind, object);
}

/// Takes over `.spec.finalizers` of another Namespace.
pub(crate) fn take_finalizers(object: &mut dyn Message, from: &dyn Message) {
    let mut from = from.boxed_clone();
    let taken = finalizers_mut(&mut *from).map(std::mem::take).unwrap_or_default();
    if let Some(finalizers) = finalizers_mut(object) {
        *finalizers = taken;
    }
}

/// Takes over what the status of a Namespace may change beside itself: labels and annotations.
pub(crate) fn take_metadata(object: &mut dyn Message, from: &dyn Message) {
    if let (Some(meta), Some(from)) = (metadata_mut(object), meta_of(from)) {
        meta.labels.clone_from(&from.labels);
        meta.annotations.clone_from(&from.annotations);
    }
}

/// Whether nothing holds a deleted object any more; a Namespace is also held by its content.
pub(crate) fn is_released(kind: &Kind, object: &dyn Message) -> bool {
    meta_of(object).is_some_and(metadata::is_released) && !is_held(kind, object)
}

/// Whether an object is a Namespace whose content is not gone yet.
pub(crate) fn is_held(kind: &Kind, object: &dyn Message) -> bool {
    is_namespace(kind) && finalizers_mut(&mut *object.boxed_clone()).is_some_and(|finalizers| !finalizers.is_empty())
}

/// Shows on a deleted Namespace that it is going.
pub(crate) fn mark_terminating(kind: &Kind, object: &mut dyn Message) {
    if !is_namespace(kind) {
        return;
    }
    if let Some(phase) = phase_mut(object) {
        "Terminating".clone_into(phase);
    }
    if let Some(meta) = metadata_mut(object) {
        meta.deletion_grace_period_seconds = None;
    }
}

fn finalizers_mut(object: &mut dyn Message) -> Option<&mut Vec<String>> {
    match descend(object, "spec", "finalizers")? {
        Slot::Strs(finalizers) => Some(finalizers),
        _ => None,
    }
}

fn phase_mut(object: &mut dyn Message) -> Option<&mut String> {
    match descend(object, "status", "phase")? {
        Slot::Str(phase) => Some(phase),
        _ => None,
    }
}

fn descend<'a>(object: &'a mut dyn Message, outer: &str, inner: &str) -> Option<Slot<'a>> {
    let field = object.descriptor().field(outer)?;
    let Slot::Msg(part) = object.slot(field) else { return None };
    let field = part.descriptor().field(inner)?;
    Some(part.slot(field))
}

/// A new Namespace in its hub version.
fn new(registry: &Registry, at: usize, name: &str) -> Object {
    let resource = &registry.resources[at];
    let mut object = (resource.versions[resource.hub].new)();
    if let Some(meta) = metadata_mut(&mut *object) {
        name.clone_into(&mut meta.name);
    }
    object
}
