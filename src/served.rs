//! Which group-versions and resources are on, and which resource answers a path.

use std::collections::HashMap;

/// The resource and version that answer a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// Position in `Registry::resources`, and in the server's caches.
    pub resource: usize,
    /// Position in `Resource::versions`.
    pub version: usize,
}

/// What is served.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// The groups in order of preference, each with its versions, most preferred first.
    pub groups: Vec<ServedGroup>,
    lookup: HashMap<(String, String, String), Endpoint>,
}

/// A group that serves something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedGroup {
    /// Name; empty for the core group.
    pub name: String,
    /// Versions that serve something, most preferred first.
    pub versions: Vec<ServedVersion>,
}

/// A group-version that serves something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedVersion {
    /// Name, such as `v1`.
    pub name: String,
    /// Its resources, by plural.
    pub endpoints: Vec<Endpoint>,
}

impl Served {
    /// The resource that serves `plural` in a group-version.
    pub fn lookup(&self, group: &str, version: &str, plural: &str) -> Option<Endpoint> {
        self.lookup.get(&(group.to_owned(), version.to_owned(), plural.to_owned())).copied()
    }

    /// Whether anything is served in a group-version.
    pub fn has_version(&self, group: &str, version: &str) -> bool {
        self.versions(group).iter().any(|served| served.name == version)
    }

    /// The versions of a group, most preferred first; empty for a group that serves nothing.
    pub fn versions(&self, group: &str) -> &[ServedVersion] {
        self.groups.iter().find(|served| served.name == group).map_or(&[], |served| &served.versions)
    }
}
