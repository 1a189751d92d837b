//! The schema of a field: its element type, shape, constraints, default, and how patches and apply treat it.

use serde_json::{Map, Value, json};

use crate::desc::{Field, Omit, Shape, Type};
use crate::field_schema::{self, copy, merging, scalar, shaped};

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
    let mut element = match &field.ty {
        Type::Message(ty) => writer.element(ty),
        _ => scalar(field).unwrap_or_default(),
    };
    let mut values = Vec::new();
    if let (true, Some(Value::Array(listed))) = (writer.profile.enums, rules.get("enum").or(rules.get("knownValues"))) {
        values.clone_from(listed);
        values.sort_by_key(Value::to_string);
        element.insert("enum".to_owned(), values.clone().into());
    }
    if let Some(format) = rules.get("format") {
        element.insert("format".to_owned(), format.clone());
    }
    let bounds = |keys: &'static [&'static str]| if writer.profile.bounds { keys } else { &[] };
    copy(&rules, bounds(&VALUE_RULES), &mut element);
    let mut schema = shaped(field.shape, standing_alone(element, writer.dialect));
    copy(&rules, bounds(&WHOLE_RULES), &mut schema);
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

/// How patches and server-side apply treat the field.
fn extensions(field: &Field, schema: &mut Map<String, Value>) {
    merging(field, schema);
    for (key, text) in [("x-kubernetes-patch-strategy", &field.patch), ("x-kubernetes-patch-merge-key", &field.merge_key)] {
        if !text.is_empty() {
            schema.insert(key.to_owned(), (&**text).into());
        }
    }
}

/// The default that version 3 states: the one that always applies, or else the zero value of what cannot be unset.
fn default(writer: &Writer<'_>, field: &Field) -> Option<Value> {
    field_schema::default(field).or_else(|| implied_default(writer, field))
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
