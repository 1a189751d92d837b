//! A whole API as the document builders see it: every type by name, every resource with its versions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::desc::{Desc, Ref, Text};
use crate::facts::Facts;
use crate::kind::{Kind, Shared};

/// Types and resources of one server, or of one set.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Every type by full protobuf name.
    pub types: BTreeMap<String, Arc<Desc>>,
    /// What is served, by group in order of preference.
    pub resources: Vec<Resource>,
    /// The group-versions in order of preference, with their packages.
    pub versions: Vec<GroupVersion>,
    /// `info.title` of OpenAPI documents.
    pub title: Text,
    /// `info.version` of OpenAPI documents.
    pub version: Text,
    /// What does not follow from types and resources.
    pub facts: Facts,
}

/// A group-version, also when it serves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVersion {
    /// API group; empty for the core group.
    pub group: Text,
    /// Version.
    pub version: Text,
    /// Protobuf package.
    pub package: Text,
    /// Prefix of OpenAPI definition names.
    pub openapi: Text,
    /// It has resources, switched on or not.
    pub resources: bool,
}

/// A resource: one stored form, seen through every version.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Key prefix in the store below `/registry/`, such as `configmaps` or `wardle.example.com/flunders`.
    pub key: Text,
    /// Position of the hub among the versions: the one all conversions go through.
    pub hub: usize,
    /// Position of the version that is stored.
    pub storage: usize,
    /// The kind in each version, most preferred first.
    pub versions: Vec<Shared<Kind>>,
}

impl Api {
    /// The type a reference names.
    pub fn resolve<'a>(&'a self, reference: &'a Ref) -> Option<&'a Desc> {
        match reference {
            Ref::Named(name) => self.types.get(&**name).map(|desc| &**desc),
            other => other.desc(),
        }
    }

    /// Adds a type of the program with everything it refers to.
    pub fn add_type(&mut self, desc: &Desc) {
        if self.types.contains_key(&desc.proto_name()) {
            return;
        }
        self.types.insert(desc.proto_name(), Arc::new(desc.clone()));
        for part in desc.fields.iter().filter_map(|field| field.element()).filter_map(Ref::desc) {
            self.add_type(part);
        }
    }

    /// Keeps only the kinds that `serves` approves, and resources with any left. `versions` and `types` stay: documents show of them what is referred to.
    pub fn retain(&mut self, serves: impl Fn(&Kind) -> bool) {
        for resource in &mut self.resources {
            resource.retain(&serves);
        }
        self.resources.retain(|resource| !resource.versions.is_empty());
    }
}

impl Resource {
    fn retain(&mut self, serves: impl Fn(&Kind) -> bool) {
        let place = |at: usize, versions: &[Shared<Kind>]| versions.iter().take(at).filter(|kind| serves(kind)).count();
        let (hub, storage) = (place(self.hub, &self.versions), place(self.storage, &self.versions));
        self.versions.retain(|kind| serves(kind));
        let last = self.versions.len().saturating_sub(1);
        (self.hub, self.storage) = (hub.min(last), storage.min(last));
    }
}
