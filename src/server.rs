//! The HTTP server: what it shares between requests, and how it is built.

mod admit;
mod answer;
mod boot;
mod compress;
mod document;
mod limit;
mod listen;
mod route;
mod service;
mod warning;

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use kubewright_model::Facts;
use tokio::sync::watch;

use crate::cache::Cache;
use crate::connect::Connectors;
use crate::discovery::Discovery;
use crate::openapi::OpenApi;
use crate::registry::{Registry, Resource, Version};
use crate::served::{Endpoint, Served};
use crate::store::Store;

pub use answer::{full, not_found_page, status, text};
pub use boot::{App, Failure, Server, main};
pub use document::{Document, pretty};
pub use warning::warn;

/// Body of every response: whole or streamed.
pub type Body = UnsyncBoxBody<Bytes, Infallible>;

/// A response of the server.
pub type Response = http::Response<Body>;

/// What requests share.
pub struct Api {
    /// Name of the set that is served.
    pub set: String,
    /// Title of the API's documents.
    pub title: String,
    /// Release that the set describes, such as `1.36`.
    pub release: String,
    /// Every kind the program knows.
    pub registry: Arc<Registry>,
    /// Where objects are kept.
    pub store: Arc<dyn Store>,
    /// One per resource of the registry, in its order.
    pub caches: Vec<Arc<Cache>>,
    /// What the set states besides types and resources.
    pub facts: &'static Facts,
    /// What is on.
    pub served: Served,
    /// The discovery documents.
    pub discovery: Discovery,
    /// The OpenAPI documents.
    pub openapi: OpenApi,
    /// Code of the program that answers for the server.
    pub connectors: Connectors,
    /// True once the server is stopping: streams end.
    pub stopping: watch::Receiver<bool>,
}

impl Api {
    /// The resource of an endpoint.
    pub fn resource(&self, endpoint: Endpoint) -> &Resource {
        &self.registry.resources[endpoint.resource]
    }

    /// The kind in the version of an endpoint.
    pub fn version(&self, endpoint: Endpoint) -> &Version {
        &self.resource(endpoint).versions[endpoint.version]
    }

    /// The cache of an endpoint's resource.
    pub fn cache(&self, endpoint: Endpoint) -> &Arc<Cache> {
        &self.caches[endpoint.resource]
    }

    /// Completes when the server begins to stop; streams then end.
    pub async fn stopped(&self) {
        // An error means that the server itself is gone.
        let _ = self.stopping.clone().wait_for(|stopping| *stopping).await;
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod thing;
