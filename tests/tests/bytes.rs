//! No bytes make a decoder panic: mutated fixtures against what the fuzz targets check. `cargo xtask fuzz` looks further.

#[allow(unreachable_pub, reason = "public where the fuzz targets use it")]
#[path = "../../fuzz/src/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

use kubewright_tests::root;

/// How many mutations of each kind of file.
const MUTATIONS: u64 = 150;

/// Pieces that mean something to one of the readers.
const PIECES: [&[u8]; 22] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b":",
    b"null",
    b"true",
    b"1e400",
    b"-1",
    b"\n",
    b"  ",
    b"- ",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!binary ",
    b"\xff",
    b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    b"\x00",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    /// A file with up to four changes.
    fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.roll(seeds.len())].clone();
        for _ in 0..=self.roll(4) {
            let at = self.roll(bytes.len() + 1);
            let end = (at + self.roll(40)).min(bytes.len());
            match self.roll(5) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, PIECES[self.roll(PIECES.len())].iter().copied())),
                2 => {
                    let other = &seeds[self.roll(seeds.len())];
                    let from = self.roll(other.len());
                    drop(bytes.splice(at..at, other[from..].iter().take(200).copied()));
                }
                3 => bytes.truncate(at.max(1)),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << self.roll(8);
                    }
                }
            }
        }
        bytes
    }
}

fn seeds(directory: &Path, extension: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let files = paths.iter().filter(|path| path.extension().is_some_and(|known| known == extension));
    files.map(|path| fs::read(path).expect("a file")).filter(|bytes| bytes.len() < 10_000).collect()
}

fn mutate(seeds: &[Vec<u8>], check: fn(&[u8])) {
    assert!(!seeds.is_empty());
    for seed in seeds {
        check(seed);
    }
    let mut dice = Dice(1);
    for _ in 0..MUTATIONS {
        check(&dice.mutated(seeds));
    }
}

#[test]
fn mutated_objects_never_panic() {
    for extension in ["json", "yaml", "pb"] {
        mutate(&seeds(&root().join("tests/fixtures/golden"), extension), checks::objects);
    }
}

#[test]
fn mutated_schemas_never_panic() {
    let of = |directory: &str| seeds(&root().join("schemas").join(directory), "yaml");
    mutate(&[of("wardle"), of("wardle/v1beta1"), of("wardle/v1alpha1"), of("kubernetes/rbac/v1")].concat(), checks::schema);
}

/// What the fuzzer has found so far.
#[test]
fn found_once_never_again() {
    for (target, check) in
        [("json", checks::objects as fn(&[u8])), ("yaml", checks::objects), ("protobuf", checks::objects), ("schema", checks::schema)]
    {
        let directory = root().join("fuzz/seeds").join(target);
        for entry in fs::read_dir(directory).into_iter().flatten() {
            check(&fs::read(entry.expect("an entry").path()).expect("a file"));
        }
    }
}
