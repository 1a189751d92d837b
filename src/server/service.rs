//! One HTTP request in, one response out: the steps around every answer.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Body as HttpBody, Incoming};
use tracing::Instrument;

use super::{Api, Response, compress, limit, route, status, warning};
use crate::request::{self, Request, Route};

const AUDIT_ID: HeaderName = HeaderName::from_static("audit-id");
const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("no-cache, private");

/// Answers a request; the span names it in the log.
pub(super) async fn serve(api: Arc<Api>, request: http::Request<Incoming>) -> Result<Response, Infallible> {
    let (parts, body) = request.into_parts();
    let audit_id = audit_id(&parts);
    let span =
        tracing::info_span!("request", method = %parts.method, path = parts.uri.path(), audit_id = audit_id.to_str().unwrap_or_default());
    let work = async {
        let started = Instant::now();
        let mut response = respond(api, parts, body).await;
        response.headers_mut().insert(AUDIT_ID, audit_id);
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(CACHE_CONTROL);
        let (code, took) = (response.status().as_u16(), started.elapsed());
        if code < 500 {
            tracing::debug!(code, ?took);
        } else {
            tracing::warn!(code, ?took);
        }
        response
    };
    Ok(work.instrument(span).await)
}

/// The client's own id, or a new one.
fn audit_id(parts: &Parts) -> HeaderValue {
    let new = || HeaderValue::from_str(&uuid::Uuid::new_v4().to_string()).unwrap_or(HeaderValue::from_static("unknown"));
    parts.headers.get(AUDIT_ID).cloned().unwrap_or_else(new)
}

async fn respond(api: Arc<Api>, parts: Parts, body: Incoming) -> Response {
    let query = parts.uri.query().unwrap_or_default();
    let mut request = Request::new(parts.method, parts.uri.path(), query, parts.headers, Bytes::new());
    // What remains of the request when the answer is an error.
    let asked = request.clone();
    let route = request::route(&request.path);
    let deprecated = route::deprecation(&api, &route);
    let documents = matches!(&route, Route::Other(path) if path.starts_with("/openapi/"));

    let limit = limit::deadline(target(&route), &request);
    let answer = match limit {
        Err(error) => Err(error),
        Ok(limit) => {
            let announced = body.size_hint().upper().map_or(usize::MAX, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
            let work = async move {
                request.body = limit::read(body).await?;
                route::answer(api, route, request).await
            };
            limit::isolated(work.in_current_span(), announced, limit).await
        }
    };
    let mut response = answer.unwrap_or_else(|error| status(&error, &asked));
    if let Some(text) = deprecated.filter(|_| response.status() != StatusCode::FORBIDDEN) {
        warning::warn(response.headers_mut(), &text);
    }
    if !documents {
        response = compress::compress(&asked.headers, response).await;
    }
    if asked.method == Method::HEAD { without_body(response) } else { response }
}

fn target(route: &Route) -> Option<&request::Target> {
    if let Route::Resource(target) = route { Some(target) } else { None }
}

/// Keeps the length that the body had.
fn without_body(mut response: Response) -> Response {
    if let Some(size) = response.body().size_hint().exact() {
        response.headers_mut().insert(header::CONTENT_LENGTH, size.into());
    }
    response.map(|_| Empty::new().boxed_unsync())
}
