//! What values may be. The server lets pass on an update what an unchanged value breaks, so every tightening spares stored objects.

use regex::Regex;
use serde_json::Value;

use super::moves;
use super::types::allowed;
use super::{error, firm, note, warning};
use crate::compat::change::Change;
use crate::compat::rule::{By, Pair, Rule, Severity, Spot, Verdict};
use crate::compat::side::{Item, What};

const LEAST: [&str; 4] = ["min", "minLength", "minItems", "minProperties"];
const MOST: [&str; 5] = ["max", "maxLength", "maxItems", "maxProperties", "maxBytes"];
const FORMS: [&str; 4] = ["check", "multipleOf", "unique", "not"];
const STRICT: [&str; 2] = ["exclusiveMin", "exclusiveMax"];

pub(super) const RULES: &[Rule] = &[
    error(
        "C01",
        'R',
        "must be more than before",
        "keep the bound in this version, or check it under an alpha rule first",
        By::Change(least),
    ),
    error(
        "C02",
        'R',
        "must be less than before",
        "keep the bound in this version, or check it under an alpha rule first",
        By::Change(most),
    ),
    warning("C03", 'R', "may be more than before", "make sure that no reader counts on the bound", By::Change(relaxed)),
    error(
        "C04",
        'R',
        "has another pattern",
        "keep the pattern; whether one pattern takes all that another takes cannot be told",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["pattern"]) && !change.dropped())),
    ),
    warning(
        "C05",
        'R',
        "has lost its pattern",
        "make sure that no reader counts on it",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["pattern"]) && change.dropped())),
    ),
    error("C06", 'R', "has a new form to keep", "keep taking what was taken", By::Change(form)),
    error(
        "C07",
        'R',
        "has a new expression to fulfil, which does not spare old values",
        "compare with `oldSelf`, so that unchanged values pass",
        By::Change(|change, _| cel(change, Cel::Added)),
    ),
    warning("C08", 'R', "has a new rule, which spares old values", "make sure that clients can fulfil it", By::Change(spared)),
    error("C09", 'R', "has a rule that says something else", "keep the rule, and add another", By::Change(rewritten)),
    warning("C10", 'R', "has lost a rule", "make sure that no reader counts on it", By::Change(lost)),
    note("C11", 'R', "explains a broken rule otherwise", "", By::Change(|change, _| cel(change, Cel::Explained))),
    firm(
        "C12",
        'R',
        "is tightened for stored objects too",
        "",
        By::Suite("tests of `src/rule`: an update tolerates what an unchanged value breaks, field by field"),
    ),
    error("C13", 'S', "is valid in one version and not in another", "state the same bounds in every version", By::Release(versions)),
    firm(
        "C14",
        'X',
        "converts to something that is not valid",
        "",
        By::Apart(
            "C13 holds fields of one place against each other; bounds of fields that a rule of conversion ties together are not followed",
        ),
    ),
    firm("C15", 'L', "has a default that it does not allow", "allow the default, or choose another", By::Release(defaults)),
    warning(
        "C16",
        'L',
        "has an expression over something without a maximum",
        "state `maxItems`, `maxLength` or `maxProperties`",
        By::Release(cost),
    ),
];

/// Bounds count for those who write: those of status are the server's own.
fn graded(change: &Change<'_>) -> Verdict {
    if change.new.is_some_and(|item| item.status) { Verdict::As(Severity::Warning) } else { Verdict::Found }
}

fn bounded(change: &Change<'_>, keys: &[&str]) -> bool {
    change.of(What::Field, keys) || change.of(What::Type, keys) || change.of(What::Kind, keys)
}

fn least(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let tighter = bounded(change, &LEAST) && (change.added() || change.raised())
        || bounded(change, &["exclusiveMin"]) && *change.after() == Value::Bool(true);
    if tighter { graded(change) } else { Verdict::Other }
}

fn most(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let tighter = bounded(change, &MOST) && (change.added() || change.lowered())
        || bounded(change, &["exclusiveMax"]) && *change.after() == Value::Bool(true);
    if tighter { graded(change) } else { Verdict::Other }
}

fn relaxed(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let bounds = bounded(change, &LEAST) && (change.dropped() || change.lowered())
        || bounded(change, &MOST) && (change.dropped() || change.raised());
    let forms = bounded(change, &FORMS) && change.dropped() || bounded(change, &STRICT) && *change.after() != Value::Bool(true);
    Verdict::found(bounds || forms)
}

fn form(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    let set = change.of(What::Field, &["list"]) && change.after() == "set";
    // Names are checked as the kind says.
    let names = change.of(What::Kind, &["names"]);
    if bounded(change, &FORMS) && !change.dropped() || set || names { graded(change) } else { Verdict::Other }
}

/// What has become of expressions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cel {
    Added,
    Spared,
    Rewritten,
    Lost,
    Explained,
}

fn cel(change: &Change<'_>, sought: Cel) -> Verdict {
    if change.key != "cel" {
        return Verdict::Other;
    }
    let text = |rule: &Value| rule.get("rule").cloned().unwrap_or_default();
    let all = |value: &Value| value.as_array().map(|rules| rules.iter().map(text).collect::<Vec<_>>()).unwrap_or_default();
    let (before, after) = (all(change.before()), all(change.after()));
    let gained: Vec<&Value> = after.iter().filter(|rule| !before.contains(rule)).collect();
    let lost = before.iter().any(|rule| !after.contains(rule));
    let spares = gained.iter().all(|rule| rule.as_str().is_some_and(|rule| rule.contains("oldSelf")));
    let found = match (gained.is_empty(), lost) {
        (false, true) => Cel::Rewritten,
        (false, false) if spares => Cel::Spared,
        (false, false) => Cel::Added,
        (true, true) => Cel::Lost,
        (true, false) => Cel::Explained,
    };
    Verdict::found(found == sought)
}

/// `rules:` of the language, which the server never holds an unchanged value to; alpha rules are on trial.
fn conditional(change: &Change<'_>) -> Option<(Vec<Value>, bool)> {
    if change.key != "rules" || !matches!(change.what, What::Field | What::Type | What::Kind) {
        return None;
    }
    let binding = |rules: Vec<&Value>| rules.into_iter().filter(|rule| rule.get("alpha").is_none()).cloned().collect::<Vec<_>>();
    Some((binding(change.gained()), binding(change.lost()).is_empty()))
}

fn spared(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    match conditional(change) {
        Some((gained, none_lost)) if none_lost => {
            if gained.is_empty() {
                Verdict::Fine
            } else {
                graded(change).min_warning()
            }
        }
        Some(_) => Verdict::Other,
        None => cel(change, Cel::Spared),
    }
}

fn rewritten(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    match conditional(change) {
        Some((gained, none_lost)) => Verdict::found(!gained.is_empty() && !none_lost),
        None => cel(change, Cel::Rewritten),
    }
}

fn lost(change: &Change<'_>, _: &Pair<'_>) -> Verdict {
    match conditional(change) {
        Some((gained, none_lost)) => Verdict::found(gained.is_empty() && !none_lost),
        None => cel(change, Cel::Lost),
    }
}

impl Verdict {
    /// No worse than a warning.
    fn min_warning(self) -> Self {
        if self == Self::Found { Self::As(Severity::Warning) } else { self }
    }
}

fn versions(pair: &Pair<'_>) -> Vec<Spot> {
    let keys: Vec<&str> = LEAST.iter().chain(&MOST).chain(&FORMS).chain(&["pattern"]).copied().collect();
    let differ = |field: &Item, other: &Item| {
        keys.iter().any(|key| field.value(key) != other.value(key))
            || allowed(field, pair.new).map(sorted) != allowed(other, pair.new).map(sorted)
    };
    let found = moves::in_versions(pair, differ);
    found.into_iter().map(|(field, other)| Spot::at(field).says(format!("has other bounds or values than in {}", other.version))).collect()
}

fn sorted(mut values: Vec<String>) -> Vec<String> {
    values.sort();
    values
}

fn defaults(pair: &Pair<'_>) -> Vec<Spot> {
    let mut found = Vec::new();
    for field in pair.fresh(What::Field) {
        for alternative in field.value("default").as_array().into_iter().flatten() {
            if let Some(value) = alternative.get("value").filter(|value| !fits(field, value, pair)) {
                found.push(
                    Spot { span: field.place("default"), ..Spot::at(field) }
                        .says(format!("has the default {value}, which it does not allow")),
                );
            }
        }
    }
    found
}

/// Whether a field's own bounds allow a value.
fn fits(field: &Item, value: &Value, pair: &Pair<'_>) -> bool {
    let bound = |key: &str| field.value(key).as_f64();
    let within = |number: f64, least: &str, most: &str| {
        bound(least).is_none_or(|least| number >= least) && bound(most).is_none_or(|most| number <= most)
    };
    let plain = field.text("shape") == "one";
    match value {
        Value::Number(number) => !plain || within(number.as_f64().unwrap_or_default(), "min", "max"),
        Value::String(text) if plain => {
            let pattern = Regex::new(field.text("pattern"));
            let listed = allowed(field, pair.new).is_none_or(|values| values.contains(text));
            listed && pattern.is_ok_and(|pattern| pattern.is_match(text)) && within(count(text.chars().count()), "minLength", "maxLength")
        }
        Value::Array(items) => within(count(items.len()), "minItems", "maxItems"),
        Value::Object(members) => within(count(members.len()), "minItems", "maxItems"),
        _ => true,
    }
}

/// A count as bounds are written.
fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn cost(pair: &Pair<'_>) -> Vec<Spot> {
    let unbounded = |field: &&Item| {
        let text = field.text("type") == "string" && field.text("shape") == "one";
        let many = field.text("shape") != "one";
        !field.value("cel").is_null()
            && (text && field.value("maxLength").is_null() && field.value("enum").is_null() || many && field.value("maxItems").is_null())
    };
    pair.fresh(What::Field).filter(unbounded).map(|field| Spot { span: field.place("cel"), ..Spot::at(field) }).collect()
}
