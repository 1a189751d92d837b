//! The facts format: an API as extracted from its Go sources, one JSON document of groups, types, fields and resources.

mod fields;
mod group;
mod kinds;
mod lifecycle;
mod names;
mod resources;
mod serving;
pub mod tags;
mod types;

use std::collections::BTreeMap;

use serde_json::Value;

use super::catalog::{Catalog, Group, Set};
use super::report::Report;
use super::write::{Map, Node};
use names::Names;
pub(super) use serving::{action, part};

/// Set of the machinery types, which every other set sees.
const META: &str = "meta";

/// Whether a JSON document is in the facts format.
pub fn is_facts(document: &Value) -> bool {
    let first = document.get("groups").and_then(Value::as_array).and_then(|groups| groups.first());
    first.is_some_and(|group| group.get("key").is_some() && group.get("types").is_some_and(Value::is_array))
}

/// What a facts document says. `set` names the set of its groups.
pub fn catalog(document: &Value, set: &str) -> Catalog {
    let packages: Vec<&Value> = document.get("groups").and_then(Value::as_array).map(|groups| groups.iter().collect()).unwrap_or_default();
    let names = Names::new(&packages);
    let mut report = Report::default();
    let mut own: BTreeMap<String, Group> = BTreeMap::new();
    let mut meta: BTreeMap<String, Group> = BTreeMap::new();
    for package in &packages {
        let groups = if Names::is_meta(text(package, "key")) { &mut meta } else { &mut own };
        group::add(package, &packages, &names, release(document), groups, &mut report);
    }
    let mut sets = Vec::new();
    for (name, groups) in [(META, meta), (set, own)] {
        if !groups.is_empty() {
            let groups = groups.into_values().map(group::finish).collect();
            sets.push(Set { name: name.to_owned(), tree: set_tree(name, document), groups });
        }
    }
    Catalog { sets, report, numbers: true, presence: true }
}

fn release(document: &Value) -> &str {
    text(document, "kubernetes")
}

fn set_tree(name: &str, document: &Value) -> Map {
    let mut tree = Map::new().with("set", Node::text(name));
    tree.push_text("release", release(document));
    tree
}

/// The text at a key; empty when there is none.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether the flag at a key is set.
fn is(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}

/// The items of the list at a key.
fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The texts of the list at a key.
fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    items(value, key).iter().filter_map(Value::as_str).collect()
}
