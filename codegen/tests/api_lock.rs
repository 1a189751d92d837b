//! The record of a set: what goes into it, what it refuses, and how two branches' records become one.

use std::path::Path;

use kubewright_codegen::compat::lock::{Line, Lock, Release, merge, recorded, release};
use kubewright_codegen::compat::{Side, side_of};
use kubewright_codegen::source::Sources;

const KIND: &str = "kind: Box\nfields:\n  spec: {tag: 2, type: BoxSpec, omit: empty}\ntypes:\n  BoxSpec:\n    fields:\n      size: {tag: 1, type: int32?}\n";

fn side(kind: &str) -> Side {
    let mut sources = Sources::new();
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/meta");
    for (path, source) in Sources::load(&schemas).expect("the meta set can be read").iter() {
        sources.insert(format!("meta/{path}"), source.text.clone());
    }
    sources.insert("demo/set.yaml", "set: demo\nrelease: \"1.0\"\n");
    sources.insert("demo/group.yaml", "group: demo.example.io\nversions:\n  v1: {introduced: \"1.0\"}\n");
    sources.insert("demo/v1/box.yaml", kind);
    side_of(sources).unwrap_or_else(|report| panic!("{report}"))
}

fn released() -> Lock {
    let mut lock = Lock::new("demo");
    let made = Release { release: "1.0".into(), day: "2026-01-01".into(), migrated: Vec::new() };
    assert_eq!(release(&mut lock, &side(KIND), &made), Ok(()));
    lock
}

fn with(field: &str) -> String {
    format!("{KIND}      {field}\n")
}

#[test]
fn a_release_is_read_as_it_was_written() {
    let lock = released();
    let text = lock.text();
    let read = Lock::read("demo", &text).expect("every line means something");
    assert_eq!((read.lines.clone(), read.is_intact(), read.text()), (lock.lines, true, text.clone()));
    for line in [
        "number 1 demo.example.io/v1 BoxSpec.size",
        "seen 1.0 demo.example.io/v1 BoxSpec.size",
        "storage 1.0 v1 demo.example.io Box",
        "release 1.0 2026-01-01 ",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let edited = Lock::read("demo", &text.replace("number 1 demo", "number 4 demo")).expect("every line means something");
    assert!(!edited.is_intact());
    assert_eq!(Lock::read("demo", "nonsense\n"), Err(1));
}

#[test]
fn what_was_released_is_not_given_away_again() {
    let lock = released();
    let without = KIND.replace("size: {tag: 1", "width: {tag: 2");
    let next = recorded(&lock, &side(&without)).expect("number 2 is free");
    assert!(next.lines.contains(&Line::Gone { path: "demo.example.io/v1 BoxSpec.size".into(), number: 1, release: "1.0".into() }));
    for kind in [KIND.replace("size: {tag: 1", "width: {tag: 1"), KIND.replace("{tag: 1", "{tag: 3")] {
        assert!(recorded(&next, &side(&kind)).is_err(), "{kind}");
    }
    assert!(recorded(&lock, &side(&KIND.replace("{tag: 1", "{tag: 3"))).is_err(), "a released field has another number");
    let unreleased = recorded(&lock, &side(&with("depth: {tag: 2, type: int32?}"))).expect("number 2 is free");
    assert!(recorded(&unreleased, &side(&with("width: {tag: 2, type: int32?}"))).is_ok(), "numbers count from the first release on");
}

#[test]
fn two_branches_never_take_one_number() {
    let base = released();
    let branch = |field: &str| recorded(&base, &side(&with(field))).expect("the number is free");
    let (ours, theirs) = (branch("width: {tag: 2, type: int32?}"), branch("depth: {tag: 3, type: int32?}"));
    let merged = merge(&base, &ours, &theirs).expect("the numbers differ");
    assert_eq!(merged.lines.len(), base.lines.len() + 2);
    let conflicts = merge(&base, &ours, &branch("depth: {tag: 2, type: int32?}")).expect_err("both took number 2");
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].message.contains("went to both") && conflicts[0].help.contains("tag: 3"), "{conflicts:?}");
    assert!(merge(&base, &ours, &branch("width: {tag: 4, type: int32?}")).is_err(), "one name, two numbers");
    assert_eq!(merge(&base, &base, &base).map(|same| same.lines), Ok(base.lines.clone()));
}
