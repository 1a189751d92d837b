//! A top-level type of a facts document to the file of a kind.

use serde_json::Value;

use super::fields::{fields, metadata};
use super::lifecycle::Lifecycle;
use super::names::{Found, Names};
use super::resources::{self, Resource};
use super::{is, items, text, types};
use crate::import::catalog::Item;
use crate::import::report::Report;
use crate::import::write::{Map, Node};

/// The top-level types of a package that are kinds of their own. Lists of resources come by themselves.
pub(super) fn kinds<'a>(package: &'a Value, names: &Names<'a>, resources: &[Resource<'a>]) -> Vec<Found<'a>> {
    let key = text(package, "key");
    let top = items(package, "types").iter().filter(|one| is(one, "topLevel") && one.get("fields").is_some());
    let found = top.filter_map(|one| names.get(key, text(one, "name")));
    found.filter(|found| !is_implied_list(found.value, resources)).collect()
}

fn is_implied_list(value: &Value, resources: &[Resource<'_>]) -> bool {
    let items_of = items(value, "fields").iter().find(|field| text(field, "json") == "items").map(|field| text(field, "type"));
    items_of.and_then(|ty| ty.strip_prefix("[]")).is_some_and(|item| {
        text(value, "name") == format!("{item}List") && resources.iter().any(|resource| resource.kind == item && resource.lists())
    })
}

/// The file of a kind.
pub(super) fn kind(found: Found<'_>, names: &Names<'_>, resource: Option<&Resource<'_>>, version: &Lifecycle, report: &mut Report) -> Item {
    let mut tree = Map::new().with("kind", Node::text(found.name));
    match resource {
        Some(resource) => resources::head(resource, &mut tree),
        None => tree.push("resource", Node::flag(false)),
    }
    Lifecycle::of(found.value).write_difference(version, &mut tree);
    let object = items(found.value, "fields").iter().find(|field| is_object_meta(field));
    match object {
        None => tree.push("metadata", Node::flag(false)),
        Some(field) => {
            if let Some(metadata) = metadata(field, found, report) {
                tree.push("metadata", metadata);
            }
        }
    }
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

fn is_object_meta(field: &Value) -> bool {
    text(field, "json") == "metadata" && text(field, "type").rsplit('.').next() == Some("ObjectMeta")
}
