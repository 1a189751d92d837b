//! Rules of writing: compare-and-put, compare-and-delete, one counter.

use bytes::Bytes;

use super::{Subject, delete, key, latest, put, things, value};
use crate::store::StoreError;

/// The counter moves by one, and the key remembers.
pub async fn a_create_takes_the_next_revision(subject: &dyn Subject) {
    let store = subject.open().await;
    let start = latest(&*store).await;
    let written = put(&*store, "a", "1", 0).await;
    assert_eq!((written, latest(&*store).await), (start + 1, start + 1));
    let entry = store.get(&key("a"), None).await.expect("a read").expect("the key");
    assert_eq!((&*entry.key, &entry.value[..], entry.created, entry.modified), (&*key("a"), &b"1"[..], written, written));
    let changed = put(&*store, "a", "2", written).await;
    let entry = store.get(&key("a"), None).await.expect("a read").expect("the key");
    assert_eq!((&entry.value[..], entry.created, entry.modified, changed), (&b"2"[..], written, written + 1, written + 1));
}

/// The conflict shows what is there.
pub async fn a_create_refuses_what_exists(subject: &dyn Subject) {
    let store = subject.open().await;
    let written = put(&*store, "a", "1", 0).await;
    match store.put_if(&key("a"), Bytes::from_static(b"2"), 0).await {
        Err(StoreError::Conflict { current: Some(current) }) => assert_eq!((&current.value[..], current.modified), (&b"1"[..], written)),
        other => panic!("{other:?}"),
    }
}

/// Neither an older nor a later one will do.
pub async fn a_put_needs_the_last_revision(subject: &dyn Subject) {
    let store = subject.open().await;
    let first = put(&*store, "a", "1", 0).await;
    let second = put(&*store, "a", "2", first).await;
    for wrong in [first, second + 1, u64::MAX] {
        let refused = store.put_if(&key("a"), Bytes::from_static(b"3"), wrong).await;
        assert!(
            matches!(&refused, Err(StoreError::Conflict { current: Some(current) }) if current.modified == second),
            "{wrong}: {refused:?}"
        );
    }
    assert_eq!(value(&*store, "a", None).await.as_deref(), Some("2"));
}

/// A put of a key that is gone conflicts with nothing.
pub async fn a_put_needs_the_key_to_exist(subject: &dyn Subject) {
    let store = subject.open().await;
    let written = put(&*store, "a", "1", 0).await;
    delete(&*store, "a", written).await;
    for name in ["a", "never"] {
        let refused = store.put_if(&key(name), Bytes::from_static(b"2"), written).await;
        assert_eq!(refused, Err(StoreError::Conflict { current: None }), "{name}");
    }
}

/// A deletion takes a revision too.
pub async fn a_delete_needs_the_last_revision(subject: &dyn Subject) {
    let store = subject.open().await;
    let first = put(&*store, "a", "1", 0).await;
    let second = put(&*store, "a", "2", first).await;
    for wrong in [0, first, second + 1] {
        let refused = store.delete_if(&key("a"), wrong).await;
        assert!(
            matches!(&refused, Err(StoreError::Conflict { current: Some(current) }) if current.modified == second),
            "{wrong}: {refused:?}"
        );
    }
    assert_eq!(delete(&*store, "a", second).await, second + 1);
    assert_eq!((value(&*store, "a", None).await, latest(&*store).await), (None, second + 1));
}

/// Whatever is expected of it, 0 included.
pub async fn a_delete_needs_the_key_to_exist(subject: &dyn Subject) {
    let store = subject.open().await;
    for expected in [0, 1, 1000] {
        assert_eq!(store.delete_if(&key("a"), expected).await, Err(StoreError::Conflict { current: None }), "{expected}");
    }
}

/// Its creation is the second one.
pub async fn a_key_written_again_is_new(subject: &dyn Subject) {
    let store = subject.open().await;
    let first = put(&*store, "a", "1", 0).await;
    delete(&*store, "a", first).await;
    let again = put(&*store, "a", "2", 0).await;
    let entry = store.get(&key("a"), None).await.expect("a read").expect("the key");
    assert_eq!((entry.created, entry.modified), (again, again));
}

/// Neither the keys nor the counter.
pub async fn a_refused_write_changes_nothing(subject: &dyn Subject) {
    let store = subject.open().await;
    let written = put(&*store, "a", "1", 0).await;
    let refused = [
        store.put_if(&key("a"), Bytes::from_static(b"2"), 0).await,
        store.put_if(&key("b"), Bytes::from_static(b"2"), written).await,
        store.delete_if(&key("a"), written + 1).await,
        store.delete_if(&key("b"), 0).await,
    ];
    assert!(refused.iter().all(Result::is_err), "{refused:?}");
    assert_eq!((latest(&*store).await, things(&*store, None).await), (written, vec!["a=1".to_owned()]));
}

/// Empty, binary, and as large as an object may be.
pub async fn values_come_back_byte_for_byte(subject: &dyn Subject) {
    let store = subject.open().await;
    let large: Vec<u8> = (0..1_400_000_u32).map(|i| (i % 251) as u8).collect();
    for (name, bytes) in [("empty", vec![]), ("binary", vec![0, 255, 0, 128, 10]), ("large", large)] {
        let bytes = Bytes::from(bytes);
        store.put_if(&key(name), bytes.clone(), 0).await.expect("a write");
        let entry = store.get(&key(name), None).await.expect("a read").expect("the key");
        assert_eq!(entry.value, bytes, "{name}");
    }
}

/// It has no place in a range.
pub async fn an_empty_key_is_refused(subject: &dyn Subject) {
    let store = subject.open().await;
    let refused = store.put_if("", Bytes::from_static(b"1"), 0).await;
    assert!(matches!(refused, Err(StoreError::BadKey(_))), "{refused:?}");
}

/// And the others learn who.
pub async fn one_of_many_creators_wins(subject: &dyn Subject) {
    let store = subject.open().await;
    let tasks = (0..16).map(|i| {
        let store = store.clone();
        tokio::spawn(async move { store.put_if(&key("a"), Bytes::from(format!("{i}")), 0).await })
    });
    let mut winners = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        match task.await.expect("a task") {
            Ok(revision) => winners.push(revision),
            Err(StoreError::Conflict { current }) => assert!(current.is_some()),
            Err(other) => panic!("{other}"),
        }
    }
    let entry = store.get(&key("a"), None).await.expect("a read").expect("the key");
    assert_eq!(winners, [entry.modified]);
}

/// Read, add one, put: the loser reads again.
pub async fn concurrent_increments_are_all_counted(subject: &dyn Subject) {
    const TASKS: u64 = 8;
    const EACH: u64 = 20;
    let store = subject.open().await;
    let start = put(&*store, "count", "0", 0).await;
    let tasks = (0..TASKS).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            for _ in 0..EACH {
                while !increment(&*store).await {}
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("a task");
    }
    assert_eq!(value(&*store, "count", None).await, Some((TASKS * EACH).to_string()));
    assert_eq!(latest(&*store).await, start + TASKS * EACH);
}

async fn increment(store: &dyn crate::store::Store) -> bool {
    let entry = store.get(&key("count"), None).await.expect("a read").expect("the key");
    let count: u64 = std::str::from_utf8(&entry.value).expect("text").parse().expect("a number");
    match store.put_if(&key("count"), Bytes::from((count + 1).to_string()), entry.modified).await {
        Ok(_) => true,
        Err(StoreError::Conflict { .. }) => false,
        Err(other) => panic!("{other}"),
    }
}
