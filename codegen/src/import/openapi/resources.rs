//! What the operations of a document say about a resource, and how a schema says it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::packages::Packages;
use crate::import::facts::{action, part};
use crate::import::report::Report;
use crate::import::write::{Map, Node};

/// The verbs that schemas imply.
const VERBS: [&str; 8] = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// Group, version and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gvk {
    pub(super) group: String,
    pub(super) version: String,
    pub(super) kind: String,
}

impl Gvk {
    /// Reads one.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let text = |key| value.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Self { group: text("group")?, version: text("version")?, kind: text("kind")? })
    }

    /// The only one of a definition.
    pub(super) fn only(definition: &Value) -> Option<Self> {
        match definition.get("x-kubernetes-group-version-kind")?.as_array()?.as_slice() {
            [one] => Self::of(one),
            _ => None,
        }
    }
}

/// A resource.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) gvk: Gvk,
    pub(super) namespaced: bool,
    pub(super) subresources: BTreeMap<String, Subresource>,
    plural: String,
    verbs: BTreeSet<&'static str>,
    returns_deleted: bool,
}

/// What lies below an object.
#[derive(Debug)]
pub(super) struct Subresource {
    pub(super) tail: bool,
    gvk: Gvk,
    methods: BTreeSet<String>,
    connect: bool,
    text: bool,
}

impl Resource {
    pub(super) fn new(plural: &str) -> Self {
        Self {
            gvk: Gvk::default(),
            namespaced: false,
            subresources: BTreeMap::new(),
            plural: plural.to_owned(),
            verbs: BTreeSet::new(),
            returns_deleted: false,
        }
    }

    /// Adds what an operation says.
    pub(super) fn operation(&mut self, method: &str, operation: &Value, object: bool, watch: bool, document: &Value) {
        let verb = match (method, object) {
            ("get", _) if watch => "watch",
            ("get", true) => "get",
            ("get", false) => "list",
            ("post", false) => "create",
            ("put", true) => "update",
            ("patch", true) => "patch",
            ("delete", true) => "delete",
            ("delete", false) => "deletecollection",
            _ => return,
        };
        self.verbs.insert(verb);
        if verb == "list" && watches(operation, document) {
            self.verbs.insert("watch");
        }
        if verb == "delete" {
            let answer = operation.pointer("/responses/200/schema/$ref").and_then(Value::as_str).unwrap_or_default();
            self.returns_deleted = answer.rsplit('.').next() == Some(self.gvk.kind.as_str());
        }
    }

    /// Whether it can be listed.
    pub(super) fn lists(&self) -> bool {
        self.verbs.contains("list")
    }

    /// Names, scope and verbs.
    pub(super) fn head(&self, tree: &mut Map) {
        if self.plural != format!("{}s", self.gvk.kind.to_lowercase()) {
            tree.push_text("plural", &self.plural);
        }
        if !self.namespaced {
            tree.push_text("scope", "Cluster");
        }
        if VERBS.iter().any(|verb| !self.verbs.contains(verb)) {
            tree.push("verbs", Node::words(self.verbs.iter().copied()));
        }
        tree.push_flag("deleteReturnsObject", self.returns_deleted);
    }

    /// The subresources.
    pub(super) fn below(&self, packages: &Packages, kinds: &dyn Fn(&Gvk) -> bool, report: &mut Report) -> Map {
        let mut map = Map::new();
        for (name, below) in &self.subresources {
            let place = format!("{}/{name}", self.gvk.kind);
            if below.gvk != self.gvk && !kinds(&below.gvk) {
                report.add("a subresource whose kind the document does not describe is left out", place);
                continue;
            }
            map.push(name, below.tree(name, &self.gvk, packages, &place, report));
        }
        map
    }
}

impl Subresource {
    pub(super) fn new(gvk: Gvk) -> Self {
        Self { tail: false, gvk, methods: BTreeSet::new(), connect: false, text: false }
    }

    /// Adds what an operation says.
    pub(super) fn operation(&mut self, method: &str, operation: &Value) {
        self.methods.insert(method.to_uppercase());
        self.connect |= operation.get("x-kubernetes-action").and_then(Value::as_str) == Some("connect");
        let produces = operation.get("produces").and_then(Value::as_array);
        self.text |= produces.is_some_and(|types| types.iter().any(|one| one == "text/plain"));
    }

    fn tree(&self, name: &str, owner: &Gvk, packages: &Packages, place: &str, report: &mut Report) -> Map {
        let mut map = Map::new();
        let own = self.gvk == *owner;
        if self.connect {
            map.push("connect", Node::words(self.methods.iter().map(String::as_str)));
            map.push_text("speaks", &packages.kind(&self.gvk).unwrap_or_default());
            map.push_flag("tail", self.tail);
            return map;
        }
        if name == "scale" && self.gvk.kind == "Scale" {
            report.add("paths of a scale subresource are not in the document: check them", place);
            for (key, path) in [("replicas", ".spec.replicas"), ("observed", ".status.replicas")] {
                map.push(key, Node::text(path));
            }
            return map;
        }
        let verbs: Vec<&str> = [("GET", "get"), ("POST", "create"), ("PATCH", "patch"), ("PUT", "update")]
            .into_iter()
            .filter(|(method, _)| self.methods.contains(*method))
            .map(|(_, verb)| verb)
            .collect();
        let usual = verbs == ["get", "patch", "update"] || (name == "finalize" && verbs == ["update"]);
        if !usual {
            map.push("verbs", Node::words(verbs));
        }
        if !own {
            map.push_text("speaks", &packages.kind(&self.gvk).unwrap_or_default());
            map.push_text("action", action(name));
        } else if self.text {
            map.push("text", Node::flag(true));
        } else if !matches!(name, "status" | "finalize") {
            if part(name).is_empty() {
                report.add("which part a subresource writes is not known: add `part`", place);
            }
            map.push_text("part", part(name));
        }
        map
    }
}

/// Whether a list can be watched: it has the parameter, by itself or by reference.
fn watches(operation: &Value, document: &Value) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten().any(|parameter| {
        let shared = parameter.get("$ref").and_then(Value::as_str).and_then(|path| document.pointer(path.trim_start_matches('#')));
        shared.unwrap_or(parameter).get("name").is_some_and(|name| name == "watch")
    })
}
