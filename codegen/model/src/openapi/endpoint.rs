//! The flat list of what is served: each resource and subresource of each group-version, with all that its operations need to know.

use crate::api::Api;
use crate::kind::{Action, Kind, Methods, Speaks, Subresource, Verb, Verbs};

use super::Gvk;

/// A resource, or a subresource, in one group-version.
#[derive(Debug)]
pub(super) struct Endpoint<'a> {
    pub(super) parent: &'a Kind,
    pub(super) subresource: Option<&'a Subresource>,
    /// What its operations speak: for subresources possibly a kind of another group.
    pub(super) gvk: Gvk,
    /// Definition name of the object read and written.
    pub(super) object: String,
    /// Definition name of the list.
    pub(super) list: String,
    pub(super) verbs: Verbs,
    /// DELETE answers with the object instead of a Status.
    pub(super) returns_object: bool,
}

impl<'a> Endpoint<'a> {
    pub(super) fn has(&self, verb: Verb) -> bool {
        self.verbs.has(verb) && self.methods() == Methods::NONE
    }

    /// Name of the subresource, if it is one.
    pub(super) fn part(&self) -> Option<&'a str> {
        self.subresource.map(|sub| &*sub.name)
    }

    /// The methods by which it connects.
    pub(super) fn methods(&self) -> Methods {
        self.subresource.map_or(Methods::NONE, Subresource::methods)
    }

    /// Whether it is read in plain text too.
    pub(super) fn is_text(&self) -> bool {
        self.subresource.is_some_and(|sub| matches!(sub.action, Action::Read { text: true }))
    }

    /// The kind whose fields are query parameters.
    pub(super) fn options(&self) -> Option<&'a Speaks> {
        self.subresource?.options.as_ref()
    }

    /// `/api/v1` of the core group, `/apis/<group>/<version>` of others.
    pub(super) fn base(&self) -> String {
        base(&self.parent.group, &self.parent.version)
    }
}

/// Root of a group-version's paths.
pub(super) fn base(group: &str, version: &str) -> String {
    if group.is_empty() { format!("/api/{version}") } else { format!("/apis/{group}/{version}") }
}

/// Every endpoint of an API. Kinds without a resource name have none.
pub(super) fn all(api: &Api) -> Vec<Endpoint<'_>> {
    let kinds = api.resources.iter().flat_map(|resource| &resource.versions).filter(|kind| !kind.plural.is_empty());
    kinds.flat_map(|kind| std::iter::once(resource(api, kind)).chain(kind.subresources.iter().map(|sub| part(api, kind, sub)))).collect()
}

fn resource<'a>(api: &'a Api, kind: &'a Kind) -> Endpoint<'a> {
    Endpoint {
        parent: kind,
        subresource: None,
        gvk: Gvk::new(&kind.group, &kind.version, &kind.kind),
        object: definition_of(api, &kind.ty),
        list: definition_of(api, &kind.list_ty),
        verbs: kind.verbs,
        returns_object: kind.strategy.delete_returns_object,
    }
}

fn part<'a>(api: &'a Api, kind: &'a Kind, sub: &'a Subresource) -> Endpoint<'a> {
    let whole = resource(api, kind);
    let spoken = sub.speaks.as_ref().map(|speaks| (Gvk::new(&speaks.group, &speaks.version, &speaks.kind), definition_of(api, &speaks.ty)));
    let (gvk, object) = spoken.unwrap_or((whole.gvk, whole.object));
    Endpoint { parent: kind, subresource: Some(sub), gvk, object, list: whole.list, verbs: sub.verbs, returns_object: false }
}

/// Definition name of a type; for a type without one, its protobuf name, so that operations always name something.
fn definition_of(api: &Api, ty: &crate::desc::Ref) -> String {
    api.resolve(ty).and_then(crate::desc::Desc::definition_name).unwrap_or_else(|| ty.proto_name())
}
