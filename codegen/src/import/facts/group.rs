//! The packages of a facts document to groups with their versions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::kinds;
use super::lifecycle::Lifecycle;
use super::names::Names;
use super::resources;
use super::types;
use super::{is, items, text, texts};
use crate::import::catalog::{Group, Item, Version};
use crate::import::report::Report;
use crate::import::version_order;
use crate::import::write::{Entry, Map, Node};

/// Adds a package to the group it belongs to.
pub(super) fn add<'a>(
    package: &'a Value,
    packages: &[&'a Value],
    names: &Names<'a>,
    release: &str,
    groups: &mut BTreeMap<String, Group>,
    report: &mut Report,
) {
    let key = text(package, "key");
    let Some((_, version)) = key.rsplit_once('/') else {
        return support(package, names, report);
    };
    let directory = names.directory(key);
    let resources = resources::of(package, packages, release);
    let top = kinds::kinds(package, names);
    let life = Lifecycle::common(top.iter().map(|found| found.value));
    let kinds: Vec<Item> = top
        .iter()
        .map(|found| {
            let resource = resources.iter().find(|resource| resource.kind == found.name);
            kinds::kind(*found, names, resource, &life, report)
        })
        .collect();
    let is_other = |one: &&Value| !is(one, "topLevel") && top.iter().all(|found| found.name != text(one, "name"));
    let others = items(package, "types").iter().filter(is_other);
    let types = others.filter_map(|one| types::item(names.get(key, text(one, "name"))?, names, report)).collect();
    let mut tree = Map::new();
    life.write(&mut tree);
    tree.push_text("proto", text(package, "protoPackage"));
    tree.push_text("openapi", text(package, "openapiPrefix"));
    let name = group_name(package);
    let group = groups.entry(directory.clone()).or_insert_with(|| Group { directory, name, versions: Vec::new() });
    group.versions.push(Version { name: version.to_owned(), tree, kinds, types });
}

/// The name of a package's group, which its marker states too.
fn group_name(package: &Value) -> String {
    let marked = || texts(package, "packageMarkers").into_iter().find_map(|marker| marker.strip_prefix("+groupName="));
    package.get("group").and_then(Value::as_str).or_else(marked).unwrap_or_default().to_owned()
}

/// Puts the versions of a group in order. The most preferred one is hub and storage until somebody decides otherwise.
pub(super) fn finish(mut group: Group) -> Group {
    group.versions.sort_by(|a, b| version_order(&a.name, &b.name));
    if let Some(first) = group.versions.first_mut() {
        let at = first.tree.entries.iter().position(|entry| entry.key == "proto").unwrap_or(first.tree.entries.len());
        for key in ["hub", "storage"] {
            first.tree.entries.insert(at, Entry::new(key, Node::flag(true)));
        }
    }
    group
}

/// Packages without a version hold what the language knows by itself; what else they hold is left out.
fn support(package: &Value, names: &Names<'_>, report: &mut Report) {
    let key = text(package, "key");
    for one in items(package, "types").iter().filter(|one| text(one, "kind") == "struct") {
        if !names.is_special(key, text(one, "name")) {
            report.add("a type of a package without a version is left out", format!("{key} {}", text(one, "name")));
        }
    }
}
