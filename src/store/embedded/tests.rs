//! The embedded store keeps every rule of the suite, and some of its own.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::{Embedded, FILE, Options};
use crate::store::conformance::Subject;
use crate::store::{BoxFuture, Range, Store, StoreError};

/// A store in a directory of its own.
struct OnDisk(tempfile::TempDir);

impl OnDisk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a directory"))
    }
}

impl Subject for OnDisk {
    fn open(&self) -> BoxFuture<'_, Arc<dyn Store>> {
        Box::pin(async {
            let store: Arc<dyn Store> = Arc::new(Embedded::open(self.0.path()).expect("an openable store"));
            store
        })
    }
}

mod on_disk {
    use super::OnDisk;

    crate::store_conformance!(OnDisk::new());
}

async fn put(store: &Embedded, key: &str, value: &'static [u8], expected: u64) -> u64 {
    store.put_if(key, Bytes::from_static(value), expected).await.expect("a write")
}

#[tokio::test]
async fn the_first_write_gets_revision_2() {
    let store = Embedded::in_memory().expect("a store");
    assert_eq!(store.revision().await, Ok(1));
    assert_eq!(put(&store, "/a", b"1", 0).await, 2);
    assert_eq!(store.revision().await, Ok(2));
}

#[tokio::test]
async fn values_and_keys_have_limits() {
    let store = Embedded::in_memory_with(Options { largest_value: 100, ..Options::default() }).expect("a store");
    assert_eq!(store.put_if("/a", Bytes::from(vec![0; 101]), 0).await, Err(StoreError::TooLarge { size: 101, limit: 100 }));
    assert_eq!(store.put_if("/a", Bytes::from(vec![0; 100]), 0).await, Ok(2));
    let refused = store.put_if(&"k".repeat(5000), Bytes::new(), 0).await;
    assert!(matches!(refused, Err(StoreError::BadKey(_))), "{refused:?}");
    assert_eq!(store.revision().await, Ok(2));
}

#[tokio::test]
async fn the_default_limit_is_one_and_a_half_mebibytes() {
    let store = Embedded::in_memory().expect("a store");
    assert_eq!(store.put_if("/a", Bytes::from(vec![7; 1_572_864]), 0).await, Ok(2));
    assert!(matches!(store.put_if("/b", Bytes::from(vec![7; 1_572_865]), 0).await, Err(StoreError::TooLarge { .. })));
}

#[test]
fn one_process_at_a_time() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Embedded::open(dir.path()).expect("a store");
    let refused = Embedded::open(dir.path()).err();
    assert!(matches!(&refused, Some(StoreError::Locked(what)) if what.contains(FILE)), "{refused:?}");
    drop(store);
    Embedded::open(dir.path()).expect("a store that was closed");
}

#[test]
fn foreign_files_are_refused() {
    for (what, bytes) in [("text", b"not a database".repeat(1000)), ("zeros", vec![0; 8192]), ("short", b"x".to_vec())] {
        let dir = tempfile::tempdir().expect("a directory");
        std::fs::write(dir.path().join(FILE), &bytes).expect("a file");
        let refused = Embedded::open(dir.path()).err();
        assert!(matches!(&refused, Some(StoreError::Corrupt(why)) if why.contains(FILE)), "{what}: {refused:?}");
        assert_eq!(std::fs::read(dir.path().join(FILE)).expect("the file"), bytes, "{what} is left as it was");
    }
}

#[tokio::test]
async fn a_file_cut_short_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Embedded::open(dir.path()).expect("a store");
    for i in 0..100 {
        store.put_if(&format!("/{i}"), Bytes::from(vec![i; 20_000]), 0).await.expect("a write");
    }
    drop(store);
    let path = dir.path().join(FILE);
    let length = std::fs::metadata(&path).expect("the file").len();
    std::fs::OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(length / 3)).expect("a shorter file");
    let refused = Embedded::open(dir.path()).err();
    assert!(matches!(&refused, Some(StoreError::Corrupt(_))), "{refused:?}");
}

#[tokio::test]
async fn a_slow_watch_is_disconnected_and_can_go_on() {
    let store = Embedded::in_memory_with(Options { watch_buffer: 10, ..Options::default() }).expect("a store");
    let mut watch = store.watch("/", 1).await.expect("a watch");
    for i in 0..20 {
        put(&store, &format!("/{i:02}"), b"1", 0).await;
    }
    let mut last = 1;
    while let Some(event) = watch.next().await {
        assert_eq!(event.revision, last + 1);
        last = event.revision;
    }
    assert_eq!(last, 11, "what was buffered still comes");
    let mut watch = store.watch("/", last).await.expect("a watch");
    for revision in 12..=21 {
        assert_eq!(watch.next().await.map(|event| event.revision), Some(revision));
    }
}

#[tokio::test]
async fn a_long_history_is_replayed_at_the_pace_of_its_watch() {
    let store = Arc::new(Embedded::in_memory().expect("a store"));
    let tasks: Vec<_> = (0..2000)
        .map(|i| {
            let store = store.clone();
            tokio::spawn(async move { store.put_if(&format!("/{}/{i}", i % 2), Bytes::from_static(b"1"), 0).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task").expect("a write");
    }
    let mut watch = store.watch("/0/", 1).await.expect("a watch");
    let mut last = 1;
    for _ in 0..1000 {
        let event = watch.next().await.expect("an event");
        assert!(event.revision > last && event.key.starts_with("/0/"));
        last = event.revision;
    }
}

#[tokio::test]
async fn compaction_by_the_clock_sweeps_the_file() {
    let options = Options { history: Duration::from_millis(20), interval: Duration::from_millis(5), ..Options::default() };
    let store = Embedded::in_memory_with(options).expect("a store");
    let mut last = 0;
    for _ in 0..50 {
        last = put(&store, "/a", b"1", last).await;
    }
    let gone = put(&store, "/b", b"1", 0).await;
    store.delete_if("/b", gone).await.expect("a deletion");
    let versions = || {
        use redb::{ReadableDatabase, ReadableTableMetadata};
        let txn = store.shared.db.begin_read().expect("a transaction");
        txn.open_table(super::tables::VERSIONS).expect("the table").len().expect("a length")
    };
    for _ in 0..1000 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        if versions() == 1 {
            break;
        }
    }
    assert_eq!(versions(), 1, "the current value of /a alone is left");
    assert_eq!(store.get("/a", Some(2)).await, Err(StoreError::Compacted { oldest: 53 }));
    assert_eq!(store.range(Range::default()).await.map(|page| page.entries.len()), Ok(1));
}

#[tokio::test]
async fn a_watch_that_is_not_read_does_not_keep_the_file_open() {
    let dir = tempfile::tempdir().expect("a directory");
    let store = Arc::new(Embedded::open(dir.path()).expect("a store"));
    let tasks: Vec<_> = (0..3000)
        .map(|i| {
            let store = store.clone();
            tokio::spawn(async move { store.put_if(&format!("/{i}"), Bytes::new(), 0).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task").expect("a write");
    }
    let mut watch = store.watch("/", 1).await.expect("a watch");
    assert_eq!(watch.next().await.map(|event| event.revision), Some(2));
    drop(store);
    for _ in 0..1000 {
        match Embedded::open(dir.path()) {
            Ok(_) => break,
            Err(StoreError::Locked(_)) => tokio::time::sleep(Duration::from_millis(5)).await,
            Err(other) => panic!("{other}"),
        }
    }
    let mut last = 2;
    while let Some(event) = watch.next().await {
        assert_eq!(event.revision, last + 1);
        last = event.revision;
    }
    assert!(last < 3001, "a watch that ends early ends without a gap");
}
