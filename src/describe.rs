//! What a program serves, as the document builders see it: the registry's kinds that are switched on, and every type they refer to.

use std::collections::BTreeSet;

use kubewright_model::api::{GroupVersion, Resource};
use kubewright_model::{Api, Desc, Kind, Ref, Shared};

use crate::registry::Registry;

/// The API of the kinds that `serves` approves. Group-versions are complete, whatever is switched off: `DeleteOptions` and `WatchEvent` are
/// registered in all of them. Title and version are the caller's to set.
pub fn api(registry: &Registry, serves: impl Fn(&Kind) -> bool) -> Api {
    let mut api = Api::default();
    for resource in &registry.resources {
        let versions: Vec<Shared<Kind>> = resource.versions.iter().map(|version| version.kind.clone()).collect();
        api.resources.push(Resource { key: resource.key.clone(), hub: resource.hub, storage: resource.storage, versions });
    }
    api.versions = group_versions(&api);
    api.retain(serves);
    for desc in machinery() {
        api.add_type(desc);
    }
    for kind in api.resources.clone().iter().flat_map(|resource| &resource.versions) {
        for desc in types(kind).filter_map(Ref::desc) {
            api.add_type(desc);
        }
    }
    api
}

/// The types that operations of a kind name.
fn types(kind: &Kind) -> impl Iterator<Item = &Ref> {
    let spoken = kind.subresources.iter().filter_map(|sub| sub.speaks.as_ref()).map(|speaks| &speaks.ty);
    [&kind.ty, &kind.list_ty].into_iter().chain(spoken)
}

/// Every group-version once, in the order of the kinds.
fn group_versions(api: &Api) -> Vec<GroupVersion> {
    let mut seen = BTreeSet::new();
    let kinds = api.resources.iter().flat_map(|resource| &resource.versions);
    let fresh = kinds.filter(|kind| seen.insert((kind.group.clone(), kind.version.clone())));
    fresh.map(|kind| group_version(kind)).collect()
}

fn group_version(kind: &Kind) -> GroupVersion {
    let (package, openapi) = kind.ty.desc().map(|desc| (desc.package.clone(), desc.openapi.clone())).unwrap_or_default();
    GroupVersion { group: kind.group.clone(), version: kind.version.clone(), package, openapi }
}

/// The shared types that every API refers to.
fn machinery() -> [&'static Desc; 0] {
    []
}
