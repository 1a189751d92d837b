//! The definitions of a document to the kinds and types of versions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::enums::Enums;
use super::fields::Fields;
use super::keywords::{properties, required};
use super::packages::{Package, Packages};
use super::resources::{Gvk, Resource};
use super::{Wish, describe};
use crate::import::catalog::{Group, Item, Version};
use crate::import::idl::Idl;
use crate::import::report::Report;
use crate::import::version_order;
use crate::import::write::{Map, Node};

/// Properties that every kind has.
const OBJECT: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// The groups of a document.
pub(super) fn groups(
    document: &Value,
    packages: &Packages,
    resources: &[Resource],
    idl: &Idl,
    wish: Wish<'_>,
    report: &mut Report,
) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    let count = packages.own().map(|package| &package.group).collect::<std::collections::BTreeSet<_>>().len();
    for package in packages.own() {
        let version = version(document, package, packages, resources, idl, wish, report);
        let directory = if count == 1 { String::new() } else { package.directory.clone() };
        let group = groups.entry(&package.group).or_insert_with(|| Group { directory, name: package.group.clone(), versions: Vec::new() });
        group.versions.push(version);
    }
    groups.into_values().map(finish).collect()
}

fn finish(mut group: Group) -> Group {
    group.versions.sort_by(|a, b| version_order(&a.name, &b.name));
    if let Some(first) = group.versions.first_mut() {
        let mut tree = Map::new().with("storage", Node::flag(true)).with("hub", Node::flag(true));
        tree.entries.append(&mut first.tree.entries);
        first.tree = tree;
    }
    group
}

fn version(
    document: &Value,
    package: &Package,
    packages: &Packages,
    resources: &[Resource],
    idl: &Idl,
    wish: Wish<'_>,
    report: &mut Report,
) -> Version {
    let all = document.get("definitions").and_then(Value::as_object);
    let definitions: Vec<(&str, &Value)> = all
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| Some((name.strip_prefix(&package.prefix)?.strip_prefix('.')?, value)))
        .filter(|(name, _)| !name.contains('.'))
        .collect();
    let taken = definitions.iter().filter(|(_, definition)| is_message(definition)).map(|(name, _)| *name).collect();
    let mut fields =
        Fields { packages, package, idl, wish, taken, enums: Enums::default(), unnamed: Vec::new(), report: Report::default() };
    let own: Vec<&Resource> =
        resources.iter().filter(|resource| resource.gvk.group == package.group && resource.gvk.version == package.version).collect();
    let known = |gvk: &Gvk| {
        let found = packages.kind(gvk).is_some();
        found && all.into_iter().flatten().any(|(_, value)| Gvk::only(value).as_ref() == Some(gvk))
    };
    let (mut kinds, mut types) = (Vec::new(), Vec::new());
    for (name, definition) in &definitions {
        let place = format!("{}/{} {name}", package.group, package.version);
        if packages.refer(&format!("{}.{name}", package.prefix), package).is_some_and(|(_, own)| !own) {
            continue;
        }
        if is_implied_list(name, definition, &own) {
            continue;
        }
        let resource = own.iter().find(|resource| resource.gvk.kind == *name).copied();
        let stated = Gvk::only(definition).is_some_and(|gvk| gvk.kind == *name && gvk.group == package.group);
        if resource.is_some() || stated {
            kinds.push(kind(name, definition, resource, &mut fields, &known));
        } else if !is_message(definition) {
            report.add("a definition that is no object is left out", place);
        } else {
            types.push(message(name, definition, &mut fields));
        }
    }
    types.append(&mut fields.unnamed);
    types.extend(std::mem::take(&mut fields.enums).into_items());
    report.append(fields.report);
    Version { name: package.version.clone(), tree: version_tree(package), kinds, types }
}

fn version_tree(package: &Package) -> Map {
    let mut tree = Map::new();
    if let Some(proto) = package.proto.as_deref().filter(|proto| *proto != package.implied()) {
        tree.push_text("proto", proto);
    }
    if package.prefix != package.implied() {
        tree.push_text("openapi", &package.prefix);
    }
    tree
}

/// Whether a definition is an object.
fn is_message(definition: &Value) -> bool {
    definition.get("properties").is_some() || definition.get("type").is_some_and(|ty| ty == "object")
}

/// The list of a resource comes by itself.
fn is_implied_list(name: &str, definition: &Value, resources: &[&Resource]) -> bool {
    let listed = name.strip_suffix("List").filter(|_| definition.pointer("/properties/items").is_some());
    listed.is_some_and(|kind| resources.iter().any(|resource| resource.gvk.kind == kind && resource.lists()))
}

fn kind(name: &str, definition: &Value, resource: Option<&Resource>, fields: &mut Fields<'_>, known: &dyn Fn(&Gvk) -> bool) -> Item {
    let mut tree = Map::new().with("kind", Node::text(name));
    match resource {
        Some(resource) => resource.head(&mut tree),
        None => tree.push("resource", Node::flag(false)),
    }
    if fields.wish.descriptions {
        tree.push_text("doc", describe::text(definition));
    }
    let metadata = properties(definition).into_iter().find(|(name, _)| *name == "metadata");
    let object =
        metadata.is_some_and(|(_, schema)| schema.get("$ref").and_then(Value::as_str).is_some_and(|name| name.ends_with(".ObjectMeta")));
    if !object {
        tree.push("metadata", Node::flag(false));
    } else if required(definition).contains(&"metadata") {
        tree.push("metadata", Map::new().with("required", Node::flag(true)));
    }
    if let Some(resource) = resource {
        let below = resource.below(fields.packages, known, &mut fields.report);
        if !below.is_empty() {
            tree.push("subresources", below);
        }
    }
    let implied = if object { &OBJECT[..] } else { &OBJECT[..2] };
    let written = fields.message(name, definition, implied, if object { 2 } else { 1 });
    if !written.fields.is_empty() {
        tree.push("fields", written.fields);
    }
    Item { name: name.to_owned(), tree, uses: written.uses }
}

fn message(name: &str, definition: &Value, fields: &mut Fields<'_>) -> Item {
    let mut tree = Map::new();
    if fields.wish.descriptions {
        tree.push_text("doc", describe::text(definition));
    }
    tree.push_flag("atomic", definition.get("x-kubernetes-map-type").is_some_and(|kind| kind == "atomic"));
    if let Some(unions) = definition.get("x-kubernetes-unions") {
        tree.push("unions", Node::json(unions));
    }
    let written = fields.message(name, definition, &[], 1);
    if !written.fields.is_empty() {
        tree.push("fields", written.fields);
    }
    Item { name: name.to_owned(), tree, uses: written.uses }
}
