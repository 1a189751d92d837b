//! What is in a namespace, across all resources.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::handler::{Call, DeleteOptions, Fate, remove, store_failed};
use crate::negotiate::Forms;
use crate::request::{Request, Target};
use crate::served::Endpoint;
use crate::server::Api;
use crate::status::ApiError;
use crate::store::Range;

/// Deletes every object of a namespace; answers with how many are still there, waiting for their finalizers.
pub(super) async fn clear(api: &Arc<Api>, namespace: &str) -> Result<usize, ApiError> {
    let mut left = 0;
    for (at, resource) in api.registry.resources.iter().enumerate() {
        if resource.versions[resource.hub].kind.namespaced {
            left += clear_resource(api, at, namespace).await?;
        }
    }
    Ok(left)
}

async fn clear_resource(api: &Arc<Api>, at: usize, namespace: &str) -> Result<usize, ApiError> {
    let call = call(api, at, api.registry.resources[at].hub, Some(namespace))?;
    let prefix = call.prefix();
    let page = api.store.range(Range { prefix: prefix.clone(), ..Range::default() }).await.map_err(|error| store_failed(&error))?;
    let mut left = 0;
    for entry in page.entries {
        let name = entry.key.strip_prefix(&prefix).unwrap_or_default();
        match remove(&call, name, &DeleteOptions::default()).await {
            Ok(Fate::Removed(_)) => {}
            Err(error) if error.code == 404 => {}
            Ok(_) => left += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(left)
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
