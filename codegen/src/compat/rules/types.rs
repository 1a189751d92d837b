//! Types, enums, unions, and how lists and maps merge.

use serde_json::Value;

use super::{error, firm, note, warning};
use crate::compat::change::Change;
use crate::compat::rule::{By, Pair, Rule, Severity, Verdict};
use crate::compat::side::{Item, What};

pub(super) const RULES: &[Rule] = &[
    firm(
        "F03",
        'R',
        "has another type",
        "add a field with the other type, or change it in a new version with a conversion rule",
        By::Change(ty),
    ),
    error("F04", 'R', "is an integer of another width", "keep the width; bounds say what is meant", By::Change(width)),
    error(
        "F05",
        'R',
        "has another format",
        "keep the format",
        By::Change(|change, _| {
            let width_changed = change.old.zip(change.new).is_some_and(|(old, new)| old.value("type") != new.value("type"));
            if !change.of(What::Field, &["format"]) {
                Verdict::Other
            } else if width_changed {
                Verdict::Fine
            } else {
                Verdict::Found
            }
        }),
    ),
    firm(
        "F18",
        'R',
        "is now a list",
        "add a list beside it with a `head` rule, and drop the single value in the next version",
        By::Change(|change, _| {
            Verdict::found(
                change.of(What::Field, &["shape"]) && change.before() == "one" && change.after() == "list" && !is_message(change),
            )
        }),
    ),
    firm(
        "F19",
        'R',
        "is held otherwise: one, list or map",
        "add a field of the other form, or change it in a new version with a `keyed` rule",
        By::Change(|change, _| {
            let listed = change.before() == "one" && change.after() == "list" && !is_message(change);
            Verdict::found(change.of(What::Field, &["shape"]) && !listed)
        }),
    ),
    error(
        "F20",
        'R',
        "merges otherwise under server-side apply",
        "keep keys and list type; owners of fields depend on them",
        By::Change(merging),
    ),
    error(
        "F21",
        'R',
        "merges otherwise under strategic merge patch",
        "keep strategy and key",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["patch", "mergeKey"]))),
    ),
    firm("F22", 'R', "keeps unknown members otherwise", "keep what was kept: stored data is pruned", By::Change(preserve)),
    error("F23", 'R', "takes integers, text or objects otherwise", "keep taking what was taken", By::Change(kinds_of_value)),
    error("F24", 'R', "has got a list of allowed values", "leave it open, and describe the values", By::Change(restricted)),
    firm("F25", 'R', "is no longer allowed", "go on accepting it, and describe it as deprecated", By::Change(value_gone)),
    error(
        "F26",
        'R',
        "is new in a closed enum: old clients cannot handle it",
        "add it to a new field, or to a new version",
        By::Change(value_came),
    ),
    warning(
        "F27",
        'R',
        "is new in an open enum",
        "accept it for one release where it is set already, before writing it",
        By::Change(|change, pair| Verdict::found(change.came(What::Value) && is_open(change, pair))),
    ),
    error(
        "F28",
        'R',
        "was opened or closed after its first release",
        "leave it as it was first released",
        By::Change(|change, _| Verdict::found(change.of(What::Type, &["open"]))),
    ),
    firm(
        "F29",
        'R',
        "is in another union, or tells its members otherwise",
        "keep unions as they are; make a new one in a new version",
        By::Change(union),
    ),
    note("F30", 'R', "is a new member of a union", "tell readers what to do with members that they do not know", By::Change(member)),
    error(
        "F31",
        'R',
        "has another hand-written schema",
        "keep it, or write in the language what changes",
        By::Change(|change, _| Verdict::found(change.key == "schema")),
    ),
    firm(
        "F38",
        'S',
        "exists in some served versions only",
        "write a conversion rule for it",
        By::Generator(
            "`convert-coverage`: fields of a version alone need a rule; what the hub alone has is kept over writes through others",
        ),
    ),
    error(
        "F39",
        'R',
        "is a published constant that is gone",
        "",
        By::Apart("the language has no constants apart from values of enums, which F25 is about"),
    ),
];

const INTEGERS: [&str; 2] = ["int32", "int64"];

fn is_message(change: &Change<'_>) -> bool {
    change.old.is_some_and(|old| old.text("type").contains(' '))
}

/// The type's own name is another, and the type is the same: the old one is gone and the new one was not there.
fn is_renamed(change: &Change<'_>, pair: &Pair<'_>) -> bool {
    let (Some(before), Some(after), Some(item)) = (change.before().as_str(), change.after().as_str(), change.new) else { return false };
    let both = before.contains(' ') && after.contains(' ');
    both && pair.new.item(&item.set, before).is_none() && pair.old.item(&item.set, after).is_none()
}

fn ty(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if change.of(What::Field, &["inline"]) {
        return Verdict::Found;
    }
    if change.of(What::Field, &["optional"]) {
        return if *change.after() == Value::Bool(true) { Verdict::As(Severity::Warning) } else { Verdict::Found };
    }
    if change.of(What::Type, &["form", "alias", "either"]) {
        // Fields that have the type are told of each for itself.
        return if change.key == "either" { Verdict::Found } else { Verdict::Fine };
    }
    if !change.of(What::Field, &["type"]) {
        return Verdict::Other;
    }
    let (before, after) = (change.before().as_str().unwrap_or_default(), change.after().as_str().unwrap_or_default());
    let integers = INTEGERS.contains(&before) && INTEGERS.contains(&after);
    let elsewhere = integers || is_int_or_string(before, after) || is_renamed(change, pair);
    if elsewhere { Verdict::Other } else { Verdict::Found }
}

fn width(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let (before, after) = (change.before().as_str().unwrap_or_default(), change.after().as_str().unwrap_or_default());
    if !change.of(What::Field, &["type"]) || !INTEGERS.contains(&before) || !INTEGERS.contains(&after) {
        return Verdict::Other;
    }
    if after == "int64" { Verdict::As(Severity::Warning) } else { Verdict::Found }
}

fn is_int_or_string(before: &str, after: &str) -> bool {
    let plain = |ty: &str| matches!(ty, "int32" | "int64" | "string");
    before == "IntOrString" && plain(after) || after == "IntOrString" && plain(before)
}

fn kinds_of_value(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let toggled = is_int_or_string(change.before().as_str().unwrap_or_default(), change.after().as_str().unwrap_or_default());
    Verdict::found(change.of(What::Field, &["embedded", "into"]) || change.of(What::Field, &["type"]) && toggled)
}

fn merging(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if change.of(What::Field, &["keys"]) && !change.added() && !change.dropped() {
        return Verdict::Found;
    }
    if change.of(What::Field, &["keys"]) {
        // Told of by the list type, which changes with it.
        return Verdict::Fine;
    }
    Verdict::found_as(change.of(What::Field, &["list", "map"]) || change.of(What::Type, &["atomic"]), Severity::Warning)
}

fn preserve(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    if change.key != "preserveUnknown" {
        return Verdict::Other;
    }
    if *change.after() == Value::Bool(true) { Verdict::As(Severity::Warning) } else { Verdict::Found }
}

/// The allowed values of a field: a list, or the name of an enum.
fn restricted(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if !change.of(What::Field, &["enum"]) {
        return Verdict::Other;
    }
    let Some((old, new)) = change.old.zip(change.new) else { return Verdict::Other };
    let (before, after) = (allowed(old, pair.old), allowed(new, pair.new));
    match (before, after) {
        (None, None) => Verdict::Fine,
        (None, Some(_)) => Verdict::Found,
        (Some(_), None) => Verdict::As(Severity::Warning),
        (Some(before), Some(after)) if before.iter().all(|value| after.contains(value)) => {
            if before.len() == after.len() {
                Verdict::Fine
            } else {
                Verdict::As(Severity::Error)
            }
        }
        (Some(_), Some(_)) => Verdict::Said(format!("field `{}` allows fewer values", new.shown())),
    }
}

/// What a field may be; `None` when it may be anything.
pub(super) fn allowed(field: &Item, side: &crate::compat::side::Side) -> Option<Vec<String>> {
    match field.value("enum") {
        Value::String(name) => {
            let version = side
                .all(What::Type)
                .find(|ty| ty.set == field.set && ty.name == *name && ty.group == field.group && ty.version == field.version);
            let ty = version.or_else(|| side.all(What::Type).find(|ty| ty.name == *name && ty.text("form") == "enum"))?;
            (!ty.is("open")).then(|| side.parts(ty).map(|value| value.name.clone()).collect())
        }
        Value::Array(values) => Some(values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect()),
        _ => None,
    }
}

fn is_open(change: &Change<'_>, pair: &Pair<'_>) -> bool {
    change.item().and_then(|item| pair.old.item(&item.set, &item.parent)).is_some_and(|ty| ty.is("open"))
}

fn value_gone(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    if !change.gone(What::Value) {
        return Verdict::Other;
    }
    // Of an open enum nothing is refused; readers may still miss its description.
    if is_open(change, pair) { Verdict::As(Severity::Warning) } else { Verdict::Found }
}

fn value_came(change: &Change<'_>, pair: &Pair<'_>) -> Verdict {
    Verdict::found(change.came(What::Value) && !is_open(change, pair))
}

const UNION: [&str; 6] = ["oneOf", "atMostOneOf", "discriminator", "as", "choice", "unions"];

fn union(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let altered = change.of(What::Field, &UNION) || change.of(What::Type, &UNION);
    let is_member = |item: &Item| UNION.iter().any(|key| !item.value(key).is_null());
    Verdict::found(altered || change.gone(What::Field) && change.old.is_some_and(is_member))
}

fn member(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let Some(new) = change.new.filter(|_| change.came(What::Field)) else { return Verdict::Other };
    let in_union = ["oneOf", "atMostOneOf", "choice"].iter().any(|key| !new.value(key).is_null());
    match (in_union, new.is("required")) {
        (false, _) => Verdict::Other,
        (true, true) => Verdict::As(Severity::Error),
        (true, false) => Verdict::Found,
    }
}
