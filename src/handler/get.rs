//! GET of one object.

use http::StatusCode;
use kubewright_model::Action;

use crate::cache::Cache;
use crate::metadata::parse_revision;
use crate::reply::Source;
use crate::scale;
use crate::server::Response;
use crate::status::ApiError;
use crate::store::Revision;

use super::Call;
use super::call::store_failed;

/// Answers with the object, or with what a subresource shows of it.
pub(super) async fn get(call: Call) -> Result<Response, ApiError> {
    if call.request.query.flag("export") {
        return Err(ApiError::bad_request("the export parameter, deprecated since v1.14, is no longer supported"));
    }
    catch_up(&call).await?;
    let found = call.cache().get(&call.key(call.name())).ok_or_else(|| call.not_found(call.name()))?;
    match call.action() {
        Some(Action::Scale { .. }) => scale::reply(&call, &*found.object),
        _ => call.reply(StatusCode::OK, Source::Cached(&found), &[]),
    }
}

/// Waits until the cache shows what the request may expect: everything written so far, or a revision.
async fn catch_up(call: &Call) -> Result<(), ApiError> {
    match call.request.query.get("resourceVersion").unwrap_or_default() {
        "" => fresh(call.cache()).await.map(|_| ()),
        "0" => Ok(()),
        text => reach(call.cache(), parse_revision(text).map_err(ApiError::internal)?).await,
    }
}

/// Waits until a cache is as fresh as the store.
pub(super) async fn fresh(cache: &Cache) -> Result<Revision, ApiError> {
    cache.fresh().await.map_err(|error| store_failed(&error))
}

/// Waits until a cache has reached a revision; one too far ahead is refused.
pub(super) async fn reach(cache: &Cache, revision: Revision) -> Result<(), ApiError> {
    // A quiet store's revision is learnt by asking.
    fresh(cache).await?;
    let reached = cache.wait_for(revision, Cache::PATIENCE).await;
    reached.map_err(|behind| ApiError::too_large_resource_version(revision, behind.current))
}
