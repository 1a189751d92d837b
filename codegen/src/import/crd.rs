//! CustomResourceDefinitions: kinds, their versions and schemas as a catalog.
//!
//! Fields, types and kinds get the words that the schema language has; what is left of a schema or a definition stands beside them as data
//! (`schema`, `crd`), so that the definition that is made of them again says the same.

mod columns;
mod fields;
mod group;
mod kinds;
mod path;
mod remarks;
mod verify;
mod yaml;

use kubewright_model::crd::Definition;
use serde_json::Value;

use super::catalog::{Catalog, Set};
use super::report::Report;
use super::write::{Map, Node};

pub use verify::differences;
pub use yaml::documents;

/// The definitions in a text of YAML documents; what else there is, is named in the report.
pub fn definitions(text: &str, source: &str, report: &mut Report) -> Result<Vec<Definition>, String> {
    let mut found = Vec::new();
    for (at, document) in documents(text)?.into_iter().enumerate() {
        let items = match document.get("kind").and_then(Value::as_str) {
            Some("List" | "CustomResourceDefinitionList") => document.get("items").and_then(Value::as_array).cloned().unwrap_or_default(),
            _ => vec![document],
        };
        for item in items {
            let kind = item.get("kind").and_then(Value::as_str).unwrap_or("something without kind").to_owned();
            if kind == "CustomResourceDefinition" {
                found.push(Definition::read(item).map_err(|error| format!("document {}: {error}", at + 1))?);
            } else {
                report.add(format!("not a CustomResourceDefinition, left out: {kind}"), source);
            }
        }
    }
    if found.is_empty() { Err("there is no CustomResourceDefinition in it".to_owned()) } else { Ok(found) }
}

/// What definitions say, as a set.
pub fn catalog(definitions: &[Definition], set: &str, mut report: Report) -> Result<Catalog, String> {
    twice(definitions)?;
    let type_meta = kinds::type_meta(definitions);
    let mut names: Vec<&str> = Vec::new();
    for definition in definitions {
        if !names.contains(&definition.group.as_str()) {
            names.push(&definition.group);
        }
    }
    let groups = names.iter().map(|name| {
        let of_group: Vec<&Definition> = definitions.iter().filter(|definition| definition.group == *name).collect();
        group::group(&of_group, &group::directory(name, &names), &type_meta, &mut report)
    });
    let groups = groups.collect();
    let mut tree = Map::new().with("set", Node::text(set));
    if !type_meta.is_empty() {
        let texts = type_meta.iter().map(|(name, doc)| super::write::Entry::new(name, Node::text(doc)));
        tree.push("typeMeta", Node::Map(texts.collect()));
    }
    Ok(Catalog { sets: vec![Set { name: set.to_owned(), tree, groups }], report, numbers: false, presence: true })
}

/// A resource is defined once, and so is a kind in its group.
fn twice(definitions: &[Definition]) -> Result<(), String> {
    for (at, definition) in definitions.iter().enumerate() {
        let same =
            |other: &&Definition| other.group == definition.group && (other.plural == definition.plural || other.kind == definition.kind);
        if definitions.iter().take(at).any(|other| same(&other)) {
            return Err(format!("{} is defined twice", definition.name()));
        }
    }
    Ok(())
}
