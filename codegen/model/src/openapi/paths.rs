//! Paths and their operations: which exist for a resource with given verbs.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::kind::{Subresource, Verb};

use super::endpoint::{self, Endpoint};
use super::media;
use super::operation::{Answer, Operation};
use super::parameters::{self, Parameter};
use super::{Profile, meta, operation_id, options, plain, wording};

/// What can be done at one path.
#[derive(Debug, Default)]
pub(super) struct PathItem {
    /// What all its operations take.
    pub(super) parameters: Vec<Parameter>,
    /// By method in lower case.
    pub(super) operations: BTreeMap<&'static str, Operation>,
}

/// Path items by path.
pub(super) type Paths = BTreeMap<String, PathItem>;

/// Every path of an API.
pub(super) fn all(api: &Api, profile: Profile) -> Paths {
    let mut paths = Paths::new();
    let endpoints = endpoint::all(api);
    for endpoint in &endpoints {
        let mut builder = Builder { api, endpoint, profile, paths: &mut paths };
        builder.operations();
        builder.connections();
    }
    plain::discovery(&endpoints, profile, &mut paths);
    plain::stated(&api.facts, profile, &mut paths);
    for item in paths.values_mut() {
        let mut lists: Vec<&mut Vec<Parameter>> = item.operations.values_mut().map(|operation| &mut operation.parameters).collect();
        item.parameters = parameters::hoist(&mut lists);
    }
    paths
}

/// Adds the operations of one endpoint.
struct Builder<'a> {
    api: &'a Api,
    endpoint: &'a Endpoint<'a>,
    profile: Profile,
    paths: &'a mut Paths,
}

/// One row of the table of actions.
struct Action {
    name: &'static str,
    method: &'static str,
    /// What the raw operation name starts with.
    verb: &'static str,
    target: Target,
    watch: bool,
    codes: &'static [u16],
}

/// What an action is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// One object.
    Item,
    /// The objects of a namespace, or of the cluster.
    Collection,
    /// The objects of all namespaces.
    AllNamespaces,
}

const fn action(name: &'static str, method: &'static str, verb: &'static str, target: Target, codes: &'static [u16]) -> Action {
    Action { name, method, verb, target, watch: false, codes }
}

const fn watch(name: &'static str, target: Target) -> Action {
    Action { name, method: "get", verb: "watch", target, watch: true, codes: &[200] }
}

const ACTIONS: [Action; 11] = [
    action("list", "get", "list", Target::Collection, &[200]),
    action("list", "get", "list", Target::AllNamespaces, &[200]),
    action("post", "post", "create", Target::Collection, &[200, 201, 202]),
    action("deletecollection", "delete", "deletecollection", Target::Collection, &[200]),
    watch("watchlist", Target::Collection),
    watch("watchlist", Target::AllNamespaces),
    action("get", "get", "read", Target::Item, &[200]),
    action("put", "put", "replace", Target::Item, &[200, 201]),
    action("patch", "patch", "patch", Target::Item, &[200, 201]),
    action("delete", "delete", "delete", Target::Item, &[200, 202]),
    watch("watch", Target::Item),
];

impl Builder<'_> {
    fn operations(&mut self) {
        for action in ACTIONS.iter().filter(|action| offers(self.endpoint, action)) {
            self.add(action);
        }
    }

    fn add(&mut self, action: &Action) {
        let path = self.path(action);
        let (id, tag) = operation_id::id_and_tag(&path, &self.raw_name(action));
        let endpoint = self.endpoint;
        let operation = Operation {
            id,
            tag,
            description: wording::operation(action.name, endpoint.has(Verb::Watch), &endpoint.parent.kind, endpoint.part()),
            action: Some(action.name),
            gvk: Some(endpoint.gvk.clone()),
            consumes: if action.name == "patch" { media::patches(self.profile) } else { media::any() },
            produces: match action.name {
                "list" | "watch" | "watchlist" => media::streams(self.profile),
                "get" if endpoint.is_text() => media::texts(self.profile),
                _ => media::objects(self.profile),
            },
            parameters: self.parameters(action),
            answer: answer(endpoint, action),
            codes: action.codes,
        };
        self.paths.entry(path).or_default().operations.insert(action.method, operation);
    }

    fn path(&self, action: &Action) -> String {
        let endpoint = self.endpoint;
        let mut path = endpoint.base();
        if action.watch {
            path.push_str("/watch");
        }
        if self.in_namespace(action) {
            path.push_str("/namespaces/{namespace}");
        }
        path.push('/');
        path.push_str(&endpoint.parent.plural);
        if self.names_object(action) {
            path.push_str("/{name}");
        }
        if let Some(subresource) = endpoint.part() {
            path.push('/');
            path.push_str(subresource);
        }
        path
    }

    fn raw_name(&self, action: &Action) -> String {
        let list = if action.name == "watchlist" { "List" } else { "" };
        let scope = if action.target == Target::AllNamespaces { "ForAllNamespaces" } else { "" };
        operation_id::raw(
            action.verb,
            self.in_namespace(action),
            &self.endpoint.parent.kind,
            self.endpoint.part(),
            &format!("{list}{scope}"),
        )
    }

    /// The query parameters that a kind of options stands for.
    fn options(&self) -> Vec<Parameter> {
        let options = self.endpoint.options().and_then(|options| self.api.resolve(&options.ty));
        options.map(options::options).unwrap_or_default()
    }

    /// A connection for each method, with and without a path below.
    fn connections(&mut self) {
        let Some(sub) = self.endpoint.subresource else { return };
        for method in sub.methods().names() {
            self.connect(sub, method, false);
            if sub.has_tail() {
                self.connect(sub, method, true);
            }
        }
    }

    fn connect(&mut self, sub: &Subresource, method: &'static str, tail: bool) {
        let endpoint = self.endpoint;
        let (mut path, suffix) = (self.path(&CONNECT), if tail { "WithPath" } else { "" });
        if tail {
            path.push_str("/{path}");
        }
        let verb = format!("connect{}", operation_id::title(method));
        let raw = operation_id::raw(&verb, endpoint.parent.namespaced, &endpoint.parent.kind, Some(&sub.name), suffix);
        let (id, tag) = operation_id::id_and_tag(&path, &raw);
        let mut parameters = self.options();
        parameters.extend(endpoint.parent.namespaced.then(options::namespace));
        parameters.push(options::name(&endpoint.gvk.kind));
        parameters.extend(tail.then(options::tail));
        let operation = Operation {
            id,
            tag,
            description: wording::connection(method, &endpoint.parent.kind, &sub.name),
            action: Some("connect"),
            gvk: Some(endpoint.gvk.clone()),
            consumes: media::any(),
            produces: media::any(),
            parameters,
            answer: Answer::Text,
            codes: &[200],
        };
        self.paths.entry(path).or_default().operations.insert(lower(method), operation);
    }

    fn in_namespace(&self, action: &Action) -> bool {
        self.endpoint.parent.namespaced && action.target != Target::AllNamespaces
    }

    fn names_object(&self, action: &Action) -> bool {
        action.target == Target::Item || self.endpoint.subresource.is_some()
    }

    fn parameters(&self, action: &Action) -> Vec<Parameter> {
        let mut list = match action.name {
            "list" | "watch" | "watchlist" => options::list(),
            "post" | "put" => options::create(),
            "patch" => options::patch(),
            "delete" => options::delete(),
            "deletecollection" => options::delete_collection(),
            "get" => self.options(),
            _ => Vec::new(),
        };
        list.push(options::pretty());
        list.extend(match action.name {
            "post" | "put" => Some(Parameter::body(self.endpoint.object.clone(), true)),
            "patch" => Some(Parameter::body(meta::definition("Patch"), true)),
            "delete" | "deletecollection" => Some(Parameter::body(meta::definition("DeleteOptions"), false)),
            _ => None,
        });
        list.extend(self.in_namespace(action).then(options::namespace));
        list.extend(self.names_object(action).then(|| options::name(&self.endpoint.gvk.kind)));
        list
    }
}

/// What connecting is about; its method is none of its own.
const CONNECT: Action = action("connect", "", "connect", Target::Item, &[200]);

/// The key of a method in a path item.
fn lower(method: &str) -> &'static str {
    match method {
        "DELETE" => "delete",
        "HEAD" => "head",
        "OPTIONS" => "options",
        "PATCH" => "patch",
        "POST" => "post",
        "PUT" => "put",
        _ => "get",
    }
}

/// Whether an endpoint's verbs, scope and place allow an action.
fn offers(endpoint: &Endpoint<'_>, action: &Action) -> bool {
    let allowed = match action.name {
        "list" => endpoint.has(Verb::List),
        "post" => endpoint.has(Verb::Create),
        "deletecollection" => endpoint.has(Verb::DeleteCollection),
        "watchlist" => endpoint.has(Verb::List) && endpoint.has(Verb::Watch),
        "get" => endpoint.has(Verb::Get),
        "put" => endpoint.has(Verb::Update),
        "patch" => endpoint.has(Verb::Patch),
        "delete" => endpoint.has(Verb::Delete),
        "watch" => endpoint.has(Verb::Watch),
        _ => false,
    };
    let everywhere = endpoint.parent.namespaced && endpoint.subresource.is_none();
    allowed && (action.target != Target::AllNamespaces || everywhere)
}

fn answer(endpoint: &Endpoint<'_>, action: &Action) -> Answer {
    if action.name == "get" && endpoint.is_text() {
        return Answer::Text;
    }
    Answer::Definition(match action.name {
        "list" => endpoint.list.clone(),
        "watch" | "watchlist" => meta::definition("WatchEvent"),
        "deletecollection" => meta::definition("Status"),
        "delete" if !endpoint.returns_object => meta::definition("Status"),
        _ => endpoint.object.clone(),
    })
}

impl PathItem {
    /// Definition names of bodies and answers.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &str> {
        self.operations.values().flat_map(Operation::definitions)
    }
}
