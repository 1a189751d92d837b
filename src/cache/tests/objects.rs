//! What the cache shows, how fresh it is, and what it does with what it cannot decode.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;

use super::{Bench, decode, list, show, tell};
use crate::cache::{Cache, Form, TooNew};
use crate::store::{BoxFuture, Entry, Page, Range, Revision, Store, StoreError, Watch};

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

fn cut<T: Send + 'static>() -> BoxFuture<'static, Result<T, StoreError>> {
    Box::pin(std::future::ready(Err(StoreError::Unavailable("cut".to_owned()))))
}

impl Store for Cut {
    fn get(&self, _: &str, _: Option<Revision>) -> BoxFuture<'_, Result<Option<Entry>, StoreError>> {
        cut()
    }
    fn range(&self, _: Range) -> BoxFuture<'_, Result<Page, StoreError>> {
        cut()
    }
    fn put_if(&self, _: &str, _: Bytes, _: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        cut()
    }
    fn delete_if(&self, _: &str, _: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        cut()
    }
    fn watch(&self, _: &str, _: Revision) -> BoxFuture<'_, Result<Watch, StoreError>> {
        cut()
    }
    fn revision(&self) -> BoxFuture<'_, Result<Revision, StoreError>> {
        cut()
    }
    fn compact(&self, _: Revision) -> BoxFuture<'_, Result<(), StoreError>> {
        cut()
    }
}
