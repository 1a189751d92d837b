//! The live watches: who is told of a commit.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, watch};

use crate::store::{Event, Revision, Watch};

/// One live watch.
struct Watcher {
    prefix: String,
    after: Revision,
    events: mpsc::Sender<Event>,
}

impl Watcher {
    /// Passes on what concerns the watch; false if it is gone or was too slow.
    fn tell(&self, events: &[Event]) -> bool {
        let mut relevant = events.iter().filter(|event| event.revision > self.after && event.key.starts_with(&self.prefix));
        !self.events.is_closed() && relevant.all(|event| self.pass(event))
    }

    fn pass(&self, event: &Event) -> bool {
        let sent = self.events.try_send(event.clone());
        if let Err(mpsc::error::TrySendError::Full(event)) = &sent {
            tracing::warn!(prefix = self.prefix, revision = event.revision, "a watch was read too slowly and is disconnected");
        }
        sent.is_ok()
    }
}

/// All live watches, and the latest revision they know of.
pub(super) struct Hub {
    watchers: Mutex<Vec<Watcher>>,
    /// Moves under the lock of the watchers alone.
    revision: watch::Sender<Revision>,
    buffer: usize,
}

impl Hub {
    /// No watches, as of a revision; each may fall behind by `buffer` events.
    pub(super) fn new(revision: Revision, buffer: usize) -> Self {
        Self { watchers: Mutex::default(), revision: watch::Sender::new(revision), buffer: buffer.max(1) }
    }

    /// The latest revision every watch was told of.
    pub(super) fn revision(&self) -> Revision {
        *self.revision.borrow()
    }

    /// A watch that needs no history; `None` if it does.
    pub(super) fn watch(&self, prefix: &str, after: Revision) -> Option<Watch> {
        let watchers = self.lock();
        if after < self.revision() {
            return None;
        }
        let (events, live) = self.channel();
        Self::register(watchers, prefix, after, events);
        Some(Watch::new(None, live, self.progress()))
    }

    /// The two ends of a watch.
    pub(super) fn channel(&self) -> (mpsc::Sender<Event>, mpsc::Receiver<Event>) {
        mpsc::channel(self.buffer)
    }

    /// The revision as it moves.
    pub(super) fn progress(&self) -> watch::Receiver<Revision> {
        self.revision.subscribe()
    }

    /// From now on, sends what comes after the revision that is returned.
    pub(super) fn join(&self, prefix: &str, events: mpsc::Sender<Event>) -> Revision {
        let watchers = self.lock();
        let revision = self.revision();
        Self::register(watchers, prefix, revision, events);
        revision
    }

    /// Tells of a commit; its last event is the latest revision.
    pub(super) fn publish(&self, events: &[Event]) {
        let Some(last) = events.last() else { return };
        let mut watchers = self.lock();
        watchers.retain(|watcher| watcher.tell(events));
        self.revision.send_replace(last.revision);
    }

    /// Ends every watch.
    pub(super) fn close(&self) {
        self.lock().clear();
    }

    fn register(mut watchers: MutexGuard<'_, Vec<Watcher>>, prefix: &str, after: Revision, events: mpsc::Sender<Event>) {
        watchers.push(Watcher { prefix: prefix.to_owned(), after, events });
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Watcher>> {
        self.watchers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
