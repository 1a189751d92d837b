//! A watcher's position in the window.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::watch;

use super::state::{Shared, State};
use super::{CacheEvent, TooOld};
use crate::store::Revision;

/// How many events of the window are looked at under one lock.
const BATCH: usize = 256;

/// Changes under a prefix: every one exactly once, in order of revision. It ends when the cache goes, when the cache missed events itself,
/// or when it was read so slowly that it fell out of the window.
pub struct CacheWatch {
    shared: Arc<Shared>,
    news: watch::Receiver<u64>,
    closed: watch::Receiver<bool>,
    prefix: String,
    after: Revision,
    next: u64,
    gaps: u64,
    pending: VecDeque<Arc<CacheEvent>>,
    progress: Revision,
}

impl CacheWatch {
    /// From a revision on.
    pub(super) fn after(shared: &Arc<Shared>, state: &State, prefix: &str, after: Revision) -> Result<Self, TooOld> {
        if after < state.floor {
            return Err(TooOld { oldest: state.floor, current: state.revision });
        }
        let skipped = state.events.partition_point(|(_, event)| event.revision <= after);
        Ok(Self::at(shared, state, prefix, state.first + skipped as u64, after))
    }

    /// From the state as it is.
    pub(super) fn live(shared: &Arc<Shared>, state: &State, prefix: &str) -> Self {
        Self::at(shared, state, prefix, state.end(), state.revision)
    }

    fn at(shared: &Arc<Shared>, state: &State, prefix: &str, next: u64, after: Revision) -> Self {
        Self {
            shared: shared.clone(),
            news: shared.news(),
            closed: shared.closed(),
            prefix: prefix.to_owned(),
            after,
            next,
            gaps: state.gaps,
            pending: VecDeque::new(),
            progress: after,
        }
    }

    /// The next change; `None`: the watch has ended. Safe to cancel.
    pub async fn next(&mut self) -> Option<Arc<CacheEvent>> {
        loop {
            if let Some(event) = self.ready()? {
                return Some(event);
            }
            tokio::select! {
                moved = self.news.changed() => moved.ok()?,
                closed = self.closed.wait_for(|closed| *closed) => { closed.ok()?; return None; }
            }
        }
    }

    /// What can be had without waiting: `Some(None)` if nothing, `None` if the watch has ended.
    pub fn ready(&mut self) -> Option<Option<Arc<CacheEvent>>> {
        if self.pending.is_empty() {
            self.refill()?;
        }
        let event = self.pending.pop_front();
        if let Some(event) = &event {
            self.progress = event.revision;
        }
        Some(event)
    }

    /// Every change up to this revision was handed out: what a bookmark may say. At least the revision the watch started after.
    pub fn progress(&mut self) -> Revision {
        if self.pending.is_empty() {
            // An ended watch has no more progress; `next` says so.
            let _ended = self.refill();
        }
        self.progress
    }

    /// Takes what is new from the window; `None` if the position is no longer in it.
    fn refill(&mut self) -> Option<()> {
        self.news.mark_unchanged();
        let state = self.shared.read();
        if self.gaps != state.gaps || self.next < state.first || *self.closed.borrow() {
            return None;
        }
        let mut from = (self.next - state.first) as usize;
        while self.pending.is_empty() && from < state.events.len() {
            let until = state.events.len().min(from + BATCH);
            let news = state.events.range(from..until).map(|(_, event)| event);
            self.pending.extend(news.filter(|event| event.revision > self.after && event.key.starts_with(&self.prefix)).cloned());
            from = until;
        }
        self.next = state.first + from as u64;
        if self.pending.is_empty() {
            self.progress = self.progress.max(state.revision);
        }
        Some(())
    }
}
