//! What is in a namespace, across all resources.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};
use tokio::task::{JoinError, JoinSet};

use crate::handler::{Call, DeleteOptions, Fate, remove, store_failed};
use crate::intake;
use crate::negotiate::Forms;
use crate::object::path::metadata;
use crate::request::{Request, Target};
use crate::served::Endpoint;
use crate::server::Api;
use crate::status::ApiError;
use crate::store::{Entry, Range};

use super::going::Going;

/// How many objects are read at a time.
const PAGE: usize = 500;

/// How many deletions are under way at a time: enough to share the store's syncs.
const IN_FLIGHT: usize = 32;

/// Deletes every object of a namespace; answers with how many are still there, waiting for their finalizers. `None`: the namespace is not
/// the deleted one any more, and what was left in it stays.
pub(super) async fn clear(api: &Arc<Api>, namespace: &Going) -> Result<Option<usize>, ApiError> {
    let mut left = 0;
    for (at, resource) in api.registry.resources.iter().enumerate() {
        if resource.versions[resource.hub].kind.namespaced {
            let Some(more) = clear_resource(api, at, namespace).await? else { return Ok(None) };
            left += more;
        }
    }
    Ok(Some(left))
}

async fn clear_resource(api: &Arc<Api>, at: usize, namespace: &Going) -> Result<Option<usize>, ApiError> {
    let call = Arc::new(call(api, at, api.registry.resources[at].hub, Some(&namespace.name))?);
    let mut range = Range { prefix: call.prefix(), limit: PAGE, ..Range::default() };
    let mut left = 0;
    loop {
        let page = api.store.range(range.clone()).await.map_err(|error| store_failed(&error))?;
        // Read after the page: what the page shows was in the deleted namespace, and is deleted by its uid.
        if namespace.stored(api).await?.is_none() {
            return Ok(None);
        }
        range.start = page.entries.last().map(|last| format!("{}\0", last.key));
        left += clear_page(&call, page.entries).await?;
        if page.remaining == 0 || range.start.is_none() {
            return Ok(Some(left));
        }
    }
}

/// Deletes the objects that were read; the first error ends the work.
async fn clear_page(call: &Arc<Call>, entries: Vec<Entry>) -> Result<usize, ApiError> {
    let mut left = 0;
    let mut under_way = JoinSet::new();
    for entry in entries {
        if under_way.len() >= IN_FLIGHT {
            left += joined(under_way.join_next().await)?;
        }
        under_way.spawn(clear_object(Arc::clone(call), entry));
    }
    while !under_way.is_empty() {
        left += joined(under_way.join_next().await)?;
    }
    Ok(left)
}

fn joined(done: Option<Result<Result<usize, ApiError>, JoinError>>) -> Result<usize, ApiError> {
    done.unwrap_or(Ok(Ok(0))).map_err(|error| ApiError::internal(error.to_string()))?
}

/// Deletes an object; answers with 1 if it, or another of its name, is still there.
async fn clear_object(call: Arc<Call>, entry: Entry) -> Result<usize, ApiError> {
    let object = intake::decode_stored(call.resource(), &entry).map_err(ApiError::internal)?;
    let uid = metadata(&*object).map(|meta| meta.uid.clone()).filter(|uid| !uid.is_empty());
    let prefix = call.prefix();
    let name = entry.key.strip_prefix(&prefix).unwrap_or_default();
    match remove(&call, name, &DeleteOptions::of(uid)).await {
        Ok(Fate::Removed(_)) => Ok(0),
        Err(error) if error.code == 404 => Ok(0),
        Err(error) if error.code != 409 => Err(error),
        _ => Ok(1),
    }
}

/// A request of the server's own about a resource.
pub(super) fn call(api: &Arc<Api>, resource: usize, version: usize, namespace: Option<&str>) -> Result<Call, ApiError> {
    let kind = &api.registry.resources[resource].versions[version].kind;
    let target = Target {
        group: kind.group.clone().into_owned(),
        version: kind.version.clone().into_owned(),
        resource: kind.plural.clone().into_owned(),
        namespace: namespace.map(str::to_owned),
        ..Target::default()
    };
    let request = Request::new(Method::DELETE, "", "", HeaderMap::new(), Bytes::new());
    Call::new(api.clone(), Endpoint { resource, version }, target, request, Forms::Object)
}
