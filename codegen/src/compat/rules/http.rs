//! The OpenAPI documents of both sides: what clients that are made from them would miss.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{error, firm, warning};
use crate::compat::rule::{By, Pair, Rule, Spot};
use crate::compat::side::{Item, Side};
use crate::source::Span;

pub(super) const RULES: &[Rule] = &[
    error("O01", 'O', "has lost operations", "keep paths and methods", By::Release(|pair| lost(pair, Sort::Operation))),
    warning("O02", 'O', "has operations with other ids", "keep kinds and groups called as they are", By::Release(|pair| lost(pair, Sort::Id))),
    error("O03", 'O', "takes other parameters", "keep parameters; new ones are optional", By::Release(|pair| lost(pair, Sort::Parameter))),
    error("O04", 'O', "has lost media types", "keep what clients send and ask for", By::Release(|pair| lost(pair, Sort::Media))),
    error("O05", 'O', "has lost answers", "keep the codes of answers", By::Release(|pair| lost(pair, Sort::Answer))),
    error("O06", 'O', "has lost definitions", "keep names of types: `openapi:` of the version states their prefix", By::Release(|pair| lost(pair, Sort::Definition))),
    error("O07", 'O', "has other extensions", "keep what kubectl and clients read", By::Release(|pair| lost(pair, Sort::Extension))),
    firm("O08", 'O', "differs between version 2 and 3 of the document", "", By::Generator("both are made from one descriptor by one builder of schemas")),
    firm("O09", 'O', "differs from run to run", "", By::Suite("`gen --check` makes every document anew and compares it with what is committed")),
    warning("O10", 'O', "has another storage version hash", "", By::Apart("the hash is made of group, stored version and kind: V03 and X13 are about them")),
];

/// What of a document differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Operation,
    Id,
    Parameter,
    Media,
    Answer,
    Definition,
    Extension,
}

/// How many are named in a report.
const NAMED: usize = 4;

/// What the documents of sets lost, by version.
fn lost(pair: &Pair<'_>, sort: Sort) -> Vec<Spot> {
    let mut found = Vec::new();
    for (set, before) in pair.old.documents() {
        let Some(after) = pair.new.documents().get(set) else { continue };
        if before == after {
            continue;
        }
        let mut by_place: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        differences(before, after, |of, place, what| {
            if of == sort {
                by_place.entry(item_of(pair.new, set, place)).or_default().insert(what);
            }
        });
        found.extend(by_place.into_iter().map(|(path, what)| spot(pair.new, set, &path, sort, &what)));
    }
    found
}

fn spot(side: &Side, set: &str, path: &str, sort: Sort, what: &BTreeSet<String>) -> Spot {
    let named: Vec<&str> = what.iter().take(NAMED).map(String::as_str).collect();
    let more = if what.len() > NAMED { format!(" and {} more", what.len() - NAMED) } else { String::new() };
    let verb = match sort {
        Sort::Operation => "has lost operations",
        Sort::Id => "has operations with other ids",
        Sort::Parameter => "takes other parameters",
        Sort::Media => "has lost media types",
        Sort::Answer => "has lost answers",
        Sort::Definition => "has lost definitions",
        Sort::Extension => "has other extensions",
    };
    let span = side.item(set, path).map_or(Span::default(), |item: &Item| item.span);
    Spot { set: set.to_owned(), path: path.to_owned(), span, message: format!("{verb}: {}{more}", named.join(", ")), severity: None }
}

/// The version that a path or definition is of, where there is one; else the set.
fn item_of(side: &Side, set: &str, place: &str) -> String {
    let parts: Vec<&str> = place.trim_start_matches('/').split('/').collect();
    let version = match parts.as_slice() {
        ["apis", group, version, ..] => format!("{group}/{version}"),
        ["api", version, ..] => (*version).to_owned(),
        _ => String::new(),
    };
    if side.item(set, &version).is_some() { version } else { set.to_owned() }
}

static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

fn object(value: Option<&Value>) -> &Map<String, Value> {
    value.and_then(Value::as_object).unwrap_or(&NONE)
}

fn members<'v>(value: &'v Value, key: &str) -> &'v Map<String, Value> {
    object(value.get(key))
}

fn differences(before: &Value, after: &Value, mut tell: impl FnMut(Sort, &str, String)) {
    for (path, old) in members(before, "paths") {
        let new = members(after, "paths").get(path);
        for (method, old) in object(Some(old)).iter().filter(|(method, _)| *method != "parameters") {
            match new.and_then(|new| new.get(method)) {
                None => tell(Sort::Operation, path, format!("{} {path}", method.to_uppercase())),
                Some(new) => operation(&format!("{} {path}", method.to_uppercase()), path, old, new, &mut tell),
            }
        }
    }
    for (name, old) in members(before, "definitions") {
        match members(after, "definitions").get(name) {
            None => tell(Sort::Definition, "", name.clone()),
            Some(new) => extensions(name, old, new, &mut tell),
        }
    }
}

fn operation(name: &str, path: &str, old: &Value, new: &Value, tell: &mut impl FnMut(Sort, &str, String)) {
    if old.get("operationId") != new.get("operationId") {
        tell(Sort::Id, path, name.to_owned());
    }
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    for key in ["consumes", "produces"] {
        for media in list(old, key).iter().filter(|media| !list(new, key).contains(media)) {
            tell(Sort::Media, path, format!("{} of {name}", media.as_str().unwrap_or_default()));
        }
    }
    for code in members(old, "responses").keys().filter(|code| !members(new, "responses").contains_key(*code)) {
        tell(Sort::Answer, path, format!("{code} of {name}"));
    }
    let (was, is) = (list(old, "parameters"), list(new, "parameters"));
    let gone = was.iter().filter(|parameter| !is.contains(parameter) && !described_otherwise(parameter, &is));
    let forced = is.iter().filter(|parameter| parameter.get("required") == Some(&Value::Bool(true)) && !was.contains(parameter) && !described_otherwise(parameter, &was));
    for parameter in gone.chain(forced) {
        let called = ["name", "$ref"].iter().find_map(|key| parameter.get(*key)?.as_str()).unwrap_or_default();
        tell(Sort::Parameter, path, format!("{called} of {name}"));
    }
    marks(name, path, old, new, tell);
}

/// Whether a list has the parameter, apart from its description.
fn described_otherwise(parameter: &Value, others: &[Value]) -> bool {
    let bare = |value: &Value| {
        let mut value = value.clone();
        if let Value::Object(members) = &mut value {
            members.remove("description");
        }
        value
    };
    others.iter().any(|other| bare(other) == bare(parameter))
}

fn extensions(name: &str, old: &Value, new: &Value, tell: &mut impl FnMut(Sort, &str, String)) {
    marks(name, "", old, new, tell);
    for (property, old) in members(old, "properties") {
        if let Some(new) = members(new, "properties").get(property) {
            marks(&format!("{name}.{property}"), "", old, new, tell);
        }
    }
}

/// Vendor extensions that differ: those that came to an item are growth, but for those that tell how it merges.
fn marks(name: &str, place: &str, old: &Value, new: &Value, tell: &mut impl FnMut(Sort, &str, String)) {
    let of = |value: &Value| object(Some(value)).iter().filter(|(key, _)| key.starts_with("x-")).map(|(key, value)| (key.clone(), value.clone())).collect::<BTreeMap<_, _>>();
    for (key, value) in of(old) {
        if new.get(&key) != Some(&value) {
            tell(Sort::Extension, place, format!("{key} of {name}"));
        }
    }
}
