//! Watches that begin in the past: history is read in pieces, as fast as the watcher takes it, until the watch can go live.

use std::sync::{Arc, Weak};

use tokio::sync::mpsc;

use super::{Shared, closed};
use crate::store::{Event, Past, Revision, StoreError, Watch};

/// Events read at a time.
const PIECE: usize = 512;

/// A watch from history. The caller has checked that history reaches back far enough.
pub(super) fn watch(shared: &Arc<Shared>, prefix: String, after: Revision) -> Watch {
    let (past, received) = mpsc::channel(PIECE);
    let (events, live) = shared.hub.channel();
    let progress = shared.hub.progress();
    let replay = Replay { shared: Arc::downgrade(shared), prefix, past };
    tokio::spawn(async move {
        if let Err(error) = replay.run(after, events).await {
            tracing::warn!(prefix = replay.prefix, %error, "a watch lost its place in history and is disconnected");
        }
    });
    Watch::new(Some(received), live, progress)
}

struct Replay {
    /// A watch that is not read must not keep the file open.
    shared: Weak<Shared>,
    prefix: String,
    past: mpsc::Sender<Past>,
}

impl Replay {
    /// Comes close to the present first; then goes live, and sends what happened meanwhile. Without the end, the watch is over.
    async fn run(&self, mut after: Revision, live: mpsc::Sender<Event>) -> Result<(), StoreError> {
        loop {
            let until = self.shared()?.hub.revision();
            if until - after <= PIECE as Revision {
                break;
            }
            let Some(reached) = self.send(after, until).await? else { return Ok(()) };
            after = reached;
        }
        let until = self.shared()?.hub.join(&self.prefix, live);
        while after < until {
            let Some(reached) = self.send(after, until).await? else { return Ok(()) };
            after = reached;
        }
        // Who watches may be gone by now.
        let _gone = self.past.send(Past::End).await;
        Ok(())
    }

    fn shared(&self) -> Result<Arc<Shared>, StoreError> {
        self.shared.upgrade().ok_or_else(closed)
    }

    /// Sends one piece; the revision it reaches, `None` if nobody listens any more.
    async fn send(&self, after: Revision, until: Revision) -> Result<Option<Revision>, StoreError> {
        let prefix = self.prefix.clone();
        let read = self.shared()?.read(move |snapshot| snapshot.events(&prefix, after, until, PIECE));
        let (events, reached) = read.await?;
        for event in events {
            if self.past.send(Past::Event(event)).await.is_err() {
                return Ok(None);
            }
        }
        Ok(Some(reached))
    }
}
