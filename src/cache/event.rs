//! A change as the cache hands it out.

use std::sync::{Arc, OnceLock};

use super::{Cached, Decode};
use crate::store::{Entry, Revision};

/// A change of one object, shared by all watchers.
pub struct CacheEvent {
    /// The revision of the change.
    pub revision: Revision,
    /// The full key.
    pub key: Arc<str>,
    /// The object as written; `None`: it was deleted.
    pub current: Option<Arc<Cached>>,
    /// The object just before; `None`: it did not exist. At least one of the two is there.
    pub previous: Option<Arc<Cached>>,
    stored: Option<Entry>,
    decode: Decode,
    removed: OnceLock<Option<Arc<Cached>>>,
}

impl CacheEvent {
    /// `stored` is what `previous` was decoded from.
    pub(super) fn new(
        (revision, key): (Revision, Arc<str>),
        current: Option<Arc<Cached>>,
        previous: Option<Arc<Cached>>,
        stored: Option<Entry>,
        decode: Decode,
    ) -> Self {
        Self { revision, key, current, previous, stored, decode, removed: OnceLock::new() }
    }

    /// The object just before, stamped with the revision of this change: what a watcher is told that loses the object, be it by deletion
    /// or because it no longer matches. Made on first use and shared. `None`: it did not exist before.
    pub fn removed(&self) -> Option<Arc<Cached>> {
        self.removed.get_or_init(|| self.restamped()).clone()
    }

    fn restamped(&self) -> Option<Arc<Cached>> {
        let previous = self.previous.as_ref()?;
        let Some(stored) = &self.stored else { return Some(previous.clone()) };
        let entry = Entry { modified: self.revision, ..stored.clone() };
        match (self.decode)(&entry) {
            Ok(object) => Some(Arc::new(Cached::new(entry.key, self.revision, object))),
            Err(error) => {
                tracing::error!(key = %self.key, revision = self.revision, error, "cannot decode a removed object");
                Some(previous.clone())
            }
        }
    }
}

impl std::fmt::Debug for CacheEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { revision, key, current, previous, .. } = self;
        f.debug_struct("CacheEvent")
            .field("revision", revision)
            .field("key", key)
            .field("current", current)
            .field("previous", previous)
            .finish_non_exhaustive()
    }
}
