//! Versions: how they come, are deprecated and go, and in which one objects are stored.

use serde_json::Value;

use super::{error, firm, note, warning};
use crate::compat::change::Change;
use crate::compat::lock::{Lock, reached};
use crate::compat::rule::{By, Pair, Rule, Severity, Spot, Verdict};
use crate::compat::side::{Item, Side, Track, What};

/// Days that a stable version is kept after it is deprecated. Source: Kubernetes deprecation policy, rule 4a.
const STABLE_DAYS: i64 = 365;
/// Days that a beta version is kept, and may stay one. Source: the same.
const BETA_DAYS: i64 = 274;
/// Releases that any of them is kept. Source: the same.
const RELEASES: usize = 3;

pub(super) const RULES: &[Rule] = &[
    firm(
        "V01",
        'L',
        "has a name that is no version's",
        "",
        By::Generator("`name-version` and `yaml-duplicate-key`; the order of versions is stated"),
    ),
    error(
        "V02",
        'H',
        "is preferred in the release that it comes with",
        "ship it first, and prefer it in the next release",
        By::Change(preferred),
    ),
    firm(
        "V03",
        'H',
        "is stored in a version that the release before cannot read",
        "ship the version first, and store it from the next release on",
        By::Change(stored),
    ),
    firm(
        "V04",
        'H',
        "is gone, and objects may still be stored in it",
        "rewrite stored objects, and record it under `migrated:` in compat.yaml",
        By::Change(unmigrated),
    ),
    error("V05", 'H', "is deprecated before there is one as stable", "release an equally stable version first", By::Release(early)),
    error(
        "V06",
        'H',
        "is gone before 12 months or 3 releases of deprecation",
        "keep it until both are over",
        By::Change(|change, pair| window(change, pair, Track::Stable)),
    ),
    error(
        "V07",
        'H',
        "is gone before 9 months or 3 releases of deprecation",
        "keep it until both are over",
        By::Change(|change, pair| window(change, pair, Track::Beta)),
    ),
    warning("V08", 'H', "has been beta for more than 9 months and 3 releases", "make it stable, or deprecate it", By::Release(permanent)),
    note(
        "V09",
        'H',
        "is an alpha version that is gone",
        "tell users what to do in the notes of the release",
        By::Change(|change, _| Verdict::found(change.gone(What::Version) && change.old.is_some_and(|old| old.track() == Track::Alpha))),
    ),
    warning(
        "V10",
        'L',
        "is deprecated, and nothing is named in its place",
        "state `replacement:`",
        By::Release(|pair| lacking(pair, "replacement")),
    ),
    warning(
        "V11",
        'L',
        "is deprecated, and it is not said until when it stays",
        "state `removed:`",
        By::Release(|pair| lacking(pair, "removed")),
    ),
    error("V12", 'R', "is to go earlier than announced", "keep to what was announced", By::Change(earlier)),
    warning(
        "V13",
        'R',
        "is no longer deprecated",
        "tell users that it stays",
        By::Change(|change, _| Verdict::found(is_life(change, "deprecated") && change.dropped())),
    ),
    firm("V14", 'R', "has another past than was released", "write what was", By::Change(rewritten)),
    firm("V15", 'L', "has no storage version, or several, or serves nothing", "", By::Generator("`version-roles`")),
    warning(
        "V16",
        'L',
        "is a new beta version that is served unless switched off",
        "write `served: false`, or leave beta out of the set's `levels`",
        By::Release(served_beta),
    ),
    error("V17", 'R', "is less stable than it was", "keep it as it was", By::Change(less_stable)),
    firm(
        "V18",
        'H',
        "cannot be read as the release before stored it",
        "",
        By::Suite("tests/tests/releases.rs: fixtures of the release before are read, converted and written again, byte for byte"),
    ),
];

fn is_life(change: &Change<'_>, key: &str) -> bool {
    change.of(What::Version, &[key]) || change.of(What::Kind, &[key])
}

fn preferred(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let Some(group) = change.new.filter(|_| change.of(What::Group, &["order"])) else { return Verdict::Other };
    let first = |value: &Value| value.get(0).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (before, after) = (first(change.before()), first(change.after()));
    let known = change.before().as_array().is_some_and(|versions| versions.iter().any(|version| *version == after));
    if before == after || known || !was_released(pair, &group.set) {
        Verdict::Fine
    } else {
        Verdict::Said(format!("group `{}` prefers {after} in the release that it comes with", group.path))
    }
}

fn was_released(pair: &Pair<'_>, set: &str) -> bool {
    pair.old.item(set, set).is_some()
}

/// `storage: true` has come to a version, or to a kind in it, that the older side does not have.
fn stored(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if is_life(change, "storage") {
        // The older side has the version, and reads it.
        return if change.what == What::Version || change.what == What::Kind { Verdict::As(Severity::Note) } else { Verdict::Other };
    }
    let Some(new) = change.new.filter(|_| change.came(What::Version) || change.came(What::Kind)) else { return Verdict::Other };
    let stores = if new.what == What::Version { stores_released_kinds(new, pair) } else { new.is("storage") && kind_before(new, pair.old) };
    Verdict::found(stores)
}

/// Whether a new version stores kinds that there were before.
fn stores_released_kinds(version: &Item, pair: &Pair<'_>) -> bool {
    let kinds = pair.new.parts(version).filter(|item| item.what == What::Kind);
    kinds
        .filter(|kind| kind.is("storage") || kind.value("storage").is_null() && version.is("storage"))
        .any(|kind| kind_before(kind, pair.old))
}

/// Whether the side has the kind in another version.
fn kind_before(kind: &Item, side: &Side) -> bool {
    side.all(What::Kind).any(|other| other.set == kind.set && other.group == kind.group && other.name == kind.name)
}

fn unmigrated(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let Some(old) = change.old.filter(|_| change.gone(What::Version) || change.gone(What::Kind)) else { return Verdict::Other };
    let Some(lock) = pair.lock(&old.set) else { return Verdict::Other };
    let kinds: Vec<&Item> = match old.what {
        What::Kind => vec![old],
        _ => pair.old.parts(old).filter(|item| item.what == What::Kind).collect(),
    };
    let left: Vec<&str> = kinds
        .into_iter()
        .filter(|kind| lock.was_stored(&kind.group, &kind.name, &kind.version) && !lock.is_migrated(&kind.path))
        .map(|kind| kind.name.as_str())
        .collect();
    if left.is_empty() {
        Verdict::Other
    } else {
        Verdict::Said(format!("{} `{}` is gone, and objects may still be stored in it: {}", old.what.word(), old.path, left.join(", ")))
    }
}

/// A version is deprecated in favour of a less stable one, or while no other is as stable.
fn early(pair: &Pair<'_>) -> Vec<Spot> {
    let mut found = Vec::new();
    for version in pair.new.all(What::Version).filter(|version| deprecated(version) && pair.looks_at(version)) {
        let place = || Spot { span: version.place("deprecated"), ..Spot::at(version) };
        let replacement = version.text("replacement").split(' ').next().unwrap_or_default();
        let named = replacement.rsplit('/').next().unwrap_or_default();
        if !named.is_empty() && Track::of(named) < version.track() {
            found.push(place().says(format!("is deprecated in favour of {replacement}, which is less stable")));
        } else if !replacement.is_empty()
            && pair.new.item(&version.set, replacement).is_some()
            && pair.old.item(&version.set, replacement).is_none()
            && pair.old.same(version).is_some_and(|old| !deprecated(old))
        {
            found.push(place().says(format!("is deprecated in the release that {replacement} comes with")).graded(Severity::Warning));
        }
    }
    found
}

fn deprecated(item: &Item) -> bool {
    !item.text("deprecated").is_empty()
}

/// A version went: how long had it been deprecated?
fn window(change: &Change<'_>, pair: &Pair<'_>, track: Track) -> Verdict {
    let Some(old) = change.old.filter(|old| (change.gone(What::Version) || change.gone(What::Kind)) && old.track() == track) else {
        return Verdict::Other;
    };
    let Some(lock) = pair.lock(&old.set) else { return Verdict::Other };
    let days = if track == Track::Stable { STABLE_DAYS } else { BETA_DAYS };
    match lock.deprecated_since(&old.path).or_else(|| version_since(old, lock)) {
        Some(since) if !over(lock, since, days, pair.today) => {
            Verdict::Said(format!("{} `{}` is gone; it has been deprecated since {since} alone", old.what.word(), old.path))
        }
        Some(_) => Verdict::Fine,
        None => Verdict::Said(format!("{} `{}` is gone, and was never deprecated in a release", old.what.word(), old.path)),
    }
}

fn version_since<'l>(item: &Item, lock: &'l Lock) -> Option<&'l str> {
    lock.deprecated_since(&kubewright_model::kind::api_version(&item.group, &item.version))
}

/// Whether both the days and the releases since a release are over.
fn over(lock: &Lock, since: &str, days: i64, today: i64) -> bool {
    let after = lock.releases_after(since);
    let date = lock.day_of(since).unwrap_or(today);
    after >= RELEASES && today - date >= days
}

fn permanent(pair: &Pair<'_>) -> Vec<Spot> {
    let long = |version: &&Item| {
        let Some(lock) = pair.lock(&version.set) else { return false };
        let since = lock.seen(&version.path);
        version.track() == Track::Beta && !deprecated(version) && since.is_some_and(|since| over(lock, since, BETA_DAYS, pair.today))
    };
    pair.new.all(What::Version).filter(long).map(Spot::at).collect()
}

fn lacking(pair: &Pair<'_>, key: &str) -> Vec<Spot> {
    let lacks = |item: &&Item| deprecated(item) && item.text(key).is_empty();
    let found = pair.fresh(What::Version).filter(lacks).chain(pair.fresh(What::Kind).filter(lacks));
    found.map(|item| Spot { span: item.place("deprecated"), ..Spot::at(item) }).collect()
}

fn earlier(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if !is_life(change, "removed") {
        return Verdict::Other;
    }
    match (change.before().as_str(), change.after().as_str()) {
        (Some(before), Some(after)) if !reached(after, before) => Verdict::Found,
        // Withdrawn together with the deprecation, or announced, or put off.
        (Some(_), None) if change.new.is_some_and(deprecated) => Verdict::Found,
        _ => Verdict::Fine,
    }
}

/// What was released as introduced or deprecated then and then stays so.
fn rewritten(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let (introduced, deprecated) = (is_life(change, "introduced"), is_life(change, "deprecated"));
    if !introduced && !deprecated {
        return Verdict::Other;
    }
    if deprecated && (change.added() || change.dropped()) {
        let future = change.after().as_str().is_some_and(|after| {
            change.new.is_some_and(|item| !reached(pair.old_release(&item.set), after) || after == pair.old_release(&item.set))
        });
        return if change.dropped() || future { Verdict::Fine } else { Verdict::As(Severity::Warning) };
    }
    Verdict::Found
}

/// New beta versions are to be switched on by those who want them.
fn served_beta(pair: &Pair<'_>) -> Vec<Spot> {
    let on = |set: &str| {
        pair.new
            .item(set, set)
            .is_none_or(|item| item.value("levels").as_array().is_none_or(|levels| levels.iter().any(|level| level == "beta")))
    };
    let is_new = |version: &Item| pair.old.same(version).is_none() && pair.old.item(&version.set, &version.parent).is_some();
    let found = pair.new.all(What::Version).filter(|version| version.track() == Track::Beta && is_new(version));
    found.filter(|version| on(&version.set) && *version.value("served") != Value::Bool(false)).map(Spot::at).collect()
}

/// A field that everybody could use is behind a gate; a rule that everybody kept is on trial.
fn less_stable(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if !change.of(What::Field, &["gate"]) {
        return Verdict::Other;
    }
    if change.added() || !change.dropped() && !change.gained().is_empty() { Verdict::Found } else { Verdict::Fine }
}
