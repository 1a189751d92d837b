//! The definitions of one group: its versions, and in each the kinds and the types that they share.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use kubewright_model::Special;
use kubewright_model::crd::types::Body;
use kubewright_model::crd::{Definition, Types};

use super::kinds::{self, Seen};
use super::{fields, remarks};
use crate::import::catalog::{Group, Item, Version};
use crate::import::report::Report;
use crate::import::version_order;
use crate::import::write::Map;

/// Names that types do not take: those of the language, and those that Rust code reads easily for something else.
const TAKEN: [&str; 17] = [
    "Self",
    "String",
    "Option",
    "Vec",
    "Box",
    "Kind",
    "Field",
    "Desc",
    "Column",
    "Result",
    "Default",
    "Clone",
    "Some",
    "None",
    "ObjectMeta",
    "ListMeta",
    "Type",
];

/// The directory of a group: its first label, or as many as tell it from the other groups. None when it is the only one.
pub(super) fn directory(name: &str, groups: &[&str]) -> String {
    if groups.len() < 2 {
        return String::new();
    }
    let labels = |name: &str, count: usize| name.split('.').take(count).collect::<Vec<_>>().join("-");
    let alone = |count: &usize| groups.iter().filter(|other| labels(other, *count) == labels(name, *count)).count() == 1;
    labels(name, (1..=name.split('.').count()).find(alone).unwrap_or(usize::MAX))
}

/// A group with its kinds.
pub(super) fn group(definitions: &[&Definition], directory: &str, type_meta: &[(String, String)], report: &mut Report) -> Group {
    let mut names: Vec<&str> = Vec::new();
    for version in definitions.iter().flat_map(|definition| &definition.versions) {
        if !names.contains(&version.name.as_str()) {
            names.push(&version.name);
        }
    }
    names.sort_by(|a, b| version_order(a, b));
    let main = main_version(definitions, &names);
    let versions = names.iter().map(|name| {
        let mut tree = Map::new();
        if names.len() > 1 && *name == main {
            tree.push_flag("storage", true);
            tree.push_flag("hub", true);
        }
        let here = Here { names: &names, main, type_meta };
        version(definitions, name, tree, &here, report)
    });
    let versions = versions.collect();
    Group {
        directory: directory.to_owned(),
        name: definitions.first().map(|definition| definition.group.clone()).unwrap_or_default(),
        versions,
    }
}

/// What holds around a kind.
pub(super) struct Here<'a> {
    /// Versions of the group, most preferred first.
    pub(super) names: &'a [&'a str],
    /// The one that kinds are stored in unless they say otherwise.
    pub(super) main: &'a str,
    /// What the set says of `kind` and `apiVersion`.
    pub(super) type_meta: &'a [(String, String)],
}

/// The version that most kinds are stored in.
fn main_version<'a>(definitions: &[&Definition], names: &[&'a str]) -> &'a str {
    let stored = |name: &str| definitions.iter().filter(|definition| definition.versions[definition.storage()].name == name).count();
    names.iter().enumerate().min_by_key(|(at, name)| (Reverse(stored(name)), *at)).map(|(_, name)| *name).unwrap_or_default()
}

fn version(definitions: &[&Definition], name: &str, tree: Map, here: &Here<'_>, report: &mut Report) -> Version {
    let mut types = Types::default();
    let mut seen: Vec<(Seen<'_>, Body)> = Vec::new();
    for definition in definitions {
        if let Some(at) = definition.versions.iter().position(|version| version.name == name) {
            let seen_here = Seen { definition, at, version: &definition.versions[at] };
            let body = types.root(&definition.kind, &seen_here.version.schema);
            seen.push((seen_here, body));
        }
    }
    let taken = taken(definitions);
    let named = types.finish("types", &taken, &mut seen.iter_mut().map(|(_, body)| body).collect::<Vec<_>>());
    let kinds = seen.iter().map(|(seen, body)| {
        let place = format!("{}/{name} {}", seen.definition.group, seen.definition.kind);
        kinds::item(seen, body, here, &place, report)
    });
    let kinds = kinds.collect();
    let types = named.iter().map(|ty| {
        remarks::message(&ty.desc, &format!("{name} {}", ty.desc.name), report);
        Item { name: ty.desc.name.clone().into_owned(), tree: fields::message(&ty.desc), uses: fields::uses(&*ty.desc.fields) }
    });
    Version { name: name.to_owned(), tree, kinds, types: types.collect() }
}

fn taken(definitions: &[&Definition]) -> BTreeSet<String> {
    let own = definitions.iter().flat_map(|definition| [definition.kind.clone(), kinds::list_kind(definition)]);
    let special = Special::ALL.into_iter().map(|special| special.name().to_owned());
    own.chain(special).chain(TAKEN.map(str::to_owned)).collect()
}
