//! Paths and their operations: which exist for a resource with given verbs, and the discovery paths around them.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::Api;
use crate::kind::Verb;

use super::endpoint::{self, Endpoint};
use super::media::{self, Media};
use super::operation::Operation;
use super::parameters::{self, Parameter};
use super::{Profile, meta, operation_id, wording};

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
        Builder { endpoint, profile, paths: &mut paths }.operations();
    }
    discovery(&endpoints, profile, &mut paths);
    for item in paths.values_mut() {
        let mut lists: Vec<&mut Vec<Parameter>> = item.operations.values_mut().map(|operation| &mut operation.parameters).collect();
        item.parameters = parameters::hoist(&mut lists);
    }
    paths
}

/// Adds the operations of one endpoint.
struct Builder<'a> {
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
    fn operations(mut self) {
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
            description: wording::operation(action.name, endpoint.has(Verb::Watch), &endpoint.gvk.kind, endpoint.subresource),
            action: Some(action.name),
            gvk: Some(endpoint.gvk.clone()),
            consumes: if action.name == "patch" { media::patches(self.profile) } else { media::any() },
            produces: if action.watch || action.name == "list" { media::streams(self.profile) } else { media::objects(self.profile) },
            parameters: self.parameters(action),
            answer: answer(endpoint, action),
            codes: action.codes,
        };
        self.paths.entry(path).or_default().operations.insert(action.method, operation);
    }

    fn path(&self, action: &Action) -> String {
        let Endpoint { parent, subresource, .. } = self.endpoint;
        let mut path = self.endpoint.base();
        if action.watch {
            path.push_str("/watch");
        }
        if self.in_namespace(action) {
            path.push_str("/namespaces/{namespace}");
        }
        path.push('/');
        path.push_str(&parent.plural);
        if self.names_object(action) {
            path.push_str("/{name}");
        }
        if let Some(subresource) = subresource {
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
            self.endpoint.subresource,
            &format!("{list}{scope}"),
        )
    }

    fn in_namespace(&self, action: &Action) -> bool {
        self.endpoint.parent.namespaced && action.target != Target::AllNamespaces
    }

    fn names_object(&self, action: &Action) -> bool {
        action.target == Target::Item || self.endpoint.subresource.is_some()
    }

    fn parameters(&self, action: &Action) -> Vec<Parameter> {
        let mut list = match action.name {
            "list" | "watch" | "watchlist" => parameters::list(),
            "post" | "put" => parameters::create(),
            "patch" => parameters::patch(),
            "delete" => parameters::delete(),
            "deletecollection" => parameters::delete_collection(),
            _ => Vec::new(),
        };
        list.push(parameters::pretty());
        list.extend(match action.name {
            "post" | "put" => Some(Parameter::body(self.endpoint.object.clone(), true)),
            "patch" => Some(Parameter::body(meta::definition("Patch"), true)),
            "delete" | "deletecollection" => Some(Parameter::body(meta::definition("DeleteOptions"), false)),
            _ => None,
        });
        list.extend(self.in_namespace(action).then(parameters::namespace));
        list.extend(self.names_object(action).then(|| parameters::name(&self.endpoint.gvk.kind)));
        list
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

fn answer(endpoint: &Endpoint<'_>, action: &Action) -> String {
    match action.name {
        "list" => endpoint.list.clone(),
        "watch" | "watchlist" => meta::definition("WatchEvent"),
        "deletecollection" => meta::definition("Status"),
        "delete" if !endpoint.returns_object => meta::definition("Status"),
        _ => endpoint.object.clone(),
    }
}

/// Adds the paths that tell what there is.
fn discovery(endpoints: &[Endpoint<'_>], profile: Profile, paths: &mut Paths) {
    let versions: BTreeSet<(&str, &str)> = endpoints.iter().map(|endpoint| (&*endpoint.parent.group, &*endpoint.parent.version)).collect();
    let groups: BTreeSet<&str> = versions.iter().map(|(group, _)| *group).collect();
    for (group, version) in versions {
        let path = format!("{}/", endpoint::base(group, version));
        add_plain(paths, path, "getAPIResources", "list the resources of the version", media::objects(profile), "APIResourceList");
    }
    for group in groups {
        let (path, raw, says, answer) = match group {
            "" => ("/api/".to_owned(), "getAPIVersions", "list the versions of the core group", "APIVersions"),
            group => (format!("/apis/{group}/"), "getAPIGroup", "tell the versions of the group", "APIGroup"),
        };
        add_plain(paths, path, raw, says, media::groups(), answer);
    }
    add_plain(paths, "/apis/".to_owned(), "getAPIVersions", "list the groups", media::groups(), "APIGroupList");
    add_plain(paths, "/version/".to_owned(), "getCodeVersion", "tell what the server runs", media::json(), "");
}

/// Adds a GET outside resources. Without the name of a machinery type it answers with version information.
fn add_plain(paths: &mut Paths, path: String, raw: &str, says: &str, media: Media, answer: &str) {
    let (id, tag) = operation_id::id_and_tag(&path, raw);
    let answer = if answer.is_empty() { meta::VERSION_INFO.to_owned() } else { meta::definition(answer) };
    let operation = Operation {
        id,
        tag,
        description: says.to_owned(),
        action: None,
        gvk: None,
        consumes: media.clone(),
        produces: media,
        parameters: Vec::new(),
        answer,
        codes: &[200],
    };
    paths.entry(path).or_default().operations.insert("get", operation);
}

impl PathItem {
    /// Definition names of bodies and answers.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &str> {
        self.operations.values().flat_map(Operation::definitions)
    }
}
