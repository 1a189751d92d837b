//! Sees deleted namespaces off: their content first, then themselves; and makes those that there always are.

use std::sync::Arc;
use std::time::Duration;

use crate::handler::{Call, WriteOptions, insert, store_failed};
use crate::intake;
use crate::object::Object;
use crate::server::Api;
use crate::status::ApiError;
use crate::store::StoreError;

use super::going::Going;
use super::{DEFAULTS, FINALIZER, content, finalizers_mut, is_released, new, resource};

/// How long a namespace stays to be seen as going, and how long a failed attempt rests.
const PAUSE: Duration = Duration::from_secs(1);

/// Creates the namespaces that there always are, where they are missing. Does nothing in a program without the kind.
pub async fn ensure_defaults(api: &Arc<Api>) -> Result<(), ApiError> {
    let Some(at) = resource(&api.registry) else { return Ok(()) };
    let hub = api.registry.resources[at].hub;
    for name in DEFAULTS {
        let call = content::call(api, at, hub, None)?;
        let options = WriteOptions::by("kubewright");
        match insert(&call, new(&api.registry, at, name), &options, &mut Vec::new()).await {
            Err(error) if error.reason != "AlreadyExists" => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Follows the namespaces until the server stops, and finishes those that were deleted.
pub async fn run(api: Arc<Api>) {
    let Some(at) = resource(&api.registry) else { return };
    tokio::select! {
        () = follow(&api, at) => {}
        () = api.stopped() => {}
    }
}

async fn follow(api: &Arc<Api>, at: usize) {
    let prefix = intake::prefix(&api.registry.resources[at], "");
    loop {
        let (_, namespaces, mut watch) = api.caches[at].snapshot_and_watch(&prefix);
        let going: Vec<Going> = namespaces.iter().filter_map(|namespace| Going::of(at, &*namespace.object)).collect();
        for namespace in &going {
            if let Err(error) = finish(api, namespace).await {
                tracing::warn!(namespace = namespace.name, %error, "cannot finish a namespace yet");
            }
        }
        if going.is_empty() {
            watch.next().await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Deletes what is in a namespace; once nothing is left, lets the namespace go. Does nothing to another that has its name by now.
pub(super) async fn finish(api: &Arc<Api>, namespace: &Going) -> Result<(), ApiError> {
    if namespace.stored(api).await?.is_none() || content::clear(api, namespace).await? != Some(0) {
        return Ok(());
    }
    let call = namespace.call(api)?;
    // Each attempt is about the revision that was just found to be the deleted Namespace.
    while let Some(stored) = namespace.stored(api).await? {
        let mut hub = stored.hub.boxed_clone();
        if let Some(finalizers) = finalizers_mut(&mut *hub) {
            finalizers.retain(|finalizer| finalizer != FINALIZER);
        }
        match write(&call, &stored.entry.key, hub, stored.entry.modified).await {
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(store_failed(&error)),
            Ok(()) => break,
        }
    }
    Ok(())
}

async fn write(call: &Call, key: &str, hub: Object, expected: u64) -> Result<(), StoreError> {
    let store = &call.api.store;
    if is_released(call.kind(), &*hub) {
        return store.delete_if(key, expected).await.map(|_| ());
    }
    let bytes = intake::encode_stored(call.resource(), &*hub).map_err(|error| StoreError::Corrupt(error.message))?;
    store.put_if(key, bytes.into(), expected).await.map(|_| ())
}
