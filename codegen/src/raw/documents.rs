//! `documents.yaml` as it was written.

use serde_json::Value;

use super::value::Words;
use crate::yaml::{Entry, Node};

/// What documents say that does not follow from types and resources.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// What a running server shows.
    pub live: Face,
    /// What is published with a release.
    pub published: Face,
    /// Group-versions without resources.
    pub registered: Vec<Words>,
    /// Origin, name, checksum.
    pub parameters: Vec<(Words, Words, String)>,
    /// Paths outside of groups.
    pub paths: Vec<Path>,
    /// Resource and the version that discovery tells of as the stored one.
    pub storage: Vec<(Words, String)>,
    /// Parts of schemas that no rule makes.
    pub warts: Vec<Wart>,
}

/// What a document shows.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    /// CBOR media types.
    pub cbor: bool,
    /// Values of enumerations.
    pub enums: bool,
    /// Bounds of values.
    pub bounds: bool,
}

impl Default for Face {
    fn default() -> Self {
        Self { cbor: false, enums: true, bounds: true }
    }
}

/// A path outside of groups.
#[derive(Clone, Debug)]
pub struct Path {
    /// The path.
    pub path: Words,
    /// Id of its operation.
    pub operation: Words,
    /// What it answers.
    pub doc: String,
    /// Media types of answers.
    pub produces: Vec<Words>,
    /// Not `live: false`.
    pub live: bool,
}

/// A part of a schema that no rule makes.
#[derive(Clone, Debug)]
pub struct Wart {
    /// Definition name.
    pub definition: Words,
    /// Property; empty for the definition itself.
    pub property: String,
    /// What it has.
    pub members: Value,
}

pub(super) fn documents(node: &Node) -> Documents {
    let parameters = |origin: &Entry| {
        let name = origin.name();
        origin
            .value
            .entries()
            .iter()
            .filter_map(move |entry| Some((name.clone(), entry.name(), entry.value.words()?.value)))
            .collect::<Vec<_>>()
    };
    Documents {
        live: face(node, "live"),
        published: face(node, "published"),
        registered: node.texts("registered").unwrap_or_default(),
        parameters: node.map("parameters").iter().flat_map(parameters).collect(),
        paths: node.map("paths").iter().filter_map(path).collect(),
        storage: node.map("storage").iter().filter_map(|entry| Some((entry.name(), entry.value.words()?.value))).collect(),
        warts: node.get("warts").map(Node::items).unwrap_or_default().iter().filter_map(wart).collect(),
    }
}

fn face(node: &Node, name: &str) -> Face {
    let Some(node) = node.get("documents").and_then(|faces| faces.get(name)) else { return Face::default() };
    let on = |key: &str| node.flag(key).is_none_or(|flag| flag.value);
    Face { cbor: node.is("cbor"), enums: on("enums"), bounds: on("bounds") }
}

fn path(entry: &Entry) -> Option<Path> {
    let node = &entry.value;
    Some(Path {
        path: entry.name(),
        operation: node.text("operation")?,
        doc: node.plain("doc"),
        produces: node.texts("produces").unwrap_or_default(),
        live: node.flag("live").is_none_or(|flag| flag.value),
    })
}

fn wart(node: &Node) -> Option<Wart> {
    Some(Wart { definition: node.text("definition")?, property: node.plain("property"), members: node.get("members")?.json() })
}
