//! Kinds of one name in one group to resources: which version is the hub, which is stored, and under what key.

use kubewright_model::Kind;
use kubewright_model::crd::Manifest;

use super::ResourceOrigin;
use super::kinds::{Place, plural};
use super::names::Names;
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::group::{File, Group, Set, Version};
use crate::raw::kind::{self as raw, Life};
use crate::raw::value::Located;
use crate::set::Resource;

/// A kind in one version.
struct Seen<'a> {
    version: &'a Version,
    kind: &'a raw::Kind,
    model: Kind,
}

/// The resources of a group whose first version is `package`, with what they were made from.
pub(super) fn group<'a>(
    set: &'a Set,
    group: &'a Group,
    names: &Names<'a>,
    package: usize,
    problems: &mut Collector,
) -> Vec<(Resource, ResourceOrigin<'a>)> {
    let mut kinds: Vec<(&str, Vec<Seen<'a>>)> = Vec::new();
    for (at, version) in group.versions.iter().enumerate() {
        let place = Place { set, version, names, package: package + at };
        for kind in served(version) {
            let name = kind.kind.value.as_str();
            let model = place.kind(kind, problems);
            match kinds.iter_mut().find(|(known, _)| *known == name) {
                Some((_, seen)) => seen.push(Seen { version, kind, model }),
                None => kinds.push((name, vec![Seen { version, kind, model }])),
            }
        }
    }
    if !kinds.is_empty() {
        flagged(group, "hub", |life| life.hub.as_ref(), problems);
        flagged(group, "storage", |life| life.storage.as_ref(), problems);
    }
    kinds.into_iter().map(|(_, seen)| resource(seen, problems)).collect()
}

fn served(version: &Version) -> impl Iterator<Item = &raw::Kind> {
    version.files.iter().filter_map(|file| match file {
        File::Kind(kind) if kind.resource => Some(&**kind),
        _ => None,
    })
}

/// A group with several versions says of exactly one that it is the hub, and of one that it is stored.
fn flagged<'a>(group: &'a Group, role: &str, flag: impl Fn(&'a Life) -> Option<&'a Located<bool>>, problems: &mut Collector) {
    let mut on = group.versions.iter().filter_map(|version| flag(&version.life).filter(|flag| flag.value));
    match (on.next(), on.next()) {
        (None, _) if group.versions.len() > 1 => {
            let problem = Diagnostic::new("version-roles", group.group.span, format!("no version of this group is its {role}"));
            problems.report(problem.help(format!("write `{role}: true` at the version that {}", purpose(role))));
        }
        (Some(first), Some(second)) => {
            let problem = Diagnostic::new("version-roles", second.span, format!("two versions of this group claim to be its {role}"));
            problems.report(problem.other(first.span, "first here").help(format!("exactly one version {}", purpose(role))));
        }
        _ => {}
    }
}

fn purpose(role: &str) -> &'static str {
    if role == "hub" { "conversions go through" } else { "objects are stored in" }
}

fn resource<'a>(seen: Vec<Seen<'a>>, problems: &mut Collector) -> (Resource, ResourceOrigin<'a>) {
    let hub = chosen(&seen, "hub", |life| life.hub.as_ref(), problems);
    let storage = chosen(&seen, "storage", |life| life.storage.as_ref(), problems);
    let keys: Vec<_> = seen.iter().filter_map(|seen| seen.kind.key.as_ref()).collect();
    if let [first, .., last] = keys.as_slice()
        && first.value != last.value
    {
        problems.report(
            Diagnostic::new("store-key", last.span, "versions of one kind share one key in the store")
                .other(first.span, "another one here"),
        );
    }
    let kind = seen[hub].kind;
    let group = &seen[hub].model.group;
    let implied = if group.is_empty() { plural(kind) } else { format!("{group}/{}", plural(kind)) };
    let key = keys.first().map_or(implied, |key| key.value.clone());
    let origin = ResourceOrigin { kinds: seen.iter().map(|seen| seen.kind).collect() };
    let (conversions, leaves) = (vec![Vec::new(); seen.len()], Vec::new());
    let manifest = manifest(&seen);
    (Resource { key, hub, storage, manifest, versions: seen.into_iter().map(|seen| seen.model).collect(), conversions, leaves }, origin)
}

/// What the definition says besides, wherever it was written.
fn manifest(seen: &[Seen<'_>]) -> Manifest {
    let mut all = Manifest::default();
    for (seen, said) in seen.iter().filter_map(|seen| Some((seen, seen.kind.crd.as_ref()?))) {
        let texts = |texts: &[(String, String)]| texts.iter().map(|(key, text)| (key.clone(), text.clone().into())).collect::<Vec<_>>();
        all.annotations.extend(texts(&said.annotations));
        all.labels.extend(texts(&said.labels));
        if all.order.is_empty() {
            all.order = said.versions.iter().map(|version| version.value.clone()).collect();
        }
        all.conversion = said.conversion.clone().unwrap_or(all.conversion);
        all.patch = said.manifest.clone().unwrap_or(all.patch);
        all.versions.extend(said.version.clone().map(|version| (seen.version.name.value.clone(), version)));
    }
    all
}

/// The version that has a role for a kind: as the kind says, else as the group says, else its most preferred one.
fn chosen<'a>(seen: &[Seen<'a>], role: &str, flag: impl Fn(&'a Life) -> Option<&'a Located<bool>>, problems: &mut Collector) -> usize {
    let own: Vec<(usize, &Located<bool>)> =
        seen.iter().enumerate().filter_map(|(at, seen)| Some((at, flag(&seen.kind.life).filter(|flag| flag.value)?))).collect();
    if let [first, second, ..] = own.as_slice() {
        let problem = Diagnostic::new("version-roles", second.1.span, format!("two versions of this kind claim to be its {role}"));
        problems.report(problem.other(first.1.span, "first here"));
    }
    let of_group = || seen.iter().position(|seen| flag(&seen.version.life).is_some_and(|flag| flag.value));
    own.first().map(|(at, _)| *at).or_else(of_group).unwrap_or_default()
}
