//! Conversions between a hub and another version: rules brought to the pair of types they are about, and proof that every leaf is covered.

mod cover;
mod fidelity;
mod relation;
mod rule;
mod verdict;

use std::collections::HashSet;

use kubewright_model::{Kind, Ref};

use crate::diagnostic::{Collector, Diagnostic, Diagnostics};
use crate::raw::group::{Group, Rules};
use crate::resolve::Model;
use crate::set::{Resource, TypeLens};
use cover::Walk;

/// Conversions of a resource: per version its lenses.
type Conversions = Vec<Vec<TypeLens>>;

/// Fills in the conversions of every resource.
pub(crate) fn lenses(model: &mut Model<'_>) -> Result<(), Diagnostics> {
    let mut problems = Collector::new();
    let made: Vec<Vec<Conversions>> = (0..model.sets.len()).map(|set| of_set(model, set, &mut problems)).collect();
    problems.finish()?;
    let leaves = verdict::leaves(model, &made);
    for ((set, made), leaves) in model.sets.iter_mut().zip(made).zip(leaves) {
        for ((resource, conversions), leaves) in set.resources.iter_mut().zip(made).zip(leaves) {
            resource.conversions = conversions;
            resource.leaves = leaves;
        }
    }
    Ok(())
}

fn of_set(model: &Model<'_>, set: usize, problems: &mut Collector) -> Vec<Conversions> {
    let groups = &model.raw[set].groups;
    let mut used = HashSet::new();
    let of_resource = |resource: &Resource| {
        // A version is told of by its own group, which may not be the hub's.
        let rules_of = |kind: &Kind| {
            let group = groups.iter().find(|group| group.group.value == *kind.group);
            group.map(|group| group.convert.as_slice()).unwrap_or_default()
        };
        let versions = resource.versions.iter().enumerate();
        versions.map(|(version, kind)| of_version(model, resource, version, rules_of(kind), &mut used, problems)).collect()
    };
    let made = model.sets[set].resources.iter().map(of_resource).collect();
    for group in groups {
        unused(group, &used, problems);
    }
    made
}

fn of_version<'r>(
    model: &Model<'_>,
    resource: &Resource,
    version: usize,
    rules: &'r [Rules],
    used: &mut HashSet<*const Rules>,
    problems: &mut Collector,
) -> Vec<TypeLens> {
    if version == resource.hub {
        return Vec::new();
    }
    let (hub, spoke) = (&resource.versions[resource.hub], &resource.versions[version]);
    if model.unconverted(resource, version) {
        return Vec::new();
    }
    let of_version = rules.iter().filter(|rules| rules.version.value == *spoke.version).collect::<Vec<&'r Rules>>();
    let mut walk = Walk::new(model, of_version, problems);
    let (Ref::Named(hub), Ref::Named(spoke)) = (&hub.ty, &spoke.ty) else { return Vec::new() };
    walk.pair(hub, spoke);
    used.extend(walk.used.iter().copied());
    walk.lenses()
}

/// Rules that are about nothing are mistakes.
fn unused(group: &Group, used: &HashSet<*const Rules>, problems: &mut Collector) {
    for rules in group.convert.iter().filter(|rules| !used.contains(&std::ptr::from_ref(*rules))) {
        let version = &rules.version;
        if group.versions.iter().any(|known| known.name.value == version.value) {
            let problem = Diagnostic::new(
                "convert-unused",
                rules.ty.span,
                format!("no kind of {} has a `{}` that differs from the hub's", version.value, rules.ty.value),
            );
            problems.report(problem.help(
                "rules are written for a kind or type that both the hub and the version have, under the version that is not the hub",
            ));
        } else {
            let problem = Diagnostic::new("convert-unused", version.span, format!("the group has no version `{}`", version.value));
            problems.report(problem.did_you_mean(&version.value, group.versions.iter().map(|known| known.name.value.as_str())));
        }
    }
}
