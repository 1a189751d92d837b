//! The store contract: keys and bytes under one revision counter, with etcd's semantics.
//!
//! Every write that succeeds takes the next revision of the whole store. A key remembers the revision of its creation and of its
//! last change. Old revisions stay readable and watchable until they are compacted away.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod embedded;
mod error;
mod watch;

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub use embedded::{Embedded, Options};
pub use error::StoreError;
pub use watch::{Past, Step, Watch};

/// A point in the life of the whole store; a new store is at 1, its first write is 2.
pub type Revision = u64;

/// The future of a store call. It borrows the store alone, not the arguments.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A key with its value, as of one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The full key.
    pub key: Arc<str>,
    /// The bytes as they were written.
    pub value: Bytes,
    /// When the key came into being; a key deleted and written again starts anew.
    pub created: Revision,
    /// The last change; what a compare-and-put compares.
    pub modified: Revision,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct Range {
    /// Keys that start with this text, byte by byte; empty: every key.
    pub prefix: String,
    /// The first full key to return if it exists; keys before it count neither as entries nor as remaining.
    pub start: Option<String>,
    /// The most entries to return; 0: all.
    pub limit: usize,
    /// As of which revision; `None`: now.
    pub revision: Option<Revision>,
}

/// One answer to a [`Range`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// In bytewise order of keys.
    pub entries: Vec<Entry>,
    /// How many more keys follow the last entry.
    pub remaining: u64,
    /// The revision the page shows: the one asked for, or the store's at the time of reading.
    pub revision: Revision,
}

/// A change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The revision of the change.
    pub revision: Revision,
    /// The key as written; `None`: it was deleted.
    pub current: Option<Entry>,
    /// The key just before; `None`: it did not exist.
    pub previous: Option<Entry>,
    /// The full key.
    pub key: Arc<str>,
}

/// A place to keep keys and bytes.
///
/// An acknowledged write survives a crash of the process and of the machine. A refused write changes nothing, the revision included.
/// Reads that start after a write was acknowledged see it.
pub trait Store: Send + Sync + 'static {
    /// A key, now or as of a revision. [`StoreError::Compacted`] and [`StoreError::Future`] for revisions out of reach.
    fn get(&self, key: &str, revision: Option<Revision>) -> BoxFuture<'_, Result<Option<Entry>, StoreError>>;

    /// Keys in order, all of one revision.
    fn range(&self, range: Range) -> BoxFuture<'_, Result<Page, StoreError>>;

    /// Writes a key if its last change is `expected` (0: if it does not exist), and answers with the revision of the write.
    /// [`StoreError::Conflict`] holds what was there instead.
    fn put_if(&self, key: &str, value: Bytes, expected: Revision) -> BoxFuture<'_, Result<Revision, StoreError>>;

    /// Deletes a key if its last change is `expected`, and answers with the revision of the deletion.
    /// A key that does not exist is a conflict with nothing, whatever is expected.
    fn delete_if(&self, key: &str, expected: Revision) -> BoxFuture<'_, Result<Revision, StoreError>>;

    /// The changes of keys that start with `prefix`, strictly after a revision (which may lie in the future), first from history and then live.
    fn watch(&self, prefix: &str, after: Revision) -> BoxFuture<'_, Result<Watch, StoreError>>;

    /// The latest revision. The progress of every open watch reaches it without any further write.
    fn revision(&self) -> BoxFuture<'_, Result<Revision, StoreError>>;

    /// Forgets what was before a revision: it is then the oldest that can be read, or watched after. Current values stay.
    /// A revision that is compacted already is no error; one in the future is.
    fn compact(&self, before: Revision) -> BoxFuture<'_, Result<(), StoreError>>;
}
