//! The schema of a field: its element type, shape, constraints, default, and how patches and apply treat it.

use serde_json::{Map, Value, json};

use crate::desc::{Field, ListType, MapType, NO_FORMAT, Omit, Shape, Type};

use super::Dialect;
use super::schema::Writer;

/// Constraints of one value.
const VALUE_RULES: [&str; 8] =
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern"];
/// Constraints of a list or map as a whole.
const WHOLE_RULES: [&str; 5] = ["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"];

/// The schema of a field.
pub(super) fn write(writer: &mut Writer<'_>, field: &Field) -> Value {
    let rules = rules(field);
    let mut element = element(writer, field);
    let mut values = Vec::new();
    if let (true, Some(Value::Array(listed))) = (writer.profile.enums, rules.get("enum").or(rules.get("knownValues"))) {
        values.clone_from(listed);
        values.sort_by_key(Value::to_string);
        element.insert("enum".to_owned(), values.clone().into());
    }
    if let Some(format) = rules.get("format") {
        element.insert("format".to_owned(), format.clone());
    }
    let bounds = writer.profile.bounds;
    copy(&rules, VALUE_RULES.iter().filter(|_| bounds), &mut element);
    let mut schema = shaped(field.shape, standing_alone(element, writer.dialect));
    copy(&rules, WHOLE_RULES.iter().filter(|_| bounds), &mut schema);
    let description = described(&field.doc, &values);
    if !description.is_empty() {
        schema.insert("description".to_owned(), description.into());
    }
    extensions(field, &mut schema);
    schema.extend(rules.into_iter().filter(|(key, _)| key.starts_with("x-kubernetes-")));
    if writer.dialect == Dialect::V3
        && let Some(default) = default(writer, field)
    {
        schema.insert("default".to_owned(), default);
    }
    standing_alone(schema, writer.dialect).into()
}

fn rules(field: &Field) -> Map<String, Value> {
    serde_json::from_str(&field.rules).unwrap_or_default()
}

fn copy<'a>(from: &Map<String, Value>, keys: impl Iterator<Item = &'a &'a str>, to: &mut Map<String, Value>) {
    to.extend(keys.filter_map(|key| Some(((*key).to_owned(), from.get(*key)?.clone()))));
}

fn element(writer: &mut Writer<'_>, field: &Field) -> Map<String, Value> {
    let (ty, format) = match &field.ty {
        Type::Bool => ("boolean", ""),
        Type::I32 => ("integer", "int32"),
        Type::I64 => ("integer", "int64"),
        Type::F64 => ("number", "double"),
        Type::String => ("string", ""),
        Type::Bytes => ("string", "byte"),
        Type::Message(ty) => return writer.element(ty),
    };
    let format = if field.format.is_empty() { format } else { &field.format };
    let mut schema = Map::from_iter([("type".to_owned(), ty.into())]);
    if !format.is_empty() && format != NO_FORMAT {
        schema.insert("format".to_owned(), format.into());
    }
    schema
}

fn shaped(shape: Shape, element: Map<String, Value>) -> Map<String, Value> {
    let list = |items: Map<String, Value>| json!({"type": "array", "items": items});
    let schema = match shape {
        Shape::One => return element,
        Shape::List => list(element),
        Shape::Map => json!({"type": "object", "additionalProperties": element}),
        Shape::MapOfLists => json!({"type": "object", "additionalProperties": list(element)}),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// In version 3 a reference has no siblings: it moves into `allOf` beside them.
fn standing_alone(mut schema: Map<String, Value>, dialect: Dialect) -> Map<String, Value> {
    if dialect == Dialect::V3
        && schema.len() > 1
        && let Some(reference) = schema.remove("$ref")
    {
        schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
    }
    schema
}

/// The description, followed by the values of an enumeration under the heading that consumers cut it at.
fn described(doc: &str, values: &[Value]) -> String {
    if values.is_empty() {
        return doc.to_owned();
    }
    let mut text = doc.to_owned();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str("Possible enum values:");
    text.extend(values.iter().map(|value| format!("\n - `{value}`")));
    text
}

fn extensions(field: &Field, schema: &mut Map<String, Value>) {
    let list_type = field.list_type.map(|list_type| match list_type {
        ListType::Atomic => "atomic",
        ListType::Set => "set",
        ListType::Map => "map",
    });
    let map_type = field.map_type.map(|map_type| match map_type {
        MapType::Atomic => "atomic",
        MapType::Granular => "granular",
    });
    let keys: Vec<&str> = field.keys().collect();
    let text = |text: &str| (!text.is_empty()).then(|| Value::from(text));
    let rows = [
        ("x-kubernetes-list-type", list_type.map(Value::from)),
        ("x-kubernetes-list-map-keys", (!keys.is_empty()).then(|| keys.into())),
        ("x-kubernetes-map-type", map_type.map(Value::from)),
        ("x-kubernetes-patch-strategy", text(&field.patch)),
        ("x-kubernetes-patch-merge-key", text(&field.merge_key)),
    ];
    schema.extend(rows.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
}

/// The default that version 3 states: the one that always applies, or else the zero value of what cannot be unset.
fn default(writer: &Writer<'_>, field: &Field) -> Option<Value> {
    stated_default(field).or_else(|| implied_default(writer, field))
}

fn stated_default(field: &Field) -> Option<Value> {
    let alternatives: Vec<Map<String, Value>> = serde_json::from_str(&field.default).ok()?;
    let first = alternatives.first()?;
    if first.contains_key("when") { None } else { first.get("value").cloned() }
}

fn implied_default(writer: &Writer<'_>, field: &Field) -> Option<Value> {
    if field.optional || field.shape != Shape::One {
        return None;
    }
    if let Type::Message(ty) = &field.ty {
        return writer.api.resolve(ty).filter(|desc| desc.special.is_none() && !desc.either).map(|_| json!({}));
    }
    match &field.ty {
        _ if field.omit == Omit::Empty => None,
        Type::Bool => Some(json!(false)),
        Type::I32 | Type::I64 | Type::F64 => Some(json!(0)),
        Type::String => Some(json!("")),
        Type::Bytes | Type::Message(_) => None,
    }
}
