//! Compaction: a mark that hides old revisions at once, and the sweep that takes them out of the file piece by piece.

use redb::{Database, ReadableTable, WriteTransaction};

use super::tables::{self, COMPACTED, LOG, NUMBERS, REVISION, VERSIONS, failure};
use crate::store::{Revision, StoreError};

/// Changes swept in one transaction: writes wait no longer than for these.
pub(super) const PIECE: usize = 500;

/// From now on a revision is the oldest that can be read.
pub(super) fn mark(db: &Database, before: Revision) -> Result<(), StoreError> {
    let txn = db.begin_write().map_err(failure)?;
    {
        let mut numbers = txn.open_table(NUMBERS).map_err(failure)?;
        let current = tables::number(&numbers, REVISION)?;
        if before > current {
            return Err(StoreError::Future { current });
        }
        if before <= tables::number(&numbers, COMPACTED)? {
            return Ok(());
        }
        numbers.insert(COMPACTED, before).map_err(failure)?;
    }
    txn.commit().map_err(failure)
}

/// Takes out a piece of what is hidden; how many changes it was, [`PIECE`] if there may be more.
///
/// Of each key, the last version up to the mark stays, unless it is a deletion: it is what the oldest revision shows.
pub(super) fn sweep(txn: &WriteTransaction) -> Result<usize, StoreError> {
    let mark = tables::number(&txn.open_table(NUMBERS).map_err(failure)?, COMPACTED)?;
    let mut log = txn.open_table(LOG).map_err(failure)?;
    let mut versions = txn.open_table(VERSIONS).map_err(failure)?;
    let hidden = oldest(&log, mark)?;
    for (revision, key) in &hidden {
        let key = key.as_str();
        versions.retain_in((key, 0)..(key, *revision), |_, _| false).map_err(failure)?;
        let deletion = versions.get((key, *revision)).map_err(failure)?.is_some_and(|version| version.value().1.is_none());
        if deletion {
            versions.remove((key, *revision)).map_err(failure)?;
        }
        log.remove(*revision).map_err(failure)?;
    }
    Ok(hidden.len())
}

/// The oldest changes up to a mark.
fn oldest(log: &impl ReadableTable<Revision, &'static str>, mark: Revision) -> Result<Vec<(Revision, String)>, StoreError> {
    let rows = log.range(..=mark).map_err(failure)?.take(PIECE);
    rows.map(|row| row.map(|(revision, key)| (revision.value(), key.value().to_owned())).map_err(failure)).collect()
}
