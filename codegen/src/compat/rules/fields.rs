//! Fields that come, go, and are filled in otherwise.

use serde_json::Value;

use super::moves::{self, Twin};
use super::{error, firm, note, warning};
use crate::compat::change::Change;
use crate::compat::rule::{By, Pair, Rule, Severity, Spot, Verdict};
use crate::compat::side::{Item, Track, What};

pub(super) const RULES: &[Rule] = &[
    firm(
        "F01",
        'R',
        "is gone",
        "bring it back; leave it out of a new version, with a conversion rule",
        By::Change(|change, pair| Verdict::found(change.gone(What::Field) && moves::twin(change, pair).is_none())),
    ),
    firm("F02", 'R', "was renamed", "keep both in this version, and rename in a new one with a `move` rule", By::Change(renamed)),
    firm("F06", 'R', "has become required", "leave it optional, and give it a default", By::Change(must)),
    warning("F07", 'R', "need no longer be there", "tell readers that it may be missing", By::Change(may)),
    firm(
        "F08",
        'R',
        "is new and required: clients that do not know it can write no object",
        "make it optional; a default tells what its absence means",
        By::Change(|change, _| Verdict::found(change.came(What::Field) && change.new.is_some_and(is_required))),
    ),
    warning(
        "F09",
        'R',
        "is new and has a default",
        "make sure that the default is what happened before there was the field",
        By::Change(|change, _| Verdict::found(change.came(What::Field) && change.new.is_some_and(|item| !item.value("default").is_null()))),
    ),
    error(
        "F10",
        'R',
        "has got a default",
        "treat the unset field as the default where it is read; default it in a new version",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["default"]) && change.added())),
    ),
    firm(
        "F11",
        'R',
        "has another default: stored objects change when they are read",
        "keep the default in this version, and change it in a new one with an `unset` rule",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["default"]) && !change.added() && !change.dropped())),
    ),
    error(
        "F12",
        'R',
        "has lost its default",
        "keep the default in this version",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["default"]) && change.dropped())),
    ),
    firm(
        "F13",
        'S',
        "has another default than in another version",
        "give the versions defaults that convert to each other",
        By::Release(defaults),
    ),
    error("F14", 'R', "takes `null` otherwise", "keep taking what was taken", By::Change(nullable)),
    error("F15", 'R', "can be changed otherwise", "leave it as changeable as it was", By::Change(immutable)),
    note(
        "F16",
        'R',
        "is described otherwise",
        "make sure that it means what it meant",
        By::Change(|change, _| Verdict::found(change.key == "doc")),
    ),
    firm("F17", 'R', "has moved between metadata, spec and status", "keep it where it was; move it in a new version", By::Change(moved)),
    firm(
        "F32",
        'H',
        "has the name of a field that was removed",
        "choose another name",
        By::Change(|change, pair| {
            let gone = |item: &Item| pair.lock(&item.set).is_some_and(|lock| lock.tombstone(&item.path).is_some());
            Verdict::found(change.came(What::Field) && change.new.is_some_and(gone))
        }),
    ),
    firm("F33", 'R', "has another name in JSON, and the same in Rust", "keep the JSON name", By::Change(json_name)),
    warning(
        "F34",
        'R',
        "is new in a stable version and has no feature gate",
        "give it a gate that is off to begin with",
        By::Change(ungated),
    ),
    error(
        "F35",
        'R',
        "is dropped on write unless set before, while its gate is off",
        "",
        By::Apart("gates of fields are told to readers; no server acts on them, so there is nothing to hold a field to"),
    ),
    error("F36", 'R', "has a gate that goes backwards", "leave the gate on, and remove it when no field names it", By::Change(gates)),
    note("F37", 'R', "is shared: every kind that shows it changes", "look at each of them", By::Change(shared)),
];

pub(super) fn is_required(item: &Item) -> bool {
    item.is("required") && item.value("default").is_null() || item.text("presence") == "required"
}

fn renamed(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    match (change.old, moves::twin(change, pair)) {
        (Some(old), Some(Twin::Renamed(new))) => Verdict::Said(format!("field `{}` is now called `{}`", old.shown(), new.name)),
        _ => Verdict::Other,
    }
}

fn moved(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    match (change.old, moves::twin(change, pair)) {
        (Some(old), Some(Twin::Moved(new))) => Verdict::Said(format!("field `{}` is now `{}`", old.shown(), new.shown())),
        _ => Verdict::Other,
    }
}

fn must(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let listed = change.of(What::Field, &["required"]) && *change.after() == Value::Bool(true);
    let checked = change.of(What::Field, &["presence"]) && change.after() == "required";
    let grade = if change.new.is_some_and(|item| item.status) { Severity::Warning } else { Severity::Error };
    match (listed, checked) {
        (_, true) => Verdict::As(grade),
        // A field with a default is filled in, whoever leaves it out.
        (true, _) if change.new.is_some_and(|item| item.value("default").is_null()) => Verdict::As(grade),
        (true, _) => Verdict::As(Severity::Warning),
        _ if change.of(What::Field, &["presence"]) && change.after() == "forbidden" => Verdict::As(grade),
        _ => Verdict::Other,
    }
}

fn may(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if change.of(What::Field, &["omit"]) {
        return Verdict::found_as(true, if change.before() == "never" { Severity::Warning } else { Severity::Note });
    }
    let unlisted = change.of(What::Field, &["required"]) && *change.after() != Value::Bool(true);
    let unchecked = change.of(What::Field, &["presence"]) && !matches!(change.after().as_str(), Some("required" | "forbidden"));
    Verdict::found(unlisted || unchecked)
}

fn nullable(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if !change.of(What::Field, &["nullable"]) {
        return Verdict::Other;
    }
    if *change.after() == Value::Bool(true) { Verdict::As(Severity::Warning) } else { Verdict::Found }
}

fn immutable(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if change.of(What::Field, &["update"]) {
        return if change.dropped() { Verdict::As(Severity::Warning) } else { Verdict::Found };
    }
    if !change.of(What::Field, &["immutable"]) {
        return Verdict::Other;
    }
    if *change.after() == Value::Bool(true) { Verdict::Found } else { Verdict::As(Severity::Warning) }
}

fn json_name(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    match (change.old, moves::twin(change, pair)) {
        (Some(old), Some(Twin::Renamed(new))) => {
            let name = |item: &Item| if item.text("rust").is_empty() { snake(&item.name) } else { item.text("rust").to_owned() };
            Verdict::found(name(old) == name(new))
        }
        _ => Verdict::Other,
    }
}

fn snake(name: &str) -> String {
    heck::ToSnakeCase::to_snake_case(name)
}

/// Sets that have gates are held to use them.
fn ungated(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let Some(new) = change.new.filter(|_| change.came(What::Field)) else { return Verdict::Other };
    let has_gates = pair.new.all(What::Gate).any(|gate| gate.set == new.set);
    Verdict::found(has_gates && new.track() == Track::Stable && new.value("gate").is_null())
}

fn gates(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if change.of(What::Gate, &["on"]) {
        return if *change.after() == Value::Bool(true) { Verdict::Fine } else { Verdict::Found };
    }
    match change.old.filter(|_| change.gone(What::Gate)) {
        None => Verdict::Other,
        Some(gate) => {
            let named = |field: &Item| field.value("gate").as_array().is_some_and(|gates| gates.iter().any(|name| *name == gate.name));
            // A gate that is not named by the set is off.
            if pair.new.all(What::Field).any(|field| field.set == gate.set && named(field)) && gate.is("on") {
                Verdict::Found
            } else {
                Verdict::Fine
            }
        }
    }
}

fn shared(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let Some(item) = change.item().filter(|item| item.what == What::Field && !matches!(change.key, "doc")) else { return Verdict::Other };
    let mut kinds: Vec<&str> = item.routes.iter().filter_map(|route| route.split(['.', '[']).next()).collect();
    kinds.dedup();
    if kinds.len() < 2 {
        return Verdict::Other;
    }
    Verdict::Said(format!("field `{}` is shared by {} kinds: {}", item.path, kinds.len(), kinds.join(", ")))
}

/// Fields of one way in two versions, that are filled in otherwise.
fn defaults(pair: &Pair<'_>) -> Vec<Spot> {
    let found = moves::in_versions(pair, |field, other| field.value("default") != other.value("default"));
    found
        .into_iter()
        .map(|(field, other)| {
            Spot { span: field.place("default"), ..Spot::at(field) }.says(format!("has another default than in {}", other.version))
        })
        .collect()
}
