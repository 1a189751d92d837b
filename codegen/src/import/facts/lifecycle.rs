//! When kinds come and go: what all kinds of a version agree on stands with the version, the rest with the kind.

use serde_json::Value;

use super::text;
use crate::import::write::{Map, Node};

/// The releases of a kind or a version; empty text where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lifecycle {
    introduced: String,
    deprecated: String,
    removed: String,
    replacement: String,
}

impl Lifecycle {
    /// What a type says.
    pub(super) fn of(value: &Value) -> Self {
        let Some(life) = value.get("lifecycle") else { return Self::default() };
        let said = |key| text(life, key).to_owned();
        let replacement = life.get("replacement").map(|by| replacement(by, text(value, "name"))).unwrap_or_default();
        Self { introduced: said("introduced"), deprecated: said("deprecated"), removed: said("removed"), replacement }
    }

    /// What holds for a version with these kinds: the first release with any of them, and what all agree on.
    pub(super) fn common<'a>(kinds: impl Iterator<Item = &'a Value>) -> Self {
        let mut lives = kinds.map(Self::of);
        let Some(mut common) = lives.next() else { return Self::default() };
        for life in lives {
            if common.introduced.is_empty() || (!life.introduced.is_empty() && release(&life.introduced) < release(&common.introduced)) {
                common.introduced = life.introduced;
            }
            for (mine, other) in [
                (&mut common.deprecated, life.deprecated),
                (&mut common.removed, life.removed),
                (&mut common.replacement, life.replacement),
            ] {
                if *mine != other {
                    mine.clear();
                }
            }
        }
        common
    }

    /// Whether a release has it no more.
    pub(super) fn is_removed_in(&self, now: &str) -> bool {
        !self.removed.is_empty() && release(&self.removed) <= release(now)
    }

    /// Writes everything.
    pub(super) fn write(&self, tree: &mut Map) {
        self.write_difference(&Self::default(), tree);
    }

    /// Writes what differs from another.
    pub(super) fn write_difference(&self, other: &Self, tree: &mut Map) {
        for (key, mine, theirs) in [
            ("introduced", &self.introduced, &other.introduced),
            ("deprecated", &self.deprecated, &other.deprecated),
            ("removed", &self.removed, &other.removed),
            ("replacement", &self.replacement, &other.replacement),
        ] {
            if mine != theirs && !mine.is_empty() {
                tree.push(key, Node::text(mine));
            }
        }
    }
}

/// `group/version`, with the kind where it is another one.
fn replacement(by: &Value, kind: &str) -> String {
    let (group, version, other) = (text(by, "group"), text(by, "version"), text(by, "kind"));
    let module = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
    if other == kind || other.is_empty() { module } else { format!("{module} {other}") }
}

/// A release as numbers, which compare as releases do.
fn release(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}
