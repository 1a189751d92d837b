//! The life of one watch: where it starts, what it lets through, when it ends.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use rand::RngExt;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

use crate::cache::{CacheEvent, CacheWatch, Cached};
use crate::handler::list_options::ListOptions;
use crate::handler::{Call, get};
use crate::reply::Source;
use crate::status::ApiError;
use crate::store::Revision;

use super::frame::Framer;

/// The shortest time a watch lives that does not say how long. It is at most twice as long.
const SHORTEST: u64 = 1_800;
/// Seconds that a watch lives at most: a year, whatever the client asks for.
const LONGEST: u64 = 31_536_000;
/// How long after its end a watch may still be sending.
const GRACE: Duration = Duration::from_secs(5);

/// Time between bookmarks.
const BOOKMARK_EVERY: Duration = Duration::from_mins(1);

/// How long before its end a watch sends a last bookmark.
const BOOKMARK_BEFORE_END: Duration = Duration::from_secs(2);

/// Streams until the client goes, the time is over, or the server stops. What goes wrong becomes the last event.
pub(super) async fn run(call: Call, options: ListOptions, revision: Revision, sender: Sender<Bytes>) {
    let Ok(framer) = Framer::new(&call) else { return };
    let mut stream = Stream { call: &call, options: &options, framer, sender: &sender };
    let stopped = call.api.stopped();
    tokio::select! {
        ended = stream.run(revision) => if let Err(Ended::Because(error)) = ended {
            // Nobody is there to be told if this fails.
            let _ = sender.send(stream.framer.error(&error)).await;
        },
        () = sender.closed() => {}
        () = stopped => {}
    }
}

/// Why a stream is over.
enum Ended {
    /// The client is gone.
    Gone,
    /// The client is told.
    Because(Box<ApiError>),
}

impl From<ApiError> for Ended {
    fn from(error: ApiError) -> Self {
        Self::Because(Box::new(error))
    }
}

struct Stream<'a> {
    call: &'a Call,
    options: &'a ListOptions,
    framer: Framer<'a>,
    sender: &'a Sender<Bytes>,
}

impl Stream<'_> {
    async fn run(&mut self, revision: Revision) -> Result<(), Ended> {
        let end = Instant::now() + lifetime(self.options.timeout_seconds);
        // A client that does not read holds up the sending; the stream ends all the same.
        let overdue = end + GRACE;
        tokio::time::timeout_at(overdue, async {
            let watch = self.start(revision).await?;
            self.follow(watch, end).await
        })
        .await
        .unwrap_or(Ok(()))
    }

    /// Sends the present state if it was asked for, and says where to go on.
    async fn start(&mut self, revision: Revision) -> Result<CacheWatch, Ended> {
        let cache = self.call.cache();
        match (self.options.initial_events, self.options.resource_version.as_str()) {
            (Some(true), "") => {
                get::fresh(cache).await?;
            }
            (Some(true), "0") => {}
            (Some(true), _) => get::reach(cache, revision).await?,
            (Some(false), "") => return self.after(get::fresh(cache).await?),
            (Some(false), "0") => return self.after(cache.revision()),
            (_, _) => return self.after(revision),
        }
        let (revision, objects, watch) = cache.snapshot_and_watch(&self.call.prefix());
        for object in objects {
            if self.wanted(&object)? {
                self.send("ADDED", &object).await?;
            }
        }
        if self.options.bookmarks {
            let bookmark = self.framer.bookmark(revision, true)?;
            self.push(bookmark).await?;
        }
        Ok(watch)
    }

    fn after(&self, revision: Revision) -> Result<CacheWatch, Ended> {
        let watch = self.call.cache().watch(&self.call.prefix(), revision);
        watch.map_err(|old| ApiError::expired(format!("too old resource version: {revision} ({})", old.current)).into())
    }

    async fn follow(&mut self, mut watch: CacheWatch, end: Instant) -> Result<(), Ended> {
        let mut bookmarks = interval_at(Instant::now() + BOOKMARK_EVERY, BOOKMARK_EVERY);
        bookmarks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let last_bookmark = end.checked_sub(BOOKMARK_BEFORE_END).filter(|at| *at > Instant::now());
        let mut last_bookmark = last_bookmark.filter(|_| self.options.bookmarks);
        loop {
            tokio::select! {
                biased;
                event = watch.next() => match event {
                    Some(event) => self.pass(&event).await?,
                    None => return Ok(()),
                },
                () = sleep_until(end) => return Ok(()),
                () = sleep_until(last_bookmark.unwrap_or(end)), if last_bookmark.is_some() => {
                    last_bookmark = None;
                    self.bookmark(&mut watch).await?;
                }
                _ = bookmarks.tick(), if self.options.bookmarks => self.bookmark(&mut watch).await?,
            }
        }
    }

    /// Sends what an event means to this watch: an object that begins or ceases to match is added or deleted for it.
    async fn pass(&mut self, event: &Arc<CacheEvent>) -> Result<(), Ended> {
        let was = event.previous.as_ref().map_or(Ok(false), |object| self.wanted(object))?;
        let is = event.current.as_ref().map_or(Ok(false), |object| self.wanted(object))?;
        match (was, is, &event.current) {
            (false, true, Some(current)) => self.send("ADDED", current).await,
            (true, true, Some(current)) => self.send("MODIFIED", current).await,
            (true, _, _) => match event.removed() {
                Some(removed) => self.send("DELETED", &removed).await,
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn wanted(&self, object: &Arc<Cached>) -> Result<bool, ApiError> {
        let named = self.call.target.name.as_deref();
        if named.is_some_and(|name| *object.key != *self.call.key(name)) {
            return Ok(false);
        }
        self.options.matches(&self.call.encoder(), Source::Cached(object))
    }

    async fn bookmark(&mut self, watch: &mut CacheWatch) -> Result<(), Ended> {
        let frame = self.framer.bookmark(watch.progress(), false)?;
        self.push(frame).await
    }

    async fn send(&mut self, event: &str, object: &Cached) -> Result<(), Ended> {
        let frame = self.framer.event(event, Source::Cached(object))?;
        self.push(frame).await
    }

    async fn push(&mut self, frame: Bytes) -> Result<(), Ended> {
        self.sender.send(frame).await.map_err(|_| Ended::Gone)
    }
}

/// How long a watch lives.
fn lifetime(seconds: u64) -> Duration {
    let seconds = if seconds > 0 { seconds } else { rand::rng().random_range(SHORTEST..SHORTEST * 2) };
    Duration::from_secs(seconds.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, SHORTEST, lifetime};

    #[test]
    fn watches_live_as_long_as_they_say() {
        assert_eq!(lifetime(5).as_secs(), 5);
        assert!((SHORTEST..SHORTEST * 2).contains(&lifetime(0).as_secs()));
        assert_eq!(lifetime(u64::MAX).as_secs(), LONGEST, "far ends must not overflow a clock");
    }
}
