//! Which group-versions and resources are on, and which resource answers a path.

mod config;
mod version;

use std::collections::{BTreeSet, HashMap};

use kubewright_model::{Enabled, Facts, Kind};

use crate::registry::Registry;

pub use config::{ConfigError, RuntimeConfig};
pub use version::{Level, compare};

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
    /// The groups in the order of the registry, each with its versions, most preferred first.
    pub groups: Vec<ServedGroup>,
    lookup: HashMap<(String, String, String), Endpoint>,
    /// Every group-version the program knows, also when it is off.
    known: BTreeSet<(String, String)>,
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
    /// What a registry serves under the switches. Switches of unknown versions of known groups are refused; those of unknown groups and
    /// resources come back as warnings.
    pub fn new(registry: &Registry, config: &RuntimeConfig) -> Result<(Self, Vec<String>), ConfigError> {
        let mut served = Self::default();
        for (endpoint, kind) in endpoints(registry) {
            served.known.insert((kind.group.to_string(), kind.version.to_string()));
            if is_on(kind, config) {
                served.add(kind, endpoint);
            }
        }
        for group in &mut served.groups {
            group.versions.sort_by(|a, b| compare(&a.name, &b.name));
            for version in &mut group.versions {
                version.endpoints.sort_by(|a, b| plural(registry, *a).cmp(plural(registry, *b)));
            }
        }
        let warnings = served.check(registry, config)?;
        Ok((served, warnings))
    }

    /// The same with the groups in the order that a set states.
    #[must_use]
    pub fn in_order(mut self, facts: &Facts) -> Self {
        self.groups.sort_by_key(|group| facts.place(&group.name));
        self
    }

    fn add(&mut self, kind: &Kind, endpoint: Endpoint) {
        let group = match self.groups.iter().position(|group| group.name == kind.group) {
            Some(at) => &mut self.groups[at],
            None => self.groups.push_mut(ServedGroup { name: kind.group.to_string(), versions: Vec::new() }),
        };
        let version = match group.versions.iter().position(|version| version.name == kind.version) {
            Some(at) => &mut group.versions[at],
            None => group.versions.push_mut(ServedVersion { name: kind.version.to_string(), endpoints: Vec::new() }),
        };
        version.endpoints.push(endpoint);
        self.lookup.insert((kind.group.to_string(), kind.version.to_string(), kind.plural.to_string()), endpoint);
    }

    fn check(&self, registry: &Registry, config: &RuntimeConfig) -> Result<Vec<String>, ConfigError> {
        let mut warnings = Vec::new();
        let named =
            config.versions.keys().cloned().chain(config.resources.keys().map(|(group, version, _)| (group.clone(), version.clone())));
        for (group, version) in named.collect::<BTreeSet<_>>() {
            if self.known.contains(&(group.clone(), version.clone())) {
                continue;
            }
            let known: Vec<_> =
                self.known.iter().filter(|(name, _)| *name == group).map(|(group, version)| switch_name(group, version)).collect();
            if !known.is_empty() {
                let name = switch_name(&group, &version);
                return Err(ConfigError(format!("runtime-config: unknown version {name}; known are {}", known.join(", "))));
            }
            warnings.push(format!("runtime-config: unknown group {group:?} is ignored"));
        }
        for (group, version, plural) in config.resources.keys() {
            if self.known.contains(&(group.clone(), version.clone())) && registry.resource(group, version, plural).is_none() {
                warnings
                    .push(format!("runtime-config: unknown resource {:?} is ignored", format!("{}/{plural}", switch_name(group, version))));
            }
        }
        Ok(warnings)
    }

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

/// Every resource in every version.
fn endpoints(registry: &Registry) -> impl Iterator<Item = (Endpoint, &Kind)> {
    registry.resources.iter().enumerate().flat_map(|(resource, entry)| {
        entry.versions.iter().enumerate().map(move |(version, seen)| (Endpoint { resource, version }, &*seen.kind))
    })
}

fn plural(registry: &Registry, endpoint: Endpoint) -> &str {
    &registry.resources[endpoint.resource].versions[endpoint.version].kind.plural
}

/// A group-version as `--runtime-config` writes it.
fn switch_name(group: &str, version: &str) -> String {
    format!("{}/{version}", if group.is_empty() { "api" } else { group })
}

/// A switch that names the version decides; a removed version needs one; other versions follow the switch of their level, else their default.
fn is_on(kind: &Kind, config: &RuntimeConfig) -> bool {
    let named = config.named(&kind.group, &kind.version, &kind.plural);
    match kind.enabled {
        Enabled::Removed => named.unwrap_or(false),
        default => named.or_else(|| config.level(Level::of(&kind.version))).unwrap_or(default == Enabled::On),
    }
}

#[cfg(test)]
mod tests;
