//! The cache over an embedded store: objects, order, hand-over, windows, encodings.

mod objects;
mod watches;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use kubewright_model::Desc;

use super::{Cache, CacheEvent, CacheWatch, Cached, Decode, Window};
use crate::object::{ApiType, Message, Slot, Touch, Value};
use crate::store::{Embedded, Entry, Options, Revision, Store};

/// An object of text, stamped with its revision.
#[derive(Clone, Default)]
struct Note {
    text: String,
    revision: Revision,
}

impl Message for Note {
    fn values<'a>(&'a self, _out: &mut [Value<'a>]) {}
    fn place(&mut self, _: Touch, _: usize) -> Slot<'_> {
        Slot::None
    }
}

impl ApiType for Note {
    fn desc() -> &'static Desc {
        static DESC: Desc = Desc::new("Note", "test", "test", &[]);
        &DESC
    }
}

/// Bytes that start with `bad` cannot be decoded.
fn decode() -> Decode {
    Arc::new(|entry: &Entry| {
        let text = String::from_utf8_lossy(&entry.value).into_owned();
        if text.starts_with("bad") { Err(format!("{text:?} is no note")) } else { Ok(Box::new(Note { text, revision: entry.modified })) }
    })
}

fn note(cached: &Cached) -> &Note {
    let object: &dyn std::any::Any = &*cached.object;
    object.downcast_ref().expect("a note")
}

/// `name=text@revision`, by the object's own stamp, which must agree with the cache's.
fn show(cached: &Cached) -> String {
    let note = note(cached);
    assert_eq!(note.revision, cached.revision);
    format!("{}={}@{}", cached.key.trim_start_matches("/notes/"), note.text, note.revision)
}

fn show_event(event: &CacheEvent) -> String {
    let show = |cached: &Option<Arc<Cached>>| cached.as_deref().map_or_else(|| "-".to_owned(), show);
    format!("{}: {} > {}", event.revision, show(&event.previous), show(&event.current))
}

/// A store with a cache of `/notes/`.
struct Bench {
    store: Arc<Embedded>,
    last: BTreeMap<String, Revision>,
}

impl Bench {
    fn new() -> Self {
        Self::with(Options::default())
    }

    fn with(options: Options) -> Self {
        Self { store: Arc::new(Embedded::in_memory_with(options).expect("a store")), last: BTreeMap::new() }
    }

    async fn cache(&self) -> Arc<Cache> {
        self.cache_with(Window::default()).await
    }

    async fn cache_with(&self, window: Window) -> Arc<Cache> {
        Cache::start_with(self.store.clone(), "/notes/".to_owned(), decode(), window).await.expect("a cache")
    }

    async fn put(&mut self, name: &str, text: &str) -> Revision {
        let key = format!("/notes/{name}");
        let expected = self.last.get(&key).copied().unwrap_or(0);
        let revision = self.store.put_if(&key, Bytes::copy_from_slice(text.as_bytes()), expected).await.expect("a write");
        self.last.insert(key, revision);
        revision
    }

    async fn delete(&mut self, name: &str) -> Revision {
        let key = format!("/notes/{name}");
        let expected = self.last.remove(&key).expect("a key that exists");
        self.store.delete_if(&key, expected).await.expect("a deletion")
    }
}

fn list(cache: &Cache, prefix: &str) -> Vec<String> {
    cache.list(prefix).1.iter().map(|cached| show(cached)).collect()
}

async fn next(watch: &mut CacheWatch) -> Arc<CacheEvent> {
    tokio::time::timeout(Duration::from_secs(20), watch.next()).await.expect("an event in time").expect("an open watch")
}

async fn end(watch: &mut CacheWatch) {
    while let Some(_event) = tokio::time::timeout(Duration::from_secs(20), watch.next()).await.expect("an end in time") {}
}

async fn tell(watch: &mut CacheWatch, events: usize) -> Vec<String> {
    let mut told = Vec::new();
    for _ in 0..events {
        told.push(show_event(&*next(watch).await));
    }
    told
}
