//! A type of a facts document to a type of a schema.

use serde_json::Value;

use super::fields::fields;
use super::names::{Found, Names};
use super::{is, items, tags, text, texts};
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
        return Some(Item { name: found.name.to_owned(), tree: enumeration(found, report), uses: Vec::new() });
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

fn enumeration(found: Found<'_>, report: &mut Report) -> Map {
    let (rules, closed) = rules(found, report);
    let values = items(found.value, "enum").iter().map(|one| one.get("value").unwrap_or(one));
    let values = values.map(|value| value.as_str().map_or_else(|| Node::json(value), Node::text)).collect();
    let mut tree = Map::new().with("enum", Node::List(values));
    tree.push_flag("open", !closed);
    tree.entries.extend(rules.entries);
    tree
}

/// The `rules` of a type, where there are any, and whether its values are all that is allowed.
pub(super) fn rules(found: Found<'_>, report: &mut Report) -> (Map, bool) {
    match tags::type_rules(&texts(found.value, "markers")) {
        Ok(tags) => {
            let mut map = Map::new();
            if !tags.rules.is_empty() {
                map.push("rules", Node::List(tags.rules.into_iter().map(Node::Map).collect()));
            }
            (map, tags.closed)
        }
        Err(tag) => {
            report.add("a validation tag cannot be expressed", format!("{} {}: {tag}", found.key, found.name));
            (Map::new(), false)
        }
    }
}

fn message(found: Found<'_>, names: &Names<'_>, report: &mut Report) -> Item {
    let written = fields(found, names, None, report);
    let mut tree = type_facts(found.value);
    tree.entries.extend(rules(found, report).0.entries);
    if !written.map.is_empty() {
        tree.push("fields", written.map);
    }
    Item { name: found.name.to_owned(), tree, uses: written.uses }
}

/// What holds for a message as a whole.
fn type_facts(value: &Value) -> Map {
    let mut tree = Map::new();
    // The only messages with JSON of their own that are not special types.
    tree.push_flag("either", texts(value, "customMethods").contains(&"MarshalJSON"));
    tree.push_flag("atomic", text(value, "x-kubernetes-map-type") == "atomic");
    if let Some(unions) = value.get("x-kubernetes-unions") {
        tree.push("unions", Node::json(unions));
    }
    tree
}
