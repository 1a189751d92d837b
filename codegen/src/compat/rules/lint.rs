//! The design of what is new. What is released stays as it is, so only new and changed items are looked at, unless all are asked for.

use serde_json::Value;

use super::{error, warning};
use crate::compat::rule::{By, Pair, Rule, Severity, Spot};
use crate::compat::side::{Item, What};

pub(super) const RULES: &[Rule] = &[
    error(
        "L01",
        'L',
        "is neither optional nor required",
        "",
        By::Generator("presence follows from `type` and `omit`; there is no third state"),
    ),
    error(
        "L02",
        'L',
        "is required and has a default",
        "leave one of them out",
        By::Release(|pair| fields(pair, |field, _| field.text("presence") == "required" && !field.value("default").is_null())),
    ),
    warning(
        "L03",
        'L',
        "has no description",
        "say what it means",
        By::Release(|pair| fields(pair, |field, _| field.text("doc").trim().is_empty() && field.name != "metadata")),
    ),
    error("L04", 'L', "is a list that does not say how it merges", "state `list: atomic`, `list: set` or `keys:`", By::Release(lists)),
    warning(
        "L05",
        'L',
        "has no maximum",
        "state `maxLength` or `maxItems`",
        By::Release(|pair| fields(pair, |field, _| is_unbounded(field))),
    ),
    warning(
        "L06",
        'L',
        "is a flag, which cannot grow a third value",
        "make it an enum",
        By::Release(|pair| fields(pair, |field, _| field.text("type") == "bool")),
    ),
    error("L07", 'L', "is a float, which machines round otherwise", "use an integer in a small unit, or a Quantity", By::Release(floats)),
    warning(
        "L08",
        'L',
        "is a 64-bit integer that JavaScript cannot hold",
        "state `min` and `max` within 2^53",
        By::Release(|pair| fields(pair, |field, _| is_wide(field))),
    ),
    warning("L09", 'L', "is a phase", "use conditions", By::Release(|pair| fields(pair, |field, _| field.name == "phase"))),
    warning(
        "L10",
        'L',
        "has a name that ends otherwise than others of its sort",
        "end names of times with Time, and those of references with Ref",
        By::Release(|pair| fields(pair, |field, _| field.name.ends_with("Timestamp") || field.name.ends_with("Reference"))),
    ),
    warning(
        "L11",
        'L',
        "is a duration as text",
        "use an integer with the unit in its name",
        By::Release(|pair| fields(pair, |field, _| field.text("type").ends_with("Duration"))),
    ),
    warning("L12", 'L', "takes `null`", "leave `nullable` out", By::Release(|pair| fields(pair, |field, _| field.is("nullable")))),
    warning(
        "L13",
        'L',
        "is a map of other things than text",
        "use a list with keys",
        By::Release(|pair| fields(pair, |field, _| field.text("shape") == "map" && field.text("type") != "string")),
    ),
    error("L14", 'L', "are conditions of their own making", "use `list(Condition)` with `keys: [type]`", By::Release(conditions)),
    warning(
        "L15",
        'L',
        "and the subresource `status` do not go together",
        "make the field `status` optional, and state `subresources: {status: {}}`",
        By::Release(status),
    ),
    warning("L16", 'L', "is no name in capitals and small letters", "write values of enums like `OnFailure`", By::Release(values)),
    warning(
        "L17",
        'L',
        "is a list of messages in which nothing is required",
        "require what tells the items apart",
        By::Release(|pair| fields(pair, all_optional)),
    ),
    error(
        "L18",
        'L',
        "cannot tell zero from unset, and has a default",
        "write `?` after its type",
        By::Release(|pair| fields(pair, |field, _| is_blind(field))),
    ),
    error(
        "L19",
        'L',
        "is a member of a union and required",
        "make it optional",
        By::Release(|pair| fields(pair, |field, _| is_member(field) && (field.is("required") || field.text("presence") == "required"))),
    ),
    error(
        "L20",
        'L',
        "is not in camel case",
        "write it like `hostPort`",
        By::Release(|pair| fields(pair, |field, _| !is_camel(&field.name))),
    ),
    warning(
        "L21",
        'L',
        "is open, and it is not said what unknown values mean",
        "say what to do with a value that one does not know",
        By::Release(open_enums),
    ),
    error(
        "L22",
        'L',
        "has a default that depends on something else than its object",
        "",
        By::Generator("`default-from` and `default-when`: defaults see the message that they stand in, and fill what is unset"),
    ),
    warning(
        "L23",
        'L',
        "refers to a whole object, or to another namespace",
        "refer by name, within the namespace",
        By::Release(|pair| fields(pair, |field, _| field.name.ends_with("Ref") && field.text("type").ends_with(" ObjectReference"))),
    ),
];

/// Fields that are looked at and have something about them.
fn fields(pair: &Pair<'_>, has: fn(&Item, &Pair<'_>) -> bool) -> Vec<Spot> {
    pair.fresh(What::Field).filter(|field| has(field, pair)).map(Spot::at).collect()
}

fn lists(pair: &Pair<'_>) -> Vec<Spot> {
    let mut found = fields(pair, |field, _| field.text("shape") == "list" && field.value("list").is_null());
    let sets = pair.fresh(What::Field).filter(|field| field.text("list") == "set" && field.text("type").contains(' '));
    found.extend(sets.map(|field| Spot::at(field).says("is a set of messages, of which none can be changed").graded(Severity::Warning)));
    found
}

fn is_unbounded(field: &Item) -> bool {
    let text = field.text("shape") == "one" && field.text("type") == "string";
    let lacks = |key: &str| field.value(key).is_null();
    let free = ["enum", "pattern", "check", "format"].iter().all(|key| lacks(key));
    text && free && lacks("maxLength") && lacks("maxBytes") || field.text("shape") != "one" && lacks("maxItems")
}

fn floats(pair: &Pair<'_>) -> Vec<Spot> {
    let found = pair.fresh(What::Field).filter(|field| field.text("type") == "float64");
    found.map(|field| Spot::at(field).graded(if field.status { Severity::Warning } else { Severity::Error })).collect()
}

/// Greatest integer that a double holds, as all before it. Source: RFC 8259, section 6.
const SAFE: f64 = 9_007_199_254_740_992.0;

fn is_wide(field: &Item) -> bool {
    let within = |key: &str| field.value(key).as_f64().is_some_and(|bound| bound.abs() <= SAFE);
    field.text("type") == "int64" && field.value("format").is_null() && !(within("min") && within("max"))
}

fn conditions(pair: &Pair<'_>) -> Vec<Spot> {
    let keyed = |field: &Item| *field.value("keys") == serde_json::json!(["type"]);
    let good = |field: &Item| field.text("shape") == "list" && field.text("type").ends_with("Condition") && keyed(field);
    pair.fresh(What::Field).filter(|field| field.status && field.name == "conditions" && !good(field)).map(Spot::at).collect()
}

/// A status without the subresource, the reverse, and one that must be there.
fn status(pair: &Pair<'_>) -> Vec<Spot> {
    let mut found = Vec::new();
    for kind in pair.new.all(What::Kind).filter(|kind| *kind.value("resource") != Value::Bool(false)) {
        let field = pair.new.item(&kind.set, &format!("{}.status", kind.path));
        let subresource = pair.new.item(&kind.set, &format!("{}/status", kind.path));
        if ![Some(kind), field, subresource].into_iter().flatten().any(|item| pair.looks_at(item)) {
            continue;
        }
        let served = subresource.is_some();
        let stored = kind.value("verbs").as_array().is_some_and(|verbs| verbs.iter().any(|verb| verb == "update"));
        match field {
            Some(field) if !served && stored => found.push(Spot::at(field).says("has no subresource `status`").graded(Severity::Error)),
            Some(field) if field.is("required") => found.push(Spot::at(field).says("is required, and nobody has written it yet")),
            None if served => found.push(Spot::at(kind).says("has a subresource `status` and no such field").graded(Severity::Error)),
            _ => {}
        }
    }
    found
}

fn values(pair: &Pair<'_>) -> Vec<Spot> {
    let camel = |name: &str| name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    let numeric = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    let found = pair.fresh(What::Value).filter(|value| !camel(&value.name));
    found.map(|value| if numeric(&value.name) { Spot::at(value).graded(Severity::Error) } else { Spot::at(value) }).collect()
}

fn all_optional(field: &Item, pair: &Pair<'_>) -> bool {
    let Some(ty) = pair.new.all(What::Type).find(|ty| ty.path == field.text("type")).filter(|_| field.text("shape") == "list") else {
        return false;
    };
    let mut parts = pair.new.parts(ty).filter(|part| part.what == What::Field).peekable();
    parts.peek().is_some() && parts.all(|part| !part.is("required") && part.text("presence") != "required")
}

/// A default that a given zero would lose to.
fn is_blind(field: &Item) -> bool {
    let scalar = field.text("shape") == "one" && matches!(field.text("type"), "bool" | "int32" | "int64" | "float64");
    let filled = field
        .value("default")
        .as_array()
        .is_some_and(|defaults| defaults.iter().any(|default| default.get("value").is_some_and(|value| !is_zero(value))));
    let zero_allowed = field.value("min").as_f64().is_none_or(|least| least <= 0.0);
    scalar && filled && zero_allowed && !field.is("optional")
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        _ => false,
    }
}

fn is_member(field: &Item) -> bool {
    ["oneOf", "atMostOneOf", "choice"].iter().any(|key| !field.value(key).is_null())
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn open_enums(pair: &Pair<'_>) -> Vec<Spot> {
    let found = pair.fresh(What::Type).filter(|ty| ty.text("form") == "enum" && ty.is("open"));
    let explains = |ty: &Item| ["unknown", "other", "not known"].iter().any(|word| ty.text("doc").to_lowercase().contains(word));
    found.filter(|ty| !explains(ty)).map(Spot::at).collect()
}
