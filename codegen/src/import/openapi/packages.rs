//! The packages of a document: prefixes of definition names, the groups and versions they belong to, and the sets that describe them already.

use std::collections::BTreeMap;

use kubewright_model::desc::Special;
use serde_json::Value;

use super::resources::{Gvk, Resource};
use crate::diagnostic::Collector;
use crate::import::idl::Idl;
use crate::import::report::Report;
use crate::import::write::{Map, Node};
use crate::source::Sources;
use crate::yaml;

/// Definitions of the machinery types, which every set sees.
const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1";

/// Protobuf files that are no part of an API.
const NO_IDL: &str = "definitions have no message in the IDL: their numbers follow the order of properties";

/// A version of a group.
#[derive(Debug)]
pub(super) struct Package {
    /// What its definition names start with.
    pub(super) prefix: String,
    pub(super) group: String,
    pub(super) version: String,
    /// Directory of its group.
    pub(super) directory: String,
    /// Another set that describes it.
    home: Option<String>,
    /// Protobuf package, where there is IDL for it.
    pub(super) proto: Option<String>,
}

/// All packages, by prefix.
pub(super) struct Packages {
    by_prefix: BTreeMap<String, Package>,
    set: String,
    has_meta: bool,
}

impl Packages {
    pub(super) fn new(document: &Value, idl: &Idl, existing: &Sources, set: &str) -> Self {
        let homes = homes(existing);
        let mut packages: BTreeMap<String, Package> = BTreeMap::new();
        for (name, definition) in document.get("definitions").and_then(Value::as_object).into_iter().flatten() {
            let Some((prefix, version)) = name.rsplit_once('.').and_then(|(prefix, _)| Some((prefix, prefix.rsplit('.').next()?))) else {
                continue;
            };
            if prefix == META || !is_version(version) {
                continue;
            }
            let stated = Gvk::only(definition).filter(|gvk| gvk.version == version);
            let package = packages.entry(prefix.to_owned()).or_insert_with(|| Package::new(prefix, version, idl));
            if let Some(gvk) = stated {
                package.group = gvk.group;
            }
        }
        for package in packages.values_mut() {
            let home = homes.get(package.prefix.as_str()).filter(|(home, _)| home != set);
            if let Some((home, directory)) = home {
                package.home = Some(home.clone());
                package.directory.clone_from(directory);
            }
        }
        Self { by_prefix: packages, set: set.to_owned(), has_meta: homes.contains_key(META) }
    }

    /// The packages that the document is imported for.
    pub(super) fn own(&self) -> impl Iterator<Item = &Package> {
        self.by_prefix.values().filter(|package| package.home.is_none())
    }

    /// How a definition is named in a schema of `home`, and whether it is a type of `home` itself.
    pub(super) fn refer(&self, definition: &str, home: &Package) -> Option<(String, bool)> {
        let (prefix, name) = definition.rsplit_once('.')?;
        if let Some(special) = Special::ALL.into_iter().find(|special| special.name() == name && special.openapi() == prefix) {
            return Some((special.name().to_owned(), false));
        }
        if prefix == home.prefix {
            return Some((name.to_owned(), true));
        }
        if prefix == META {
            return Some((name.to_owned(), false));
        }
        let package = self.by_prefix.get(prefix)?;
        Some((format!("{}.{name}", module(package)), false))
    }

    /// How a message of a protobuf package is referred to.
    pub(super) fn module_of(&self, proto: &str, name: &str) -> Option<String> {
        let package = self.by_prefix.values().find(|package| package.proto.as_deref() == Some(proto))?;
        Some(format!("{}.{name}", module(package)))
    }

    /// How the kind of a version is referred to.
    pub(super) fn kind(&self, gvk: &Gvk) -> Option<String> {
        let package = self.by_prefix.values().find(|package| package.group == gvk.group && package.version == gvk.version)?;
        Some(format!("{} {}", module(package), gvk.kind))
    }

    /// The kinds of other sets that the document serves.
    pub(super) fn uses(&self, resources: &[Resource]) -> Map {
        let mut uses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for resource in resources {
            let package =
                self.by_prefix.values().find(|package| package.group == resource.gvk.group && package.version == resource.gvk.version);
            if let Some(home) = package.and_then(|package| package.home.as_deref()) {
                uses.entry(home).or_default().extend(self.kind(&resource.gvk));
            }
        }
        uses.into_iter().map(|(set, kinds)| crate::import::write::Entry::new(set, Node::words(kinds))).collect()
    }

    /// What the reader should know about packages.
    pub(super) fn remarks(&self, report: &mut Report) {
        for package in self.by_prefix.values() {
            match &package.home {
                Some(home) => report
                    .add(format!("described by the set `{home}`, and used from there"), format!("{}/{}", package.group, package.version)),
                None if package.proto.is_none() => report.add(NO_IDL, format!("{}/{}", package.group, package.version)),
                None => {}
            }
        }
        if !self.has_meta {
            report.add("the set `meta` has to be beside this one", &self.set);
        }
    }
}

impl Package {
    fn new(prefix: &str, version: &str, idl: &Idl) -> Self {
        let labels: Vec<&str> = prefix.split('.').collect();
        let labels = labels.split_last().map(|(_, labels)| labels).unwrap_or_default();
        let directory = labels.last().copied().unwrap_or("core").to_owned();
        let group = labels.iter().rev().copied().collect::<Vec<_>>().join(".");
        let proto = idl.packages().find(|package| same_package(package, prefix)).map(str::to_owned);
        Self { prefix: prefix.to_owned(), group, version: version.to_owned(), directory, home: None, proto }
    }

    /// The prefix that schemas imply: the labels of the group in reverse, and the version.
    pub(super) fn implied(&self) -> String {
        implied(&self.group, &self.version)
    }
}

fn module(package: &Package) -> String {
    format!("{}/{}", package.directory, package.version)
}

fn implied(group: &str, version: &str) -> String {
    let labels = group.split('.').rev().filter(|label| !label.is_empty()).chain([version]);
    labels.collect::<Vec<_>>().join(".")
}

/// Protobuf packages are Go import paths, definition names have their host in reverse.
fn same_package(proto: &str, prefix: &str) -> bool {
    let prefix = prefix.replace('-', "_");
    let mut labels: Vec<&str> = prefix.split('.').collect();
    if proto == prefix {
        return true;
    }
    if labels.len() > 2 {
        labels.swap(0, 1);
    }
    proto == labels.join(".")
}

/// Whether a part of a name is a version, such as `v1beta1`.
pub(super) fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The prefixes that sets describe: set and group directory.
fn homes(existing: &Sources) -> BTreeMap<String, (String, String)> {
    let mut homes = BTreeMap::new();
    for (at, (path, source)) in existing.iter().enumerate() {
        let parts: Vec<&str> = path.split('/').collect();
        let (set, directory) = match parts[..] {
            [set, "group.yaml"] => (set, set),
            [set, directory, "group.yaml"] => (set, directory),
            _ => continue,
        };
        let mut problems = Collector::new();
        let node = yaml::parse(at, source, &mut problems);
        let (Ok(()), Some(node)) = (problems.finish(), node) else { continue };
        for version in node.map("versions") {
            let stated = version.value.plain("openapi");
            let prefix = if stated.is_empty() { implied(&node.plain("group"), &version.key) } else { stated };
            homes.insert(prefix, (set.to_owned(), directory.to_owned()));
        }
    }
    homes
}
