//! From what was written to what it means: names looked up, implied fields, lists and names added, kinds grouped into resources.

mod facts;
pub(crate) mod fields;
mod keywords;
pub(crate) mod kinds;
pub mod names;
pub mod notation;
mod resources;
mod rules;
mod storage;
mod types;
mod uses;

use std::collections::HashMap;

use kubewright_model::{Desc, Field, Ref};

use crate::diagnostic::{Collector, Diagnostics};
use crate::raw;
use crate::set::{Group, Resource, Set, Version};
use crate::source::Span;
use fields::Fields;
use names::Names;
use types::Types;

/// The sets, and beside them where everything was written.
#[derive(Debug)]
pub struct Model<'a> {
    /// What was written.
    pub raw: &'a [raw::group::Set],
    /// What it means; conversions are still empty.
    pub sets: Vec<Set>,
    /// Where it was written.
    pub origins: Origins<'a>,
    index: HashMap<String, [usize; 4]>,
}

/// Where types and kinds were written.
#[derive(Debug, Default)]
pub struct Origins<'a> {
    /// Types by full protobuf name.
    pub types: HashMap<String, Origin<'a>>,
    /// Resources by set, in the order of the set's resources.
    pub resources: Vec<Vec<ResourceOrigin<'a>>>,
}

/// Where a type was written.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Its name; of a list, the kind's.
    pub span: Span,
    /// How many fields come first that are not written.
    pub implied: usize,
    /// The fields that are.
    pub fields: &'a [raw::field::Field],
}

/// What a resource was made from.
#[derive(Debug)]
pub struct ResourceOrigin<'a> {
    /// The kind in each version.
    pub kinds: Vec<&'a raw::kind::Kind>,
}

impl<'a> Origin<'a> {
    /// What was written of the field at a position; `None` for implied ones.
    pub fn field(&self, at: usize) -> Option<&'a raw::field::Field> {
        at.checked_sub(self.implied).and_then(|at| self.fields.get(at))
    }

    /// Where the field at a position was written, else its type.
    pub fn place(&self, at: usize) -> Span {
        self.field(at).map_or(self.span, |field| field.name.span)
    }
}

impl Model<'_> {
    /// A type by full protobuf name; `None` for types with hand-written wire forms.
    pub fn desc(&self, name: &str) -> Option<&Desc> {
        let [set, group, version, ty] = *self.index.get(name)?;
        Some(&self.sets[set].groups[group].versions[version].types[ty].desc)
    }

    /// Whether a version of a resource says `convert: none`.
    pub fn unconverted(&self, resource: &Resource, version: usize) -> bool {
        let mut all = self.sets.iter().zip(&self.origins.resources).flat_map(|(set, origins)| set.resources.iter().zip(origins));
        let origin = all.find(|(other, _)| std::ptr::eq(*other, resource));
        origin.is_some_and(|(_, origin)| origin.kinds.get(version).is_some_and(|kind| kind.unconverted))
    }

    /// The type that a reference names.
    pub fn resolve(&self, reference: &Ref) -> Option<&Desc> {
        match reference {
            Ref::Named(name) => self.desc(name),
            _ => None,
        }
    }

    /// The message type of a field's values.
    pub fn element(&self, field: &Field) -> Option<&Desc> {
        self.resolve(field.element()?)
    }
}

/// Looks up every name of the sets.
pub fn resolve(raw: &[raw::group::Set]) -> Result<Model<'_>, Diagnostics> {
    let mut problems = Collector::new();
    let names = Names::gather(raw, &mut problems);
    let mut origins = Origins::default();
    let mut sets: Vec<Set> = Vec::new();
    let mut package = 0;
    for set in raw {
        let made = one_set(set, &names, &mut package, &mut origins, &mut problems);
        sets.push(made);
    }
    uses::resolve(raw, &mut sets, &mut problems);
    problems.finish()?;
    let index = index(&sets);
    Ok(Model { raw, sets, origins, index })
}

fn one_set<'a>(
    set: &'a raw::group::Set,
    names: &Names<'a>,
    package: &mut usize,
    origins: &mut Origins<'a>,
    problems: &mut Collector,
) -> Set {
    let gates: Vec<(String, bool)> = set.gates.iter().map(|(name, on)| (name.value.clone(), *on)).collect();
    let mut groups: Vec<(Group, Vec<(Resource, ResourceOrigin<'a>)>)> = Vec::new();
    for group in &set.groups {
        let resources = resources::group(set, group, names, *package, problems);
        let versions = group.versions.iter().map(|written| {
            let fields = Fields { names, package: *package, problems };
            *package += 1;
            version(written, &set.type_meta, fields, origins, &gates)
        });
        let versions = versions.collect();
        groups.push((
            Group { module: group.module.clone(), group: group.group.value.clone(), versions, functions: group.functions.clone() },
            resources,
        ));
    }
    groups.sort_by_key(|(group, _)| {
        let stated = set.order.iter().position(|module| module.value == group.module);
        (stated.unwrap_or(usize::MAX), !group.group.is_empty(), group.module.clone())
    });
    let (groups, made): (Vec<Group>, Vec<_>) = groups.into_iter().unzip();
    let made = storage::join(&groups, made.into_iter().flatten().collect(), problems);
    let (resources, places) = made.into_iter().unzip();
    let facts = facts::resolve(set, &groups, problems);
    origins.resources.push(places);
    let title = set.title.as_ref().map_or_else(|| set.name.clone(), |title| title.value.clone());
    let release = set.release.as_ref().map(|release| release.value.clone()).unwrap_or_default();
    Set { name: set.name.clone(), release, title, gates, groups, resources, uses: Vec::new(), facts, crds: crds(set) }
}

/// Whether CustomResourceDefinitions are made: as the set says, else for sets of user's groups.
fn crds(set: &raw::group::Set) -> bool {
    set.crds.unwrap_or_else(|| set.name != crate::rust::layout::META && set.groups.iter().all(|group| !group.group.value.is_empty()))
}

fn version<'a>(
    written: &'a raw::group::Version,
    type_meta: &'a [(String, String)],
    fields: Fields<'a, '_, '_>,
    origins: &mut Origins<'a>,
    gates: &[(String, bool)],
) -> Version {
    let package = &fields.names.packages[fields.package];
    let (proto, openapi) = (package.proto.clone(), package.openapi.clone());
    let mut types = Types { fields, origins, messages: Vec::new(), enums: Vec::new(), type_meta };
    types.version(written);
    for def in &mut types.messages {
        rules::without_gated_defaults(def.desc.fields.to_mut(), gates);
    }
    Version { version: written.name.value.clone(), package: proto, openapi, types: types.messages, enums: types.enums }
}

fn index(sets: &[Set]) -> HashMap<String, [usize; 4]> {
    let mut index = HashMap::new();
    for (s, set) in sets.iter().enumerate() {
        for (g, group) in set.groups.iter().enumerate() {
            for (v, version) in group.versions.iter().enumerate() {
                index.extend(version.types.iter().enumerate().map(|(t, ty)| (ty.desc.proto_name(), [s, g, v, t])));
            }
        }
    }
    index
}
