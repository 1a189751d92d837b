//! One mapping over another, key by key.

use super::policy::Says;
use crate::import::existing::Old;
use crate::import::write::{Entry, Map, Node};
use crate::yaml::{Node as Yaml, Yaml as Value};

/// What becomes of an entry that people wrote.
pub(super) enum Outcome {
    /// It stays as it is.
    Keep,
    /// It has another value.
    Change(Node),
    /// It goes.
    Drop,
}

/// Lays a mapping over entries. `decide` says what becomes of an entry, given what the source says about its key. `None` when all stays.
pub(super) fn overlay(olds: &[Old], new: &Map, column: usize, mut decide: impl FnMut(&Old, Option<&Node>) -> Outcome) -> Option<Map> {
    let mut changed = false;
    let mut out = Map::new();
    for old in olds {
        let value = match decide(old, new.get(&old.key)) {
            Outcome::Keep => (Node::Kept(old.kept(column)), String::new()),
            Outcome::Change(value) => {
                changed = true;
                (value, old.beside.clone())
            }
            Outcome::Drop => {
                changed = true;
                continue;
            }
        };
        out.entries.push(Entry { above: old.above.clone(), key: old.key.clone(), value: value.0, beside: value.1 });
    }
    for (at, entry) in new.entries.iter().enumerate() {
        if !olds.iter().any(|old| old.key == entry.key) {
            changed = true;
            let mut position = position(&out, &new.entries[..at], &new.entries[at + 1..]);
            // Rules are the longest, and stand behind a default that people wrote.
            while entry.key == "rules" && out.entries.get(position).is_some_and(|next| next.key == "default") {
                position += 1;
            }
            out.entries.insert(position, entry.clone());
        }
    }
    changed.then_some(out)
}

/// Behind what comes before it in the source, else before what comes after it, else at the end.
fn position(out: &Map, before: &[Entry], after: &[Entry]) -> usize {
    let at = |entry: &Entry| out.entries.iter().position(|known| known.key == entry.key);
    let behind = before.iter().rev().find_map(at).map(|found| found + 1);
    behind.or_else(|| after.iter().find_map(at)).unwrap_or(out.entries.len())
}

/// Lays a mapping over one that stands in a line, by policy. `None` when all stays.
pub(super) fn line(old: &Old, new: &Map, policy: fn(&str) -> Says) -> Option<Map> {
    let children = old.children();
    let mut merged = overlay(&children, new, 0, |old, new| by_policy(old, new, policy(&old.key)))?;
    for entry in &mut merged.entries {
        if let (Node::Kept(_), Some(child)) = (&entry.value, children.iter().find(|child| child.key == entry.key)) {
            entry.value = child.written(&child.value);
        }
    }
    Some(merged)
}

/// What becomes of an entry whose value is taken or left as a whole.
pub(super) fn by_policy(old: &Old, new: Option<&Node>, says: Says) -> Outcome {
    match (new, says) {
        (None, Says::Source) => Outcome::Drop,
        (None, _) | (Some(_), Says::PeopleFirst) => Outcome::Keep,
        (Some(new), _) if same(&old.value, new) => Outcome::Keep,
        (Some(Node::List(new)), _) if old.key == "rules" => rules(old, new),
        (Some(new), _) => Outcome::Change(new.clone()),
    }
}

/// Rules of the source, and behind them those that people added.
fn rules(old: &Old, new: &[Node]) -> Outcome {
    let written = old.value.items();
    if new.iter().all(|new| written.iter().any(|old| same(old, new))) {
        return Outcome::Keep;
    }
    let added = written.iter().filter(|old| !new.iter().any(|new| same(old, new)));
    Outcome::Change(Node::List(new.iter().cloned().chain(added.map(|rule| Node::json(&rule.json()))).collect()))
}

/// Whether what was written means the same.
pub(super) fn same(old: &Yaml, new: &Node) -> bool {
    match (&old.value, new) {
        (Value::Scalar(scalar), Node::Text(text) | Node::Raw(text)) => scalar.text == *text,
        (Value::List(olds), Node::List(news)) => olds.len() == news.len() && olds.iter().zip(news).all(|(old, new)| same(old, new)),
        (Value::Map(olds), Node::Map(news)) => {
            olds.len() == news.entries.len() && olds.iter().all(|old| news.get(&old.key).is_some_and(|new| same(&old.value, new)))
        }
        _ => false,
    }
}
