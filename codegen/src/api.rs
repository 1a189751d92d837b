//! A set as the document builders see it: its own types and resources, what it uses of other sets, and what both refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use kubewright_model::api::{GroupVersion, Resource};
use kubewright_model::{Api, Desc, Field, Kind, Ref, Shared, Special, Subresource};

use crate::rust::layout::META;
use crate::set::{self, Set};

/// What the server of a set serves. Types of the meta set are all there; those of used sets where something refers to them.
pub fn of_set(set: &Set, sets: &[Set]) -> Api {
    let all = every_type(sets);
    let mut api = Api { title: set.title.clone().into(), version: set.release.clone().into(), facts: set.facts.clone(), ..Api::default() };
    for group in &set.groups {
        for version in &group.versions {
            let mut kinds = set.resources.iter().flat_map(|resource| &resource.versions);
            let resources = kinds.any(|kind| kind.group == group.group && kind.version == version.version);
            api.versions.push(group_version(&group.group, version, resources));
        }
    }
    api.resources.extend(set.resources.iter().map(resource));
    for used in used(set, sets) {
        api.resources.push(resource(used));
    }
    add_used_versions(&mut api, set, sets);
    let own = set.groups.iter().chain(sets.iter().filter(|other| other.name == META).flat_map(|meta| &meta.groups));
    let own: Vec<String> =
        own.flat_map(|group| &group.versions).flat_map(|version| &version.types).map(|def| def.desc.proto_name()).collect();
    let served: Vec<String> = api.resources.iter().flat_map(|resource| &resource.versions).flat_map(|kind| kind_types(kind)).collect();
    for name in own.into_iter().chain(served) {
        add(&mut api, &all, &name);
    }
    api
}

/// The resources that a set takes from others, in the order of its `use`.
pub fn used<'a>(set: &'a Set, sets: &'a [Set]) -> impl Iterator<Item = &'a set::Resource> {
    set.uses.iter().flat_map(move |used| {
        let other = sets.iter().find(|other| other.name == used.set);
        used.resources.iter().filter_map(move |at| other?.resources.get(*at))
    })
}

fn add_used_versions(api: &mut Api, set: &Set, sets: &[Set]) {
    for used in &set.uses {
        let Some(other) = sets.iter().find(|other| other.name == used.set) else { continue };
        let kinds: Vec<&Kind> =
            used.resources.iter().filter_map(|at| other.resources.get(*at)).flat_map(|resource| &resource.versions).collect();
        for group in &other.groups {
            for version in &group.versions {
                if kinds.iter().any(|kind| kind.group == group.group && kind.version == version.version) {
                    api.versions.push(group_version(&group.group, version, true));
                }
            }
        }
    }
}

fn every_type(sets: &[Set]) -> BTreeMap<String, &Desc> {
    let versions = sets.iter().flat_map(|set| &set.groups).flat_map(|group| &group.versions);
    versions.flat_map(|version| &version.types).map(|def| (def.desc.proto_name(), &def.desc)).collect()
}

fn group_version(group: &str, version: &set::Version, resources: bool) -> GroupVersion {
    GroupVersion {
        group: group.to_owned().into(),
        version: version.version.clone().into(),
        package: version.package.clone().into(),
        openapi: version.openapi.clone().into(),
        resources,
    }
}

fn resource(resource: &set::Resource) -> Resource {
    Resource {
        key: resource.key.clone().into(),
        hub: resource.hub,
        storage: resource.storage,
        versions: resource.versions.iter().map(|kind| Shared::Made(Arc::new(kind.clone()))).collect(),
    }
}

fn kind_types(kind: &Kind) -> Vec<String> {
    let spoken = kind.subresources.iter().flat_map(Subresource::spoken).map(|speaks| speaks.ty.proto_name());
    [kind.ty.proto_name(), kind.list_ty.proto_name()].into_iter().chain(spoken).collect()
}

/// Adds a type and all that it refers to.
fn add(api: &mut Api, all: &BTreeMap<String, &Desc>, name: &str) {
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        if api.types.contains_key(&name) {
            continue;
        }
        let desc = match (all.get(&name), Special::named(&name)) {
            (_, Some(special)) => special.desc(),
            (Some(desc), None) => (*desc).clone(),
            (None, None) => continue,
        };
        open.extend(desc.fields.iter().filter_map(Field::element).map(Ref::proto_name));
        api.types.insert(name, Arc::new(desc));
    }
}
