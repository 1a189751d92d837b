//! Conversion rules between a hub and its versions.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{error, firm, warning};
use crate::compat::change::Change;
use crate::compat::rule::{By, Pair, Rule, Severity, Spot, Verdict};
use crate::compat::side::{Item, What};

pub(super) const RULES: &[Rule] = &[
    firm("X01", 'X', "is claimed by no rule and is not the same in both versions", "", By::Generator("`convert-coverage`")),
    firm("X02", 'X', "is claimed by two rules", "", By::Generator("`convert-twice`")),
    firm("X03", 'X', "has a rule that may lose something and does not say why", "", By::Generator("`convert-loss`")),
    firm(
        "X04",
        'X',
        "is not the same after a round trip",
        "",
        By::Suite("tests/tests/laws.rs: random objects of every kind through every version"),
    ),
    firm(
        "X05",
        'X',
        "is overwritten by what was kept",
        "",
        By::Suite("tests/tests/laws.rs: what is written through a version is what is read, over a stored object too"),
    ),
    firm(
        "X06",
        'R',
        "converts otherwise than it was released",
        "keep the rules of released versions; convert otherwise in a new version",
        By::Change(rules),
    ),
    firm(
        "X07",
        'R',
        "is gone, and the version is still there",
        "keep the rules as long as there is the version",
        By::Change(|change, pair| match change.old.filter(|_| change.gone(What::Lens)) {
            None => Verdict::Other,
            Some(old) if pair.new.version_of(old).is_none() => Verdict::Fine,
            Some(_) => Verdict::Found,
        }),
    ),
    firm("X08", 'R', "keeps what a version cannot say under another key", "go on reading the old key", By::Change(carriers)),
    error(
        "X09",
        'X',
        "is another when it is converted before defaults are set",
        "",
        By::Apart("F13 holds defaults of one place against each other; the order itself is fixed: defaults come before conversion"),
    ),
    firm("X10", 'X', "changes who an object is", "leave the name, namespace and other identity of objects alone", By::Release(identity)),
    firm(
        "X11",
        'X',
        "fails on an object without spec",
        "",
        By::Suite("tests/tests/releases.rs: bare objects of kinds with a fixture go to every version"),
    ),
    warning(
        "X12",
        'X',
        "finds kept items by position although they have keys",
        "",
        By::Apart("nothing here looks at how the emitted functions find kept items"),
    ),
    warning(
        "X13",
        'R',
        "has another hub",
        "plan how stored objects are read; rules of every version are new",
        By::Change(|change, _| {
            Verdict::found(change.of(What::Version, &["hub"]) || change.of(What::Kind, &["hub", "convert", "storedAs", "key"]))
        }),
    ),
    warning(
        "X14",
        'X',
        "can be selected in one version alone",
        "make its counterpart in the other version selectable",
        By::Release(selectable),
    ),
];

fn rules(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if change.of(What::Lens, &["rules"]) {
        return Verdict::Found;
    }
    let Some(new) = change.new.filter(|_| change.came(What::Lens)) else { return Verdict::Other };
    // The first rules of a version that was released without any. What they are about may be new.
    let version = pair.new.version_of(new).and_then(|version| pair.old.same(version));
    if version.is_some() { Verdict::As(Severity::Warning) } else { Verdict::Fine }
}

/// Keys of annotations and labels in which rules keep something.
fn keys(rules: &Value, found: &mut BTreeSet<String>) {
    match rules {
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value) {
                    ("annotation" | "label", Value::Object(rule)) => {
                        found.extend(rule.get("key").and_then(Value::as_str).map(str::to_owned));
                    }
                    ("item", Value::Object(rule)) => {
                        found.extend(["others", "all"].iter().filter_map(|key| rule.get(*key)?.as_str().map(str::to_owned)));
                    }
                    _ => keys(value, found),
                }
            }
        }
        _ => {}
    }
}

fn carriers(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if change.old.is_some_and(|old| pair.new.version_of(old).is_none()) {
        return Verdict::Other;
    }
    if !change.of(What::Lens, &["rules"]) && !change.gone(What::Lens) {
        return Verdict::Other;
    }
    let of = |item: Option<&Item>| {
        let mut found = BTreeSet::new();
        keys(item.map_or(&Value::Null, |item| item.value("rules")), &mut found);
        found
    };
    let (before, after) = (of(change.old), of(change.new));
    let lost: Vec<&str> = before.difference(&after).map(String::as_str).collect();
    match change.old {
        Some(old) if !lost.is_empty() => Verdict::Said(format!("conversion `{}` no longer reads {}", old.path, lost.join(", "))),
        _ => Verdict::Other,
    }
}

/// What makes an object the one it is.
const IDENTITY: [&str; 5] =
    ["metadata.name", "metadata.namespace", "metadata.uid", "metadata.resourceVersion", "metadata.creationTimestamp"];

fn identity(pair: &Pair<'_>) -> Vec<Spot> {
    fn names(rules: &Value) -> bool {
        match rules {
            Value::Array(items) => items.iter().any(names),
            Value::Object(members) => members.values().any(names),
            Value::String(path) => IDENTITY.contains(&path.trim_start_matches('.')),
            _ => false,
        }
    }
    pair.fresh(What::Lens).filter(|lens| names(lens.value("rules"))).map(Spot::at).collect()
}

/// A path that field selectors may name in one version, and that the kind's other versions do not have selectable.
fn selectable(pair: &Pair<'_>) -> Vec<Spot> {
    let mut found = Vec::new();
    for path in pair.fresh(What::Selectable) {
        let Some(kind) = pair.new.item(&path.set, &path.parent) else { continue };
        let others = pair
            .new
            .all(What::Kind)
            .filter(|other| other.set == kind.set && other.group == kind.group && other.name == kind.name && other.version != kind.version);
        for other in others {
            let route = format!("{}{}", other.name, path.name);
            let same_place = pair.new.all(What::Field).any(|field| {
                field.set == other.set && field.group == other.group && field.version == other.version && field.routes.contains(&route)
            });
            let count = |kind: &Item| pair.new.parts(kind).filter(|part| part.what == What::Selectable).count();
            let named = pair.new.parts(other).any(|part| part.what == What::Selectable && part.name == path.name);
            if !named && (same_place || count(other) < count(kind)) {
                found.push(Spot::at(path).says(format!("can be selected in {} and not in {}", kind.version, other.version)));
            }
        }
    }
    found
}
