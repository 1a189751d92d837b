//! The OpenAPI documents of both sides: what clients that are made from them would miss.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::{error, firm, warning};
use crate::compat::rule::{By, Pair, Rule, Spot};
use crate::compat::side::{Item, Side, What};
use crate::source::Span;

pub(super) const RULES: &[Rule] = &[
    error("O01", 'O', "has lost operations", "keep paths and methods", By::Release(|pair| lost(pair, Sort::Operation))),
    warning(
        "O02",
        'O',
        "has operations with other ids",
        "keep kinds and groups called as they are",
        By::Release(|pair| lost(pair, Sort::Id)),
    ),
    error("O03", 'O', "takes other parameters", "keep parameters; new ones are optional", By::Release(|pair| lost(pair, Sort::Parameter))),
    error("O04", 'O', "has lost media types", "keep what clients send and ask for", By::Release(|pair| lost(pair, Sort::Media))),
    error("O05", 'O', "answers otherwise", "keep the codes of answers, and what is in them", By::Release(|pair| lost(pair, Sort::Answer))),
    error(
        "O06",
        'O',
        "has lost definitions",
        "keep names of types: `openapi:` of the version states their prefix",
        By::Release(|pair| lost(pair, Sort::Definition)),
    ),
    error("O07", 'O', "has other extensions", "keep what kubectl and clients read", By::Release(|pair| lost(pair, Sort::Extension))),
    firm(
        "O08",
        'O',
        "differs between version 2 and 3 of the document",
        "",
        By::Generator("both are made from one descriptor by one builder of schemas"),
    ),
    firm(
        "O09",
        'O',
        "differs from run to run",
        "",
        By::Suite("`gen --check` makes every document anew and compares it with what is committed"),
    ),
    warning(
        "O10",
        'O',
        "has another storage version hash",
        "",
        By::Apart("the hash is made of group, stored version and kind: V03 and X13 are about them"),
    ),
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
        let over = Over::of(set, pair);
        differences(before, after, &over, |of, place, what| {
            if of == sort && !over.covers(of, place, &what) {
                by_place.entry(item_of(pair.new, set, place)).or_default().insert(what);
            }
        });
        found.extend(by_place.into_iter().map(|(path, what)| spot(pair.new, set, &path, sort, &what)));
    }
    found
}

/// Versions and kinds that are gone as a whole, which rules about them judge.
struct Over {
    versions: Vec<(String, String)>,
    paths: Vec<String>,
    definitions: Vec<String>,
}

impl Over {
    fn of(set: &str, pair: &Pair<'_>) -> Self {
        let gone = |what: What| pair.old.all(what).filter(|item| item.set == set && pair.new.same(item).is_none()).collect::<Vec<&Item>>();
        let mut over = Self { versions: Vec::new(), paths: Vec::new(), definitions: Vec::new() };
        let root = |item: &Item| {
            if item.group.is_empty() { format!("/api/{}/", item.version) } else { format!("/apis/{}/{}/", item.group, item.version) }
        };
        for version in gone(What::Version) {
            over.versions.push((version.group.clone(), version.version.clone()));
            over.paths.push(root(version));
            over.definitions.push(format!("{}.", version.text("openapi")));
        }
        for kind in gone(What::Kind) {
            let prefix = pair.old.version_of(kind).map(|version| version.text("openapi").to_owned()).unwrap_or_default();
            over.definitions.extend([&kind.name, kind.text("listKind")].map(|name| format!("{prefix}.{name}")));
            let kept = pair.new.all(What::Kind).any(|other| {
                other.set == set
                    && other.group == kind.group
                    && other.version == kind.version
                    && other.text("plural") == kind.text("plural")
            });
            if !kept {
                let (root, plural) = (root(kind), kind.text("plural"));
                over.paths.extend(
                    ["", "namespaces/{namespace}/", "watch/", "watch/namespaces/{namespace}/"]
                        .map(|middle| format!("{root}{middle}{plural}")),
                );
            }
        }
        for group in gone(What::Group) {
            over.paths.push(format!("/apis/{}/", group.group));
        }
        over
    }

    fn covers(&self, sort: Sort, place: &str, what: &str) -> bool {
        match sort {
            Sort::Operation => self.paths.iter().any(|path| place.starts_with(path)),
            Sort::Definition => self.definitions.iter().any(|name| if name.ends_with('.') { what.starts_with(name) } else { what == name }),
            _ => false,
        }
    }

    /// Whether an item of a list of kinds is of a version that is gone.
    fn has(&self, kind: &Value) -> bool {
        let text = |key: &str| kind.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        self.versions.contains(&(text("group"), text("version")))
    }
}

fn spot(side: &Side, set: &str, path: &str, sort: Sort, what: &BTreeSet<String>) -> Spot {
    let named: Vec<&str> = what.iter().take(NAMED).map(String::as_str).collect();
    let more = if what.len() > NAMED { format!(" and {} more", what.len() - NAMED) } else { String::new() };
    let verb = match sort {
        Sort::Operation => "has lost operations",
        Sort::Id => "has operations with other ids",
        Sort::Parameter => "takes other parameters",
        Sort::Media => "has lost media types",
        Sort::Answer => "answers otherwise",
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

fn differences(before: &Value, after: &Value, over: &Over, mut tell: impl FnMut(Sort, &str, String)) {
    for (path, old) in members(before, "paths") {
        let new = members(after, "paths").get(path);
        for (method, old) in object(Some(old)).iter().filter(|(method, _)| *method != "parameters") {
            match new.and_then(|new| new.get(method)) {
                None => tell(Sort::Operation, path, format!("{} {path}", method.to_uppercase())),
                Some(new) => {
                    let name = format!("{} {path}", method.to_uppercase());
                    operation(&name, path, [old, new], over, &mut tell);
                    parameters(&name, path, &all_parameters(before, path, old), &all_parameters(after, path, new), &mut tell);
                }
            }
        }
    }
    for (name, old) in members(before, "definitions") {
        match members(after, "definitions").get(name) {
            None => tell(Sort::Definition, "", name.clone()),
            Some(new) => extensions(name, [old, new], over, &mut tell),
        }
    }
}

fn operation(name: &str, path: &str, [old, new]: [&Value; 2], over: &Over, tell: &mut impl FnMut(Sort, &str, String)) {
    if old.get("operationId") != new.get("operationId") {
        tell(Sort::Id, path, name.to_owned());
    }
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    for key in ["consumes", "produces"] {
        for media in list(old, key).iter().filter(|media| !list(new, key).contains(media)) {
            tell(Sort::Media, path, format!("{} of {name}", media.as_str().unwrap_or_default()));
        }
    }
    for (code, answer) in members(old, "responses") {
        let now = members(new, "responses").get(code);
        if now.is_none_or(|now| now.get("schema") != answer.get("schema")) {
            tell(Sort::Answer, path, format!("{code} of {name}"));
        }
    }
    marks(name, path, [old, new], over, tell);
}

/// Parameters of an operation, and those of all operations of its path.
fn all_parameters(document: &Value, path: &str, operation: &Value) -> Vec<Value> {
    let shared = members(document, "paths").get(path).and_then(|path| path.get("parameters"));
    let lists = [operation.get("parameters"), shared].into_iter().flatten().filter_map(Value::as_array);
    lists.flatten().cloned().collect()
}

fn parameters(name: &str, path: &str, was: &[Value], is: &[Value], tell: &mut impl FnMut(Sort, &str, String)) {
    let gone = was.iter().filter(|parameter| !is.contains(parameter) && !described_otherwise(parameter, is));
    let forced = is.iter().filter(|parameter| {
        parameter.get("required") == Some(&Value::Bool(true)) && !was.contains(parameter) && !described_otherwise(parameter, was)
    });
    for parameter in gone.chain(forced) {
        let called = ["name", "$ref"].iter().find_map(|key| parameter.get(*key)?.as_str()).unwrap_or_default();
        tell(Sort::Parameter, path, format!("{called} of {name}"));
    }
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

fn extensions(name: &str, [old, new]: [&Value; 2], over: &Over, tell: &mut impl FnMut(Sort, &str, String)) {
    marks(name, "", [old, new], over, tell);
    for (property, old) in members(old, "properties") {
        if let Some(new) = members(new, "properties").get(property) {
            marks(&format!("{name}.{property}"), "", [old, new], over, tell);
        }
    }
}

/// Vendor extensions that are gone or say something else. Lists of kinds may grow, and lose kinds of versions that are gone.
fn marks(name: &str, place: &str, [old, new]: [&Value; 2], over: &Over, tell: &mut impl FnMut(Sort, &str, String)) {
    for (key, was) in object(Some(old)).iter().filter(|(key, _)| key.starts_with("x-")) {
        let kept = match (was, new.get(key)) {
            (Value::Array(was), Some(Value::Array(is))) if key == KINDS => was.iter().all(|kind| is.contains(kind) || over.has(kind)),
            (was, is) => is == Some(was),
        };
        if !kept {
            tell(Sort::Extension, place, format!("{key} of {name}"));
        }
    }
}

/// The extension that lists kinds.
const KINDS: &str = "x-kubernetes-group-version-kind";
