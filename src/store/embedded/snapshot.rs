//! Reads: the store as of one transaction, and as of any revision that is still kept.

use std::ops::Bound;
use std::sync::Arc;

use redb::{Database, ReadOnlyTable, ReadableDatabase};

use super::tables::{self, COMPACTED, CURRENT, Id, LOG, Life, NUMBERS, REVISION, VERSIONS, Version, failure};
use crate::store::{Entry, Event, Page, Range, Revision, StoreError};

/// The tables as one transaction sees them.
pub(super) struct Snapshot {
    current: ReadOnlyTable<&'static str, Life>,
    versions: ReadOnlyTable<Id, Version>,
    log: ReadOnlyTable<Revision, &'static str>,
    revision: Revision,
    compacted: Revision,
}

/// A page in the making.
struct Collected {
    limit: usize,
    entries: Vec<Entry>,
    remaining: u64,
}

impl Collected {
    /// Takes an entry in, or counts it.
    fn add(&mut self, entry: impl FnOnce() -> Result<Option<Entry>, StoreError>) -> Result<(), StoreError> {
        if self.limit != 0 && self.entries.len() == self.limit {
            self.remaining += 1;
        } else {
            self.entries.extend(entry()?);
        }
        Ok(())
    }
}

impl Snapshot {
    /// The store as it is now.
    pub(super) fn take(db: &Database) -> Result<Self, StoreError> {
        let txn = db.begin_read().map_err(failure)?;
        let numbers = txn.open_table(NUMBERS).map_err(failure)?;
        Ok(Self {
            current: txn.open_table(CURRENT).map_err(failure)?,
            versions: txn.open_table(VERSIONS).map_err(failure)?,
            log: txn.open_table(LOG).map_err(failure)?,
            revision: tables::number(&numbers, REVISION)?,
            compacted: tables::number(&numbers, COMPACTED)?,
        })
    }

    /// Refuses revisions before the history; answers with the latest revision.
    pub(super) fn reachable(&self, revision: Revision) -> Result<Revision, StoreError> {
        if revision < self.compacted { Err(StoreError::Compacted { oldest: self.compacted }) } else { Ok(self.revision) }
    }

    /// `None` if a revision is the latest; the revision if it is in the past.
    fn past(&self, revision: Option<Revision>) -> Result<Option<Revision>, StoreError> {
        let Some(revision) = revision else { return Ok(None) };
        match self.reachable(revision)? {
            latest if revision > latest => Err(StoreError::Future { current: latest }),
            latest => Ok((revision < latest).then_some(revision)),
        }
    }

    /// A key.
    pub(super) fn get(&self, key: &str, revision: Option<Revision>) -> Result<Option<Entry>, StoreError> {
        match self.past(revision)? {
            None => tables::current_entry(&self.current, &self.versions, key),
            Some(revision) => self.at(key, revision),
        }
    }

    /// Keys in order.
    pub(super) fn range(&self, range: &Range) -> Result<Page, StoreError> {
        let from = match &range.start {
            Some(start) if *start > range.prefix => start,
            _ => &range.prefix,
        };
        let mut page = Collected { limit: range.limit, entries: Vec::new(), remaining: 0 };
        let past = self.past(range.revision)?;
        match past {
            None => self.range_now(from, &range.prefix, &mut page)?,
            Some(revision) => self.range_at(from, &range.prefix, revision, &mut page)?,
        }
        Ok(Page { entries: page.entries, remaining: page.remaining, revision: past.unwrap_or(self.revision) })
    }

    fn range_now(&self, from: &str, prefix: &str, page: &mut Collected) -> Result<(), StoreError> {
        for row in self.current.range(from..).map_err(failure)? {
            let (key, revisions) = row.map_err(failure)?;
            if !key.value().starts_with(prefix) {
                break;
            }
            page.add(|| tables::version(&self.versions, key.value(), revisions.value().1))?;
        }
        Ok(())
    }

    /// Versions of a key follow each other in order of revision: the last one not after `revision` is the key's state, if it is no deletion.
    fn range_at(&self, from: &str, prefix: &str, revision: Revision, page: &mut Collected) -> Result<(), StoreError> {
        let mut rows = self.versions.range((from, 0)..).map_err(failure)?.peekable();
        while let Some(row) = rows.next() {
            let (id, version) = row.map_err(failure)?;
            let (key, modified) = id.value();
            if !key.starts_with(prefix) {
                break;
            }
            let superseded = matches!(rows.peek(), Some(Ok((next, _))) if next.value().0 == key && next.value().1 <= revision);
            if modified > revision || superseded || version.value().1.is_none() {
                continue;
            }
            page.add(|| Ok(tables::entry(&Arc::from(key), modified, version.value())))?;
        }
        Ok(())
    }

    /// A key as of a revision.
    fn at(&self, key: &str, revision: Revision) -> Result<Option<Entry>, StoreError> {
        let mut versions = self.versions.range((key, 0)..=(key, revision)).map_err(failure)?;
        let Some(row) = versions.next_back() else { return Ok(None) };
        let (id, version) = row.map_err(failure)?;
        Ok(tables::entry(&Arc::from(key), id.value().1, version.value()))
    }

    /// Changes under a prefix after a revision, up to and including another, at most `limit`; with the revision up to which these are all.
    pub(super) fn events(
        &self,
        prefix: &str,
        after: Revision,
        until: Revision,
        limit: usize,
    ) -> Result<(Vec<Event>, Revision), StoreError> {
        self.reachable(after)?;
        let mut events = Vec::new();
        for row in self.log.range((Bound::Excluded(after), Bound::Included(until))).map_err(failure)? {
            let (revision, key) = row.map_err(failure)?;
            if key.value().starts_with(prefix) {
                events.push(self.event(revision.value(), key.value())?);
            }
            if events.len() == limit {
                return Ok((events, revision.value()));
            }
        }
        Ok((events, until))
    }

    fn event(&self, revision: Revision, key: &str) -> Result<Event, StoreError> {
        let current = tables::version(&self.versions, key, revision)?;
        let previous = self.at(key, revision - 1)?;
        let key = current.as_ref().or(previous.as_ref()).map_or_else(|| Arc::from(key), |entry| entry.key.clone());
        Ok(Event { revision, current, previous, key })
    }
}
