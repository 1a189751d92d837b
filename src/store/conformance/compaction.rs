//! Rules of compaction: what goes, what stays.

use std::sync::Arc;

use super::{Subject, THINGS, delete, key, latest, put, tell, things, value, watching};
use crate::store::{Range, Revision, Store, StoreError};

/// `a` changes three times, `b` is deleted and `c` stays; the revision is then `start + 6`.
async fn history(subject: &dyn Subject) -> (Arc<dyn Store>, Revision) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let a = put(&*store, "a", "1", 0).await;
    let b = put(&*store, "b", "1", 0).await;
    put(&*store, "c", "1", 0).await;
    let a = put(&*store, "a", "2", a).await;
    delete(&*store, "b", b).await;
    put(&*store, "a", "3", a).await;
    (store, start)
}

async fn compact(store: &dyn Store, before: Revision) {
    store.compact(before).await.expect("a revision that was");
}

/// Neither keys nor ranges; the error says what can.
pub async fn compacted_revisions_cannot_be_read(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    compact(&*store, start + 4).await;
    for revision in start..start + 4 {
        let refused = store.get(&key("a"), Some(revision)).await;
        assert_eq!(refused, Err(StoreError::Compacted { oldest: start + 4 }), "at {revision}");
        let refused = store.range(Range { prefix: THINGS.to_owned(), revision: Some(revision), ..Range::default() }).await;
        assert_eq!(refused.map(|_| ()), Err(StoreError::Compacted { oldest: start + 4 }), "at {revision}");
    }
}

/// After the oldest revision is as far back as it goes.
pub async fn compacted_revisions_cannot_be_watched(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    compact(&*store, start + 4).await;
    for after in start..start + 4 {
        let refused = store.watch(THINGS, after).await;
        assert_eq!(refused.map(|_| ()), Err(StoreError::Compacted { oldest: start + 4 }), "after {after}");
    }
    let mut watch = watching(&*store, THINGS, start + 4).await;
    assert_eq!(tell(&mut watch, 2, start).await, ["b: 1 > - @5", "a: 2 > 3 @6"]);
}

/// And everything after it.
pub async fn the_oldest_revision_stays_whole(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    for before in [start + 2, start + 4, start + 5, start + 6] {
        compact(&*store, before).await;
        let table = [(2, "a=1 b=1"), (3, "a=1 b=1 c=1"), (4, "a=2 b=1 c=1"), (5, "a=2 c=1"), (6, "a=3 c=1")];
        for (after, expected) in table.into_iter().filter(|(after, _)| start + after >= before) {
            assert_eq!(things(&*store, Some(start + after)).await.join(" "), expected, "at {after}, compacted {}", before - start);
        }
    }
    assert_eq!(things(&*store, None).await, ["a=3", "c=1"]);
    let c = store.get(&key("c"), None).await.expect("a read").expect("the key");
    assert_eq!((c.created, c.modified), (start + 3, start + 3));
}

/// The value that the oldest revision shows.
pub async fn the_first_event_after_it_knows_its_past(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    compact(&*store, start + 5).await;
    let mut watch = watching(&*store, THINGS, start + 5).await;
    assert_eq!(tell(&mut watch, 1, start).await, ["a: 2 > 3 @6"]);
    let again = put(&*store, "b", "4", 0).await;
    compact(&*store, again).await;
    assert_eq!(value(&*store, "b", Some(again)).await.as_deref(), Some("4"));
}

/// The same one, or an older one.
pub async fn compaction_again_is_no_error(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    compact(&*store, start + 4).await;
    compact(&*store, start + 4).await;
    compact(&*store, start + 2).await;
    assert_eq!(value(&*store, "a", Some(start + 4)).await.as_deref(), Some("2"));
    let refused = store.get(&key("a"), Some(start + 3)).await;
    assert_eq!(refused, Err(StoreError::Compacted { oldest: start + 4 }));
}

/// It has not happened.
pub async fn the_future_cannot_be_compacted(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    assert_eq!(store.compact(start + 7).await, Err(StoreError::Future { current: start + 6 }));
    assert_eq!(value(&*store, "a", Some(start + 1)).await.as_deref(), Some("1"));
}

/// It is no write, and writes go on.
pub async fn compaction_takes_no_revision(subject: &dyn Subject) {
    let (store, start) = history(subject).await;
    compact(&*store, start + 6).await;
    assert_eq!(latest(&*store).await, start + 6);
    assert_eq!(put(&*store, "b", "5", 0).await, start + 7);
    assert_eq!(put(&*store, "a", "5", start + 6).await, start + 8);
    assert_eq!(things(&*store, Some(start + 6)).await, ["a=3", "c=1"]);
}
