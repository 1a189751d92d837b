//! Watches that begin in the past: history is read in pieces, as fast as the watcher takes it, until the watch can go live.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::Shared;
use super::snapshot::Snapshot;
use crate::store::{Event, Past, Revision, StoreError, Watch};

/// Events read at a time.
const PIECE: usize = 512;

/// A watch from history. The caller has checked that history reaches back far enough.
pub(super) fn watch(shared: Arc<Shared>, prefix: String, after: Revision) -> Watch {
    let (past, received) = mpsc::channel(PIECE);
    let (events, live) = shared.hub.channel();
    let progress = shared.hub.progress();
    tokio::spawn(async move {
        let replay = Replay { shared, prefix, past };
        if let Err(error) = replay.run(after, events).await {
            tracing::warn!(prefix = replay.prefix, %error, "a watch lost its place in history and is disconnected");
        }
    });
    Watch::new(Some(received), live, progress)
}

struct Replay {
    shared: Arc<Shared>,
    prefix: String,
    past: mpsc::Sender<Past>,
}

impl Replay {
    /// Comes close to the present first; then goes live, and sends what happened meanwhile. Without the end, the watch is over.
    async fn run(&self, mut after: Revision, live: mpsc::Sender<Event>) -> Result<(), StoreError> {
        while self.shared.hub.revision() - after > PIECE as Revision {
            let until = self.shared.hub.revision();
            let Some(reached) = self.send(after, until).await? else { return Ok(()) };
            after = reached;
        }
        let until = self.shared.hub.join(&self.prefix, live);
        while after < until {
            let Some(reached) = self.send(after, until).await? else { return Ok(()) };
            after = reached;
        }
        // Who watches may be gone by now.
        let _gone = self.past.send(Past::End).await;
        Ok(())
    }

    /// Sends one piece; the revision it reaches, `None` if nobody listens any more.
    async fn send(&self, after: Revision, until: Revision) -> Result<Option<Revision>, StoreError> {
        let (shared, prefix) = (self.shared.clone(), self.prefix.clone());
        let read = tokio::task::spawn_blocking(move || Snapshot::take(&shared.db)?.events(&prefix, after, until, PIECE));
        let (events, reached) = read.await.map_err(|error| StoreError::Unavailable(error.to_string()))??;
        for event in events {
            if self.past.send(Past::Event(event)).await.is_err() {
                return Ok(None);
            }
        }
        Ok(Some(reached))
    }
}
