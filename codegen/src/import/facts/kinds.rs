//! A top-level type of a facts document to the file of a kind.

use serde_json::Value;

use super::fields::{fields, metadata};
use super::lifecycle::Lifecycle;
use super::names::{Found, Names};
use super::resources::{self, Resource};
use super::{is, items, text, types};
use crate::import::catalog::Item;
use crate::import::report::Report;
use crate::import::write::{Entry, Map, Node};

/// The top-level types of a package that are kinds of their own. Lists of kinds come by themselves.
pub(super) fn kinds<'a>(package: &'a Value, names: &Names<'a>) -> Vec<Found<'a>> {
    let key = text(package, "key");
    let all = items(package, "types").iter().filter_map(|one| names.get(key, text(one, "name")));
    all.filter(|found| is_top(*found, names) && listed(*found, names).is_none()).collect()
}

/// A type that carries its kind and version, or is defined as one that does.
fn is_top(found: Found<'_>, names: &Names<'_>) -> bool {
    let defined_as = || names.find(text(found.value, "type"), found.key).is_some_and(|meant| is(meant.value, "topLevel"));
    is(found.value, "topLevel") && found.value.get("fields").is_some() || is(found.value, "proto") && defined_as()
}

/// The kind that a type is the list of, where the list comes by itself.
fn listed<'a>(found: Found<'a>, names: &Names<'a>) -> Option<Found<'a>> {
    let list = items(found.value, "fields").iter().find(|field| text(field, "json") == "items")?;
    let kind = names.find(text(list, "type").strip_prefix("[]")?, found.key)?;
    let fits = found.name.strip_suffix("List") == Some(kind.name) && found.key == kind.key;
    (fits && !Names::is_meta(found.key) && object_meta(kind.value).is_some()).then_some(kind)
}

/// The file of a kind.
pub(super) fn kind(found: Found<'_>, names: &Names<'_>, resource: Option<&Resource<'_>>, version: &Lifecycle, report: &mut Report) -> Item {
    let mut tree = Map::new().with("kind", Node::text(found.name));
    if let Some(resource) = resource {
        resources::head(resource, &mut tree);
    } else {
        tree.push("resource", Node::flag(false));
        let list = format!("{}List", found.name);
        if names.get(found.key, &list).and_then(|list| listed(list, names)).is_some() {
            tree.push("listKind", Node::text(list));
        }
    }
    Lifecycle::of(found.value).write_difference(version, &mut tree);
    let object = object_meta(found.value);
    let metadata = object.map_or(Some(Node::flag(false)), |field| metadata(field, found, report).map(Node::Map));
    tree.entries.extend(metadata.map(|metadata| Entry::new("metadata", metadata)));
    if let Some(resource) = resource {
        resources::below(resource, names, &mut tree, report);
    }
    tree.entries.extend(types::rules(found, report).0.entries);
    let written = fields(found, names, object.map(|_| "metadata"), report);
    if !written.map.is_empty() {
        tree.push("fields", written.map);
    }
    Item { name: found.name.to_owned(), tree, uses: written.uses }
}

/// The metadata of an object.
fn object_meta(value: &Value) -> Option<&Value> {
    let is_it = |field: &&Value| text(field, "json") == "metadata" && text(field, "type").rsplit('.').next() == Some("ObjectMeta");
    items(value, "fields").iter().find(is_it)
}
