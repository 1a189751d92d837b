//! The watch cache of one resource: its current objects, decoded once, and the window of recent events, in memory.
//!
//! Lists and watches are answered from here. Every watcher reads the same shared events from the same window at its own position, so that
//! the hand-over from history to live has no seam, and one more watcher costs a position. Who falls out of the window is disconnected.

mod cached;
mod event;
mod pump;
mod state;
#[cfg(test)]
mod tests;
mod watch;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;

pub use cached::{Cached, Form};
pub use event::CacheEvent;
pub use watch::CacheWatch;

use crate::Object;
use crate::store::{Entry, Revision, Store, StoreError};
use state::Shared;

/// Stored bytes to an object in the hub version, its resourceVersion set from [`Entry::modified`]; an error as text otherwise.
pub type Decode = Arc<dyn Fn(&Entry) -> Result<Object, String> + Send + Sync>;

/// How much of the past a cache keeps: who watches may fall behind as far, and is disconnected beyond. Changes are taken in by the
/// hundred, so that fewer events than that disconnect watchers that were not slow.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The most events.
    pub events: usize,
    /// The age at which an event may go.
    pub age: Duration,
}

impl Default for Window {
    /// 10,000 events, 5 minutes.
    fn default() -> Self {
        Self { events: 10_000, age: Duration::from_mins(5) }
    }
}

/// A watch cannot start where it was asked to: the events are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooOld {
    /// The oldest revision that can be watched after.
    pub oldest: Revision,
    /// The latest revision of the cache.
    pub current: Revision,
}

/// A revision that did not come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooNew {
    /// The latest revision of the cache.
    pub current: Revision,
}

impl fmt::Display for TooOld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "events up to revision {} are gone", self.oldest)
    }
}

impl fmt::Display for TooNew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the cache is at revision {}", self.current)
    }
}

impl std::error::Error for TooOld {}
impl std::error::Error for TooNew {}

/// All objects of one resource, kept up to date from the store until dropped.
pub struct Cache {
    shared: Arc<Shared>,
    store: Arc<dyn Store>,
    pump: AbortHandle,
}

impl Cache {
    /// How long [`Cache::fresh`] waits for the store's revision before it gives up.
    pub const PATIENCE: Duration = Duration::from_secs(3);

    /// Reads everything under a prefix (text: give it its closing slash) and follows it from there on. Needs a tokio runtime.
    ///
    /// An object that cannot be decoded is logged and left out: it is in no list, and a change into it looks like a deletion. When the
    /// store cuts the cache off, it goes on where it was; where the store has forgotten that, it starts over and every watch ends.
    pub async fn start(store: Arc<dyn Store>, prefix: String, decode: Decode) -> Result<Arc<Self>, StoreError> {
        Self::start_with(store, prefix, decode, Window::default()).await
    }

    /// As [`Cache::start`], with another window.
    pub async fn start_with(store: Arc<dyn Store>, prefix: String, decode: Decode, window: Window) -> Result<Arc<Self>, StoreError> {
        let (shared, pump) = pump::start(store.clone(), prefix, decode, window).await?;
        Ok(Arc::new(Self { shared, store, pump }))
    }

    /// Waits until the cache is at least as fresh as the store was at the time of the call; answers with the cache's revision.
    pub async fn fresh(&self) -> Result<Revision, StoreError> {
        let target = self.store.revision().await?;
        match self.wait_for(target, Self::PATIENCE).await {
            Ok(()) => Ok(self.revision()),
            Err(TooNew { current }) => {
                Err(StoreError::Unavailable(format!("the cache stays at revision {current}, the store is at {target}")))
            }
        }
    }

    /// Waits until the cache has reached a revision.
    pub async fn wait_for(&self, revision: Revision, timeout: Duration) -> Result<(), TooNew> {
        if self.revision() >= revision {
            return Ok(());
        }
        let mut reached = self.shared.reached();
        match tokio::time::timeout(timeout, reached.wait_for(|now| *now >= revision)).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(TooNew { current: self.revision() }),
        }
    }

    /// The revision the cache shows: every change of its resource up to it is in. It moves on with the store also when the resource is quiet.
    pub fn revision(&self) -> Revision {
        self.shared.revision()
    }

    /// An object by its full key.
    pub fn get(&self, key: &str) -> Option<Arc<Cached>> {
        self.shared.read().objects.get(key).cloned()
    }

    /// The objects under a prefix (of full keys) in key order, and the revision this is the state of.
    pub fn list(&self, prefix: &str) -> (Revision, Vec<Arc<Cached>>) {
        let state = self.shared.read();
        (state.revision, state.list(prefix))
    }

    /// How many objects there are under a prefix.
    pub fn count(&self, prefix: &str) -> usize {
        self.shared.read().under(prefix).count()
    }

    /// The changes under a prefix strictly after a revision; one in the future waits for it.
    pub fn watch(&self, prefix: &str, after: Revision) -> Result<CacheWatch, TooOld> {
        let state = self.shared.read();
        CacheWatch::after(&self.shared, &state, prefix, after)
    }

    /// The objects under a prefix and a watch of every change after them, without a gap or an overlap.
    pub fn snapshot_and_watch(&self, prefix: &str) -> (Revision, Vec<Arc<Cached>>, CacheWatch) {
        let state = self.shared.read();
        (state.revision, state.list(prefix), CacheWatch::live(&self.shared, &state, prefix))
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.pump.abort();
        self.shared.close();
    }
}
