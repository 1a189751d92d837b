//! An independent decoder of the protobuf form of documents. Tests of other crates take this file by its path.

use prost_reflect::{DescriptorPool, DynamicMessage, FieldDescriptor, ReflectMessage, Value as Field};
use serde_json::{Map, Value, json};

/// Reads a document of version 2 or 3 by the descriptions of its form in a directory.
pub(crate) fn document(fixtures: &str, version: &str, bytes: &[u8]) -> Value {
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
