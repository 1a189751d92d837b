//! From a request to whoever answers it.

use std::sync::Arc;

use http::{Method, StatusCode};

use super::{Api, Response, admit, full, not_found_page, pretty, text, warning};
use crate::connect;
use crate::health::{self, Check};
use crate::request::{Request, Route, Target};
use crate::status::ApiError;

/// Answers a request. Errors become a Status in the form the client reads.
pub(super) async fn answer(api: Arc<Api>, route: Route, request: Request) -> Result<Response, ApiError> {
    match route {
        Route::Malformed => Ok(text(StatusCode::BAD_REQUEST, "400 Bad Request")),
        Route::Other(path) => other(&api, &path, &request).await,
        Route::Resource(target) => resource(api, target, request).await,
        route => api.discovery.serve(&route, &request).unwrap_or_else(|| nowhere(&api, &route)),
    }
}

/// The 404 of a path that leads to nothing: a Status inside of known groups, a page outside.
fn nowhere(api: &Api, route: &Route) -> Result<Response, ApiError> {
    match route {
        Route::GroupVersion { group, .. } | Route::Nowhere { group, .. } if !api.served.versions(group).is_empty() => {
            Err(ApiError::router_not_found())
        }
        _ => Ok(not_found_page()),
    }
}

async fn resource(api: Arc<Api>, target: Target, request: Request) -> Result<Response, ApiError> {
    let Some(endpoint) = api.served.lookup(&target.group, &target.version, &target.resource) else {
        return nowhere(&api, &Route::Nowhere { group: target.group, version: target.version });
    };
    admit::admit(&api.version(endpoint).kind, &target, &request)?;
    crate::handler::handle(api, endpoint, target, request).await
}

/// The deprecation of the kind a route leads to.
pub(super) fn deprecation(api: &Api, route: &Route) -> Option<String> {
    let Route::Resource(target) = route else { return None };
    let endpoint = api.served.lookup(&target.group, &target.version, &target.resource)?;
    warning::deprecation(&api.version(endpoint).kind, &api.release)
}

async fn other(api: &Api, path: &str, request: &Request) -> Result<Response, ApiError> {
    match path {
        "/" | "/index.html" => Ok(json(&health::index(api.discovery.paths()))),
        "/version" | "/version/" if request.method == Method::GET => Ok(json(&health::version(&api.release))),
        "/version" | "/version/" => Err(ApiError::method_not_allowed()),
        path if path.starts_with("/openapi/") => Ok(openapi(api, path, request)),
        path if is_stated(api, path) => connect::plain(api, path, request).await,
        path => Ok(checks(api, path, request).await.unwrap_or_else(not_found_page)),
    }
}

/// Whether the set states a path besides resources.
fn is_stated(api: &Api, path: &str) -> bool {
    let mut paths = api.facts.paths.iter().filter(|stated| !stated.published_only);
    paths.any(|stated| stated.path.trim_end_matches('/') == path.trim_end_matches('/'))
}

/// What does not exist below `/openapi/v3` is answered by nothing at all.
fn openapi(api: &Api, path: &str, request: &Request) -> Response {
    let query = Some(request.query.raw()).filter(|query| !query.is_empty());
    let missing = || if path.starts_with("/openapi/v3/") { full(StatusCode::NOT_FOUND, "", "") } else { not_found_page() };
    api.openapi.serve(&request.method, path, query, &request.headers).unwrap_or_else(missing)
}

/// Always indented, whoever asks.
fn json(value: &serde_json::Value) -> Response {
    full(StatusCode::OK, "application/json", pretty(value))
}

async fn checks(api: &Api, path: &str, request: &Request) -> Option<Response> {
    let (endpoint, one) = path.strip_prefix('/').map(|path| path.split_once('/').unwrap_or((path, "")))?;
    let names = health::checks(endpoint)?;
    if one.is_empty() {
        let mut checks = Vec::new();
        for name in names {
            checks.push(check(api, name).await);
        }
        let (status, body) = health::report(endpoint, &checks, &request.query);
        return Some(text(status, body));
    }
    let name = names.iter().find(|name| **name == one)?;
    let (status, body) = health::report_one(&check(api, name).await);
    Some(text(status, body))
}

async fn check(api: &Api, name: &'static str) -> Check {
    let fault = match name {
        "store" => api.store.revision().await.err().map(|error| error.to_string()),
        "shutdown" if *api.stopping.borrow() => Some("process is shutting down".to_owned()),
        _ => None,
    };
    Check { name, fault }
}
