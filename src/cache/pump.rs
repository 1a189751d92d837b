//! Keeps a cache up to date: reads a snapshot, follows the store's watch, and starts over when it was cut off.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::AbortHandle;

use super::state::{Shared, State};
use super::{CacheEvent, Cached, Decode, Window};
use crate::store::{Entry, Event, Range, Revision, Step, Store, StoreError, Watch};

/// How many objects are read from the store at a time.
const PAGE: usize = 10_000;
/// How many changes are taken in under one lock.
const BATCH: usize = 100;
/// The pause before the store is asked again after a failure.
const PAUSE: Duration = Duration::from_millis(200);

type Objects = BTreeMap<Arc<str>, Arc<Cached>>;

/// Where the objects come from.
#[derive(Clone)]
struct Source {
    store: Arc<dyn Store>,
    prefix: String,
    decode: Decode,
    window: Window,
}

/// Reads the snapshot and sets the pump going.
pub(super) async fn start(
    store: Arc<dyn Store>,
    prefix: String,
    decode: Decode,
    window: Window,
) -> Result<(Arc<Shared>, AbortHandle), StoreError> {
    let source = Source { store, prefix, decode, window };
    let (revision, objects) = source.snapshot().await?;
    let watch = source.store.watch(&source.prefix, revision).await?;
    let shared = Arc::new(Shared::new(State::new(revision, objects)));
    let pump = tokio::spawn(source.run(shared.clone(), watch)).abort_handle();
    Ok((shared, pump))
}

impl Source {
    /// Follows the store for good.
    async fn run(self, shared: Arc<Shared>, mut watch: Watch) {
        loop {
            self.follow(&shared, &mut watch).await;
            watch = self.resume(&shared).await;
        }
    }

    /// Takes in changes until the watch ends.
    async fn follow(&self, shared: &Shared, watch: &mut Watch) {
        while let Some(step) = watch.step().await {
            let mut steps = vec![step];
            while let (true, Some(Some(step))) = (steps.len() < BATCH, watch.ready()) {
                steps.push(step);
            }
            self.take(shared, steps);
        }
    }

    /// A watch from where the last one ended, or over a gap from a new snapshot.
    async fn resume(&self, shared: &Shared) -> Watch {
        loop {
            let after = shared.read().revision;
            match self.store.watch(&self.prefix, after).await {
                Ok(watch) => return watch,
                Err(StoreError::Compacted { .. }) => match self.snapshot().await {
                    Ok((revision, objects)) => shared.update(|state| state.replace(revision, objects)),
                    Err(error) => self.pause(&error).await,
                },
                Err(error) => self.pause(&error).await,
            }
        }
    }

    async fn pause(&self, error: &StoreError) {
        tracing::warn!(prefix = self.prefix, %error, "the watch cache is cut off from the store");
        tokio::time::sleep(PAUSE).await;
    }

    /// All objects, as of one revision.
    async fn snapshot(&self) -> Result<(Revision, Objects), StoreError> {
        let mut objects = Objects::new();
        let mut range = Range { prefix: self.prefix.clone(), limit: PAGE, ..Range::default() };
        loop {
            let page = self.store.range(range.clone()).await?;
            let last = page.entries.last().map(|entry| format!("{}\0", entry.key));
            objects.extend(self.decode_all(page.entries).await?);
            if page.remaining == 0 || last.is_none() {
                return Ok((page.revision, objects));
            }
            range.start = last;
            range.revision = Some(page.revision);
        }
    }

    /// Decoding many objects takes a while: not where others wait.
    async fn decode_all(&self, entries: Vec<Entry>) -> Result<Objects, StoreError> {
        let source = self.clone();
        let decode = move || entries.iter().filter_map(|entry| Some((entry.key.clone(), source.decode(entry)?))).collect();
        tokio::task::spawn_blocking(decode).await.map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// Decodes outside of the lock, then takes in everything at once.
    fn take(&self, shared: &Shared, steps: Vec<Step>) {
        let decoded: Vec<_> = steps
            .into_iter()
            .map(|step| match step {
                Step::Progress(revision) => Err(revision),
                Step::Event(event) => {
                    let object = event.current.as_ref().and_then(|entry| self.decode(entry));
                    Ok((event, object))
                }
            })
            .collect();
        let now = Instant::now();
        shared.update(|state| {
            for step in decoded {
                match step {
                    Ok((event, object)) => self.change(state, now, event, object),
                    Err(revision) => state.revision = state.revision.max(revision),
                }
            }
            state.trim(now, self.window);
        });
    }

    fn change(&self, state: &mut State, now: Instant, event: Event, current: Option<Arc<Cached>>) {
        let previous = state.objects.get(&event.key).cloned();
        if current.is_none() && previous.is_none() {
            // Nobody ever saw the object: it could not be decoded before and still cannot, or is gone.
            state.revision = event.revision;
            return;
        }
        let Event { revision, key, previous: stored, .. } = event;
        state.apply(now, CacheEvent::new((revision, key), current, previous, stored, self.decode.clone()));
    }

    /// An object that cannot be decoded is left out, loudly.
    fn decode(&self, entry: &Entry) -> Option<Arc<Cached>> {
        match (self.decode)(entry) {
            Ok(object) => Some(Arc::new(Cached::new(entry.key.clone(), entry.modified, object))),
            Err(error) => {
                tracing::error!(key = %entry.key, revision = entry.modified, error, "cannot decode a stored object, going on without it");
                None
            }
        }
    }
}
