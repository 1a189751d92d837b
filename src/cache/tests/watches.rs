//! What watchers see: order, hand-over, the limits of the window.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Bench, end, next, show, tell};
use crate::cache::{Cache, Decode, TooOld, Window};
use crate::store::{Options, Store};

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
    let expected: BTreeMap<_, _> = cache
        .list("/notes/")
        .1
        .iter()
        .filter(|cached| cached.revision != end)
        .map(|cached| (cached.key.clone(), cached.revision))
        .collect();
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
async fn watches_end_with_the_cache() {
    let bench = Bench::new();
    let cache = bench.cache().await;
    let mut watch = cache.watch("/notes/", 1).expect("a watch");
    drop(cache);
    end(&mut watch).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cache_that_was_too_slow_for_the_store_goes_on_without_a_gap() {
    let mut bench = Bench::with(Options { watch_buffer: 1, ..Options::default() });
    let cache = bench.cache().await;
    let mut watch = cache.watch("/notes/", 1).expect("a watch");
    let writers: Vec<_> = (0..500)
        .map(|i| {
            let store = bench.store.clone();
            tokio::spawn(async move { store.put_if(&format!("/notes/{i}"), bytes::Bytes::new(), 0).await })
        })
        .collect();
    for writer in writers {
        writer.await.expect("a writer").expect("a write");
    }
    for revision in 2..=501 {
        assert_eq!(next(&mut watch).await.revision, revision);
    }
    bench.put("end", "x").await;
    assert_eq!(cache.fresh().await, Ok(502));
    assert_eq!(cache.count("/notes/"), 501);
}

/// The decoder waits at a gate, the store moves on and forgets: there is a gap, which ends the watches and leaves the objects right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cache_that_missed_events_starts_over() {
    let mut bench = Bench::with(Options { watch_buffer: 1, ..Options::default() });
    let (open, gate) = std::sync::mpsc::channel();
    let gate = Mutex::new(gate);
    let decode: Decode = Arc::new(move |entry| {
        if &entry.value[..] == b"wait" {
            gate.lock().expect("the gate").recv().expect("that it opens");
        }
        super::decode()(entry)
    });
    let cache = Cache::start(bench.store.clone(), "/notes/".to_owned(), decode).await.expect("a cache");
    let mut watch = cache.watch("/notes/", 1).expect("a watch");
    let mut last = bench.put("first", "wait").await;
    for i in 0..20 {
        last = bench.put(&format!("{i}"), "x").await;
    }
    bench.delete("first").await;
    bench.delete("7").await;
    bench.store.compact(last + 2).await.expect("a revision that was");
    open.send(()).expect("someone waits");
    assert_eq!(cache.fresh().await, Ok(last + 2));
    assert_eq!((cache.count("/notes/"), cache.get("/notes/7").is_none()), (19, true));
    end(&mut watch).await;
    assert_eq!(cache.watch("/notes/", last).err(), Some(TooOld { oldest: last + 2, current: last + 2 }));
    let mut watch = cache.watch("/notes/", last + 2).expect("a watch");
    bench.put("end", "x").await;
    assert_eq!(tell(&mut watch, 1).await, [format!("{}: - > end=x@{0}", last + 3)]);
}
