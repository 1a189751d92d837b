//! DELETE of an object: at once, or by marking it until its finalizers are gone.

mod options;
mod policy;

use http::StatusCode;

use crate::intake;
use crate::metadata;
use crate::namespace;
use crate::object::Object;
use crate::metadata::{of as meta_of, of_mut as metadata_mut};
use crate::reply::Source;
use crate::server::Response;
use crate::status::ApiError;
use crate::store::StoreError;

use super::Call;
use super::call::{Stored, store_failed};

pub(crate) use options::DeleteOptions;

/// What became of an object.
pub(crate) enum Fate {
    /// It is gone; this is its last state.
    Removed(Object),
    /// It is marked, and stays until its finalizers are gone.
    Marked(Object),
    /// Someone else was faster; read again.
    Moved,
}

/// Answers with the object if it was only marked, else with a Status.
pub(super) async fn delete(call: Call) -> Result<Response, ApiError> {
    let options = DeleteOptions::read(&call)?;
    match remove(&call, call.name(), &options).await? {
        Fate::Removed(object) if !call.kind().strategy.delete_returns_object => {
            let uid = meta_of(&*object).map_or("", |meta| meta.uid.as_str());
            call.reply_success(StatusCode::OK, &call.details(call.name(), uid))
        }
        Fate::Removed(object) => call.reply(StatusCode::OK, Source::Fresh(&*object), &[]),
        Fate::Marked(object) => call.reply(options.marked_code(), Source::Fresh(&*object), &[]),
        Fate::Moved => Err(call.conflict(call.name())),
    }
}

/// Deletes an object of the request's collection; 404 when there is none.
pub(crate) async fn remove(call: &Call, name: &str, options: &DeleteOptions) -> Result<Fate, ApiError> {
    namespace::protect(call.kind(), name)?;
    loop {
        let stored = call.found(name).await?;
        options.check_preconditions(call.kind(), &stored)?;
        match attempt(call, stored, options).await? {
            Fate::Moved => {}
            fate => return Ok(fate),
        }
    }
}

async fn attempt(call: &Call, stored: Stored, options: &DeleteOptions) -> Result<Fate, ApiError> {
    let meta = meta_of(&*stored.hub).cloned().unwrap_or_default();
    let finalizers = policy::finalizers(&meta.finalizers, options);
    if finalizers.is_empty() && !namespace::is_held(call.kind(), &*stored.hub) {
        return take_away(call, stored, options).await;
    }
    let unchanged = meta.deletion_timestamp.is_some() && meta.finalizers == finalizers;
    let mut hub = stored.hub.boxed_clone();
    if let (Some(meta), false) = (metadata_mut(&mut *hub), unchanged) {
        metadata::mark_deleted(meta, finalizers);
    }
    if unchanged {
        return Ok(Fate::Marked(hub));
    }
    namespace::mark_terminating(call.kind(), &mut *hub);
    mark(call, &stored, hub, options).await
}

async fn take_away(call: &Call, stored: Stored, options: &DeleteOptions) -> Result<Fate, ApiError> {
    if options.dry_run {
        return Ok(Fate::Removed(stored.hub));
    }
    match call.api.store.delete_if(&stored.entry.key, stored.entry.modified).await {
        Ok(_) => Ok(Fate::Removed(stored.hub)),
        Err(StoreError::Conflict { .. }) => Ok(Fate::Moved),
        Err(error) => Err(store_failed(&error)),
    }
}

async fn mark(call: &Call, stored: &Stored, mut hub: Object, options: &DeleteOptions) -> Result<Fate, ApiError> {
    if options.dry_run {
        return Ok(Fate::Marked(hub));
    }
    let bytes = intake::encode_stored(call.resource(), &*hub)?;
    match call.api.store.put_if(&stored.entry.key, bytes.into(), stored.entry.modified).await {
        Ok(revision) => {
            if let Some(meta) = metadata_mut(&mut *hub) {
                meta.resource_version = revision.to_string();
            }
            Ok(Fate::Marked(hub))
        }
        Err(StoreError::Conflict { .. }) => Ok(Fate::Moved),
        Err(error) => Err(store_failed(&error)),
    }
}
