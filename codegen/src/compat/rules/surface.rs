//! What is served: groups, versions, kinds, verbs, columns.

use serde_json::Value;

use super::{error, firm, warning};
use crate::compat::change::Change;
use crate::compat::lock::reached;
use crate::compat::rule::{By, Pair, Rule, Severity, Spot, Verdict};
use crate::compat::side::{Item, What};

pub(super) const RULES: &[Rule] = &[
    firm(
        "A01",
        'R',
        "is gone",
        "keep the group and its versions; deprecate them, and remove them when their time is over",
        By::Change(group),
    ),
    firm(
        "A02",
        'R',
        "is gone before its time",
        "bring it back, state `deprecated:` and `removed:`, and remove it with the release that `removed:` names",
        By::Change(version),
    ),
    firm(
        "A03",
        'R',
        "is gone, and its version is still there",
        "bring it back; a kind leaves with its version, or when its own `removed:` is reached",
        By::Change(kind),
    ),
    firm(
        "A04",
        'R',
        "has another scope",
        "make a new kind with the other scope",
        By::Change(|change, _| served_before(change, &["scope"])),
    ),
    firm(
        "A05",
        'R',
        "is called something else",
        "keep the name; add a short name for the new one",
        By::Change(|change, _| served_before(change, &["plural", "singular", "listKind", "resource"])),
    ),
    warning("A06", 'R', "has lost a short name or category", "keep it; scripts type it", By::Change(short_names)),
    error(
        "A07",
        'R',
        "is gone",
        "keep the subresource",
        By::Change(|change, _| Verdict::found(change.gone(What::Subresource) || served_otherwise(change))),
    ),
    warning(
        "A08",
        'R',
        "is new: writes to the object itself now leave status alone",
        "tell clients to write status through the subresource",
        By::Change(|change, _| match change.new {
            Some(item) if change.came(What::Subresource) && item.name == "status" => Verdict::Found,
            _ => Verdict::Other,
        }),
    ),
    error("A09", 'R', "has lost a verb", "keep the verb", By::Change(verbs)),
    error(
        "A10",
        'R',
        "scales by other paths",
        "keep the paths in this version",
        By::Change(|change, _| Verdict::found(change.of(What::Subresource, &["replicas", "observed", "selector"]))),
    ),
    warning(
        "A11",
        'R',
        "is gone or shows something else",
        "keep the column as it is, and add another",
        By::Change(|change, _| {
            let other = change.of(What::Column, &["path", "jsonPath", "cell", "type", "format", "name"]);
            Verdict::found(change.gone(What::Column) || other)
        }),
    ),
    error(
        "A12",
        'R',
        "is gone: field selectors that name it are refused",
        "keep it selectable",
        By::Change(|change, _| Verdict::found(change.gone(What::Selectable))),
    ),
    error("A13", 'R', "is no longer served, and was not deprecated", "deprecate it first, in a release of its own", By::Change(served)),
    firm("A14", 'S', "differs between versions in scope or names", "say the same in every version of the kind", By::Release(versions)),
    warning("A15", 'L', "has a short name that is taken", "choose another", By::Release(taken)),
];

/// Whether something is said otherwise of a kind. One that is not served any more says nothing, which its life cycle judges.
fn served_before(change: &Change<'_>, keys: &[&str]) -> Verdict {
    if !change.of(What::Kind, keys) {
        return Verdict::Other;
    }
    if change.key != "resource" && (change.added() || change.dropped()) { Verdict::Fine } else { Verdict::Found }
}

fn group(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if change.gone(What::Set) {
        return Verdict::Found;
    }
    let Some(old) = change.old.filter(|_| change.gone(What::Group)) else { return Verdict::Other };
    let over = pair.old.parts(old).filter(|part| part.what == What::Version).all(|version| is_over(version, pair));
    if over { Verdict::Fine } else { Verdict::Found }
}

/// The release has come that was announced as the first without it.
fn is_over(old: &Item, pair: &Pair<'_>) -> bool {
    let removed = old.text("removed");
    let announced = !removed.is_empty() && !old.text("deprecated").is_empty();
    announced && reached(pair.release(&old.set), removed)
}

fn version(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    match change.old.filter(|_| change.gone(What::Version)) {
        None => Verdict::Other,
        Some(old) if is_over(old, pair) => Verdict::Fine,
        Some(_) => Verdict::Found,
    }
}

fn kind(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let Some(old) = change.old.filter(|_| change.gone(What::Kind)) else { return Verdict::Other };
    if is_over(old, pair) { Verdict::Fine } else { Verdict::Found }
}

fn short_names(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if !change.of(What::Kind, &["shortNames", "categories"]) {
        return Verdict::Other;
    }
    if change.lost().is_empty() { Verdict::Fine } else { Verdict::Found }
}

/// A subresource that says something else.
fn served_otherwise(change: &Change<'_>) -> bool {
    change.of(What::Subresource, &["speaks", "part", "action", "options", "connect"])
        || change.of(What::Subresource, &["tail", "text"]) && !change.added()
}

fn verbs(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if change.of(What::Kind, &["generation", "unconditionalUpdate", "createOnUpdate", "deleteReturnsObject"]) {
        return if *change.before() == Value::Bool(true) { Verdict::Found } else { Verdict::Fine };
    }
    if !change.of(What::Kind, &["verbs"]) && !change.of(What::Subresource, &["verbs"]) {
        return Verdict::Other;
    }
    if change.lost().is_empty() || change.dropped() { Verdict::Fine } else { Verdict::Found }
}

fn served(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if change.of(What::Set, &["levels"]) {
        return if change.lost().is_empty() && !change.added() { Verdict::Fine } else { Verdict::As(Severity::Warning) };
    }
    if !change.of(What::Version, &["served"]) && !change.of(What::Kind, &["served"]) {
        return Verdict::Other;
    }
    let deprecated = change.old.is_some_and(|old| {
        let version = pair.old.version_of(old).map_or("", |version| version.text("deprecated"));
        !old.text("deprecated").is_empty() || !version.is_empty()
    });
    if *change.after() != Value::Bool(false) || deprecated { Verdict::Fine } else { Verdict::Found }
}

/// What a kind says the same of in every version.
const SAME: [&str; 4] = ["scope", "plural", "singular", "shortNames"];

/// Both say something: kinds that are not served do not.
fn said(kind: &Item, other: &Item, key: &str) -> bool {
    !kind.value(key).is_null() && !other.value(key).is_null()
}

fn versions(pair: &Pair<'_>) -> Vec<Spot> {
    let kinds: Vec<&Item> = pair.new.all(What::Kind).collect();
    let mut found = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        let first = kinds[..at].iter().find(|other| other.set == kind.set && other.group == kind.group && other.name == kind.name);
        let Some(first) = first.filter(|first| pair.looks_at(kind) || pair.looks_at(first)) else { continue };
        if let Some(key) = SAME.iter().find(|key| said(kind, first, key) && kind.value(key) != first.value(key)) {
            found.push(Spot { span: kind.place(key), ..Spot::at(kind) }.says(format!("differs in `{key}` from `{}`", first.path)));
        }
    }
    found
}

/// Short names that everybody types for something else. Source: `kubectl api-resources`.
const BUILT_IN: [&str; 27] = [
    "cm", "cs", "csr", "cj", "crd", "crds", "deploy", "ds", "ep", "ev", "hpa", "ing", "limits", "netpol", "no", "ns", "pc", "pdb", "po",
    "pv", "pvc", "quota", "rc", "rs", "sa", "sc", "svc",
];

fn taken(pair: &Pair<'_>) -> Vec<Spot> {
    let names = |item: &'_ Item| item.value("shortNames").as_array().cloned().unwrap_or_default();
    let has_core = |set: &str| pair.new.all(What::Group).any(|group| group.set == set && group.group.is_empty());
    let mut found = Vec::new();
    for kind in pair.fresh(What::Kind) {
        for name in names(kind) {
            let others = || {
                pair.new.all(What::Kind).find(|other| {
                    other.set == kind.set && other.group == kind.group && other.name != kind.name && names(other).contains(&name)
                })
            };
            let built_in = !has_core(&kind.set) && name.as_str().is_some_and(|name| BUILT_IN.contains(&name));
            let spot = || Spot { span: kind.place("shortNames"), ..Spot::at(kind) };
            if built_in {
                found.push(spot().says(format!("has the short name {name}, which means a kind of Kubernetes")));
            } else if let Some(other) = others() {
                found.push(spot().says(format!("has the short name {name}, which means `{}`", other.path)));
            }
        }
    }
    found
}
