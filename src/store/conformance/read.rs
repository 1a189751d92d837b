//! Rules of reading: order, pages, revisions.

use super::{Subject, THINGS, delete, key, latest, put, things, value};
use crate::store::{Page, Range, Store, StoreError};

async fn page(store: &dyn Store, range: Range) -> Page {
    store.range(range).await.expect("a readable range")
}

fn names(page: &Page) -> Vec<&str> {
    page.entries.iter().map(|entry| entry.key.trim_start_matches(THINGS)).collect()
}

fn all() -> Range {
    Range { prefix: THINGS.to_owned(), ..Range::default() }
}

/// Of the whole key, not of its parts.
pub async fn ranges_are_in_bytewise_order(subject: &dyn Subject) {
    let store = subject.open().await;
    for name in ["b/a", "b", "a.b", "a/z", "a-b", "é", "Z", "a"] {
        put(&*store, name, "1", 0).await;
    }
    assert_eq!(names(&page(&*store, all()).await), ["Z", "a", "a-b", "a.b", "a/z", "b", "b/a", "é"]);
}

/// A prefix is text, not a directory; an empty one is everything.
pub async fn ranges_keep_to_the_prefix(subject: &dyn Subject) {
    let store = subject.open().await;
    for name in ["ns/a", "ns/b", "ns2/a", "n"] {
        put(&*store, name, "1", 0).await;
    }
    for (prefix, expected) in [("ns/", 2), ("ns", 3), ("n", 4), ("ns/a", 1), ("o", 0), ("ns/\u{10ffff}", 0)] {
        let page = page(&*store, Range { prefix: key(prefix), ..Range::default() }).await;
        assert_eq!((page.entries.len(), page.remaining), (expected, 0), "{prefix}");
    }
    assert!(page(&*store, Range::default()).await.entries.len() >= 4);
}

/// 0 is no limit; at the limit exactly, nothing remains.
pub async fn pages_count_what_remains(subject: &dyn Subject) {
    let store = subject.open().await;
    for name in ["a", "b", "c", "d", "e"] {
        put(&*store, name, "1", 0).await;
    }
    let latest = latest(&*store).await;
    for (limit, shown, remaining) in [(0, 5, 0), (1, 1, 4), (4, 4, 1), (5, 5, 0), (6, 5, 0)] {
        for revision in [None, Some(latest)] {
            let page = page(&*store, Range { limit, revision, ..all() }).await;
            assert_eq!((page.entries.len(), page.remaining, page.revision), (shown, remaining, latest), "limit {limit} at {revision:?}");
        }
    }
}

/// The start is inclusive, need not exist, and does not reach out of the prefix.
pub async fn pages_start_where_told(subject: &dyn Subject) {
    let store = subject.open().await;
    for name in ["a", "b", "c", "d"] {
        put(&*store, name, "1", 0).await;
    }
    let old = latest(&*store).await;
    put(&*store, "e", "1", 0).await;
    for (start, expected) in [("b", "b c"), ("b\0", "c d"), ("aa", "b c"), ("d", "d"), ("f", "")] {
        for revision in [None, Some(old)] {
            let page = page(&*store, Range { start: Some(key(start)), limit: 2, revision, ..all() }).await;
            let shown: Vec<_> = names(&page).into_iter().filter(|name| *name != "e").collect();
            assert_eq!(shown.join(" "), expected, "{start:?} at {revision:?}");
        }
    }
    let outside = Range { start: Some("/a".to_owned()), ..all() };
    assert_eq!(page(&*store, outside).await.entries.len(), 5);
}

/// Values, keys not yet written, keys since deleted.
pub async fn an_old_revision_shows_what_was(subject: &dyn Subject) {
    let store = subject.open().await;
    let a = put(&*store, "a", "1", 0).await;
    let b = put(&*store, "b", "1", 0).await;
    let changed = put(&*store, "a", "2", a).await;
    let gone = delete(&*store, "b", b).await;
    let again = put(&*store, "b", "3", 0).await;
    let table = [(a, "a=1"), (b, "a=1 b=1"), (changed, "a=2 b=1"), (gone, "a=2"), (again, "a=2 b=3")];
    for (revision, expected) in table {
        assert_eq!(things(&*store, Some(revision)).await.join(" "), expected, "at {revision}");
        let page = page(&*store, Range { revision: Some(revision), ..all() }).await;
        assert_eq!(page.revision, revision);
    }
    let old = store.get(&key("a"), Some(b)).await.expect("a read").expect("the key");
    assert_eq!((old.created, old.modified), (a, a));
    assert_eq!(value(&*store, "b", Some(gone)).await, None);
    assert_eq!(value(&*store, "b", Some(a)).await, None);
}

/// Writes between the pages do not show.
pub async fn pages_of_one_revision_fit_together(subject: &dyn Subject) {
    let store = subject.open().await;
    for i in 0..10 {
        put(&*store, &format!("{i}"), "old", 0).await;
    }
    let first = page(&*store, Range { limit: 3, ..all() }).await;
    let mut seen: Vec<String> = names(&first).into_iter().map(str::to_owned).collect();
    let mut last = first;
    while last.remaining > 0 {
        let i = seen.len();
        let entry = store.get(&key("9"), None).await.expect("a read").expect("the key");
        put(&*store, "9", "new", entry.modified).await;
        put(&*store, &format!("5-{i}"), "new", 0).await;
        let start = last.entries.last().map(|entry| format!("{}\0", entry.key));
        last = page(&*store, Range { limit: 3, start, revision: Some(last.revision), ..all() }).await;
        assert!(last.entries.iter().all(|entry| &entry.value[..] == b"old"));
        seen.extend(names(&last).into_iter().map(str::to_owned));
        assert_eq!(last.remaining, 10 - seen.len() as u64);
    }
    assert_eq!(seen.join(""), "0123456789");
}

/// Nobody knows it.
pub async fn the_future_cannot_be_read(subject: &dyn Subject) {
    let store = subject.open().await;
    let current = put(&*store, "a", "1", 0).await;
    let refused = store.get(&key("a"), Some(current + 1)).await;
    assert_eq!(refused.map(|_| ()), Err(StoreError::Future { current }));
    let refused = store.range(Range { revision: Some(current + 1), ..all() }).await;
    assert_eq!(refused.map(|_| ()), Err(StoreError::Future { current }));
}

/// From any task, at once.
pub async fn a_read_sees_acknowledged_writes(subject: &dyn Subject) {
    let store = subject.open().await;
    let mut last = 0;
    for i in 0..50 {
        last = put(&*store, "a", &i.to_string(), last).await;
        let reader = store.clone();
        let read = tokio::spawn(async move { (value(&*reader, "a", None).await, reader.revision().await) });
        let (read, revision) = read.await.expect("a task");
        assert_eq!(read, Some(i.to_string()));
        assert!(revision.expect("an open store") >= last);
    }
}
