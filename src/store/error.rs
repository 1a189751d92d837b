//! What can go wrong in a store.

use std::fmt;

use super::{Entry, Revision};

/// Why a store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The key is not as expected.
    Conflict {
        /// What there is; `None`: nothing.
        current: Option<Entry>,
    },
    /// The revision is older than the history that is kept.
    Compacted {
        /// The oldest revision that can be read, or watched after.
        oldest: Revision,
    },
    /// The revision has not happened yet.
    Future {
        /// The latest revision.
        current: Revision,
    },
    /// The value is larger than the store takes.
    TooLarge {
        /// Bytes of the value.
        size: usize,
        /// Bytes the store takes.
        limit: usize,
    },
    /// The key is empty or longer than the store takes.
    BadKey(String),
    /// Another process, or another part of this one, has the store open.
    Locked(String),
    /// The file is no store, is of another format, or is damaged.
    Corrupt(String),
    /// The store is closed or does not answer; the outcome of a write is unknown.
    Unavailable(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { current: Some(entry) } => write!(f, "{} was changed at revision {}", entry.key, entry.modified),
            Self::Conflict { current: None } => f.write_str("the key does not exist"),
            Self::Compacted { oldest } => write!(f, "the revision has been compacted, the oldest is {oldest}"),
            Self::Future { current } => write!(f, "the revision is in the future, the store is at {current}"),
            Self::TooLarge { size, limit } => write!(f, "a value of {size} bytes is larger than {limit}"),
            Self::BadKey(why) => write!(f, "bad key: {why}"),
            Self::Locked(what) => write!(f, "{what} is in use by another process"),
            Self::Corrupt(what) => write!(f, "damaged or foreign store: {what}"),
            Self::Unavailable(what) => write!(f, "store unavailable: {what}"),
        }
    }
}

impl std::error::Error for StoreError {}
