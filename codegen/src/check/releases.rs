//! Releases: how they are written, and that what is introduced is deprecated before it is removed.

use kubewright_model::Lifecycle;

use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::group::{File, Set};
use crate::raw::kind::Life;
use crate::raw::value::Words;
use crate::resolve::kinds::number;

pub(super) fn check(set: &Set, problems: &mut Collector) {
    if let Some(release) = &set.release {
        written(release, problems);
    }
    for module in set.order.iter().filter(|module| !set.groups.iter().any(|group| group.module == module.value)) {
        let problem = Diagnostic::new("group-unknown", module.span, format!("the set has no group directory `{}`", module.value));
        problems.report(problem.did_you_mean(&module.value, set.groups.iter().map(|group| group.module.as_str())));
    }
    for version in set.groups.iter().flat_map(|group| &group.versions) {
        let life = &version.life;
        releases(life, problems);
        order(life, &Life::default(), problems);
        for file in &version.files {
            if let File::Kind(kind) = file {
                let own = &kind.life;
                releases(own, problems);
                if own.introduced.is_some() || own.deprecated.is_some() || own.removed.is_some() {
                    order(own, life, problems);
                }
            }
        }
    }
}

fn releases(life: &Life, problems: &mut Collector) {
    let deprecated = life.deprecated.as_ref().filter(|release| release.value != Lifecycle::ALWAYS);
    [life.introduced.as_ref(), deprecated, life.removed.as_ref()].into_iter().flatten().for_each(|release| written(release, problems));
}

fn written(release: &Words, problems: &mut Collector) {
    let good = release.value.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    if !good {
        let problem = Diagnostic::new("release-form", release.span, format!("`{}` is no release", release.value));
        problems.report(problem.help("releases are numbers with dots, such as \"1.22\""));
    }
}

/// Introduced, then deprecated, then removed; the kind's own words win over its version's.
fn order(own: &Life, version: &Life, problems: &mut Collector) {
    let stages = [
        ("introduced", own.introduced.as_ref().or(version.introduced.as_ref())),
        ("deprecated", own.deprecated.as_ref().or(version.deprecated.as_ref())),
        ("removed", own.removed.as_ref().or(version.removed.as_ref())),
    ];
    let stated = stages.into_iter().filter_map(|(stage, release)| Some((stage, release?)));
    let stated: Vec<(&str, &Words)> = stated.filter(|(_, release)| release.value != Lifecycle::ALWAYS).collect();
    for pair in stated.windows(2) {
        let [(first, before), (second, after)] = pair else { continue };
        if number(&before.value) > number(&after.value) {
            let problem =
                Diagnostic::new("release-order", after.span, format!("{second} in {} is before {first} in {}", after.value, before.value));
            problems
                .report(problem.other(before.span, format!("{first} here")).help("what comes first is written with the smaller release"));
        }
    }
}
