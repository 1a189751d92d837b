//! What is served, as clients discover it: `/api`, `/apis` and below, precomputed once.

mod aggregated;
mod legacy;

use std::collections::HashMap;

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use kubewright_model::Facts;

use crate::negotiate::{Forms, output, route_gate, wants_aggregated};
use crate::registry::Registry;
use crate::request::{Request, Route};
use crate::served::Served;
use crate::server::{Document, Response, full};
use crate::status::ApiError;

pub use aggregated::Aggregated;

/// The Content-Type of aggregated discovery; clients tell the forms apart by it.
pub const AGGREGATED_TYPE: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/// Every discovery document of a server.
#[derive(Clone, Debug)]
pub struct Discovery {
    core: Option<(Document, Aggregated)>,
    groups: (Document, Aggregated),
    group: HashMap<String, Document>,
    /// By group and version.
    resources: HashMap<(String, String), Document>,
}

impl Discovery {
    /// The documents of what is served. `address`: host and port that clients reach the server at.
    pub fn new(registry: &Registry, served: &Served, facts: &Facts, address: &str) -> Self {
        let (core, others): (Vec<_>, Vec<_>) = served.groups.iter().partition(|group| group.name.is_empty());
        let by_version = served.groups.iter().flat_map(|group| group.versions.iter().map(move |version| (group, version)));
        Self {
            core: core.first().map(|group| (legacy::versions(group, address), Aggregated::new(registry, &core))),
            groups: (legacy::groups(&others), Aggregated::new(registry, &others)),
            group: others.iter().map(|group| (group.name.clone(), legacy::group(group))).collect(),
            resources: by_version
                .map(|(group, version)| ((group.name.clone(), version.name.clone()), legacy::resources(registry, facts, group, version)))
                .collect(),
        }
    }

    /// Answers a discovery route; `None` for one that leads nowhere.
    pub fn serve(&self, route: &Route, request: &Request) -> Option<Result<Response, ApiError>> {
        match route {
            Route::Core => self.core.as_ref().map(|(document, aggregated)| {
                if asked(request) {
                    return Ok(aggregated.serve(&request.headers));
                }
                route_gate(request, false)?;
                only_get(request)?;
                send(document, request)
            }),
            Route::Groups if asked(request) => Some(Ok(self.groups.1.serve(&request.headers))),
            Route::Groups => Some(send(&self.groups.0, request)),
            Route::Group(group) => self.group.get(group).map(|document| send(document, request)),
            Route::GroupVersion { group, version } => self.resources.get(&(group.clone(), version.clone())).map(|document| {
                route_gate(request, false)?;
                only_get(request)?;
                send(document, request)
            }),
            _ => None,
        }
    }

    /// The paths of all documents.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let core = self.core.iter().map(|_| "/api".to_owned());
        let groups = ["/apis".to_owned(), "/apis/".to_owned()].into_iter().chain(self.group.keys().map(|group| format!("/apis/{group}")));
        let versions = self.resources.keys().map(|(group, version)| match group.as_str() {
            "" => format!("/api/{version}"),
            group => format!("/apis/{group}/{version}"),
        });
        core.chain(groups).chain(versions)
    }
}

impl Aggregated {
    fn serve(&self, headers: &HeaderMap) -> Response {
        let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == self.etag.as_bytes());
        let mut response = if known {
            full(StatusCode::NOT_MODIFIED, "", bytes::Bytes::new())
        } else {
            full(StatusCode::OK, AGGREGATED_TYPE, self.body.clone())
        };
        let out = response.headers_mut();
        out.insert(header::ETAG, self.etag.clone());
        out.insert(header::VARY, HeaderValue::from_static("Accept"));
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public"));
        response
    }
}

/// Whether the aggregated form is asked for.
fn asked(request: &Request) -> bool {
    request.method == Method::GET && wants_aggregated(request)
}

fn only_get(request: &Request) -> Result<(), ApiError> {
    if request.method == Method::GET { Ok(()) } else { Err(ApiError::method_not_allowed()) }
}

fn send(document: &Document, request: &Request) -> Result<Response, ApiError> {
    let (bytes, media) = document.encode(&output(request, Forms::Plain)?);
    Ok(full(StatusCode::OK, media.as_str(), bytes))
}

#[cfg(test)]
mod tests;
