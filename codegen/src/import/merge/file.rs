//! A file over an old one.

use super::Homes;
use super::entries::{Outcome, by_policy, line, overlay};
use super::policy::{self, Says};
use super::types::{merge_fields, merge_type};
use crate::import::catalog::Item;
use crate::import::existing::{File, Old};
use crate::import::report::Report;
use crate::import::write::{Entry, Map, Node};

/// What becomes of a file.
#[derive(Debug)]
pub(super) enum Merged {
    /// It stays as it is.
    Same,
    /// There is nothing left in it.
    Gone,
    /// It is written anew.
    Tree(Map),
}

/// Keys of a kind that only make sense when it is served.
const SERVING: [&str; 12] = [
    "plural",
    "singular",
    "scope",
    "shortNames",
    "categories",
    "verbs",
    "key",
    "unconditionalUpdate",
    "createOnUpdate",
    "deleteReturnsObject",
    "subresources",
    "storedAs",
];

/// Whether people took a kind out of what is served.
fn not_served(file: &File) -> bool {
    file.get("resource").is_some_and(|resource| resource.value.json() == false)
}

/// The file of a kind or of shared types.
pub(super) fn merge_file(old: Option<&File>, kind: Option<&Item>, types: &[&Item], homes: &Homes<'_>, report: &mut Report) -> Merged {
    let path = old.map(|file| file.path.as_str()).unwrap_or_default();
    let mut new = kind.map(|kind| kind.tree.clone()).unwrap_or_default();
    let old_types = old.and_then(|file| file.get("types"));
    let types = merge_types(old_types, path, types, homes, report);
    match (&types, old_types) {
        (Types::Changed(map), _) if !map.is_empty() => new.push("types", map.clone()),
        _ => {}
    }
    if old.is_some_and(not_served) && new.get("resource").is_none() {
        report.add("stays a kind that is not served, as its file says: take out `resource: false` to serve it", path);
        let lists = new.get("verbs").is_none_or(|verbs| matches!(verbs, Node::List(verbs) if verbs.contains(&Node::text("list"))));
        new.entries.retain(|entry| !SERVING.contains(&entry.key.as_str()));
        if lists && let Some(kind) = kind {
            new.entries.insert(1, Entry::new("listKind", Node::text(format!("{}List", kind.name))));
        }
    }
    if old.is_some_and(|file| file.get("storedAs").is_some()) {
        new.entries.retain(|entry| entry.key != "key");
    }
    let Some(file) = old else { return if new.is_empty() { Merged::Same } else { Merged::Tree(new) } };
    let place = kind.map(|kind| kind.name.clone()).unwrap_or_default();
    let merged = overlay(&file.entries, &new, 0, |old, new| match (old.key.as_str(), new) {
        ("types", _) => match &types {
            Types::Same => Outcome::Keep,
            Types::Changed(map) if map.is_empty() => Outcome::Drop,
            Types::Changed(map) => Outcome::Change(map.clone().into()),
        },
        (_, _) if kind.is_none() => Outcome::Keep,
        ("fields", Some(Node::Map(new))) => {
            merge_fields(old, new, homes.policies, 2, &place, report).map_or(Outcome::Keep, |map| Outcome::Change(map.into()))
        }
        ("fields", None) => Outcome::Drop,
        ("subresources", Some(Node::Map(new))) => below(old, new, policy::subresource, &place, report),
        ("metadata", Some(Node::Map(_)) | None) if !old.value.entries().is_empty() => metadata(old, new),
        ("metadata", new) => by_policy(old, new, Says::Source),
        (key, new) => by_policy(old, new, (homes.policies.kind)(key)),
    });
    match merged {
        None => Merged::Same,
        Some(tree) if tree.is_empty() => Merged::Gone,
        Some(tree) => Merged::Tree(tree),
    }
}

/// How metadata is written: people may say more about it than the source.
fn metadata(old: &Old, new: Option<&Node>) -> Outcome {
    let new = if let Some(Node::Map(new)) = new { new.clone() } else { Map::new() };
    match line(old, &new, policy::metadata) {
        Some(map) if map.is_empty() => Outcome::Drop,
        map => changed(map),
    }
}

/// `group.yaml`.
pub(super) fn merge_group(old: Option<&[Old]>, new: &Map) -> Merged {
    let Some(olds) = old else { return Merged::Tree(new.clone()) };
    let merged = overlay(olds, new, 0, |old, new| match (old.key.as_str(), new) {
        ("versions", Some(Node::Map(new))) => below(old, new, policy::version, "", &mut Report::default()),
        (_, new) => by_policy(old, new, Says::SourceFirst),
    });
    merged.map_or(Merged::Same, Merged::Tree)
}

fn changed(map: Option<Map>) -> Outcome {
    map.map_or(Outcome::Keep, |map| Outcome::Change(map.into()))
}

/// A mapping of lines over an old one: entries that the source does not have stay.
fn below(old: &Old, new: &Map, policy: fn(&str) -> Says, place: &str, report: &mut Report) -> Outcome {
    let children = old.children();
    let merged = overlay(&children, new, 2, |old, new| {
        if let Some(Node::Map(new)) = new {
            return changed(line(old, new, policy));
        }
        report.add("kept, though the source does not have it", format!("{place}/{}", old.key));
        Outcome::Keep
    });
    changed(merged)
}

/// The types of a file.
enum Types {
    Same,
    Changed(Map),
}

fn merge_types(old: Option<&Old>, path: &str, wanted: &[&Item], homes: &Homes<'_>, report: &mut Report) -> Types {
    let olds = old.map(Old::children).unwrap_or_default();
    let mut new = Map::new();
    for item in wanted {
        let entry = match homes.old.get(&item.name) {
            None => Entry::new(&item.name, item.tree.clone()),
            Some((_, old)) => {
                let (value, beside) = match merge_type(old, &item.tree, homes.policies, &item.name, report) {
                    Some(map) => (map.into(), old.beside.clone()),
                    None if old.column == 2 => (Node::Kept(old.kept(2)), String::new()),
                    None => (Node::json(&old.value.json()), old.beside.clone()),
                };
                Entry { above: old.above.clone(), key: item.name.clone(), value, beside }
            }
        };
        new.entries.push(entry);
    }
    let merged = overlay(&olds, &new, 2, |old, new| match new {
        Some(Node::Kept(_)) => Outcome::Keep,
        Some(value) => Outcome::Change(value.clone()),
        None if homes.moved(&old.key, path) => Outcome::Drop,
        None => {
            report.add("kept, though the source does not have it", &old.key);
            Outcome::Keep
        }
    });
    match merged {
        Some(map) => Types::Changed(map),
        None => Types::Same,
    }
}
