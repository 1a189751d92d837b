//! Types and fields over those that people wrote.

use super::entries::{Outcome, by_policy, line, overlay};
use super::policy::{self, Policies};
use crate::import::existing::{Old, find};
use crate::import::report::Report;
use crate::import::write::{Entry, Map, Node};
use crate::yaml::Yaml;

/// Columns of the entries of a type, and of the fields below `fields` there.
const INSIDE: usize = 4;

/// The one type of a types file.
pub(super) fn only(mut tree: Map) -> Map {
    let types = tree.entries.pop().map(|entry| entry.value);
    match types {
        Some(Node::Map(mut types)) => types.entries.pop().map(|entry| entry.value).and_then(map).unwrap_or_default(),
        _ => Map::new(),
    }
}

fn map(node: Node) -> Option<Map> {
    if let Node::Map(map) = node { Some(map) } else { None }
}

/// A type over an old one; `None` when all stays.
pub(super) fn merge_type(old: &Old, new: &Map, policies: Policies, place: &str, report: &mut Report) -> Option<Map> {
    let children = old.children();
    let mut new = new.clone();
    if find(&children, "enum").is_some() && find(&children, "open").is_none() {
        // Somebody closed it.
        new.entries.retain(|entry| entry.key != "open");
    }
    let merged = overlay(&children, &new, INSIDE, |old, new| match (old.key.as_str(), new) {
        ("fields", Some(Node::Map(new))) => {
            merge_fields(old, new, policies, INSIDE + 2, place, report).map_or(Outcome::Keep, |map| Outcome::Change(map.into()))
        }
        ("fields", None) => {
            dropped(&old.children(), place, report);
            Outcome::Drop
        }
        ("enum", Some(new)) => merge_enum(old, new),
        (key, new) => by_policy(old, new, policy::one_type(key)),
    })?;
    Some(in_lines(merged, old, &children))
}

/// What stood in one line and gets a line of its own is laid out anew.
fn in_lines(mut merged: Map, old: &Old, children: &[Old]) -> Map {
    if old.below.is_empty() {
        for entry in &mut merged.entries {
            if let (Node::Kept(_), Some(child)) = (&entry.value, children.iter().find(|child| child.key == entry.key)) {
                entry.value = Node::json(&child.value.json());
            }
        }
    }
    merged
}

/// Fields over old ones, in the order of the source; `None` when all stays.
pub(super) fn merge_fields(old: &Old, new: &Map, policies: Policies, column: usize, place: &str, report: &mut Report) -> Option<Map> {
    let children = old.children();
    let block = !old.below.is_empty();
    let mut changed = false;
    let mut out = Map::new();
    for entry in &new.entries {
        let (Some(old), Node::Map(map)) = (find(&children, &entry.key), &entry.value) else {
            changed = true;
            out.entries.push(entry.clone());
            continue;
        };
        let mut above = old.above.clone();
        above.extend(entry.above.iter().filter(|line| !old.above.contains(line)).cloned());
        let (value, beside) = match line(old, map, policies.field) {
            Some(map) => {
                changed = true;
                (map.into(), old.beside.clone())
            }
            None if block => (Node::Kept(old.kept(column)), String::new()),
            None => (old.written(&old.value), old.beside.clone()),
        };
        out.entries.push(Entry { above, key: entry.key.clone(), value, beside });
    }
    let gone: Vec<Old> = children.iter().filter(|old| new.get(&old.key).is_none()).cloned().collect();
    dropped(&gone, place, report);
    let order = children.iter().map(|old| &old.key).ne(new.entries.iter().map(|entry| &entry.key));
    (changed || order).then_some(out)
}

fn dropped(gone: &[Old], place: &str, report: &mut Report) {
    for old in gone {
        report.add("removed, since the source has it no more", format!("{place}.{}", old.key));
    }
}

/// Values of an enum: people may know more of them than the source, and what they wrote about them is kept.
fn merge_enum(old: &Old, new: &Node) -> Outcome {
    let Node::List(values) = new else { return by_policy(old, Some(new), policy::Says::SourceFirst) };
    let text = |node: &Node| if let Node::Text(text) | Node::Raw(text) = node { text.clone() } else { String::new() };
    let names: Vec<String> = values.iter().map(text).collect();
    let written: Vec<String> = old
        .children()
        .into_iter()
        .map(|doc| doc.key)
        .chain(old.value.items().iter().filter_map(|item| Some(item.words()?.value)))
        .collect();
    if names.iter().all(|name| written.contains(name)) {
        return Outcome::Keep;
    }
    let Yaml::Map(docs) = &old.value.value else { return by_policy(old, Some(new), policy::Says::SourceFirst) };
    let documented = names.into_iter().map(|name| {
        let doc = docs.iter().find(|doc| doc.key == name).map_or_else(|| Node::text(""), |doc| Node::json(&doc.value.json()));
        Entry::new(name, doc)
    });
    Outcome::Change(Node::Map(documented.collect()))
}
