//! A catalog over the schema files that are there: what people wrote stays, what is on the wire comes from the source, and a source that says
//! nothing new changes nothing.

mod adopt;
mod entries;
mod file;
mod policy;
mod types;

use std::collections::{BTreeMap, HashMap};

use super::arrange::{self, Arranged};
use super::catalog::{Catalog, Group, Item, Set, Version};
use super::existing::{self, File, Old};
use super::language::{self, keep_known};
use super::report::Report;
use super::write::{Map, Node, schema_file};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;
use file::{Merged, merge_file};
use policy::Policies;

/// File of the types that several kinds share.
const TYPES: &str = "types.yaml";

/// Files to write, by path below `schemas/`; `None` for a file that has nothing left to say.
pub type Changes = BTreeMap<String, Option<String>>;

/// Lays a catalog over existing files.
pub fn merge(catalog: &Catalog, sources: &Sources) -> Result<(Changes, Report), Diagnostics> {
    let mut merger = Merger { changes: Changes::new(), report: catalog.report.clone() };
    for set in catalog.sets.iter().filter(|set| is_name(&set.name)) {
        let files = existing::files(sources, &set.name)?;
        merger.set(catalog, set, &files);
    }
    Ok((merger.changes, merger.report))
}

struct Merger {
    changes: Changes,
    report: Report,
}

impl Merger {
    fn set(&mut self, catalog: &Catalog, set: &Set, files: &[File]) {
        let path = format!("{}/set.yaml", set.name);
        if !files.iter().any(|file| file.path == path) {
            self.changes.insert(path, Some(schema_file(1, &set.tree)));
        }
        for group in set.groups.iter().filter(|group| group.directory.is_empty() || is_name(&group.directory)) {
            let directory = if group.directory.is_empty() { set.name.clone() } else { format!("{}/{}", set.name, group.directory) };
            self.group(group, &directory, files);
            for version in group.versions.iter().filter(|version| is_name(&version.name)) {
                let below = format!("{directory}/{}/", version.name);
                let files: Vec<&File> = files.iter().filter(|file| file.path.starts_with(&below)).collect();
                let mut version = version.clone();
                adopt::adopt(&mut version, catalog, &files);
                self.version(version, Policies::of(catalog), &below, &files);
            }
        }
    }

    fn group(&mut self, group: &Group, directory: &str, files: &[File]) {
        let path = format!("{directory}/group.yaml");
        let mut versions: Map = Map::new();
        group.versions.iter().for_each(|version| versions.push(&version.name, version.tree.clone()));
        let mut tree = Map::new().with("group", Node::text(&group.name)).with("versions", versions);
        keep_known(&mut tree, language::File::Group, &group.name, &mut self.report);
        let old = files.iter().find(|file| file.path == path).map(|file| file.entries.as_slice());
        let merged = file::merge_group(old, &tree);
        self.write(path, &merged);
    }

    fn version(&mut self, mut version: Version, policies: Policies, below: &str, files: &[&File]) {
        for item in version.kinds.extract_if(.., |item| !is_name(&item.name)).collect::<Vec<_>>() {
            self.report.add("left out, since it is no name of a kind", item.name);
        }
        let place = |item: &Item| format!("{} {}", below.trim_end_matches('/'), item.name);
        for kind in &mut version.kinds {
            let place = place(kind);
            keep_known(&mut kind.tree, language::File::Kind, &place, &mut self.report);
        }
        for item in &mut version.types {
            let mut tree = Map::new().with("types", Map::new().with(&item.name, std::mem::take(&mut item.tree)));
            keep_known(&mut tree, language::File::Types, below.trim_end_matches('/'), &mut self.report);
            item.tree = types::only(tree);
        }
        let homes = homes(&version, policies, below, files);
        for path in homes.paths(files) {
            let old = files.iter().find(|file| file.path == path).copied();
            let kind = homes
                .kinds
                .iter()
                .find(|(_, home)| **home == path)
                .and_then(|(name, _)| version.kinds.iter().find(|kind| kind.name == *name));
            let types = homes.types_of(&path);
            let merged = merge_file(old, kind, &types, &homes, &mut self.report);
            self.write(path, &merged);
        }
    }

    fn write(&mut self, path: String, merged: &Merged) {
        let depth = path.matches('/').count();
        match merged {
            Merged::Same => {}
            Merged::Gone => {
                self.changes.insert(path, None);
            }
            Merged::Tree(tree) => {
                self.changes.insert(path, Some(schema_file(depth, tree)));
            }
        }
    }
}

/// Where kinds and types belong.
#[derive(Debug)]
struct Homes<'a> {
    /// Files of kinds.
    kinds: BTreeMap<&'a str, String>,
    /// Types of the source by file, in the order of writing.
    types: Vec<(String, &'a Item)>,
    /// What people wrote about types, wherever it stands.
    old: HashMap<String, (String, Old)>,
    /// Whose word counts.
    policies: Policies,
}

impl<'a> Homes<'a> {
    fn paths(&self, files: &[&File]) -> Vec<String> {
        let mut paths: Vec<String> = self.kinds.values().cloned().collect();
        paths.extend(self.types.iter().map(|(path, _)| path.clone()));
        paths.extend(files.iter().filter(|file| file.get("types").is_some()).map(|file| file.path.clone()));
        paths.sort();
        paths.dedup();
        paths
    }

    fn types_of(&self, path: &str) -> Vec<&'a Item> {
        self.types.iter().filter(|(home, _)| home == path).map(|(_, item)| *item).collect()
    }

    /// Whether a type that stands in a file belongs to another one.
    fn moved(&self, name: &str, path: &str) -> bool {
        self.types.iter().any(|(home, item)| item.name == name && home != path)
    }
}

fn homes<'a>(version: &'a Version, policies: Policies, below: &str, files: &[&File]) -> Homes<'a> {
    let shared = format!("{below}{TYPES}");
    let old_kind =
        |name: &str| files.iter().find(|file| file.get("kind").is_some_and(|kind| kind.value.json() == name)).map(|file| file.path.clone());
    let kinds: BTreeMap<&str, String> = version
        .kinds
        .iter()
        .map(|kind| (kind.name.as_str(), old_kind(&kind.name).unwrap_or_else(|| format!("{below}{}", arrange::file_name(&kind.name)))))
        .collect();
    let mut old: HashMap<String, (String, Old)> = HashMap::new();
    for file in files {
        for one in file.get("types").map(Old::children).unwrap_or_default() {
            old.insert(one.key.clone(), (file.path.clone(), one));
        }
    }
    let Arranged { own, shared: common } = arrange::arrange(version);
    let placed = own.into_iter().flat_map(|(kind, items)| items.into_iter().map(|item| (kinds[kind].clone(), item)).collect::<Vec<_>>());
    let wanted = placed.chain(common.into_iter().map(|item| (shared.clone(), item)));
    let types = wanted.map(|(home, item)| (settled(home, old.get(&item.name).map(|(path, _)| path.as_str()), &shared), item)).collect();
    Homes { kinds, types, old, policies }
}

/// Whether a name can be that of a file or directory; what cannot be is no name of a group, version or kind either.
fn is_name(name: &str) -> bool {
    name.len() < 256
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Types stay where people put them, unless several kinds have come to need a type that stands with one.
fn settled(wanted: String, stands: Option<&str>, shared: &str) -> String {
    match stands {
        Some(path) if path == shared => path.to_owned(),
        _ => wanted,
    }
}
