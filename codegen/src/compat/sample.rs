//! An object of every kind with a value in every field: what a release leaves behind for later builds to read.

use std::collections::HashMap;

use kubewright_model::{Desc, Field, Kind, Shape, Type};
use serde_json::{Map, Value, json};

use crate::set::Set;

/// How often a type may be inside itself.
const DEPTH: usize = 8;

/// Objects of the kinds of a set, each with the name of its file.
pub fn samples(set: &Set, sets: &[Set]) -> Vec<(String, Value)> {
    let all = sets.iter().flat_map(|set| &set.groups).flat_map(|group| &group.versions).flat_map(|version| &version.types);
    let maker = Maker { types: all.map(|ty| (ty.desc.proto_name(), &ty.desc)).collect() };
    let kinds = set.resources.iter().flat_map(|resource| &resource.versions);
    kinds.filter_map(|kind| Some((file(kind), maker.object(kind)?))).collect()
}

/// `apps.v1.Deployment`, and `core.v1.Pod`.
fn file(kind: &Kind) -> String {
    let group = if kind.group.is_empty() { "core" } else { &kind.group };
    format!("{group}.{}.{}", kind.version, kind.kind)
}

struct Maker<'s> {
    types: HashMap<String, &'s Desc>,
}

impl Maker<'_> {
    fn object(&self, kind: &Kind) -> Option<Value> {
        let desc = self.types.get(&kind.ty.proto_name())?;
        let mut object = Map::new();
        object.insert("apiVersion".to_owned(), kind.api_version().into());
        object.insert("kind".to_owned(), kind.kind.as_ref().into());
        let mut path = Vec::new();
        for field in desc.fields.iter().filter(|field| !matches!(field.name.as_ref(), "apiVersion" | "kind")) {
            self.field(field, &mut object, &mut path);
        }
        if let Some(Value::Object(metadata)) = object.get_mut("metadata") {
            metadata.retain(|key, _| matches!(key.as_str(), "name" | "namespace" | "uid" | "labels" | "creationTimestamp" | "generation"));
        }
        Some(object.into())
    }

    fn message(&self, desc: &Desc, path: &mut Vec<String>) -> Map<String, Value> {
        let mut members = Map::new();
        desc.fields.iter().for_each(|field| self.field(field, &mut members, path));
        members
    }

    fn field(&self, field: &Field, members: &mut Map<String, Value>, path: &mut Vec<String>) {
        if field.no_json {
            return;
        }
        if field.inline {
            let inner = field.element().and_then(|inner| self.types.get(&inner.proto_name()));
            members.extend(inner.map(|inner| self.message(inner, path)).unwrap_or_default());
            return;
        }
        let Some(value) = self.value(field, path) else { return };
        let value = match field.shape {
            Shape::One => value,
            Shape::List => json!([value]),
            Shape::Map => json!({"key": value}),
            Shape::MapOfLists => json!({"key": [value]}),
        };
        members.insert(field.name.to_string(), value);
    }

    fn value(&self, field: &Field, path: &mut Vec<String>) -> Option<Value> {
        Some(match &field.ty {
            Type::Bool => json!(true),
            Type::I32 | Type::I64 => json!(field.number.max(1)),
            Type::F64 => json!(1.5),
            Type::Bytes => json!("AQID"),
            Type::String => known(field).unwrap_or_else(|| field.name.as_ref().into()),
            Type::Message(reference) => {
                let name = reference.proto_name();
                match self.types.get(&name) {
                    Some(desc) if !desc.either && path.len() < DEPTH && !path.contains(&name) => {
                        path.push(name);
                        let members = self.message(desc, path);
                        path.pop();
                        members.into()
                    }
                    Some(_) => return None,
                    None => special(name.rsplit('.').next().unwrap_or_default())?,
                }
            }
        })
    }
}

/// The first of the values that a field may have.
fn known(field: &Field) -> Option<Value> {
    let rules: Value = serde_json::from_str(&field.rules).ok()?;
    ["enum", "knownValues"].iter().find_map(|key| rules.get(*key)?.get(0).cloned())
}

/// A value of a type with a wire form of its own.
fn special(name: &str) -> Option<Value> {
    Some(match name {
        "Time" => json!("2026-01-02T03:04:05Z"),
        "MicroTime" => json!("2026-01-02T03:04:05.000006Z"),
        "Duration" => json!("1m0s"),
        "Quantity" => json!("1500m"),
        "IntOrString" => json!(80),
        "RawExtension" => json!({"apiVersion": "example.com/v1", "kind": "Other"}),
        "GroupVersion" => json!("example.com/v1"),
        "JSON" => json!("text"),
        _ => return None,
    })
}
