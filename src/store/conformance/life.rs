//! Rules of closing and opening again.

use super::{PATIENCE, Subject, THINGS, delete, key, latest, put, tell, things, value, watching};
use crate::store::StoreError;

/// Keys, their revisions and the counter.
pub async fn data_and_revision_outlive_the_process(subject: &dyn Subject) {
    let store = subject.open().await;
    let a = put(&*store, "a", "1", 0).await;
    let b = put(&*store, "b", "1", 0).await;
    let last = delete(&*store, "b", b).await;
    drop(store);
    let store = subject.open().await;
    assert_eq!((latest(&*store).await, things(&*store, None).await), (last, vec!["a=1".to_owned()]));
    let entry = store.get(&key("a"), None).await.expect("a read").expect("the key");
    assert_eq!((entry.created, entry.modified), (a, a));
    assert_eq!(put(&*store, "a", "2", a).await, last + 1);
}

/// Old revisions are there to read and to watch.
pub async fn history_outlives_the_process(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let a = put(&*store, "a", "1", 0).await;
    put(&*store, "a", "2", a).await;
    drop(store);
    let store = subject.open().await;
    assert_eq!(value(&*store, "a", Some(a)).await.as_deref(), Some("1"));
    let mut watch = watching(&*store, THINGS, start).await;
    put(&*store, "b", "1", 0).await;
    assert_eq!(tell(&mut watch, 3, start).await, ["a: - > 1 @1", "a: 1 > 2 @2", "b: - > 1 @3"]);
}

/// What was forgotten stays forgotten.
pub async fn compaction_outlives_the_process(subject: &dyn Subject) {
    let store = subject.open().await;
    let a = put(&*store, "a", "1", 0).await;
    let last = put(&*store, "a", "2", a).await;
    store.compact(last).await.expect("a revision that was");
    drop(store);
    let store = subject.open().await;
    assert_eq!(store.get(&key("a"), Some(a)).await, Err(StoreError::Compacted { oldest: last }));
    assert_eq!(value(&*store, "a", Some(last)).await.as_deref(), Some("2"));
}

/// After what was sent before.
pub async fn a_watch_ends_with_the_store(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let mut watch = watching(&*store, THINGS, start).await;
    put(&*store, "a", "1", 0).await;
    drop(store);
    assert_eq!(tell(&mut watch, 1, start).await, ["a: - > 1 @1"]);
    let end = tokio::time::timeout(PATIENCE, watch.next()).await.expect("an end in time");
    assert_eq!(end, None);
}
