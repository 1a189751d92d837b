//! Keywords of a property to keys of a field.

use serde_json::Value;

use crate::import::write::{Map, Node};

/// Keywords that stand for the same key of the language.
pub(super) const SAME: [(&str, &str); 13] = [
    ("pattern", "pattern"),
    ("minimum", "min"),
    ("maximum", "max"),
    ("minLength", "minLength"),
    ("maxLength", "maxLength"),
    ("minItems", "minItems"),
    ("maxItems", "maxItems"),
    ("minProperties", "minItems"),
    ("maxProperties", "maxItems"),
    ("default", "default"),
    ("x-kubernetes-map-type", "map"),
    ("x-kubernetes-patch-strategy", "patch"),
    ("x-kubernetes-patch-merge-key", "mergeKey"),
];

/// Keywords that are read elsewhere.
pub(super) const READ: [&str; 12] = [
    "type",
    "format",
    "items",
    "properties",
    "additionalProperties",
    "$ref",
    "description",
    "enum",
    "required",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "allOf",
];

/// Documents do not tell unset from zero. Text is left out when it is empty; of everything else the schema keeps the difference.
pub(super) fn presence(notation: &str, collection: bool, required: bool, map: &mut Map) {
    let text = notation == "string" || notation == "bytes";
    let optional = !required && !collection && !text;
    map.push("type", Node::text(format!("{notation}{}", if optional { "?" } else { "" })));
    if !required && text {
        map.push("omit", Node::text("empty"));
    }
    if required && collection {
        map.push("omit", Node::text("never"));
    }
}

/// Names of properties may hold what names of IDL may not.
pub(super) fn same_name(property: &str, field: &str) -> bool {
    let letters = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect::<String>();
    letters(property) == letters(field)
}

/// How lists merge.
pub(super) fn merging(schema: &Value, map: &mut Map) {
    let kind = text(schema, "x-kubernetes-list-type");
    if matches!(kind, "atomic" | "set") {
        map.push_text("list", kind);
    }
    let keys: Vec<&str> = strings(schema.get("x-kubernetes-list-map-keys"));
    if !keys.is_empty() {
        map.push("keys", Node::words(keys));
    }
}

/// Keywords that no key of the language stands for.
pub(super) fn lost(schema: &Value) -> Vec<&str> {
    let keys = schema.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    keys.filter(|key| !READ.contains(key) && !SAME.iter().any(|(keyword, _)| keyword == key)).collect()
}

/// The reference of a property, which other documents put into an `allOf` of its own.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    let direct = schema.get("$ref").and_then(Value::as_str);
    direct.or_else(|| match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([one]) => one.get("$ref").and_then(Value::as_str),
        _ => None,
    })
}

/// The properties of a definition.
pub(super) fn properties(schema: &Value) -> Vec<(&str, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, value)| (name.as_str(), value)).collect()
}

/// The properties that a definition requires.
pub(super) fn required(schema: &Value) -> Vec<&str> {
    strings(schema.get("required"))
}

pub(super) fn strings(list: Option<&Value>) -> Vec<&str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

pub(super) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
