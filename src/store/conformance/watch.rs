//! Rules of watching: every change once, in order, with its past.

use std::sync::Arc;

use super::{Subject, THINGS, delete, key, latest, next, put, quiet_until, tell, watching};
use crate::store::{Event, Revision, Store};

/// Creation, change, deletion, creation again; from history and live alike.
pub async fn events_come_in_order_with_their_past(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut live = watching(&*store, THINGS, start).await;
    let a = put(&*store, "a", "1", 0).await;
    let b = put(&*store, "b", "1", 0).await;
    put(&*store, "b", "2", b).await;
    delete(&*store, "a", a).await;
    put(&*store, "a", "3", 0).await;
    let expected = ["a: - > 1 @1", "b: - > 1 @2", "b: 1 > 2 @3", "a: 1 > - @4", "a: - > 3 @5"];
    assert_eq!(tell(&mut live, 5, start).await, expected);
    let mut replayed = watching(&*store, THINGS, start).await;
    assert_eq!(tell(&mut replayed, 5, start).await, expected);
    let mut again = watching(&*store, THINGS, start).await;
    let [_, _, change] = [next(&mut again).await, next(&mut again).await, next(&mut again).await];
    let (current, previous) = (change.current.expect("a value"), change.previous.expect("a past"));
    assert_eq!((previous.created, previous.modified, current.created, current.modified), (b, b, b, b + 1));
}

/// Text, not a directory.
pub async fn a_watch_keeps_to_its_prefix(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut live = watching(&*store, &key("ns/"), start).await;
    for name in ["ns", "ns/a", "ns2/a", "ns/b", "z"] {
        put(&*store, name, "1", 0).await;
    }
    let expected = ["ns/a: - > 1 @2", "ns/b: - > 1 @4"];
    assert_eq!(tell(&mut live, 2, start).await, expected);
    quiet_until(&mut live, start + 5).await;
    let mut replayed = watching(&*store, &key("ns/"), start).await;
    assert_eq!(tell(&mut replayed, 2, start).await, expected);
    quiet_until(&mut replayed, start + 5).await;
}

/// Strictly.
pub async fn a_watch_begins_after_its_revision(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    for name in ["a", "b", "c"] {
        put(&*store, name, "1", 0).await;
    }
    for (after, first) in [(0, "a: - > 1 @1"), (1, "b: - > 1 @2"), (2, "c: - > 1 @3")] {
        let mut watch = watching(&*store, THINGS, start + after).await;
        assert_eq!(tell(&mut watch, 1, start).await, [first]);
    }
    let mut watch = watching(&*store, THINGS, start + 3).await;
    put(&*store, "d", "1", 0).await;
    assert_eq!(tell(&mut watch, 1, start).await, ["d: - > 1 @4"]);
}

/// Watches that begin in the past while writes go on.
pub async fn history_then_live_without_a_seam(subject: &dyn Subject) {
    const WRITES: u64 = 600;
    let store = subject.open().await;
    let start = latest(&*store).await;
    let writer = write_on(store.clone(), WRITES);
    let mut watches = Vec::new();
    for _ in 0..10 {
        tokio::task::yield_now().await;
        let after = start + (latest(&*store).await - start) / 2;
        let watch = watching(&*store, THINGS, after).await;
        watches.push(tokio::spawn(all_revisions(watch, after, start + WRITES)));
    }
    writer.await.expect("the writer");
    for watch in watches {
        watch.await.expect("a watcher");
    }
}

fn write_on(store: Arc<dyn Store>, writes: u64) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        for i in 0..writes {
            put(&*store, &format!("{i:05}"), "1", 0).await;
        }
    })
}

async fn all_revisions(mut watch: crate::store::Watch, after: Revision, until: Revision) {
    for revision in after + 1..=until {
        assert_eq!(next(&mut watch).await.revision, revision);
    }
}

/// Many writers, many watchers, one order.
pub async fn every_watch_sees_the_same(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut watches = Vec::new();
    for _ in 0..4 {
        watches.push(watching(&*store, THINGS, start).await);
    }
    let writers = (0..8).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            for i in 0..10 {
                put(&*store, &format!("{writer}-{i}"), "1", 0).await;
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("a writer");
    }
    let mut seen: Vec<Vec<Event>> = Vec::new();
    for watch in &mut watches {
        let mut events = Vec::new();
        for _ in 0..80 {
            events.push(next(watch).await);
        }
        seen.push(events);
    }
    assert!(seen.iter().all(|events| *events == seen[0]));
    assert!(seen[0].iter().zip(start + 1..).all(|(event, revision)| event.revision == revision));
}

/// And says nothing before.
pub async fn a_watch_may_begin_in_the_future(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut watch = watching(&*store, THINGS, start + 2).await;
    for name in ["a", "b", "c"] {
        put(&*store, name, "1", 0).await;
    }
    assert_eq!(tell(&mut watch, 1, start).await, ["c: - > 1 @3"]);
}

/// Also where nothing changes.
pub async fn progress_reaches_the_latest_revision(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut watch = watching(&*store, &key("quiet/"), start).await;
    for name in ["a", "b", "c"] {
        let written = put(&*store, name, "1", 0).await;
        assert!(latest(&*store).await >= written);
        quiet_until(&mut watch, written).await;
    }
}

/// Nothing happened.
pub async fn refused_writes_are_not_told(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut watch = watching(&*store, THINGS, start).await;
    let written = put(&*store, "a", "1", 0).await;
    store.put_if(&key("a"), bytes::Bytes::new(), 0).await.expect_err("it exists");
    store.delete_if(&key("a"), written + 1).await.expect_err("it is older");
    put(&*store, "b", "1", 0).await;
    assert_eq!(tell(&mut watch, 2, start).await, ["a: - > 1 @1", "b: - > 1 @2"]);
    quiet_until(&mut watch, start + 2).await;
}
