//! Compaction by the clock: what is older than the history to keep goes.

use std::collections::VecDeque;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::WeakSender;
use tokio::sync::oneshot;

use super::Shared;
use super::writer::Command;
use crate::store::{Revision, StoreError};

/// A thread that compacts until this is dropped.
pub(super) struct Horizon {
    _stop: Sender<()>,
}

impl Horizon {
    /// Starts it; `None` if all history is to be kept.
    pub(super) fn spawn(shared: &Arc<Shared>, commands: WeakSender<Command>) -> Result<Option<Self>, StoreError> {
        let (history, interval) = (shared.options.history, shared.options.interval);
        if history.is_zero() {
            return Ok(None);
        }
        let (stop, stopped) = channel();
        let shared = Arc::downgrade(shared);
        let run = move || {
            let mut samples = Samples { history, seen: VecDeque::new() };
            while stopped.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
                if look(&shared, &commands, &mut samples).is_none() {
                    return;
                }
            }
        };
        let thread = thread::Builder::new().name("store-horizon".to_owned());
        thread.spawn(run).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Some(Self { _stop: stop }))
    }
}

/// Compacts what is due; `None` if the store is gone. Whether it succeeds shows at the next look.
fn look(shared: &Weak<Shared>, commands: &WeakSender<Command>, samples: &mut Samples) -> Option<()> {
    let revision = shared.upgrade()?.hub.revision();
    if let Some(before) = samples.due(Instant::now(), revision) {
        let (reply, _answer) = oneshot::channel();
        commands.upgrade()?.blocking_send(Command::Compact { before, reply }).ok()?;
    }
    Some(())
}

/// At which time the store was at which revision.
struct Samples {
    history: Duration,
    seen: VecDeque<(Instant, Revision)>,
}

impl Samples {
    /// Notes the present; the latest revision that is older than the history to keep, if there is a new one.
    fn due(&mut self, now: Instant, revision: Revision) -> Option<Revision> {
        self.seen.push_back((now, revision));
        let mut due = None;
        while let Some((at, revision)) = self.seen.front().copied() {
            if now.duration_since(at) < self.history {
                break;
            }
            self.seen.pop_front();
            due = Some(revision);
        }
        due
    }
}
