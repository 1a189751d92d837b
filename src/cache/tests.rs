//! The cache over an embedded store: objects, order, hand-over, windows, encodings.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use kubewright_model::Desc;

use super::{Cache, CacheEvent, CacheWatch, Cached, Decode, Form, TooNew, TooOld, Window};
use crate::object::{ApiType, Message, Object, Slot, Value};
use crate::store::{Embedded, Entry, Revision, Store, StoreError};

/// An object of text, stamped with its revision.
#[derive(Clone, Default)]
struct Note {
    text: String,
    revision: Revision,
}

impl Message for Note {
    fn descriptor(&self) -> &Desc {
        Self::desc()
    }
    fn values<'a>(&'a self, _out: &mut [Value<'a>]) {}
    fn slot(&mut self, _field: usize) -> Slot<'_> {
        Slot::None
    }
    fn clear(&mut self, _field: usize) {}
    fn boxed_clone(&self) -> Object {
        Box::new(self.clone())
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
        Self { store: Arc::new(Embedded::in_memory().expect("a store")), last: BTreeMap::new() }
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

#[tokio::test]
async fn it_begins_with_what_is_stored_and_follows() {
    let mut bench = Bench::new();
    bench.put("b/1", "one").await;
    bench.put("a/1", "two").await;
    let cache = bench.cache().await;
    assert_eq!((cache.revision(), list(&cache, "/notes/")), (3, vec!["a/1=two@3".to_owned(), "b/1=one@2".to_owned()]));
    bench.put("a/2", "three").await;
    bench.put("b/1", "four").await;
    bench.delete("a/1").await;
    assert_eq!(cache.fresh().await, Ok(6));
    assert_eq!(list(&cache, "/notes/"), ["a/2=three@4", "b/1=four@5"]);
    assert_eq!((list(&cache, "/notes/a/"), cache.count("/notes/b/"), cache.count("/notes/c")), (vec!["a/2=three@4".to_owned()], 1, 0));
    assert_eq!(cache.get("/notes/b/1").as_deref().map(show).as_deref(), Some("b/1=four@5"));
    assert!(cache.get("/notes/b").is_none() && cache.get("/notes/a/1").is_none());
}

#[tokio::test]
async fn fresh_follows_the_store_also_where_others_write() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    for i in 2..50 {
        if i % 2 == 0 {
            bench.store.put_if(&format!("/others/{i}"), Bytes::new(), 0).await.expect("a write");
        } else {
            bench.put("a", "again").await;
        }
        assert_eq!(cache.fresh().await, Ok(i));
    }
}

#[tokio::test]
async fn waiting_for_a_revision_ends() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    assert_eq!(cache.wait_for(5, Duration::from_millis(20)).await, Err(TooNew { current: 1 }));
    let waiting = tokio::spawn({
        let cache = cache.clone();
        async move { cache.wait_for(4, Duration::from_secs(20)).await }
    });
    for name in ["a", "b", "c"] {
        bench.put(name, "x").await;
    }
    assert_eq!(waiting.await.expect("a task"), Ok(()));
    assert_eq!(cache.wait_for(2, Duration::ZERO).await, Ok(()));
}

#[tokio::test]
async fn events_come_in_order_with_both_sides() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    let mut live = cache.watch("/notes/a/", 1).expect("a watch");
    bench.put("a/1", "one").await;
    bench.put("b/1", "elsewhere").await;
    bench.put("a/1", "two").await;
    bench.delete("a/1").await;
    let expected = ["2: - > a/1=one@2", "4: a/1=one@2 > a/1=two@4", "5: a/1=two@4 > -"];
    assert_eq!(tell(&mut live, 3).await, expected);
    for (after, from) in [(1, 0), (2, 1), (3, 1), (4, 2)] {
        let mut replayed = cache.watch("/notes/a/", after).expect("a watch");
        assert_eq!(tell(&mut replayed, 3 - from).await, expected[from..], "after {after}");
        assert!(matches!(replayed.ready(), Some(None)));
    }
}

#[tokio::test]
async fn what_is_removed_is_stamped_with_the_removal() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    let mut watch = cache.watch("/notes/", 1).expect("a watch");
    bench.put("a", "one").await;
    bench.put("a", "two").await;
    bench.delete("a").await;
    let removed: Vec<_> = [next(&mut watch).await, next(&mut watch).await, next(&mut watch).await]
        .iter()
        .map(|event| event.removed().as_deref().map(show))
        .collect();
    assert_eq!(removed, [None, Some("a=one@3".to_owned()), Some("a=two@4".to_owned())]);
}

#[tokio::test]
async fn all_watchers_share_objects_and_events() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    let mut watches: Vec<_> = (0..10).map(|_| cache.watch("/notes/", 1).expect("a watch")).collect();
    bench.put("a", "one").await;
    bench.delete("a").await;
    let first = [next(&mut watches[0]).await, next(&mut watches[0]).await];
    for watch in &mut watches[1..] {
        assert!(Arc::ptr_eq(&first[0], &next(watch).await));
        let deletion = next(watch).await;
        let (mine, theirs) = (first[1].removed().expect("an object"), deletion.removed().expect("an object"));
        assert!(Arc::ptr_eq(&mine, &theirs));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snapshot_and_its_watch_have_no_seam() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    let watcher = |cache: Arc<Cache>| async move {
        tokio::task::yield_now().await;
        let (revision, objects, mut watch) = cache.snapshot_and_watch("/notes/");
        let mut state: BTreeMap<_, _> = objects.iter().map(|cached| (cached.key.clone(), cached.revision)).collect();
        assert!(state.values().all(|known| *known <= revision));
        loop {
            let event = next(&mut watch).await;
            assert_eq!(event.previous.as_ref().map(|cached| cached.revision), state.get(&event.key).copied());
            match &event.current {
                Some(cached) if &*cached.key == "/notes/end" => return (event.revision, state),
                Some(cached) => state.insert(event.key.clone(), cached.revision),
                None => state.remove(&event.key),
            };
        }
    };
    let mut watchers = Vec::new();
    for i in 0..300 {
        if i % 30 == 0 {
            watchers.push(tokio::spawn(watcher(cache.clone())));
        }
        bench.put(&format!("{}", i % 7), "x").await;
        if i % 11 == 0 {
            bench.delete(&format!("{}", i % 7)).await;
        }
    }
    let end = bench.put("end", "x").await;
    cache.fresh().await.expect("a fresh cache");
    let expected: BTreeMap<_, _> = cache.list("/notes/").1.iter().filter(|cached| cached.revision != end).map(|cached| (cached.key.clone(), cached.revision)).collect();
    for watcher in watchers {
        assert_eq!(watcher.await.expect("a watcher"), (end, expected.clone()));
    }
}

#[tokio::test]
async fn beyond_the_window_is_too_old() {
    let mut bench = Bench::new();
    bench.put("early", "x").await;
    let cache = bench.cache_with(Window { events: 3, ..Window::default() }).await;
    assert_eq!(cache.watch("/notes/", 1).err(), Some(TooOld { oldest: 2, current: 2 }), "from before the cache");
    for i in 0..5 {
        bench.put(&format!("{i}"), "x").await;
    }
    cache.fresh().await.expect("a fresh cache");
    assert_eq!(cache.watch("/notes/", 3).err(), Some(TooOld { oldest: 4, current: 7 }));
    let mut watch = cache.watch("/notes/", 4).expect("a watch");
    assert_eq!(tell(&mut watch, 3).await, ["5: - > 2=x@5", "6: - > 3=x@6", "7: - > 4=x@7"]);
}

#[tokio::test]
async fn events_go_with_age() {
    let mut bench = Bench::new();
    let cache = bench.cache_with(Window { age: Duration::from_millis(10), ..Window::default() }).await;
    bench.put("a", "x").await;
    cache.fresh().await.expect("a fresh cache");
    tokio::time::sleep(Duration::from_millis(30)).await;
    bench.put("b", "x").await;
    cache.fresh().await.expect("a fresh cache");
    assert_eq!(cache.watch("/notes/", 1).err(), Some(TooOld { oldest: 2, current: 3 }));
}

#[tokio::test]
async fn who_falls_out_of_the_window_is_disconnected() {
    let mut bench = Bench::new();
    let cache = bench.cache_with(Window { events: 4, ..Window::default() }).await;
    let mut slow = cache.watch("/notes/", 1).expect("a watch");
    for i in 0..10 {
        bench.put(&format!("{i}"), "x").await;
    }
    cache.fresh().await.expect("a fresh cache");
    assert!(slow.next().await.is_none());
}

#[tokio::test]
async fn a_watch_from_the_future_waits_for_it() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    let mut watch = cache.watch("/notes/", 3).expect("a watch");
    for name in ["a", "b", "c"] {
        bench.put(name, "x").await;
    }
    assert_eq!(tell(&mut watch, 1).await, ["4: - > c=x@4"]);
}

#[tokio::test]
async fn progress_never_runs_ahead_of_events() {
    let mut bench = Bench::new();
    let cache = bench.cache().await;
    let mut watch = cache.watch("/notes/a", 1).expect("a watch");
    assert_eq!(watch.progress(), 1);
    bench.put("a", "x").await;
    bench.put("b", "x").await;
    cache.fresh().await.expect("a fresh cache");
    assert_eq!(watch.progress(), 1, "an event is waiting");
    next(&mut watch).await;
    assert_eq!(watch.progress(), 3, "what follows does not concern the watch");
}

#[tokio::test]
async fn a_bad_object_does_not_block_the_rest() {
    let mut bench = Bench::new();
    bench.put("a", "bad").await;
    bench.put("b", "good").await;
    let cache = bench.cache().await;
    assert_eq!(list(&cache, "/notes/"), ["b=good@3"]);
    let mut watch = cache.watch("/notes/", 3).expect("a watch");
    bench.put("a", "bad again").await;
    bench.put("b", "bad now").await;
    bench.put("a", "repaired").await;
    bench.delete("b").await;
    cache.fresh().await.expect("a fresh cache");
    assert_eq!(tell(&mut watch, 2).await, ["5: b=good@3 > -", "6: - > a=repaired@6"]);
    assert_eq!((cache.revision(), list(&cache, "/notes/")), (7, vec!["a=repaired@6".to_owned()]));
}

#[tokio::test]
async fn an_encoding_is_made_once_for_each_form() {
    let mut bench = Bench::new();
    bench.put("a", "x").await;
    let cache = bench.cache().await;
    let object = cache.get("/notes/a").expect("an object");
    let form = Form { version: 1, media: 2, shape: 3 };
    let made = AtomicUsize::new(0);
    let encode = || {
        made.fetch_add(1, Ordering::Relaxed);
        b"bytes".to_vec()
    };
    let first = object.encoded(form, encode);
    let second = cache.get("/notes/a").expect("an object").encoded(form, encode);
    assert_eq!((first.as_ptr(), made.load(Ordering::Relaxed)), (second.as_ptr(), 1));
    object.encoded(Form { shape: 4, ..form }, encode);
    assert_eq!(made.load(Ordering::Relaxed), 2);
    let other = Form { media: 9, ..form };
    assert_eq!(object.try_encoded(other, || Err("cannot")), Err("cannot"));
    assert_eq!(object.try_encoded(other, || Ok::<_, &str>(vec![1])), Ok(Bytes::from_static(&[1])));
}

#[tokio::test]
async fn watches_end_with_the_cache() {
    let bench = Bench::new();
    let cache = bench.cache().await;
    let mut watch = cache.watch("/notes/", 1).expect("a watch");
    drop(cache);
    end(&mut watch).await;
}

#[tokio::test]
async fn the_futures_may_move_between_threads() {
    fn check<T: Send>(value: T) -> T {
        value
    }
    let bench = Bench::new();
    let cache = check(bench.cache()).await;
    let mut watch = check(cache.watch("/notes/", 1).expect("a watch"));
    drop(check(watch.next()));
    assert_eq!(check(cache.fresh()).await, Ok(1));
    assert!(check(cache.wait_for(9, Duration::ZERO)).await.is_err());
}

#[tokio::test]
async fn a_closed_store_is_an_error_not_a_stale_answer() {
    let missing = Cache::start(Arc::new(Cut), "/notes/".to_owned(), decode()).await.err();
    assert_eq!(missing, Some(StoreError::Unavailable("cut".to_owned())));
}

/// A store that does not answer.
struct Cut;

fn cut<T: Send + 'static>() -> crate::store::BoxFuture<'static, Result<T, StoreError>> {
    Box::pin(std::future::ready(Err(StoreError::Unavailable("cut".to_owned()))))
}

impl Store for Cut {
    fn get(&self, _: &str, _: Option<Revision>) -> crate::store::BoxFuture<'_, Result<Option<Entry>, StoreError>> {
        cut()
    }
    fn range(&self, _: crate::store::Range) -> crate::store::BoxFuture<'_, Result<crate::store::Page, StoreError>> {
        cut()
    }
    fn put_if(&self, _: &str, _: Bytes, _: Revision) -> crate::store::BoxFuture<'_, Result<Revision, StoreError>> {
        cut()
    }
    fn delete_if(&self, _: &str, _: Revision) -> crate::store::BoxFuture<'_, Result<Revision, StoreError>> {
        cut()
    }
    fn watch(&self, _: &str, _: Revision) -> crate::store::BoxFuture<'_, Result<crate::store::Watch, StoreError>> {
        cut()
    }
    fn revision(&self) -> crate::store::BoxFuture<'_, Result<Revision, StoreError>> {
        cut()
    }
    fn compact(&self, _: Revision) -> crate::store::BoxFuture<'_, Result<(), StoreError>> {
        cut()
    }
}
