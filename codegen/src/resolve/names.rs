//! Every name that can be looked up: packages, and the types, enums and aliases in them.

use std::collections::HashMap;

use kubewright_model::Special;

use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::raw::field::{Body, Type};
use crate::raw::group::{File, Group, Set, Version};
use crate::raw::kind::Kind;
use crate::raw::value::Words;
use crate::source::Span;

/// Package of the shared machinery types.
pub const META: &str = "k8s.io.apimachinery.pkg.apis.meta.v1";

/// A version of a group with the names in it.
#[derive(Debug)]
pub struct Package<'a> {
    /// Name of the set.
    pub set: &'a str,
    /// Directory of the group.
    pub module: &'a str,
    /// The group.
    pub group: &'a str,
    /// The version.
    pub version: &'a str,
    /// Protobuf package.
    pub proto: String,
    /// Prefix of OpenAPI names.
    pub openapi: String,
    items: HashMap<String, (Item<'a>, Span)>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// A message: a type, a kind, or the list of a kind.
    Message,
    /// An enum.
    Enum(&'a Type),
    /// An alias: its notation.
    Alias(&'a Words),
}

/// What a type name was resolved to.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// An item of a package.
    Item(usize, Item<'a>),
    /// A type with a hand-written wire form, and its package.
    Special(&'static str),
}

/// All packages.
#[derive(Debug)]
pub struct Names<'a> {
    /// In the order of sets, groups and versions.
    pub packages: Vec<Package<'a>>,
    used: HashMap<&'a str, Vec<&'a str>>,
}

/// The types with hand-written wire forms, each with its protobuf package.
pub const SPECIALS: [(&str, Special, &str); 9] = [
    ("Time", Special::Time, META),
    ("MicroTime", Special::MicroTime, META),
    ("Duration", Special::Duration, META),
    ("FieldsV1", Special::FieldsV1, META),
    ("GroupVersion", Special::GroupVersion, META),
    ("Quantity", Special::Quantity, "k8s.io.apimachinery.pkg.api.resource"),
    ("IntOrString", Special::IntOrString, "k8s.io.apimachinery.pkg.util.intstr"),
    ("RawExtension", Special::RawExtension, "k8s.io.apimachinery.pkg.runtime"),
    ("JSON", Special::Json, "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1"),
];

/// Names that mean a scalar.
pub const SCALARS: [&str; 9] = ["string", "bool", "int", "integer", "int32", "int64", "number", "float64", "bytes"];

/// Kind of the lists of a kind.
pub fn list_kind(kind: &Kind) -> String {
    kind.list_kind.as_ref().map_or_else(|| format!("{}List", kind.kind.value), |name| name.value.clone())
}

/// Whether a list type is made for the kind: where it can be listed, and where one is named.
pub fn has_list(kind: &Kind) -> bool {
    kind.list_kind.is_some() || kind.resource && kind.verbs.as_ref().is_none_or(|verbs| verbs.iter().any(|verb| verb.value == "list"))
}

impl<'a> Names<'a> {
    /// Gathers the names of all sets; two things of one name in a package are reported.
    pub fn gather(sets: &'a [Set], problems: &mut Collector) -> Self {
        let mut packages: Vec<Package<'a>> = Vec::new();
        let mut taken: HashMap<String, Span> = HashMap::new();
        for set in sets {
            for group in &set.groups {
                for version in &group.versions {
                    let package = package(set, group, version, problems);
                    let span = version.proto.as_ref().map_or(version.name.span, |proto| proto.span);
                    if let Some(first) = taken.insert(package.proto.clone(), span) {
                        let problem =
                            Diagnostic::new("name-package", span, format!("two versions have the protobuf package `{}`", package.proto));
                        problems.report(problem.other(first, "the other").help("state another with `proto:`"));
                    }
                    packages.push(package);
                }
            }
        }
        let used = sets.iter().map(|set| (set.name.as_str(), set.uses.iter().map(|(name, _)| name.value.as_str()).collect())).collect();
        Self { packages, used }
    }

    /// What a name means in a package: its own, those of the meta set, those with hand-written forms, or `module/version.Name`.
    pub fn find(&self, from: usize, name: &str) -> Option<Target<'a>> {
        if let Some((qualifier, name)) = name.rsplit_once('.') {
            let (module, version) = qualifier.split_once('/')?;
            let at = self.package(self.packages.get(from)?.set, module, version)?;
            return self.item(at, name);
        }
        self.item(from, name)
            .or_else(|| self.item(self.meta()?, name))
            .or_else(|| SPECIALS.iter().find(|special| special.0 == name).map(|special| Target::Special(special.2)))
    }

    fn item(&self, package: usize, name: &str) -> Option<Target<'a>> {
        self.packages.get(package)?.items.get(name).map(|(item, _)| Target::Item(package, *item))
    }

    fn meta(&self) -> Option<usize> {
        self.packages.iter().position(|package| package.proto == META)
    }

    /// A package by group directory or group name, and version: of the set itself, of the sets it uses, of any.
    pub fn package(&self, set: &str, module: &str, version: &str) -> Option<usize> {
        let is = |package: &Package<'_>| package.version == version && (package.module == module || package.group == module);
        let in_set = |set: &str| self.packages.iter().position(|package| package.set == set && is(package));
        let used = || self.used.get(set).into_iter().flatten().find_map(|other| in_set(other));
        in_set(set).or_else(used).or_else(|| self.packages.iter().position(is))
    }

    /// The known name that is nearest to one that is not known.
    pub fn nearest(&self, from: usize, name: &str) -> Option<String> {
        if let Some((qualifier, short)) = name.rsplit_once('.') {
            let (module, version) = qualifier.split_once('/')?;
            let at = self.package(self.packages.get(from)?.set, module, version)?;
            return nearest(short, self.names(at)).map(|near| format!("{qualifier}.{near}"));
        }
        let meta = self.meta().into_iter().flat_map(|at| self.names(at));
        let built_in = SPECIALS.iter().map(|special| special.0).chain(SCALARS);
        nearest(name, self.names(from).chain(meta).chain(built_in)).map(str::to_owned)
    }

    fn names(&self, package: usize) -> impl Iterator<Item = &str> {
        let mut names: Vec<&str> =
            self.packages.get(package).map(|package| package.items.keys().map(String::as_str).collect()).unwrap_or_default();
        names.sort_unstable();
        names.into_iter()
    }

    /// A package of another version of the same set that has the name, to suggest.
    pub fn elsewhere(&self, from: usize, name: &str) -> Option<String> {
        let set = self.packages.get(from)?.set;
        let found = self.packages.iter().find(|package| package.set == set && package.items.contains_key(name))?;
        Some(format!("{}/{}.{name}", found.module, found.version))
    }
}

fn package<'a>(set: &'a Set, group: &'a Group, version: &'a Version, problems: &mut Collector) -> Package<'a> {
    let implied = || reversed(&group.group.value, &version.name.value);
    let stated = |words: &Option<Words>| words.as_ref().map_or_else(implied, |words| words.value.clone());
    let mut package = Package {
        set: &set.name,
        module: &group.module,
        group: &group.group.value,
        version: &version.name.value,
        proto: stated(&version.proto),
        openapi: stated(&version.openapi),
        items: HashMap::new(),
    };
    for file in &version.files {
        let types = match file {
            File::Types(types) => types,
            File::Kind(kind) => {
                package.add(kind.kind.value.clone(), Item::Message, kind.kind.span, problems);
                if has_list(kind) {
                    package.add(list_kind(kind), Item::Message, kind.kind.span, problems);
                }
                &kind.types
            }
        };
        for ty in types {
            let item = match &ty.body {
                Body::Message { .. } => Item::Message,
                Body::Enum { .. } => Item::Enum(ty),
                Body::Alias(alias) => Item::Alias(alias),
            };
            package.add(ty.name.value.clone(), item, ty.name.span, problems);
        }
    }
    package
}

impl<'a> Package<'a> {
    fn add(&mut self, name: String, item: Item<'a>, span: Span, problems: &mut Collector) {
        if let Some((_, first)) = self.items.get(&name) {
            let problem = Diagnostic::new("type-duplicate", span, format!("`{name}` is defined twice in {}/{}", self.module, self.version));
            problems.report(
                problem.other(*first, "first here").help("every kind, its list, and every type of a version have names of their own"),
            );
            return;
        }
        self.items.insert(name, (item, span));
    }
}

/// `wardle.example.com`, `v1` → `com.example.wardle.v1`.
fn reversed(group: &str, version: &str) -> String {
    group.split('.').rev().chain([version]).filter(|label| !label.is_empty()).collect::<Vec<_>>().join(".")
}
