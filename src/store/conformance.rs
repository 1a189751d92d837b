//! The rules every store keeps, one function each, written against the trait alone.
//!
//! A store's tests call them all through [`store_conformance!`](crate::store_conformance). A broken rule panics.

#![allow(clippy::missing_panics_doc, reason = "a rule is a test: that it panics when broken is its meaning")]

pub mod compaction;
pub mod life;
pub mod read;
pub mod watch;
pub mod write;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::{BoxFuture, Event, Range, Revision, Step, Store, Watch};

/// A store under test, with data of its own.
pub trait Subject: Send + Sync {
    /// Opens the store. The first time it is empty; later it holds what earlier openings wrote, which are dropped by then.
    fn open(&self) -> BoxFuture<'_, Arc<dyn Store>>;
}

/// How long a rule waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A key under test.
fn key(name: &str) -> String {
    format!("/registry/things/{name}")
}

/// All keys under test.
const THINGS: &str = "/registry/things/";

/// Writes that must succeed.
async fn put(store: &dyn Store, name: &str, value: &str, expected: Revision) -> Revision {
    store.put_if(&key(name), Bytes::copy_from_slice(value.as_bytes()), expected).await.expect("a write as expected")
}

/// Deletions that must succeed.
async fn delete(store: &dyn Store, name: &str, expected: Revision) -> Revision {
    store.delete_if(&key(name), expected).await.expect("a deletion as expected")
}

/// What a key holds, as text.
async fn value(store: &dyn Store, name: &str, revision: Option<Revision>) -> Option<String> {
    let entry = store.get(&key(name), revision).await.expect("a readable revision")?;
    Some(String::from_utf8_lossy(&entry.value).into_owned())
}

/// All things as `name=value`.
async fn things(store: &dyn Store, revision: Option<Revision>) -> Vec<String> {
    let range = Range { prefix: THINGS.to_owned(), revision, ..Range::default() };
    let page = store.range(range).await.expect("a readable revision");
    let text = |entry: &super::Entry| format!("{}={}", entry.key.trim_start_matches(THINGS), String::from_utf8_lossy(&entry.value));
    page.entries.iter().map(text).collect()
}

/// The latest revision.
async fn latest(store: &dyn Store) -> Revision {
    store.revision().await.expect("an open store")
}

/// A watch that must start.
async fn watching(store: &dyn Store, prefix: &str, after: Revision) -> Watch {
    store.watch(prefix, after).await.expect("a watchable revision")
}

/// The next event, which must come.
async fn next(watch: &mut Watch) -> Event {
    tokio::time::timeout(PATIENCE, watch.next()).await.expect("an event in time").expect("an open watch")
}

/// An event as `name: previous > current @ revision after start`.
fn told(event: &Event, start: Revision) -> String {
    let text = |entry: &Option<super::Entry>| {
        entry.as_ref().map_or_else(|| "-".to_owned(), |entry| String::from_utf8_lossy(&entry.value).into_owned())
    };
    let name = event.key.trim_start_matches(THINGS);
    format!("{name}: {} > {} @{}", text(&event.previous), text(&event.current), event.revision - start)
}

/// The next events, as [`told`].
async fn tell(watch: &mut Watch, events: usize, start: Revision) -> Vec<String> {
    let mut all = Vec::new();
    for _ in 0..events {
        all.push(told(&next(watch).await, start));
    }
    all
}

/// Waits for progress up to a revision, over which no event may come.
async fn quiet_until(watch: &mut Watch, revision: Revision) {
    while watch.reached() < revision {
        let step = tokio::time::timeout(PATIENCE, watch.step()).await.expect("progress in time").expect("an open watch");
        assert!(matches!(step, Step::Progress(_)), "an event that should not be: {step:?}");
    }
}

/// One test for each rule. The expression makes a new [`Subject`].
#[macro_export]
macro_rules! store_conformance {
    ($subject:expr) => {
        $crate::store_conformance! { @each $subject;
            write {
                a_create_takes_the_next_revision, a_create_refuses_what_exists, a_put_needs_the_last_revision, a_put_needs_the_key_to_exist,
                a_delete_needs_the_last_revision, a_delete_needs_the_key_to_exist, a_key_written_again_is_new, a_refused_write_changes_nothing,
                values_come_back_byte_for_byte, an_empty_key_is_refused, one_of_many_creators_wins, concurrent_increments_are_all_counted
            }
            read {
                ranges_are_in_bytewise_order, ranges_keep_to_the_prefix, pages_count_what_remains, pages_start_where_told,
                an_old_revision_shows_what_was, pages_of_one_revision_fit_together, the_future_cannot_be_read, a_read_sees_acknowledged_writes
            }
            watch {
                events_come_in_order_with_their_past, a_watch_keeps_to_its_prefix, a_watch_begins_after_its_revision, history_then_live_without_a_seam,
                every_watch_sees_the_same, a_watch_may_begin_in_the_future, progress_reaches_the_latest_revision, refused_writes_are_not_told
            }
            compaction {
                compacted_revisions_cannot_be_read, compacted_revisions_cannot_be_watched, the_oldest_revision_stays_whole,
                the_first_event_after_it_knows_its_past, compaction_again_is_no_error, the_future_cannot_be_compacted, compaction_takes_no_revision
            }
            life { data_and_revision_outlive_the_process, history_outlives_the_process, compaction_outlives_the_process, a_watch_ends_with_the_store }
        }
    };
    (@each $subject:expr; $($module:ident { $($rule:ident),* })*) => {
        $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                let subject = $subject;
                $crate::store::conformance::$module::$rule(&subject).await;
            }
        )*)*
    };
}
