//! What a client asks for: path to target, query to parameters. Pure.

mod path;
mod query;

use bytes::Bytes;
use http::{HeaderMap, Method};

pub use path::{Route, route};
pub use query::Query;

/// One request, its body read completely.
#[derive(Clone, Debug)]
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// Path as it was sent, still percent-encoded, without the query.
    pub path: String,
    /// Query parameters.
    pub query: Query,
    /// Headers.
    pub headers: HeaderMap,
    /// Body; empty when there was none.
    pub body: Bytes,
}

impl Request {
    /// A request, from the parts of its line, its headers and its body.
    pub fn new(method: Method, path: &str, query: &str, headers: HeaderMap, body: Bytes) -> Self {
        Self { method, path: path.to_owned(), query: Query::parse(query), headers, body }
    }

    /// The value of a header; empty when it is absent or not text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Every value of a header, joined as one list.
    pub fn header_list(&self, name: &str) -> String {
        self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
    }
}

/// The resource that a path names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// API group; empty for the core group.
    pub group: String,
    /// Version.
    pub version: String,
    /// Resource, by its plural.
    pub resource: String,
    /// Namespace of the path; `None` without one, and when it is empty (all namespaces). For an object of `namespaces` itself: `None`.
    pub namespace: Option<String>,
    /// Object of the path; `None` for a collection.
    pub name: Option<String>,
    /// Subresource of the object.
    pub subresource: Option<String>,
    /// What follows the subresource, decoded, without the slash before it.
    pub tail: Option<String>,
    /// The deprecated path form `/watch/...`: a watch, whatever the query says.
    pub watch: bool,
}

impl Target {
    /// Name of the object, or of the subresource's object; empty for a collection.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// Namespace of the path; empty without one.
    pub fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or_default()
    }
}
