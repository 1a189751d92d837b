//! Fields and types of the model as lines of the schema language.

use std::collections::HashSet;

use heck::AsSnakeCase;
use kubewright_model::crd::{CEL, EMBEDDED, Object, PATCH, PRESERVE};
use kubewright_model::desc::NO_FORMAT;
use kubewright_model::{Desc, Field, ListType, MapType, Omit, Shape, Special, Text, Type};
use regex::Regex;
use serde_json::{Map as Json, Value, json};

use crate::import::write::{Map, Node};
use crate::name_case::snake;

/// Constraints in the order of writing: the keyword, and the key of the language.
const RULES: [(&str, &str); 21] = [
    ("nullable", "nullable"),
    ("minimum", "min"),
    ("exclusiveMinimum", "exclusiveMin"),
    ("maximum", "max"),
    ("exclusiveMaximum", "exclusiveMax"),
    ("multipleOf", "multipleOf"),
    ("minLength", "minLength"),
    ("maxLength", "maxLength"),
    ("pattern", "pattern"),
    ("minItems", "minItems"),
    ("maxItems", "maxItems"),
    ("minProperties", "minProperties"),
    ("maxProperties", "maxProperties"),
    ("enum", "enum"),
    (EMBEDDED, "embedded"),
    (PRESERVE, "preserveUnknown"),
    (CEL, "cel"),
    ("title", "title"),
    ("example", "example"),
    ("externalDocs", "externalDocs"),
    (PATCH, "schema"),
];

/// A message type: what stands under its name.
pub(super) fn message(desc: &Desc) -> Map {
    let mut map = Map::new();
    map.push_text("doc", &desc.doc);
    map.push_flag("atomic", desc.atomic);
    constraints(&rules(&desc.rules), &mut map);
    if !desc.fields.is_empty() {
        map.push("fields", fields(&*desc.fields));
    }
    map
}

/// Lines for fields. Names that Rust or protobuf cannot tell apart, or not write, get others there.
pub(super) fn fields<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Map {
    let mut taken = HashSet::new();
    let mut map = Map::new();
    for field in fields {
        map.push(&*field.name, line(field, &mut taken));
    }
    map
}

/// The types that fields name, in the order of naming.
pub(super) fn uses<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<String> {
    let own = fields.into_iter().filter_map(Field::element).map(kubewright_model::Ref::proto_name);
    own.filter(|name| Special::named(name).is_none()).map(|name| short(&name).to_owned()).collect()
}

fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn line(field: &Field, taken: &mut HashSet<String>) -> Map {
    let mut map = Map::new().with("tag", Node::whole(field.number)).with("type", Node::text(notation(field)));
    let never = field.omit == Omit::Never;
    if never && (field.optional || field.shape != Shape::One) {
        map.push("omit", Node::text("never"));
    }
    let format = &*field.format;
    let said = format == NO_FORMAT || field.shape == Shape::MapOfLists && format.is_empty();
    map.push_text("format", if said { "" } else { format });
    other_names(&field.name, taken, &mut map);
    if let Some(default) = default(field) {
        map.push("default", default);
    }
    merging(field, &mut map);
    constraints(&sound(rules(&field.rules), field.shape), &mut map);
    map.push_text("doc", &field.doc);
    map
}

/// Type notation.
fn notation(field: &Field) -> String {
    let element = match &field.ty {
        Type::Bool => "bool".to_owned(),
        Type::I32 => "int32".to_owned(),
        Type::I64 => if field.format == NO_FORMAT { "integer" } else { "int64" }.to_owned(),
        Type::F64 => if field.format == NO_FORMAT { "number" } else { "float64" }.to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Message(part) => short(&part.proto_name()).to_owned(),
    };
    match field.shape {
        Shape::One => format!("{element}{}", if field.optional { "?" } else { "" }),
        Shape::List => format!("list({element})"),
        Shape::Map => format!("map({element})"),
        Shape::MapOfLists => format!("map(list({element}))"),
    }
}

/// Names in Rust and protobuf where the usual one is taken or none.
fn other_names(name: &str, taken: &mut HashSet<String>, map: &mut Map) {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let usual = snake(name);
    let free = |rust: &str| !taken.contains(rust);
    if plain && free(&usual) && free(&AsSnakeCase(name).to_string()) {
        taken.extend([usual, AsSnakeCase(name).to_string()]);
        return;
    }
    let base = AsSnakeCase(usual.trim_matches('_')).to_string();
    let base = if base.starts_with(|c: char| c.is_ascii_alphabetic()) { base } else { format!("n{base}") };
    let numbered = (2..).map(|number| format!("{base}_{number}"));
    let rust = std::iter::once(base.clone()).chain(numbered).find(|rust| !taken.contains(rust)).unwrap_or(base);
    map.push("proto", Node::text(&rust));
    map.push("rust", Node::text(&rust));
    taken.insert(rust);
}

/// A default that is not taken for alternatives of one.
fn default(field: &Field) -> Option<Node> {
    let alternatives: Vec<Value> = serde_json::from_str(&field.default).ok()?;
    let value = alternatives.first()?.get("value")?;
    let alike = |value: &Value| value.get("value").is_some() || value.get("from").is_some();
    let mistakable = alike(value) || value.as_array().is_some_and(|items| items.iter().any(alike));
    Some(Node::json(&if mistakable { json!({"value": value}) } else { value.clone() }))
}

fn merging(field: &Field, map: &mut Map) {
    match field.list_type {
        Some(ListType::Atomic) => map.push("list", Node::text("atomic")),
        Some(ListType::Set) => map.push("list", Node::text("set")),
        Some(ListType::Map) => map.push("keys", Node::words(field.keys())),
        None => {}
    }
    match field.map_type {
        Some(MapType::Atomic) => map.push("map", Node::text("atomic")),
        Some(MapType::Granular) => map.push("map", Node::text("granular")),
        None => {}
    }
}

/// Constraints as a descriptor has them.
pub(super) fn rules_text(rules: &Object) -> Text {
    if rules.is_empty() { Text::default() } else { Value::Object(rules.clone()).to_string().into() }
}

pub(super) fn rules(text: &str) -> Object {
    serde_json::from_str(text).unwrap_or_default()
}

/// Patterns that only another engine understands are data.
fn sound(mut rules: Object, shape: Shape) -> Object {
    let foreign = rules.get("pattern").and_then(Value::as_str).is_some_and(|pattern| Regex::new(pattern).is_err());
    if let Some(pattern) = rules.get("pattern").cloned().filter(|_| foreign) {
        rules.shift_remove("pattern");
        let patch = match shape {
            Shape::One => json!({"pattern": pattern}),
            Shape::List => json!({"items": {"pattern": pattern}}),
            Shape::Map => json!({"additionalProperties": {"pattern": pattern}}),
            Shape::MapOfLists => json!({"additionalProperties": {"items": {"pattern": pattern}}}),
        };
        kubewright_model::crd::patch::merge(rules.entry(PATCH).or_insert_with(|| Value::Object(Json::new())), &patch);
    }
    rules
}

/// Constraints under the keys of the language.
pub(super) fn constraints(rules: &Object, map: &mut Map) {
    for (keyword, key) in RULES {
        if let Some(value) = rules.get(keyword) {
            map.push(key, Node::json(value));
        }
    }
}
