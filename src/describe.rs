//! What a program serves, as the document builders see it: the registry's kinds that are switched on, and every type they refer to.

use std::collections::BTreeSet;
use std::sync::Arc;

use kubewright_model::api::{GroupVersion, Resource};
use kubewright_model::{Api, Desc, Kind, Ref, Shared, Subresource};

use crate::meta::v1;
use crate::object::ApiType;
use crate::registry::Registry;

/// The API of the kinds that `serves` approves. Group-versions are complete, whatever is switched off: `DeleteOptions` and `WatchEvent` are
/// registered in all of them. Title and version are the caller's to set.
pub fn api(registry: &Registry, serves: impl Fn(&Kind) -> bool) -> Api {
    let mut api = Api::default();
    for resource in &registry.resources {
        let versions = resource.versions.iter().map(|version| whole(&version.kind)).collect();
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

/// The kind as documents show it: with `kind` and `apiVersion`, also where its type leaves these to the engine.
fn whole(kind: &Shared<Kind>) -> Shared<Kind> {
    let completed = |ty: &Ref| ty.desc().and_then(Desc::with_type_meta).map(|desc| Ref::Shared(Arc::new(desc)));
    let spoken = |sub: &Subresource| sub.speaks.as_ref().and_then(|speaks| completed(&speaks.ty));
    let ty = completed(&kind.ty);
    if ty.is_none() && kind.subresources.iter().all(|sub| spoken(sub).is_none()) {
        return kind.clone();
    }
    let mut whole = Kind::clone(kind);
    whole.ty = ty.unwrap_or(whole.ty);
    for sub in whole.subresources.to_mut() {
        let ty = spoken(sub);
        if let (Some(speaks), Some(ty)) = (&mut sub.speaks, ty) {
            speaks.ty = ty;
        }
    }
    Shared::Made(Arc::new(whole))
}

/// The types that operations of a kind name.
fn types(kind: &Kind) -> impl Iterator<Item = &Ref> {
    let spoken = kind.subresources.iter().flat_map(Subresource::spoken).map(|speaks| &speaks.ty);
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
    GroupVersion { group: kind.group.clone(), version: kind.version.clone(), package, openapi, resources: true }
}

/// The shared types that every API refers to, besides those that its kinds do.
fn machinery() -> [&'static Desc; 7] {
    [
        v1::APIGroup::desc(),
        v1::APIGroupList::desc(),
        v1::APIResourceList::desc(),
        v1::APIVersions::desc(),
        v1::DeleteOptions::desc(),
        v1::Status::desc(),
        v1::WatchEvent::desc(),
    ]
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use kubewright_model::openapi::{Profile, v2};

    use crate::sample;

    #[test]
    fn what_is_off_is_not_described() {
        let api = super::api(&sample::registry(), |kind| kind.group == "apps" && kind.version == "v1");
        let kinds: Vec<_> =
            api.resources.iter().flat_map(|resource| &resource.versions).map(|kind| (kind.api_version(), &*kind.kind)).collect();
        assert_eq!(kinds, [("apps/v1".to_owned(), "Deployment")]);
        assert!(api.versions.iter().any(|version| version.group == "apps" && version.version == "v1beta1"));
    }

    /// Besides the sample's own, which has no definition name.
    #[test]
    fn every_type_of_the_machinery_is_there() {
        let document = v2::document(&super::api(&sample::registry(), |_| true), &Profile::default());
        let definitions = &document["definitions"];
        for (name, property) in
            [("Status", "details"), ("DeleteOptions", "preconditions"), ("WatchEvent", "object"), ("APIResourceList", "resources")]
        {
            let schema = &definitions[format!("io.k8s.apimachinery.pkg.apis.meta.v1.{name}")];
            assert!(schema["properties"][property].is_object(), "{name}.{property}: {schema}");
        }
    }
}
