//! One request on its way: what it is about, in the words that every verb needs.

use std::sync::Arc;

use kubewright_model::{Action, Kind, Subresource, Verb};

use crate::cache::Cache;
use crate::intake;
use crate::negotiate::{self, Forms, Media, Output};
use crate::object::Object;
use crate::registry::{Resource, Version};
use crate::request::{Request, Target};
use crate::served::Endpoint;
use crate::server::Api;
use crate::status::{ApiError, Details};
use crate::store::StoreError;

/// A request with the resource that it is about.
pub(crate) struct Call {
    pub(crate) api: Arc<Api>,
    pub(crate) endpoint: Endpoint,
    pub(crate) target: Target,
    pub(crate) request: Request,
    /// The form of the answer.
    pub(crate) output: Output,
}

/// An object as it is stored.
pub(crate) struct Stored {
    /// Where it is, and its last change.
    pub(crate) entry: crate::store::Entry,
    /// What it is, in the hub version.
    pub(crate) hub: Object,
}

impl Call {
    /// Settles the form of the answer, which comes before everything else.
    pub(crate) fn new(api: Arc<Api>, endpoint: Endpoint, target: Target, request: Request, forms: Forms) -> Result<Self, ApiError> {
        let output = negotiate::output(&request, forms)?;
        Ok(Self { api, endpoint, target, request, output })
    }

    pub(crate) fn resource(&self) -> &Resource {
        self.api.resource(self.endpoint)
    }

    pub(crate) fn version(&self) -> &Version {
        self.api.version(self.endpoint)
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.version().kind
    }

    pub(crate) fn cache(&self) -> &Arc<Cache> {
        &self.api.caches[self.endpoint.resource]
    }

    /// Namespace of the path; empty without one.
    pub(crate) fn namespace(&self) -> &str {
        self.target.namespace()
    }

    /// Name of the path; empty without one.
    pub(crate) fn name(&self) -> &str {
        self.target.name()
    }

    /// Where an object of the request's namespace is kept.
    pub(crate) fn key(&self, name: &str) -> String {
        intake::key(self.resource(), self.namespace(), name)
    }

    /// What the keys of the collection start with.
    pub(crate) fn prefix(&self) -> String {
        intake::prefix(self.resource(), self.namespace())
    }

    /// The media type of the body.
    pub(crate) fn body_type(&self) -> Result<Media, ApiError> {
        negotiate::body_type(self.request.header("content-type"))
    }

    /// The subresource of the path, if there is one.
    pub(crate) fn subresource(&self) -> Option<&Subresource> {
        self.kind().subresource(self.target.subresource.as_deref()?)
    }

    /// How the subresource of the path is carried out.
    pub(crate) fn action(&self) -> Option<&Action> {
        self.subresource().map(|subresource| &subresource.action)
    }

    /// Refuses what the resource does not serve.
    pub(crate) fn allow(&self, verb: Verb) -> Result<(), ApiError> {
        let verbs = match (&self.target.subresource, self.subresource()) {
            (None, _) => self.kind().verbs,
            (Some(_), Some(subresource)) => subresource.verbs,
            (Some(_), None) => return Err(ApiError::router_not_found()),
        };
        let placed = matches!(verb, Verb::List | Verb::Watch) || self.kind().namespaced == self.target.namespace.is_some();
        if verbs.has(verb) && placed { Ok(()) } else { Err(ApiError::method_not_allowed()) }
    }

    /// What a version asked for shows of a hub object.
    pub(crate) fn view(&self, hub: Object) -> Result<Object, ApiError> {
        intake::view(self.version(), hub).map_err(|error| intake::conversion_failed(&error))
    }

    /// The object as the store has it now.
    pub(crate) async fn stored(&self, name: &str) -> Result<Option<Stored>, ApiError> {
        let entry = self.api.store.get(&self.key(name), None).await.map_err(|error| store_failed(&error))?;
        entry.map(|entry| decode(self.resource(), entry)).transpose()
    }

    /// The object as the store has it now; 404 when there is none.
    pub(crate) async fn found(&self, name: &str) -> Result<Stored, ApiError> {
        self.stored(name).await?.ok_or_else(|| self.not_found(name))
    }

    pub(crate) fn not_found(&self, name: &str) -> ApiError {
        ApiError::not_found(&self.kind().group, &self.kind().plural, name)
    }

    pub(crate) fn conflict(&self, name: &str) -> ApiError {
        ApiError::conflict(&self.kind().group, &self.kind().plural, name)
    }

    /// What a success Status says about an object that is gone.
    pub(crate) fn details(&self, name: &str, uid: &str) -> Details {
        Details { uid: uid.to_owned(), ..Details::of(&self.kind().group, &self.kind().plural, name) }
    }
}

/// A stored entry with its hub object.
pub(crate) fn decode(resource: &Resource, entry: crate::store::Entry) -> Result<Stored, ApiError> {
    let hub = intake::decode_stored(resource, &entry).map_err(ApiError::internal)?;
    Ok(Stored { entry, hub })
}

/// A store that failed, in the words for clients. Conflicts and compaction have meanings of their own, which callers handle first.
pub(crate) fn store_failed(error: &StoreError) -> ApiError {
    match error {
        StoreError::Compacted { .. } => ApiError::expired("The resourceVersion for the provided list is too old."),
        StoreError::TooLarge { limit, .. } => ApiError::too_large(*limit),
        StoreError::Unavailable(why) => ApiError::unavailable(why.clone()),
        other => ApiError::internal(other.to_string()),
    }
}
