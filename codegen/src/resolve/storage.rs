//! Kinds that are stored as a kind of another group: one stored form, seen through versions of both groups.

use super::ResourceOrigin;
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::value::Words;
use crate::set::{Group, Resource};

/// Joins every resource that says so with the one it is stored as.
pub(super) fn join<'a>(
    groups: &[Group],
    resources: Vec<(Resource, ResourceOrigin<'a>)>,
    problems: &mut Collector,
) -> Vec<(Resource, ResourceOrigin<'a>)> {
    let (guests, mut all): (Vec<_>, Vec<_>) = resources.into_iter().partition(|(_, origin)| host_of(origin).is_some());
    for (resource, origin) in guests {
        let Some(written) = host_of(&origin) else { continue };
        if let Some((host, known)) = all.iter_mut().find(|(host, _)| is_meant(groups, host, &written.value)) {
            host.versions.extend(resource.versions);
            host.conversions.extend(resource.conversions);
            known.kinds.extend(origin.kinds);
        } else {
            let problem = Diagnostic::new("stored-as", written.span, format!("nothing of this set is stored as `{}`", written.value));
            problems.report(problem.help("write `storedAs: <group directory>/<version> <Kind>`, with a kind of another group of the set"));
        }
    }
    all
}

fn host_of<'a>(origin: &ResourceOrigin<'a>) -> Option<&'a Words> {
    origin.kinds.iter().find_map(|kind| kind.stored_as.as_ref())
}

/// Whether a resource has the kind that `core/v1 Event` names.
fn is_meant(groups: &[Group], resource: &Resource, written: &str) -> bool {
    let Some((module, rest)) = written.split_once('/') else { return false };
    let Some((version, kind)) = rest.split_once(' ') else { return false };
    let group = groups.iter().find(|group| group.module == module).map_or(module, |group| group.group.as_str());
    resource.versions.iter().any(|known| known.group == group && known.version == version && known.kind == kind)
}
