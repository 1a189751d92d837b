//! OpenAPI v2 documents of Kubernetes-style servers, with protobuf IDL for what such a document does not say: numbers and the order of fields.

mod definitions;
mod describe;
mod enums;
mod fields;
mod keywords;
mod packages;
mod paths;
mod resources;

use serde_json::Value;

use super::catalog::{Catalog, Set};
use super::idl::Idl;
use super::report::Report;
use super::write::{Map, Node};
use crate::source::Sources;

/// How a document is imported.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// Name of the set that the groups belong to.
    pub set: &'a str,
    /// Take over descriptions.
    pub descriptions: bool,
}

/// Whether a JSON document is OpenAPI v2.
pub fn is_openapi(document: &Value) -> bool {
    document.get("swagger").and_then(Value::as_str) == Some("2.0") && document.get("definitions").is_some_and(Value::is_object)
}

/// The release that a document describes, where its version looks like one.
fn release(document: &Value) -> String {
    let version = document.pointer("/info/version").and_then(Value::as_str).unwrap_or_default();
    let parts: Vec<&str> = version.trim_start_matches('v').split('.').collect();
    let number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if parts.len() > 1 && parts[..2].iter().all(number) { parts[..2].join(".") } else { String::new() }
}

/// What an OpenAPI document says. Groups that another set describes already are used from there.
pub fn catalog(document: &Value, idl: &Idl, existing: &Sources, wish: Wish<'_>) -> Catalog {
    let mut report = Report::default();
    let packages = packages::Packages::new(document, idl, existing, wish.set);
    let resources = paths::resources(document, &mut report);
    let groups = definitions::groups(document, &packages, &resources, idl, wish, &mut report);
    packages.remarks(&mut report);
    let mut tree = Map::new().with("set", Node::text(wish.set));
    tree.push_text("release", &release(document));
    let title = document.pointer("/info/title").and_then(Value::as_str).unwrap_or_default();
    tree.push_text("title", title);
    let used = packages.uses(&resources);
    if !used.is_empty() {
        tree.push("use", used);
    }
    Catalog { sets: vec![Set { name: wish.set.to_owned(), tree, groups }], report, numbers: !idl.is_empty(), presence: false }
}
