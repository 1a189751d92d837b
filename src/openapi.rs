//! Serves the OpenAPI documents: `/openapi/v2`, `/openapi/v3` and what the latter's index points to.
//!
//! Documents are built on first use and kept in every encoding. When what is served changes, make a new [`OpenApi`].

mod accept;
mod conditional;
mod date;
mod document;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, EXPIRES, LOCATION, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::{BodyExt, Full};
use jiff::{SignedDuration, Timestamp};
use kubewright_model::Api;
use kubewright_model::openapi::gnostic::{self, Rejected};
use kubewright_model::openapi::{Profile, v2, v3};
use serde_json::{Map, Value, json};

use crate::server::Response;
use document::Document;

const V2: &str = "/openapi/v2";
const V3: &str = "/openapi/v3";

/// The documents of one API.
#[derive(Debug)]
pub struct OpenApi {
    api: Api,
    profile: Profile,
    v2: OnceLock<Document>,
    v3: OnceLock<BTreeMap<String, Document>>,
    index: OnceLock<Document>,
}

impl OpenApi {
    /// The documents of an API, as a live server shows them.
    pub fn new(api: Api) -> Self {
        Self::with_profile(api, Profile::default())
    }

    /// The documents of an API, with a face of one's own.
    pub fn with_profile(api: Api, profile: Profile) -> Self {
        Self { api, profile, v2: OnceLock::new(), v3: OnceLock::new(), index: OnceLock::new() }
    }

    /// Answers a request; `None` when the path is no document's, which is then not found. Any method reads; the answer to HEAD has its body
    /// still, which the connection leaves out.
    pub fn serve(&self, method: &Method, path: &str, query: Option<&str>, headers: &HeaderMap) -> Option<Response> {
        match path {
            V2 => Some(self.v2(method, headers)),
            V3 => Some(self.v3_index(method, headers)),
            _ => self.v3(path.strip_prefix(V3)?.strip_prefix('/')?, query, method, headers),
        }
    }

    /// `/openapi/v2`: JSON or protobuf, with `gzip` where asked for.
    pub fn v2(&self, method: &Method, headers: &HeaderMap) -> Response {
        let document = self.v2.get_or_init(|| Document::new(&v2::document(&self.api, &self.profile), gnostic::encode_v2));
        let mut response = match accept::choose(headers, &accept::V2) {
            Some(media) => conditional::respond(document, media, accept::wants_gzip(headers), method, headers),
            None => empty(StatusCode::NOT_ACCEPTABLE),
        };
        response.headers_mut().append(VARY, HeaderValue::from_static("Accept-Encoding"));
        response.headers_mut().append(VARY, HeaderValue::from_static("Accept"));
        response
    }

    /// `/openapi/v3`: which documents there are, each with the hash that lets clients keep it for ever. Always JSON.
    pub fn v3_index(&self, method: &Method, headers: &HeaderMap) -> Response {
        let index = self.index.get_or_init(|| Document::new(&self.paths(), none));
        conditional::respond(index, accept::Media::Json, false, method, headers)
    }

    /// `/openapi/v3/<key>`; `None` for an unknown key.
    pub fn v3(&self, key: &str, query: Option<&str>, method: &Method, headers: &HeaderMap) -> Option<Response> {
        let document = self.documents().get(key)?;
        let Some(media) = accept::choose(headers, &accept::V3) else {
            let status = if accept::is_unreadable(headers) { StatusCode::OK } else { StatusCode::NOT_ACCEPTABLE };
            return Some(empty(status));
        };
        let mut response = conditional::respond(document, media, false, method, headers);
        match query.and_then(hash_of) {
            Some(asked) if asked == document.hash() => keep(response.headers_mut()),
            Some(_) => response = moved(&url(key, document.hash()), response),
            None => {}
        }
        response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
        Some(response)
    }

    fn documents(&self) -> &BTreeMap<String, Document> {
        self.v3.get_or_init(|| {
            let documents = v3::documents(&self.api, &self.profile);
            documents.into_iter().map(|(key, document)| (key, Document::new(&document, gnostic::encode_v3))).collect()
        })
    }

    fn paths(&self) -> Value {
        let entry = |(key, document): (&String, &Document)| (key.clone(), json!({"serverRelativeURL": url(key, document.hash())}));
        json!({"paths": self.documents().iter().map(entry).collect::<Map<_, _>>()})
    }
}

fn url(key: &str, hash: &str) -> String {
    format!("{V3}/{key}?hash={hash}")
}

/// The parameter `hash` of a query, unless empty.
fn hash_of(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("hash=")).filter(|hash| !hash.is_empty())
}

/// Sends a client with a stale hash to the current document.
fn moved(to: &str, current: Response) -> Response {
    let mut response = empty(StatusCode::MOVED_PERMANENTLY);
    let (parts, _) = current.into_parts();
    for name in [CONTENT_TYPE, ETAG] {
        if let Some(value) = parts.headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response.headers_mut().insert(LOCATION, value(to));
    response
}

/// Lets clients keep an answer: its address names its content.
fn keep(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, immutable"));
    let expiry = Timestamp::now().saturating_add(SignedDuration::from_hours(24 * 365));
    if let Ok(expiry) = expiry {
        headers.insert(EXPIRES, value(&date::format_utc(expiry)));
    }
}

/// The index has no protobuf form.
fn none(_: &Value) -> Result<Vec<u8>, Rejected> {
    Err(Rejected { path: Vec::new() })
}

fn empty(status: StatusCode) -> Response {
    full(status, Bytes::new())
}

fn full(status: StatusCode, body: Bytes) -> Response {
    let mut response = Response::new(Full::new(body).boxed_unsync());
    *response.status_mut() = status;
    response
}

/// A header value; what is put in here is always visible ASCII.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests;
