//! What was acknowledged survives SIGKILL: a child process writes and is killed at a random moment, over and over on the same file.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::Embedded;
use crate::store::{Range, Revision, Store};

/// Tells the child where to write.
const DIR: &str = "STORE_CRASH_DIR";
const ROUNDS: usize = 5;
const WRITERS: usize = 8;

/// One acknowledged write as the child prints it: `ack <revision> <key> <value>`.
type Acknowledged = BTreeMap<Revision, (String, String)>;

#[tokio::test]
async fn acknowledged_writes_survive_a_kill() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut acknowledged = Acknowledged::new();
    for round in 0..ROUNDS {
        let before = acknowledged.len();
        acknowledged.append(&mut write_and_kill(dir.path()));
        assert!(acknowledged.len() > before, "round {round} wrote nothing");
        check(dir.path(), &acknowledged).await;
    }
}

/// Runs this test binary as a child, which finds the directory in its environment.
fn write_and_kill(dir: &Path) -> Acknowledged {
    let this = std::env::current_exe().expect("the test binary");
    let mut child = Command::new(this)
        .args(["--exact", "--nocapture", "store::embedded::crash::write_until_killed"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let mut lines = BufReader::new(child.stdout.take().expect("its output"));
    let (started, start) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut acknowledged = Acknowledged::new();
        let mut line = String::new();
        while lines.read_line(&mut line).expect("text") > 0 {
            acknowledged.extend(parse(&line));
            if !acknowledged.is_empty() {
                started.send(()).ok();
            }
            line.clear();
        }
        acknowledged
    });
    start.recv_timeout(Duration::from_secs(20)).expect("a first write");
    std::thread::sleep(Duration::from_millis(rand::random_range(0..200)));
    child.kill().expect("a kill");
    child.wait().expect("a dead child");
    reader.join().expect("the reader")
}

/// A whole line of the child; the harness prints lines of its own.
fn parse(line: &str) -> Option<(Revision, (String, String))> {
    let mut words = line.strip_suffix('\n')?.strip_prefix("ack ")?.split(' ');
    Some((words.next()?.parse().ok()?, (words.next()?.to_owned(), words.next()?.to_owned())))
}

/// Every acknowledged write is there, and the parts of the store agree with each other.
async fn check(dir: &Path, acknowledged: &Acknowledged) {
    let store = Embedded::open(dir).expect("a store that opens after a crash");
    let latest = store.revision().await.expect("a revision");
    assert!(acknowledged.keys().all(|revision| *revision <= latest));
    let mut watch = store.watch("", 1).await.expect("all history");
    let mut replayed = BTreeMap::new();
    for revision in 2..=latest {
        let event = watch.next().await.expect("an event");
        assert_eq!(event.revision, revision);
        if let Some((key, value)) = acknowledged.get(&revision) {
            let written = event.current.as_ref().map(|entry| &entry.value[..]);
            assert_eq!((&*event.key, written), (key.as_str(), Some(value.as_bytes())));
        }
        assert_eq!(replayed.insert(event.key, event.current.clone()).flatten(), event.previous);
    }
    let page = store.range(Range::default()).await.expect("a range");
    assert_eq!(page.entries, replayed.into_values().flatten().collect::<Vec<_>>());
}

/// The child. Does nothing in an ordinary run.
#[test]
fn write_until_killed() {
    let Some(dir) = std::env::var_os(DIR) else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = Arc::new(Embedded::open(dir).expect("a store"));
        let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(write(store.clone(), writer))).collect();
        for writer in writers {
            writer.await.expect("a writer");
        }
    });
}

/// Goes on from what earlier children left.
async fn write(store: Arc<Embedded>, writer: usize) {
    let key = format!("/registry/crash/{writer}");
    let mut last = store.get(&key, None).await.expect("a read").map_or(0, |entry| entry.modified);
    for i in 0_u64.. {
        let value = format!("{}-{i}", std::process::id());
        last = store.put_if(&key, Bytes::from(value.clone()), last).await.expect("a write");
        println!("ack {last} {key} {value}");
    }
}
