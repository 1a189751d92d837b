//! What is known of a kind: the resource it belongs to, or at least its type.

use std::fmt;

use kubewright_model::Ref;
use kubewright_model::kind::api_version;

use crate::meta::{v1 as meta, v1beta1};
use crate::object::{ApiType, Dyn, Object};
use crate::registry::{Registry, Resource};

/// What is known of a kind.
#[derive(Clone, Copy, Debug)]
pub enum Known<'r> {
    /// A resource, in the version at a position.
    Version(&'r Resource, usize),
    /// The lists of a resource, in the version at a position.
    List(&'r Resource, usize),
    /// A list of objects of any kinds.
    AnyList,
    /// A kind that has no other version.
    Object,
}

/// A kind that is not known; its `Display` says in which versions it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    api_version: String,
    kind: String,
    versions: Vec<String>,
}

type New = fn() -> Object;

/// The kinds of the runtime itself that every group has.
const EVERYWHERE: [(&str, New); 7] = [
    ("CreateOptions", meta::CreateOptions::boxed),
    ("DeleteOptions", meta::DeleteOptions::boxed),
    ("GetOptions", meta::GetOptions::boxed),
    ("ListOptions", meta::ListOptions::boxed),
    ("PatchOptions", meta::PatchOptions::boxed),
    ("UpdateOptions", meta::UpdateOptions::boxed),
    ("WatchEvent", meta::WatchEvent::boxed),
];

/// Its kinds of `v1`.
const CORE: [(&str, New); 6] = [
    ("APIGroup", meta::APIGroup::boxed),
    ("APIGroupList", meta::APIGroupList::boxed),
    ("APIResourceList", meta::APIResourceList::boxed),
    ("APIVersions", meta::APIVersions::boxed),
    ("List", meta::List::boxed),
    ("Status", meta::Status::boxed),
];

/// Its kinds of `meta.k8s.io/v1`.
const META: [(&str, New); 3] = [
    ("PartialObjectMetadata", meta::PartialObjectMetadata::boxed),
    ("PartialObjectMetadataList", meta::PartialObjectMetadataList::boxed),
    ("TableOptions", meta::TableOptions::boxed),
];

/// What a kind is, with an empty object of it.
pub(super) fn find<'r>(registry: &'r Registry, api: &str, kind: &str) -> Result<(Known<'r>, Object), Unknown> {
    if kind == "List" && api == "v1" {
        return Ok((Known::AnyList, meta::List::boxed()));
    }
    let (group, version) = api.split_once('/').unwrap_or(("", api));
    if let Some((resource, at)) = registry.kind(group, version, kind) {
        return Ok((Known::Version(resource, at), (resource.versions[at].new)()));
    }
    let lists = registry.resources.iter().filter_map(|resource| {
        let at = resource.versions.iter().position(|seen| seen.kind.list_kind == kind && seen.kind.api_version() == api)?;
        Some((resource, at))
    });
    for (resource, at) in lists {
        if let Some(list) = empty_list(resource, at) {
            return Ok((Known::List(resource, at), list));
        }
    }
    let other = registry.objects.iter().find(|other| other.kind == kind && other.version == version && other.group == group);
    let new = other.map(|other| other.new).or_else(|| own(api, kind));
    new.map(|new| (Known::Object, new())).ok_or_else(|| Unknown::new(registry, api, kind))
}

/// An empty list of a resource in a version. Its type is only a description, and so are its items.
pub(super) fn empty_list(resource: &Resource, at: usize) -> Option<Object> {
    match &resource.versions.get(at)?.kind.list_ty {
        Ref::Static(desc) => Some(Box::new(Dyn::of(desc()))),
        Ref::Shared(desc) => Some(Box::new(Dyn::made(std::sync::Arc::clone(desc)))),
        Ref::Named(_) => None,
    }
}

fn own(api: &str, kind: &str) -> Option<New> {
    let found = |table: &[(&str, New)]| table.iter().find(|(name, _)| *name == kind).map(|(_, new)| *new);
    let core = || (api == "v1").then(|| found(&CORE)).flatten();
    let meta = || (api == "meta.k8s.io/v1").then(|| found(&META)).flatten();
    let old = || {
        (api == "meta.k8s.io/v1beta1" && kind == "PartialObjectMetadataList").then_some(v1beta1::PartialObjectMetadataList::boxed as New)
    };
    found(&EVERYWHERE).or_else(core).or_else(meta).or_else(old)
}

impl Unknown {
    fn new(registry: &Registry, api: &str, kind: &str) -> Self {
        let served = registry.resources.iter().flat_map(|resource| &resource.versions);
        let served = served.filter(|seen| seen.kind.kind == kind || seen.kind.list_kind == kind).map(|seen| seen.kind.api_version());
        let others = registry.objects.iter().filter(|other| other.kind == kind);
        let mut versions: Vec<String> = served.chain(others.map(|other| api_version(&other.group, &other.version))).collect();
        if CORE.iter().any(|(name, _)| *name == kind) {
            versions.push("v1".to_owned());
        }
        versions.dedup();
        Self { api_version: api.to_owned(), kind: kind.to_owned(), versions }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { api_version, kind, versions } = self;
        if versions.is_empty() {
            return write!(f, "no kind `{kind}` is known, in `{api_version}` or elsewhere");
        }
        write!(f, "there is no `{kind}` in `{api_version}`; it is known in {}", versions.join(", "))
    }
}
