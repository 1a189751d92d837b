//! The tables in the file, and how the file is opened.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use redb::{Database, ReadableTable, TableDefinition};

use super::FILE;
use crate::store::{Entry, Revision, StoreError};

/// A key and the revision that changed it.
pub(super) type Id = (&'static str, Revision);
/// The revision of a key's creation and its value; no value: the key was deleted.
pub(super) type Version = (Revision, Option<&'static [u8]>);
/// The revisions of a key's creation and of its last change.
pub(super) type Life = (Revision, Revision);

/// Keys that exist.
pub(super) const CURRENT: TableDefinition<&str, Life> = TableDefinition::new("current");
/// Every version of every key that is kept.
pub(super) const VERSIONS: TableDefinition<Id, Version> = TableDefinition::new("versions");
/// Revision to the key that changed.
pub(super) const LOG: TableDefinition<Revision, &str> = TableDefinition::new("log");
/// The numbers below, by name.
pub(super) const NUMBERS: TableDefinition<&str, u64> = TableDefinition::new("numbers");

/// The latest revision.
pub(super) const REVISION: &str = "revision";
/// The oldest revision that can be read.
pub(super) const COMPACTED: &str = "compacted";
/// The layout of the tables.
const FORMAT: &str = "format";
/// The layout above.
const THIS_FORMAT: u64 = 1;
/// Where a new store begins.
const FIRST_REVISION: Revision = 1;

/// Opens or creates the file in a directory, with a cache of so many bytes.
pub(super) fn open(dir: &Path, cache: usize) -> Result<Database, StoreError> {
    let path = dir.join(FILE);
    let at = |error: StoreError| match error {
        StoreError::Locked(_) => StoreError::Locked(path.display().to_string()),
        StoreError::Corrupt(why) => StoreError::Corrupt(format!("{}: {why}", path.display())),
        StoreError::Unavailable(why) => StoreError::Unavailable(format!("{}: {why}", path.display())),
        other => other,
    };
    std::fs::create_dir_all(dir).map_err(|error| at(StoreError::Unavailable(error.to_string())))?;
    let db = Database::builder().set_cache_size(cache).create(&path).map_err(|error| at(failure(error)))?;
    sync_dir(dir).map_err(|error| at(StoreError::Unavailable(error.to_string())))?;
    Ok(db)
}

/// Makes the name of a new file as durable as its contents.
fn sync_dir(dir: &Path) -> std::io::Result<()> {
    if cfg!(unix) { std::fs::File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Creates the tables of a new store and checks those of an old one; the latest revision.
pub(super) fn prepare(db: &Database) -> Result<Revision, StoreError> {
    let txn = db.begin_write().map_err(failure)?;
    let revision = {
        txn.open_table(CURRENT).map_err(failure)?;
        txn.open_table(VERSIONS).map_err(failure)?;
        txn.open_table(LOG).map_err(failure)?;
        let mut numbers = txn.open_table(NUMBERS).map_err(failure)?;
        match number(&numbers, FORMAT)? {
            0 => {
                numbers.insert(FORMAT, THIS_FORMAT).map_err(failure)?;
                numbers.insert(REVISION, FIRST_REVISION).map_err(failure)?;
            }
            THIS_FORMAT => {}
            other => return Err(StoreError::Corrupt(format!("layout {other} is not known to this program, which writes {THIS_FORMAT}"))),
        }
        number(&numbers, REVISION)?
    };
    txn.commit().map_err(failure)?;
    Ok(revision)
}

/// A number of the store; 0 if it was never set.
pub(super) fn number(numbers: &impl ReadableTable<&'static str, u64>, name: &str) -> Result<u64, StoreError> {
    Ok(numbers.get(name).map_err(failure)?.map_or(0, |number| number.value()))
}

/// A version of a key as an entry; `None`: a deletion.
pub(super) fn entry(key: &Arc<str>, modified: Revision, (created, value): (Revision, Option<&[u8]>)) -> Option<Entry> {
    let value = Bytes::copy_from_slice(value?);
    Some(Entry { key: key.clone(), value, created, modified })
}

/// A key that exists, as it is now.
pub(super) fn current_entry(
    current: &impl ReadableTable<&'static str, Life>,
    versions: &impl ReadableTable<Id, Version>,
    key: &str,
) -> Result<Option<Entry>, StoreError> {
    let Some(found) = current.get(key).map_err(failure)? else { return Ok(None) };
    let (_, modified) = found.value();
    version(versions, key, modified)
}

/// The version of a key that a revision wrote.
pub(super) fn version(versions: &impl ReadableTable<Id, Version>, key: &str, modified: Revision) -> Result<Option<Entry>, StoreError> {
    let Some(found) = versions.get((key, modified)).map_err(failure)? else {
        return Err(StoreError::Corrupt(format!("{key} has no version {modified}")));
    };
    Ok(entry(&Arc::from(key), modified, found.value()))
}

/// What redb says, in the store's words.
pub(super) fn failure(error: impl Into<redb::Error>) -> StoreError {
    use redb::Error;
    match error.into() {
        error @ (Error::DatabaseAlreadyOpen | Error::LockProtocolMismatch) => StoreError::Locked(error.to_string()),
        Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => StoreError::Corrupt(error.to_string()),
        error @ (Error::Corrupted(_)
        | Error::UpgradeRequired(_)
        | Error::RepairAborted
        | Error::TableTypeMismatch { .. }
        | Error::TableIsMultimap(_)
        | Error::TypeDefinitionChanged { .. }
        | Error::TableDoesNotExist(_)) => StoreError::Corrupt(error.to_string()),
        error => StoreError::Unavailable(error.to_string()),
    }
}
