//! The aggregated form, `apidiscovery.k8s.io/v2`: everything in one document.

use std::fmt::Write;

use bytes::Bytes;
use http::HeaderValue;
use kubewright_model::{Kind, Subresource};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha512};

use super::legacy::{names, verbs};
use crate::registry::Registry;
use crate::served::{ServedGroup, ServedVersion};
use crate::server::Document;

/// An aggregated document and its tag.
#[derive(Clone, Debug)]
pub struct Aggregated {
    /// JSON.
    pub body: Bytes,
    /// Entity tag, in quotes.
    pub etag: HeaderValue,
}

impl Aggregated {
    /// The document of these groups.
    pub fn new(registry: &Registry, groups: &[&ServedGroup]) -> Self {
        let items: Vec<_> = groups.iter().map(|group| item(registry, group)).collect();
        let document = json!({"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": {}, "items": items});
        let body = Document::new(document).json();
        Self { etag: etag(&body), body }
    }
}

/// The SHA-512 in upper-case hexadecimal digits, quoted.
fn etag(body: &[u8]) -> HeaderValue {
    let mut tag = String::from("\"");
    for byte in Sha512::digest(body) {
        // Writing to a String cannot fail.
        let _ = write!(tag, "{byte:02X}");
    }
    tag.push('"');
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""))
}

fn item(registry: &Registry, group: &ServedGroup) -> Value {
    let metadata = if group.name.is_empty() { json!({}) } else { json!({"name": group.name}) };
    let versions: Vec<_> = group.versions.iter().map(|seen| version(registry, seen)).collect();
    json!({"metadata": metadata, "versions": versions})
}

fn version(registry: &Registry, version: &ServedVersion) -> Value {
    let kinds = version.endpoints.iter().map(|endpoint| &registry.resources[endpoint.resource].versions[endpoint.version].kind);
    let resources: Vec<_> = kinds.map(|kind| resource(kind)).collect();
    json!({"version": version.name, "resources": resources, "freshness": "Current"})
}

fn resource(kind: &Kind) -> Value {
    let mut out = Map::new();
    out.insert("resource".to_owned(), kind.plural.as_ref().into());
    out.insert("responseKind".to_owned(), response_kind("", "", &kind.kind));
    out.insert("scope".to_owned(), if kind.namespaced { "Namespaced" } else { "Cluster" }.into());
    out.insert("singularResource".to_owned(), kind.singular.as_ref().into());
    out.insert("verbs".to_owned(), verbs(kind.verbs));
    names(&mut out, "shortNames", &kind.short_names);
    names(&mut out, "categories", &kind.categories);
    let subresources: Vec<_> = subresources(kind).map(|sub| subresource(kind, sub)).collect();
    if !subresources.is_empty() {
        out.insert("subresources".to_owned(), subresources.into());
    }
    Value::Object(out)
}

fn subresource(kind: &Kind, sub: &Subresource) -> Value {
    let response_kind = match &sub.speaks {
        Some(speaks) if speaks.group == kind.group && speaks.version == kind.version => response_kind("", "", &speaks.kind),
        Some(speaks) => response_kind(&speaks.group, &speaks.version, &speaks.kind),
        None => response_kind("", "", &kind.kind),
    };
    json!({"subresource": sub.name, "responseKind": response_kind, "verbs": verbs(sub.verbs)})
}

/// An empty group and version mean those of the list.
fn response_kind(group: &str, version: &str, kind: &str) -> Value {
    json!({"group": group, "version": version, "kind": kind})
}

/// The subresources by name.
pub(super) fn subresources(kind: &Kind) -> impl Iterator<Item = &Subresource> {
    let mut sorted: Vec<_> = kind.subresources.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    sorted.into_iter()
}
