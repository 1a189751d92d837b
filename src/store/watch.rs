//! The receiving end of a store's watch: events in order, and how far it has come.

use tokio::sync::mpsc::{self, error::TryRecvError};
use tokio::sync::watch;

use super::{Event, Revision};

/// What a watch has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A change.
    Event(Event),
    /// Every change up to this revision has been delivered.
    Progress(Revision),
}

/// What a store sends of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Past {
    /// A change.
    Event(Event),
    /// The past is complete, the live events follow on it.
    End,
}

/// Changes of keys under a prefix: every one exactly once, in order of revision. It ends when the store closes or when it was read
/// too slowly; a new watch after the last revision seen goes on from there.
#[derive(Debug)]
pub struct Watch {
    past: Option<mpsc::Receiver<Past>>,
    live: mpsc::Receiver<Event>,
    progress: watch::Receiver<Revision>,
    seen: Revision,
}

impl Watch {
    /// A watch fed by a store: first what comes through `past`, then what comes through `live`. A past that closes without its end
    /// ends the watch.
    ///
    /// The store raises `progress` only after every event up to it was put into `live`, or `live` was closed.
    pub fn new(past: Option<mpsc::Receiver<Past>>, live: mpsc::Receiver<Event>, progress: watch::Receiver<Revision>) -> Self {
        Self { past, live, progress, seen: 0 }
    }

    /// The next change; `None`: the watch has ended. Safe to cancel.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Step::Event(event) = self.step().await? {
                return Some(event);
            }
        }
    }

    /// The next change, or news that the store has moved on without changes here; `None`: the watch has ended. Safe to cancel.
    pub async fn step(&mut self) -> Option<Step> {
        if let Some(past) = &mut self.past {
            match past.recv().await? {
                Past::Event(event) => return Some(self.deliver(event)),
                Past::End => self.past = None,
            }
        }
        loop {
            if let Some(step) = self.ready()? {
                return Some(step);
            }
            tokio::select! {
                event = self.live.recv() => return event.map(|event| self.deliver(event)),
                moved = self.progress.changed() => if moved.is_err() {
                    return self.live.recv().await.map(|event| self.deliver(event));
                },
            }
        }
    }

    /// Every change up to this revision has been delivered, as an event or by progress; 0 at first.
    pub fn reached(&self) -> Revision {
        self.seen
    }

    /// What can be had without waiting: `Some(None)` if nothing, `None` if the watch has ended.
    pub fn ready(&mut self) -> Option<Option<Step>> {
        if self.past.is_some() {
            return Some(None);
        }
        // Read before the events: what was sent before progress was raised is then surely among them.
        let progress = *self.progress.borrow_and_update();
        match self.live.try_recv() {
            Ok(event) => Some(Some(self.deliver(event))),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) if progress > self.seen => {
                self.seen = progress;
                Some(Some(Step::Progress(progress)))
            }
            Err(TryRecvError::Empty) => Some(None),
        }
    }

    fn deliver(&mut self, event: Event) -> Step {
        self.seen = event.revision;
        Step::Event(event)
    }
}
