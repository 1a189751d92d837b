//! `api.lock`: what a set has given away for good, a fact a line, sorted, with a checksum. Numbers, names that are gone, first releases, stored
//! versions, fingerprints of conversion rules.

mod line;
mod merge;
mod record;

use std::collections::BTreeSet;

use kubewright_model::digest::Digest;

pub use line::Line;
pub use merge::{Conflict, merge};
pub use record::{Release, fingerprint_of, record, recorded, release};

use super::side::{Side, What};
use crate::resolve::kinds::number;

/// Name of the file beside a set's `set.yaml`.
pub const FILE: &str = "api.lock";

/// What is known of the releases of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Name of the set.
    pub set: String,
    /// The facts.
    pub lines: BTreeSet<Line>,
    /// The checksum that is written; empty in one that was not read from a file.
    pub written: String,
}

/// Whether a release has come: the first is as great as the second.
pub fn reached(release: &str, mark: &str) -> bool {
    mark == kubewright_model::Lifecycle::ALWAYS || number(release) >= number(mark)
}

impl Lock {
    /// An empty record.
    pub fn new(set: &str) -> Self {
        Self { set: set.to_owned(), ..Self::default() }
    }

    /// Reads the text of a file; the number of a line that means nothing is an error.
    pub fn read(set: &str, text: &str) -> Result<Self, usize> {
        let mut lock = Self::new(set);
        for (at, text) in text.lines().enumerate() {
            match text.strip_prefix("checksum ") {
                _ if text.is_empty() || text.starts_with('#') => {}
                Some(checksum) => checksum.clone_into(&mut lock.written),
                None => {
                    lock.lines.insert(text.parse().map_err(|()| at + 1)?);
                }
            }
        }
        Ok(lock)
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let facts = self.facts();
        format!(
            "# What the set {} has given away for good. `cargo xtask gen` and `cargo xtask release` write it; do not edit it.\nchecksum {}\n{facts}",
            self.set,
            checksum(&facts)
        )
    }

    fn facts(&self) -> String {
        self.lines.iter().fold(String::new(), |facts, line| facts + &line.to_string() + "\n")
    }

    /// Whether the checksum is that of the facts.
    pub fn is_intact(&self) -> bool {
        self.written.is_empty() || self.written == checksum(&self.facts())
    }

    /// The last release; `None` before the first.
    pub fn last_release(&self) -> Option<&str> {
        self.releases().map(|(release, _)| release).max_by_key(|release| number(release))
    }

    /// The last release, and the fingerprint of its schemas.
    pub fn last_digest(&self) -> Option<(&str, &str)> {
        let last = self.last_release()?;
        self.lines.iter().find_map(|line| match line {
            Line::Release { release, digest, .. } if release == last => Some((last, digest.as_str())),
            _ => None,
        })
    }

    /// Releases with their days.
    fn releases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines
            .iter()
            .filter_map(|line| if let Line::Release { release, day, .. } = line { Some((release.as_str(), day.as_str())) } else { None })
    }

    /// How many releases came after one.
    pub fn releases_after(&self, release: &str) -> usize {
        self.releases().filter(|(other, _)| number(other) > number(release)).count()
    }

    /// The day of a release, counted from 1970.
    pub fn day_of(&self, release: &str) -> Option<i64> {
        let (_, day) = self.releases().find(|(other, _)| *other == release)?;
        day_number(day)
    }

    /// The first release with something.
    pub fn seen(&self, path: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Seen { release, path: of } if of == path => Some(release.as_str()),
            _ => None,
        })
    }

    /// The first release in which something was deprecated.
    pub fn deprecated_since(&self, path: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Deprecated { release, path: of } if of == path => Some(release.as_str()),
            _ => None,
        })
    }

    /// Whether objects of a kind were stored in a version by some release.
    pub fn was_stored(&self, group: &str, kind: &str, version: &str) -> bool {
        let path = stored_path(group, kind);
        self.lines.iter().any(|line| matches!(line, Line::Storage { version: of, path: at, .. } if of == version && *at == path))
    }

    /// Whether what was stored of a kind in a version was rewritten.
    pub fn is_migrated(&self, path: &str) -> bool {
        self.lines.iter().any(|line| matches!(line, Line::Migrated { path: of, .. } if of == path))
    }

    /// The number of a field.
    pub fn number(&self, path: &str) -> Option<u64> {
        self.lines.iter().find_map(|line| match line {
            Line::Number { path: of, number } if of == path => Some(*number),
            _ => None,
        })
    }

    /// The release that a field was removed in.
    pub fn tombstone(&self, path: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Gone { release, path: of, .. } if of == path => Some(release.as_str()),
            _ => None,
        })
    }

    /// The removed field of a type that had a number.
    pub fn buried(&self, ty: &str, number: u64) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Gone { number: of, path, .. } if *of == number && owner(path) == ty => Some(path.as_str()),
            _ => None,
        })
    }

    /// Fields of a side whose numbers are not recorded.
    pub fn missing(&self, side: &Side) -> Vec<String> {
        let fields = side.all(What::Field).filter(|field| field.set == self.set);
        let lacks = |number: u64, path: &str| !self.lines.contains(&Line::Number { path: path.to_owned(), number });
        let found = fields.filter_map(|field| Some((field.value("tag").as_u64()?, &field.path)));
        found.filter(|(number, path)| *number > 0 && lacks(*number, path)).map(|(_, path)| path.clone()).collect()
    }
}

/// `WidgetSpec` of `WidgetSpec.color`, with what stands before it.
fn owner(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(owner, _)| owner)
}

fn stored_path(group: &str, kind: &str) -> String {
    if group.is_empty() { format!("core {kind}") } else { format!("{group} {kind}") }
}

fn checksum(facts: &str) -> String {
    let mut digest = Digest::default();
    digest.add(FILE, facts);
    digest.hex()
}

/// `2026-08-01` as days from 1970.
pub fn day_number(day: &str) -> Option<i64> {
    kubewright_model::time::parse(&format!("{day}T00:00:00Z")).ok().map(|(seconds, _)| seconds.div_euclid(86_400))
}

/// Days from 1970 as `2026-08-01`.
pub fn day_text(day: i64) -> String {
    let text = kubewright_model::time::text(day * 86_400);
    String::from_utf8_lossy(&text).chars().take(10).collect()
}
