//! A type of a facts document to a type of a schema.

use serde_json::Value;

use super::fields::fields;
use super::names::{Found, Names};
use super::{is, items, text};
use crate::import::catalog::Item;
use crate::import::report::Report;
use crate::import::write::{Map, Node};

/// What becomes of a type.
pub(super) fn item(found: Found<'_>, names: &Names<'_>, report: &mut Report) -> Option<Item> {
    let place = || format!("{} {}", found.key, found.name);
    if names.is_special(found.key, found.name) {
        return None;
    }
    if found.value.get("enum").is_some() {
        return Some(Item { name: found.name.to_owned(), tree: enumeration(found.value), uses: Vec::new() });
    }
    if !is(found.value, "proto") {
        if text(found.value, "kind") == "struct" {
            report.add("a type without a protobuf message is left out", place());
        }
        return None;
    }
    if text(found.value, "type").starts_with("[]") {
        return None;
    }
    Some(message(found, names, report))
}

fn enumeration(value: &Value) -> Map {
    let values = items(value, "enum").iter().map(|one| one.get("value").unwrap_or(one));
    let values = values.map(|value| value.as_str().map_or_else(|| Node::json(value), Node::text)).collect();
    Map::new().with("enum", Node::List(values)).with("open", Node::flag(true))
}

fn message(found: Found<'_>, names: &Names<'_>, report: &mut Report) -> Item {
    let written = fields(found, names, None, report);
    let mut tree = type_facts(found.value);
    if !written.map.is_empty() {
        tree.push("fields", written.map);
    }
    Item { name: found.name.to_owned(), tree, uses: written.uses }
}

/// What holds for a message as a whole.
fn type_facts(value: &Value) -> Map {
    let mut tree = Map::new();
    tree.push_flag("atomic", text(value, "x-kubernetes-map-type") == "atomic");
    if let Some(unions) = value.get("x-kubernetes-unions") {
        tree.push("unions", Node::json(unions));
    }
    tree
}
