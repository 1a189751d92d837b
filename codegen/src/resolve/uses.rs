//! What sets take from other sets.

use kubewright_model::Text;

use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::raw;
use crate::raw::value::Words;
use crate::set::{Set, Use};

/// Fills in the `uses` of every set.
pub(super) fn resolve(raw: &[raw::group::Set], sets: &mut [Set], problems: &mut Collector) {
    for (at, written) in raw.iter().enumerate() {
        let uses: Vec<Use> =
            written.uses.iter().filter_map(|(set, kinds)| one(set, kinds.as_deref(), &written.name, sets, problems)).collect();
        let groups: Vec<Text> = uses.iter().flat_map(|used: &Use| groups(used, sets)).collect();
        let order = sets[at].facts.groups.to_mut();
        for group in groups {
            if !order.contains(&group) {
                order.push(group);
            }
        }
        sets[at].uses = uses;
    }
}

/// The groups that kinds are taken from, in the order of their own set.
fn groups<'a>(used: &'a Use, sets: &'a [Set]) -> impl Iterator<Item = Text> + use<'a> {
    let other = sets.iter().find(|other| other.name == used.set);
    let has = move |group: &str| {
        let resources = used.resources.iter().filter_map(|at| other?.resources.get(*at));
        resources.flat_map(|resource| &resource.versions).any(|kind| kind.group == group)
    };
    other.into_iter().flat_map(|other| &other.groups).filter(move |group| has(&group.group)).map(|group| group.group.clone().into())
}

fn one(set: &Words, kinds: Option<&[Words]>, own: &str, sets: &[Set], problems: &mut Collector) -> Option<Use> {
    let Some(other) = sets.iter().find(|other| other.name == set.value && other.name != own) else {
        let problem = Diagnostic::new("set-unknown", set.span, format!("there is no other set `{}`", set.value));
        problems.report(problem.did_you_mean(&set.value, sets.iter().map(|other| other.name.as_str()).filter(|name| *name != own)));
        return None;
    };
    let resources = match kinds {
        None => (0..other.resources.len()).collect(),
        Some(kinds) => kinds.iter().filter_map(|kind| resource(kind, other, problems)).collect(),
    };
    Some(Use { set: other.name.clone(), resources })
}

/// `core/v1 Namespace`: group directory or group, version, kind.
fn resource(written: &Words, set: &Set, problems: &mut Collector) -> Option<usize> {
    let found = written.value.split_once(' ').and_then(|(group_version, kind)| {
        let (module, version) = group_version.split_once('/')?;
        let group = set.groups.iter().find(|group| group.module == module || group.group == module)?;
        set.resources.iter().position(|resource| {
            resource.versions.iter().any(|seen| seen.group == group.group && seen.version == version && seen.kind == kind)
        })
    });
    if found.is_none() {
        let known: Vec<String> = names(set);
        let problem = Diagnostic::new("use-unknown", written.span, format!("the set `{}` serves no `{}`", set.name, written.value));
        problems.report(match nearest(&written.value, known.iter().map(String::as_str)) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("kinds of other sets are written `<group directory>/<version> <Kind>`"),
        });
    }
    found
}

fn names(set: &Set) -> Vec<String> {
    let module = |group: &str| set.groups.iter().find(|other| other.group == group).map(|group| group.module.clone()).unwrap_or_default();
    let kinds = set.resources.iter().flat_map(|resource| &resource.versions);
    kinds.map(|kind| format!("{}/{} {}", module(&kind.group), kind.version, kind.kind)).collect()
}
