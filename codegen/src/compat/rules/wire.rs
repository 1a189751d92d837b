//! Protobuf: numbers, names, wire types, and the record of them.

use super::{error, firm, warning};
use crate::compat::change::Change;
use crate::compat::rule::{By, Pair, Rule, Spot, Verdict};
use crate::compat::side::{Item, What};

pub(super) const RULES: &[Rule] = &[
    firm(
        "P01",
        'W',
        "has another number",
        "give it the number that it had",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["tag", "json"]))),
    ),
    firm(
        "P02",
        'W',
        "is gone, and its number is not kept",
        "keep a record of the set: `cargo xtask release` writes the first one",
        By::Change(|change, pair| Verdict::found(change.gone(What::Field) && change.old.is_some_and(|old| pair.lock(&old.set).is_none()))),
    ),
    firm("P03", 'W', "has the number of a field that was removed", "take a number that no field has had", By::Change(reused)),
    firm("P04", 'W', "is written otherwise on the wire", "add a field with the other type", By::Change(wire_type)),
    error("P05", 'W', "is written otherwise in JSON forms of protobuf, and the same on the wire", "keep the type", By::Change(json_type)),
    firm(
        "P06",
        'W',
        "is one value instead of several, or several instead of one",
        "add a field of the other form",
        By::Change(|change, _| {
            let wrapped = change.of(What::Field, &["wrapped"]) && (change.added() || change.dropped());
            Verdict::found(wrapped || change.of(What::Field, &["shape"]))
        }),
    ),
    firm("P07", 'W', "is in another oneof", "", By::Generator("messages have no oneof: unions are rules about ordinary fields")),
    warning("P08", 'W', "is another message or package", "state the old name: `proto:` of the version", By::Change(renamed)),
    warning(
        "P09",
        'W',
        "has another name in protobuf",
        "state the old name: `proto:` of the field",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["proto"]))),
    ),
    firm("P10", 'L', "has a number that cannot be", "", By::Generator("`number-range`, `number-duplicate` and `number-missing`")),
    firm(
        "P11",
        'W',
        "has a record that is not what was written",
        "undo what was edited by hand, then run `cargo xtask gen`",
        By::Release(record),
    ),
    firm(
        "P12",
        'W',
        "is not read, or not written as it was",
        "",
        By::Suite("tests/tests/releases.rs: fixtures of the release before, as JSON, YAML and protobuf"),
    ),
    firm(
        "P13",
        'W',
        "is not the same after JSON, protobuf and JSON",
        "",
        By::Suite("tests/tests/golden.rs: objects of every kind from every form to every form"),
    ),
    warning("P14", 'L', "tells `null` or an empty list from unset, which protobuf cannot", "leave `nullable` out", By::Release(untold)),
    firm(
        "P15",
        'H',
        "has a number that another branch has given away",
        "",
        By::Suite("`cargo xtask lock merge`, the merge driver of api.lock, and its tests"),
    ),
];

fn reused(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let (Some(new), true) = (change.new, change.came(What::Field) || change.of(What::Field, &["tag"])) else { return Verdict::Other };
    let Some(lock) = pair.lock(&new.set) else { return Verdict::Other };
    match lock.buried(&new.parent, new.value("tag").as_u64().unwrap_or_default()) {
        Some(field) => Verdict::Said(format!("field `{}` has number {}, which was that of `{field}`", new.path, new.value("tag"))),
        None => Verdict::Other,
    }
}

fn types<'a>(change: &Change<'a>) -> Option<(&'a str, &'a str)> {
    if !change.of(What::Field, &["type"]) {
        return None;
    }
    Some((change.before().as_str()?, change.after().as_str()?))
}

/// How a type is written on the wire: what has the same word can be read as the other.
fn wire(ty: &str) -> &str {
    match ty {
        "bool" | "int32" | "int64" => "varint",
        "float64" => "fixed",
        "string" => "text",
        "bytes" => "bytes",
        _ => "message",
    }
}

fn wire_type(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let Some((before, after)) = types(change) else { return Verdict::Other };
    let (was, is) = (wire(before), wire(after));
    let same = was == is && (was != "message" || is_renamed(change, pair));
    Verdict::found(!same)
}

fn json_type(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let Some((before, after)) = types(change) else { return Verdict::Other };
    Verdict::found(wire(before) == wire(after) && wire(before) == "varint")
}

/// The message has another name: the old one is gone, the new one was not there.
fn is_renamed(change: &Change<'_>, pair: &Pair<'_>) -> bool {
    let (Some((before, after)), Some(item)) = (types(change), change.new) else { return false };
    before.contains(' ') && after.contains(' ') && pair.new.item(&item.set, before).is_none() && pair.old.item(&item.set, after).is_none()
}

fn renamed(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    let wrapper = change.of(What::Field, &["wrapped"]) && !change.added() && !change.dropped();
    Verdict::found(change.of(What::Version, &["proto"]) || wrapper || is_renamed(change, pair))
}

/// The record of a set: as it was written, and complete.
fn record(pair: &Pair<'_>) -> Vec<Spot> {
    let mut found = Vec::new();
    for lock in pair.locks {
        let Some(set) = pair.new.item(&lock.set, &lock.set) else { continue };
        if !lock.is_intact() {
            found.push(Spot::at(set).says("has an api.lock that was edited by hand: its checksum is another"));
        }
        let missing = lock.missing(pair.new);
        if let Some(first) = missing.first() {
            found.push(
                Spot::at(set).says(format!(
                    "has an api.lock that is out of date: {} numbers are not in it, such as that of `{first}`",
                    missing.len()
                )),
            );
        }
    }
    found
}

fn untold(pair: &Pair<'_>) -> Vec<Spot> {
    let told = |field: &&Item| field.is("nullable") && field.value("tag").as_u64().is_some_and(|number| number > 0);
    pair.fresh(What::Field).filter(told).map(|field| Spot { span: field.place("nullable"), ..Spot::at(field) }).collect()
}
