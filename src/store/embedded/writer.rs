//! Writes: one thread, one transaction and one sync of the file for all writes that wait.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use redb::{Table, WriteTransaction};
use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::sync::oneshot;

use super::Shared;
use super::sweep;
use super::tables::{self, CURRENT, Id, LOG, Life, NUMBERS, REVISION, VERSIONS, Version, failure};
use crate::store::{Entry, Event, Revision, StoreError};

/// Most writes of one transaction.
const BATCH: usize = 1024;
/// Bytes of values after which a transaction takes no more writes.
const BATCH_BYTES: usize = 16 << 20;

/// A compare-and-put or compare-and-delete.
pub(super) struct Write {
    pub(super) key: String,
    /// `None` deletes.
    pub(super) value: Option<Bytes>,
    pub(super) expected: Revision,
    pub(super) reply: oneshot::Sender<Result<Revision, StoreError>>,
}

impl Write {
    fn size(&self) -> usize {
        self.value.as_ref().map_or(0, Bytes::len)
    }

    /// Whether what there is, is what was expected.
    fn meets(&self, previous: Option<&Entry>) -> bool {
        match previous {
            Some(entry) => entry.modified == self.expected,
            None => self.expected == 0 && self.value.is_some(),
        }
    }
}

/// What the writer is asked to do.
pub(super) enum Command {
    Write(Write),
    Compact { before: Revision, reply: oneshot::Sender<Result<(), StoreError>> },
}

/// Starts the thread; it ends when nobody can send commands any more.
pub(super) fn spawn(shared: Arc<Shared>, queue: mpsc::Receiver<Command>) -> Result<JoinHandle<()>, StoreError> {
    let writer = Writer { shared, queue, held: None, sweeping: true };
    let thread = thread::Builder::new().name("store-writer".to_owned());
    thread.spawn(move || writer.run()).map_err(|error| StoreError::Unavailable(error.to_string()))
}

struct Writer {
    shared: Arc<Shared>,
    queue: mpsc::Receiver<Command>,
    /// A command that was taken from the queue but did not fit into the batch.
    held: Option<Command>,
    /// Compacted history is still in the file.
    sweeping: bool,
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.shared.hub.close();
    }
}

impl Writer {
    fn run(mut self) {
        loop {
            match self.next() {
                Ok(Some(Command::Write(write))) => self.batch(write),
                Ok(Some(Command::Compact { before, reply })) => self.compact(before, reply),
                Ok(None) => self.commit(Vec::new()),
                Err(Closed) => return,
            }
        }
    }

    /// The next command; does not wait for one while there is something to sweep.
    fn next(&mut self) -> Result<Option<Command>, Closed> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        if !self.sweeping {
            return self.queue.blocking_recv().map(Some).ok_or(Closed);
        }
        match self.queue.try_recv() {
            Ok(command) => Ok(Some(command)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(Closed),
        }
    }

    /// Gathers the writes that wait, and commits them.
    fn batch(&mut self, first: Write) {
        let mut bytes = first.size();
        let mut writes = vec![first];
        while writes.len() < BATCH && bytes < BATCH_BYTES {
            match self.queue.try_recv() {
                Ok(Command::Write(write)) => {
                    bytes += write.size();
                    writes.push(write);
                }
                Ok(other) => {
                    self.held = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        self.commit(writes);
    }

    /// Applies, syncs, tells the watches, and only then answers. Where the transaction fails, no write of it has happened.
    fn commit(&mut self, writes: Vec<Write>) {
        match self.transact(&writes) {
            Ok(Outcome { events, verdicts, swept }) => {
                self.sweeping = swept == sweep::PIECE;
                self.shared.hub.publish(&events);
                for (write, verdict) in writes.into_iter().zip(verdicts) {
                    // Who asked may have stopped waiting.
                    let _gone = write.reply.send(verdict);
                }
            }
            Err(error) => {
                // The sweep goes on after the next compaction: trying again at once would be a busy loop.
                self.sweeping = false;
                tracing::error!(%error, writes = writes.len(), "cannot write to the store");
                for write in writes {
                    let _gone = write.reply.send(Err(error.clone()));
                }
            }
        }
    }

    /// What is left to sweep shares the sync with the writes.
    fn transact(&self, writes: &[Write]) -> Result<Outcome, StoreError> {
        let txn = self.shared.db.begin_write().map_err(failure)?;
        let mut outcome = Batch::open(&txn)?.apply(writes)?;
        if self.sweeping {
            outcome.swept = sweep::sweep(&txn)?;
        }
        if outcome.events.is_empty() && outcome.swept == 0 {
            txn.abort().map_err(failure)?;
        } else {
            txn.commit().map_err(failure)?;
        }
        Ok(outcome)
    }

    fn compact(&mut self, before: Revision, reply: oneshot::Sender<Result<(), StoreError>>) {
        let marked = sweep::mark(&self.shared.db, before);
        self.sweeping |= marked.is_ok();
        let _gone = reply.send(marked);
    }
}

/// Nobody can send commands any more.
struct Closed;

/// What came of a batch.
struct Outcome {
    /// The writes that happened, in order.
    events: Vec<Event>,
    /// One for each write.
    verdicts: Vec<Result<Revision, StoreError>>,
    /// How many changes of compacted history are gone from the file.
    swept: usize,
}

/// The tables of a transaction, and where it stands.
struct Batch<'txn> {
    current: Table<'txn, &'static str, Life>,
    versions: Table<'txn, Id, Version>,
    log: Table<'txn, Revision, &'static str>,
    numbers: Table<'txn, &'static str, u64>,
    revision: Revision,
}

impl<'txn> Batch<'txn> {
    fn open(txn: &'txn WriteTransaction) -> Result<Self, StoreError> {
        let numbers = txn.open_table(NUMBERS).map_err(failure)?;
        Ok(Self {
            current: txn.open_table(CURRENT).map_err(failure)?,
            versions: txn.open_table(VERSIONS).map_err(failure)?,
            log: txn.open_table(LOG).map_err(failure)?,
            revision: tables::number(&numbers, REVISION)?,
            numbers,
        })
    }

    fn apply(mut self, writes: &[Write]) -> Result<Outcome, StoreError> {
        let mut outcome = Outcome { events: Vec::new(), verdicts: Vec::with_capacity(writes.len()), swept: 0 };
        for write in writes {
            let previous = tables::current_entry(&self.current, &self.versions, &write.key)?;
            if !write.meets(previous.as_ref()) {
                outcome.verdicts.push(Err(StoreError::Conflict { current: previous }));
                continue;
            }
            let event = self.change(write, previous)?;
            outcome.verdicts.push(Ok(event.revision));
            outcome.events.push(event);
        }
        self.numbers.insert(REVISION, self.revision).map_err(failure)?;
        Ok(outcome)
    }

    fn change(&mut self, write: &Write, previous: Option<Entry>) -> Result<Event, StoreError> {
        self.revision += 1;
        let (revision, key) = (self.revision, write.key.as_str());
        let created = previous.as_ref().map_or(revision, |entry| entry.created);
        if write.value.is_some() {
            self.current.insert(key, (created, revision)).map_err(failure)?;
        } else {
            self.current.remove(key).map_err(failure)?;
        }
        self.versions.insert((key, revision), (created, write.value.as_deref())).map_err(failure)?;
        self.log.insert(revision, key).map_err(failure)?;
        let key = previous.as_ref().map_or_else(|| write.key.as_str().into(), |entry| entry.key.clone());
        let current = write.value.clone().map(|value| Entry { key: key.clone(), value, created, modified: revision });
        Ok(Event { revision, current, previous, key })
    }
}
