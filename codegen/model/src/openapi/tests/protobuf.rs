//! The protobuf form, read by an independent decoder, holds what the JSON holds.

use prost_reflect::{DescriptorPool, DynamicMessage, FieldDescriptor, ReflectMessage, Value as Field};
use serde_json::{Map, Value, json};

use super::api;
use crate::openapi::{Profile, gnostic, v2, v3};

/// Reads a document of version 2 or 3.
fn decode(version: &str, bytes: &[u8]) -> Value {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let files = protox::compile([format!("openapi_{version}.proto")], [fixtures]).expect("the fixture compiles");
    let pool = DescriptorPool::from_file_descriptor_set(files).expect("descriptors");
    let document = pool.get_message_by_name(&format!("openapi.{version}.Document")).expect("the document's message");
    message(&DynamicMessage::decode(document, bytes).expect("valid protobuf"))
}

/// The JSON value that a message stands for.
fn message(message: &DynamicMessage) -> Value {
    let descriptor = message.descriptor();
    match descriptor.name() {
        "Any" => serde_yaml::from_str(&text(message, "yaml")).expect("valid YAML"),
        "TypeItem" => one_or_many(list(message, "value")),
        "ItemsItem" => one_or_many(list(message, if descriptor.full_name().contains("v2") { "schema" } else { "schema_or_reference" })),
        // A default that the message cannot hold is there, and empty.
        "DefaultType" if message.fields().next().is_none() => json!({}),
        "StringArray" => list(message, "value").into(),
        _ if descriptor.oneofs().len() == 1 => {
            let set = message.fields().next().map(|(_, value)| value.clone());
            value(&set.expect("a oneof has one member set"))
        }
        _ => {
            let mut out = Map::new();
            for (field, held) in message.fields() {
                member(&field, held, &mut out);
            }
            out.into()
        }
    }
}

fn one_or_many(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { values.into() }
}

fn member(field: &FieldDescriptor, held: &Field, out: &mut Map<String, Value>) {
    let spread = matches!(
        field.name(),
        "additional_properties" | "vendor_extension" | "specification_extension" | "path" | "response_code" | "response_or_reference"
    ) && field.is_list();
    if spread {
        for entry in held.as_list().expect("entries") {
            let entry = entry.as_message().expect("an entry is a message");
            out.insert(text(entry, "name"), value(&entry.get_field_by_name("value").expect("a value")));
        }
    } else {
        let name = if field.name() == "_ref" { "$ref" } else { field.json_name() };
        out.insert(name.to_owned(), value(held));
    }
}

fn text(message: &DynamicMessage, field: &str) -> String {
    message.get_field_by_name(field).and_then(|value| value.as_str().map(str::to_owned)).expect("text")
}

fn list(message: &DynamicMessage, field: &str) -> Vec<Value> {
    let held = message.get_field_by_name(field).expect("a list");
    held.as_list().expect("a list").iter().map(value).collect()
}

fn value(held: &Field) -> Value {
    match held {
        Field::Bool(held) => json!(held),
        Field::I64(held) => json!(held),
        Field::F64(held) if held.fract() == 0.0 => json!(*held as i64),
        Field::F64(held) => json!(held),
        Field::String(held) => json!(held),
        Field::List(items) => items.iter().map(value).collect(),
        Field::Message(held) => message(held),
        other => panic!("no such value in the form: {other:?}"),
    }
}

#[test]
fn holds_what_the_json_holds() {
    let mut document = v2::document(&api::api(), &Profile::default());
    let mut decoded = decode("v2", &gnostic::encode_v2(&document).expect("the form has a place for everything"));
    document.sort_all_objects();
    decoded.sort_all_objects();
    assert_eq!(decoded, document);
}

/// What documents of this crate do not hold, but custom resources bring.
#[test]
fn rarer_keys() {
    let document = json!({
        "swagger": "2.0",
        "info": {"title": "T", "version": "1", "contact": {"name": "C", "x-a": {"b": [1, "yes", null]}}},
        "paths": {
            "/a": {"head": {"responses": {"default": {"$ref": "#/responses/R"}}, "parameters": [{"in": "header", "name": "h", "type": "string", "enum": ["a", ""]}]}}
        },
        "definitions": {
            "A": {
                "type": ["string", "null"], "minimum": 0.5, "maxLength": 300, "example": {"a": 1}, "x-kubernetes-validations": [{"rule": "self > 1"}],
                "externalDocs": {"url": "u"}, "additionalProperties": false, "allOf": [{"$ref": "#/definitions/B"}]
            },
            "B": {}
        },
        "securityDefinitions": {"Basic": {"type": "basic"}}
    });
    assert_eq!(decode("v2", &gnostic::encode_v2(&document).expect("encodes")), document);
}

#[test]
fn version_3_too() {
    for (key, document) in v3::documents(&api::api(), &Profile::default()) {
        let mut decoded = decode("v3", &gnostic::encode_v3(&document).expect("the form has a place for everything"));
        decoded.sort_all_objects();
        assert_eq!(decoded, document, "{key}");
    }
}
