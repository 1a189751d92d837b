//! How kinds are served: names, scope, verbs and what lies below an object.

use serde_json::Value;

use super::lifecycle::Lifecycle;
use super::names::Names;
use super::{is, items, serving, text, texts};
use crate::import::report::Report;
use crate::import::write::{Map, Node};

/// The verbs that schemas imply.
const VERBS: [&str; 8] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// Verbs of a subresource that schemas imply.
const SUB_VERBS: [&str; 3] = ["get", "patch", "update"];

/// HTTP methods by the verb that discovery reports for them.
const METHODS: [(&str, &str); 5] = [("delete", "DELETE"), ("get", "GET"), ("patch", "PATCH"), ("create", "POST"), ("update", "PUT")];

/// A served kind.
pub(super) struct Resource<'a> {
    pub(super) kind: &'a str,
    /// What the facts say about it.
    value: &'a Value,
    /// The package of the kind.
    package: &'a Value,
}

impl Resource<'_> {
    /// Whether it can be listed.
    pub(super) fn lists(&self) -> bool {
        texts(self.value, "verbs").contains(&"list")
    }
}

/// The resources of a package: those it serves, and those that it served once, as another version of the group still serves them.
pub(super) fn of<'a>(package: &'a Value, packages: &[&'a Value], release: &str) -> Vec<Resource<'a>> {
    let mut resources: Vec<Resource<'a>> =
        items(package, "resources").iter().map(|value| Resource { kind: text(value, "kind"), value, package }).collect();
    let siblings: Vec<&&Value> =
        packages.iter().filter(|other| other.get("group").is_some() && other.get("group") == package.get("group")).collect();
    for one in items(package, "types").iter().filter(|one| is(one, "topLevel")) {
        let kind = text(one, "name");
        let gone = Lifecycle::of(one).is_removed_in(release) || (one.get("lifecycle").is_none() && !is(package, "served"));
        if !gone || resources.iter().any(|resource| resource.kind == kind) {
            continue;
        }
        let elsewhere = siblings.iter().flat_map(|other| items(other, "resources"));
        resources.extend(elsewhere.filter(|value| text(value, "kind") == kind).take(1).map(|value| Resource { kind, value, package }));
    }
    resources
}

/// Names, scope and verbs, and what the server does that types do not say.
pub(super) fn head(resource: &Resource<'_>, tree: &mut Map) {
    let value = resource.value;
    let lower = resource.kind.to_lowercase();
    let plural = text(value, "plural");
    if plural != format!("{lower}s") {
        tree.push_text("plural", plural);
    }
    if text(value, "singular") != lower {
        tree.push_text("singular", text(value, "singular"));
    }
    if !is(value, "namespaced") {
        tree.push("scope", Node::text("Cluster"));
    }
    for key in ["shortNames", "categories"] {
        let words = texts(value, key);
        if !words.is_empty() {
            tree.push(key, Node::words(words));
        }
    }
    let verbs = texts(value, "verbs");
    if !VERBS.iter().all(|verb| verbs.contains(verb)) {
        tree.push("verbs", Node::words(verbs));
    }
    serving::habits(text(resource.package, "group"), plural, resource.lists(), tree);
}

/// The subresources.
pub(super) fn below(resource: &Resource<'_>, names: &Names<'_>, tree: &mut Map, report: &mut Report) {
    let mut map = Map::new();
    for sub in items(resource.value, "subresources") {
        map.push(text(sub, "name"), subresource(resource, sub, names, report));
    }
    if !map.is_empty() {
        tree.push("subresources", map);
    }
}

fn subresource(resource: &Resource<'_>, sub: &Value, names: &Names<'_>, report: &mut Report) -> Map {
    let (name, verbs) = (text(sub, "name"), texts(sub, "verbs"));
    let own = text(sub, "kind") == resource.kind;
    let options = format!("{}{}Options", resource.kind, capital(name));
    let key = text(resource.package, "key");
    let mut map = Map::new();
    if is(sub, "connect") {
        map.push("connect", Node::words(methods(&verbs)));
        map.push_text("speaks", &spoken(sub, names));
        let found = names.module_of(text(sub, "group"), text(sub, "version")).and_then(|_| names.get(key, text(sub, "kind")));
        map.push_flag("tail", found.is_some_and(|found| items(found.value, "fields").iter().any(|field| text(field, "json") == "path")));
    } else if name == "scale" {
        for (key, path) in [("replicas", ".spec.replicas"), ("observed", ".status.replicas"), ("selector", ".spec.selector")] {
            map.push(key, Node::text(path));
        }
    } else if own && verbs == ["get"] && names.get(key, &options).is_some() {
        map.push("verbs", Node::words(verbs));
        map.push("options", Node::text(format!("{} {options}", names.module(key))));
        map.push("text", Node::flag(true));
    } else if !own {
        map.push("verbs", Node::words(verbs));
        map.push_text("speaks", &spoken(sub, names));
        map.push_text("action", serving::action(name));
    } else if !matches!(name, "status" | "finalize") {
        let part = serving::part(name);
        if part.is_empty() {
            report.add("which part a subresource writes is not known: add `part`", format!("{key} {}/{name}", resource.kind));
        }
        map.push_text("part", part);
        if verbs != SUB_VERBS {
            map.push("verbs", Node::words(verbs));
        }
    }
    map
}

/// The methods of a connection. Those that take every verb take every method.
fn methods(verbs: &[&str]) -> Vec<&'static str> {
    let mut methods: Vec<&str> = METHODS.iter().filter(|(verb, _)| verbs.contains(verb)).map(|(_, method)| *method).collect();
    if methods.len() == METHODS.len() {
        methods.extend(["HEAD", "OPTIONS"]);
    }
    methods.sort_unstable();
    methods
}

fn spoken(sub: &Value, names: &Names<'_>) -> String {
    let module = names.module_of(text(sub, "group"), text(sub, "version")).unwrap_or_default();
    format!("{module} {}", text(sub, "kind"))
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
