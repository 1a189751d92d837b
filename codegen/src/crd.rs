//! The kinds of a set as CustomResourceDefinitions, a file each.

mod yaml;

use std::collections::BTreeMap;

use kubewright_model::crd::manifest::Subject;
use kubewright_model::{Desc, Ref};
use serde_json::Value;

use crate::files::Files;
use crate::set::{Resource, Set};

/// The definitions of a set's own kinds, where it wants them.
pub fn manifests(files: &mut Files, set: &Set, sets: &[Set]) {
    if !set.crds {
        return;
    }
    let types = types(sets);
    for resource in &set.resources {
        if let (Some(kind), Some(definition)) = (resource.versions.get(resource.storage), definition(set, resource, &types)) {
            let path = format!("generated/{}/crds/{}.yaml", set.name, kind.group_resource());
            files.add(path, format!("{}{}", remarks(resource), yaml::document(&definition)));
        }
    }
}

/// The definition of a resource.
pub fn definition(set: &Set, resource: &Resource, types: &BTreeMap<String, &Desc>) -> Option<Value> {
    let find = |reference: &Ref| types.get(&reference.proto_name()).copied();
    let versions = resource.versions.iter().collect();
    Subject { versions, storage: resource.storage, release: &set.release, find: &find }.definition(&resource.manifest)
}

/// Every type of the sets by full protobuf name.
pub fn types(sets: &[Set]) -> BTreeMap<String, &Desc> {
    let versions = sets.iter().flat_map(|set| &set.groups).flat_map(|group| &group.versions);
    versions.flat_map(|version| &version.types).map(|def| (def.desc.proto_name(), &def.desc)).collect()
}

/// What a reader must know that the definition cannot say.
fn remarks(resource: &Resource) -> String {
    let mut text = "# Made by `cargo xtask gen`; do not edit.\n".to_owned();
    if resource.manifest.conversion.is_null() && resource.conversions.iter().any(|lenses| !lenses.is_empty()) {
        text.push_str("# Its versions convert by rules that a definition cannot state: on a cluster they need a conversion webhook.\n");
    }
    text
}
