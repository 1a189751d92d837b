//! Rules that sets keep, one family a module. All problems are found in one go.

mod cell;
mod condition;
mod constraints;
mod defaults;
mod into;
mod lists;
mod naming;
mod numbers;
pub(crate) mod path;
mod releases;
mod rules;
mod serving;
mod types;

use kubewright_model::Type;

use crate::diagnostic::{Collector, Diagnostics};
use crate::raw;
use crate::raw::field::Body;
use crate::raw::group::File;
use crate::resolve::Model;

/// Holds sets against every rule. Types without end come first: the other rules walk through types.
pub(crate) fn check(model: &Model<'_>) -> Result<(), Diagnostics> {
    let mut endless = Collector::new();
    types::recursion(model, &mut endless);
    endless.finish()?;
    let mut problems = Collector::new();
    for set in model.raw {
        naming::check(set, &mut problems);
        rules_of_types(set, &mut problems);
        releases::check(set, &mut problems);
    }
    for version in model.sets.iter().flat_map(|set| &set.groups).flat_map(|group| &group.versions) {
        for ty in &version.types {
            self::ty(model, &ty.desc, &mut problems);
        }
    }
    for (set, origins) in model.sets.iter().zip(&model.origins.resources) {
        for (resource, origin) in set.resources.iter().zip(origins) {
            for (kind, written) in resource.versions.iter().zip(&origin.kinds) {
                if let Some(desc) = model.resolve(&kind.ty) {
                    serving::check(model, desc, written, &mut problems);
                    rules::of_metadata(model, desc, written, &mut problems);
                }
            }
        }
    }
    problems.finish()
}

fn rules_of_types(set: &raw::group::Set, problems: &mut Collector) {
    let versions = set.groups.iter().flat_map(|group| &group.versions);
    for file in versions.flat_map(|version| &version.files) {
        let types = match file {
            File::Kind(kind) => {
                rules::of_type(&kind.rules, false, problems);
                &kind.types
            }
            File::Types(types) => types,
        };
        for ty in types {
            rules::of_type(&ty.rules, matches!(ty.body, Body::Enum { open: true, .. }), problems);
        }
    }
}

fn ty(model: &Model<'_>, desc: &kubewright_model::Desc, problems: &mut Collector) {
    let Some(origin) = model.origins.types.get(&desc.proto_name()) else { return };
    numbers::check(desc, origin, problems);
    types::check(model, desc, origin, problems);
    for (at, field) in desc.fields.iter().enumerate() {
        let Some(written) = origin.field(at) else { continue };
        lists::check(model, field, written, problems);
        rules::check(model, desc, field, written, problems);
        defaults::check(model, desc, field, written, problems);
        into::check(desc, field, written, problems);
    }
}

/// Whether two element types are the same.
pub(crate) fn same_type(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Message(a), Type::Message(b)) => a.proto_name() == b.proto_name(),
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}
