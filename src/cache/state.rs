//! What a cache holds at one moment: objects, window, revision; and the lock and the signal around it.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Instant;

use tokio::sync::watch;

use super::{CacheEvent, Cached, Window};
use crate::store::Revision;

/// Objects and window as of one revision.
pub(super) struct State {
    /// By full key.
    pub(super) objects: BTreeMap<Arc<str>, Arc<Cached>>,
    /// Every change of the resource up to it is in.
    pub(super) revision: Revision,
    /// Every event after it is in the window.
    pub(super) floor: Revision,
    /// The number of the first event in the window; events are numbered from 0 for the whole life of the cache.
    pub(super) first: u64,
    /// Recent events, with the time they came.
    pub(super) events: VecDeque<(Instant, Arc<CacheEvent>)>,
    /// Counts the gaps: times at which the objects were read anew because events were missed.
    pub(super) gaps: u64,
}

impl State {
    /// Objects as of a revision, without a past.
    pub(super) fn new(revision: Revision, objects: BTreeMap<Arc<str>, Arc<Cached>>) -> Self {
        Self { objects, revision, floor: revision, first: 0, events: VecDeque::new(), gaps: 0 }
    }

    /// Objects under a prefix, in key order.
    pub(super) fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Arc<Cached>> {
        let from = (Bound::Included(prefix), Bound::Unbounded);
        self.objects.range::<str, _>(from).take_while(move |(key, _)| key.starts_with(prefix)).map(|(_, object)| object)
    }

    /// The same, shared.
    pub(super) fn list(&self, prefix: &str) -> Vec<Arc<Cached>> {
        self.under(prefix).cloned().collect()
    }

    /// The number the next event will have.
    pub(super) fn end(&self) -> u64 {
        self.first + self.events.len() as u64
    }

    /// Takes in a change.
    pub(super) fn apply(&mut self, now: Instant, event: CacheEvent) {
        match &event.current {
            Some(object) => self.objects.insert(event.key.clone(), object.clone()),
            None => self.objects.remove(&event.key),
        };
        self.revision = event.revision;
        self.events.push_back((now, Arc::new(event)));
    }

    /// Starts over from a snapshot; the window does not reach back over it.
    pub(super) fn replace(&mut self, revision: Revision, objects: BTreeMap<Arc<str>, Arc<Cached>>) {
        self.first = self.end();
        self.events.clear();
        self.objects = objects;
        self.revision = revision;
        self.floor = revision;
        self.gaps += 1;
    }

    /// Lets go of events beyond the window.
    pub(super) fn trim(&mut self, now: Instant, window: Window) {
        while let Some((came, event)) = self.events.front() {
            if self.events.len() <= window.events && now.duration_since(*came) <= window.age {
                return;
            }
            self.floor = event.revision;
            self.first += 1;
            self.events.pop_front();
        }
    }
}

/// The state behind its lock, and the signals that it has moved: for who waits for a revision, and for watchers, who need not wake up for
/// the changes of other resources.
pub(super) struct Shared {
    state: RwLock<State>,
    reached: watch::Sender<Revision>,
    news: watch::Sender<u64>,
    closed: watch::Sender<bool>,
}

impl Shared {
    pub(super) fn new(state: State) -> Self {
        Self {
            reached: watch::Sender::new(state.revision),
            news: watch::Sender::new(0),
            state: RwLock::new(state),
            closed: watch::Sender::new(false),
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, then wakes everyone who waits for it.
    pub(super) fn update(&self, change: impl FnOnce(&mut State)) {
        let (revision, news) = {
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            change(&mut state);
            (state.revision, state.end() + state.gaps)
        };
        self.reached.send_replace(revision);
        self.news.send_if_modified(|known| std::mem::replace(known, news) != news);
    }

    pub(super) fn revision(&self) -> Revision {
        *self.reached.borrow()
    }

    /// The revision as it moves.
    pub(super) fn reached(&self) -> watch::Receiver<Revision> {
        self.reached.subscribe()
    }

    /// Moves with every event and every gap.
    pub(super) fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Whether the cache is gone.
    pub(super) fn closed(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }

    /// Ends every watch.
    pub(super) fn close(&self) {
        self.closed.send_replace(true);
    }
}
