//! The store in one file: redb under etcd's semantics, for a server that needs no other machine.
//!
//! One thread owns writing: it gathers the writes that wait, applies them in one transaction and syncs the file before any of them is
//! acknowledged, so that many writers share one sync. redb is synchronous: reads run on the runtime's blocking threads, each in a
//! transaction of its own that neither waits for the writer nor holds it up.

mod horizon;
mod hub;
mod replay;
mod snapshot;
mod sweep;
mod tables;
mod writer;

#[cfg(test)]
mod crash;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use redb::Database;
use redb::backends::InMemoryBackend;
use tokio::sync::{mpsc, oneshot};

use super::{BoxFuture, Entry, Page, Range, Revision, Store, StoreError, Watch};
use horizon::Horizon;
use hub::Hub;
use snapshot::Snapshot;
use writer::{Command, Write};

/// The name of the file in the store's directory.
pub const FILE: &str = "store.redb";
/// The longest key in bytes.
const LONGEST_KEY: usize = 4096;
/// How many commands may wait for the writer before the next caller does.
const QUEUE: usize = 4096;

/// How an embedded store keeps house.
#[derive(Clone, Debug)]
pub struct Options {
    /// How much history is kept at least; zero: all of it, until [`Store::compact`] is called.
    pub history: Duration,
    /// How often history is looked at; what is older than `history` then goes.
    pub interval: Duration,
    /// The largest value in bytes.
    pub largest_value: usize,
    /// How many events a watch may fall behind before it is disconnected.
    pub watch_buffer: usize,
    /// How much of the file is kept in memory, in bytes.
    pub page_cache: usize,
}

impl Default for Options {
    /// 5 minutes of history, looked at every 30 seconds; values up to 1.5 MiB as in etcd; 4096 events behind; 128 MiB of pages.
    fn default() -> Self {
        Self {
            history: Duration::from_mins(5),
            interval: Duration::from_secs(30),
            largest_value: 3 << 19,
            watch_buffer: 4096,
            page_cache: 128 << 20,
        }
    }
}

/// The parts that writer, readers and watches share.
struct Shared {
    db: Database,
    hub: Hub,
    options: Options,
}

/// A store in a directory of this machine, or in memory. Its methods need a tokio runtime. Dropping it waits for writes under way.
///
/// After an error of the disk it refuses every write until it is opened again: what then is in the file is what was acknowledged, and
/// possibly the writes whose outcome was an error.
pub struct Embedded {
    shared: Arc<Shared>,
    commands: Option<mpsc::Sender<Command>>,
    writer: Option<JoinHandle<()>>,
    _horizon: Option<Horizon>,
}

impl Embedded {
    /// Opens the store in a directory, which is made if need be. Blocks; after a crash for as long as the file takes to check.
    /// [`StoreError::Locked`] if it is open elsewhere, [`StoreError::Corrupt`] if the file is not a store or is damaged.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_with(dir, Options::default())
    }

    /// As [`Embedded::open`], with other options.
    pub fn open_with(dir: impl AsRef<Path>, options: Options) -> Result<Self, StoreError> {
        Self::new(tables::open(dir.as_ref(), options.page_cache)?, options)
    }

    /// A new store that is gone when dropped.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::in_memory_with(Options::default())
    }

    /// As [`Embedded::in_memory`], with other options.
    pub fn in_memory_with(options: Options) -> Result<Self, StoreError> {
        let db = Database::builder().create_with_backend(InMemoryBackend::new()).map_err(tables::failure)?;
        Self::new(db, options)
    }

    fn new(db: Database, options: Options) -> Result<Self, StoreError> {
        let revision = tables::prepare(&db)?;
        let shared = Arc::new(Shared { db, hub: Hub::new(revision, options.watch_buffer), options });
        let (commands, queue) = mpsc::channel(QUEUE);
        let writer = writer::spawn(shared.clone(), queue)?;
        let horizon = Horizon::spawn(&shared, commands.downgrade())?;
        Ok(Self { shared, commands: Some(commands), writer: Some(writer), _horizon: horizon })
    }

    /// Hands a command to the writer and waits for its answer.
    async fn command<T>(&self, command: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Command) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let commands = self.commands.as_ref().ok_or_else(closed)?;
        commands.send(command(reply)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    async fn write(&self, key: String, value: Option<Bytes>, expected: Revision) -> Result<Revision, StoreError> {
        check_key(&key)?;
        let (size, limit) = (value.as_ref().map_or(0, Bytes::len), self.shared.options.largest_value);
        if size > limit {
            return Err(StoreError::TooLarge { size, limit });
        }
        self.command(|reply| Command::Write(Write { key, value, expected, reply })).await
    }
}

impl Shared {
    /// Runs a read where blocking does no harm. The only way in which redb panics is a damaged page.
    async fn read<T, F>(self: Arc<Self>, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Snapshot) -> Result<T, StoreError> + Send + 'static,
    {
        let work = tokio::task::spawn_blocking(move || read(&Snapshot::take(&self.db)?));
        let read = work.await.map_err(|error| if error.is_panic() { StoreError::Corrupt(error.to_string()) } else { closed() });
        read?
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".to_owned())
}

fn check_key(key: &str) -> Result<(), StoreError> {
    match key.len() {
        0 => Err(StoreError::BadKey("it is empty".to_owned())),
        1..=LONGEST_KEY => Ok(()),
        length => Err(StoreError::BadKey(format!("{length} bytes are more than {LONGEST_KEY}"))),
    }
}

impl Store for Embedded {
    fn get(&self, key: &str, revision: Option<Revision>) -> BoxFuture<'_, Result<Option<Entry>, StoreError>> {
        let key = key.to_owned();
        Box::pin(self.shared.clone().read(move |snapshot| snapshot.get(&key, revision)))
    }

    fn range(&self, range: Range) -> BoxFuture<'_, Result<Page, StoreError>> {
        Box::pin(self.shared.clone().read(move |snapshot| snapshot.range(&range)))
    }

    fn put_if(&self, key: &str, value: Bytes, expected: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        Box::pin(self.write(key.to_owned(), Some(value), expected))
    }

    fn delete_if(&self, key: &str, expected: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        Box::pin(self.write(key.to_owned(), None, expected))
    }

    fn watch(&self, prefix: &str, after: Revision) -> BoxFuture<'_, Result<Watch, StoreError>> {
        let prefix = prefix.to_owned();
        Box::pin(async move {
            if let Some(watch) = self.shared.hub.watch(&prefix, after) {
                return Ok(watch);
            }
            self.shared.clone().read(move |snapshot| snapshot.reachable(after)).await?;
            Ok(replay::watch(&self.shared, prefix, after))
        })
    }

    fn revision(&self) -> BoxFuture<'_, Result<Revision, StoreError>> {
        Box::pin(std::future::ready(Ok(self.shared.hub.revision())))
    }

    fn compact(&self, before: Revision) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(self.command(move |reply| Command::Compact { before, reply }))
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.commands = None;
        if let Some(writer) = self.writer.take() {
            // A panic of the writer was reported by its thread; there is nothing left to save here.
            let _ended = writer.join();
        }
    }
}
