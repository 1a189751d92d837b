//! The JSON Schema of the schema language, made from the grammar: editors complete and check schema files with it.

use serde_json::{Map, Value, json};

use crate::raw::grammar::{self, Form, Object};

/// Mappings that occur in several places are written once, under `definitions`.
const SHARED: [&Object; 6] = [&grammar::FIELD, &grammar::TYPE, &grammar::DEFAULT, &grammar::STEP, &grammar::RULE, &grammar::TYPE_RULE];

/// Where it lies.
pub const PATH: &str = "schemas/schema.json";

/// The text of `schemas/schema.json`. A file is one of: a set, its documents, its exceptions, a group, a kind, shared types; what it is shows in the key it starts with.
pub fn text() -> String {
    let files = [
        (&grammar::SET, "set"),
        (&grammar::DOCUMENTS, "documents"),
        (&grammar::COMPAT, "exceptions"),
        (&grammar::GROUP, "group"),
        (&grammar::KIND, "kind"),
    ];
    let mut choice = reference(&grammar::TYPES_FILE);
    for (file, key) in files.into_iter().rev() {
        choice = json!({"if": {"required": [key]}, "then": reference(file), "else": choice});
    }
    let files = [&grammar::SET, &grammar::DOCUMENTS, &grammar::COMPAT, &grammar::GROUP, &grammar::KIND, &grammar::TYPES_FILE];
    let definitions: Map<String, Value> = files.into_iter().chain(SHARED).map(|object| (definition(object), mapping(object))).collect();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("kubewright schema file"));
    schema.insert("type".to_owned(), json!("object"));
    if let Value::Object(choice) = choice {
        schema.extend(choice);
    }
    schema.insert("definitions".to_owned(), Value::Object(definitions));
    format!("{:#}\n", Value::Object(schema))
}

fn definition(object: &Object) -> String {
    object.name.replace(' ', "-")
}

fn reference(object: &Object) -> Value {
    json!({"$ref": format!("#/definitions/{}", definition(object))})
}

fn mapping(object: &Object) -> Value {
    let properties: Map<String, Value> =
        object.keys.iter().map(|key| (key.name.to_owned(), described(value(&key.form), key.doc))).collect();
    let required: Vec<&str> = object.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({"type": "object", "description": object.doc, "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// Draft 7 ignores what stands beside a reference, so that a described one is wrapped.
fn described(schema: Value, doc: &str) -> Value {
    match schema {
        Value::Object(entries) if entries.contains_key("$ref") => json!({"description": doc, "allOf": [entries]}),
        Value::Object(mut entries) => {
            entries.insert("description".to_owned(), json!(doc));
            Value::Object(entries)
        }
        other => other,
    }
}

fn value(form: &Form) -> Value {
    match form {
        Form::Text => json!({"type": ["string", "number", "boolean"]}),
        Form::Flag => json!({"type": "boolean"}),
        Form::Whole => json!({"type": "integer"}),
        Form::Number => json!({"type": "number"}),
        Form::Any => json!({}),
        Form::Word(words) => json!({"enum": words}),
        Form::List(item) => json!({"type": "array", "items": value(item)}),
        Form::Map(item) => json!({"type": "object", "additionalProperties": value(item)}),
        Form::Object(object) if SHARED.iter().any(|shared| shared.name == object.name) => reference(object),
        Form::Object(object) => mapping(object),
        Form::Either(forms) => json!({"anyOf": forms.iter().map(value).collect::<Vec<_>>()}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let text = text();
        let schema: Value = serde_json::from_str(&text).unwrap_or_default();
        let references: Vec<&str> = text.match_indices("\"#/definitions/").filter_map(|(at, _)| text[at + 1..].split('"').next()).collect();
        assert!(references.len() > 8, "{references:?}");
        for reference in references {
            assert!(schema.pointer(&reference[1..]).is_some(), "{reference}");
        }
    }

    #[test]
    fn keys_of_the_grammar_are_properties() {
        let schema: Value = serde_json::from_str(&text()).unwrap_or_default();
        for (pointer, kind) in [
            ("/definitions/field/properties/tag/type", json!("integer")),
            ("/definitions/kind/properties/types/additionalProperties/$ref", json!("#/definitions/type")),
            ("/definitions/kind/required", json!(["kind"])),
            ("/definitions/set/properties/levels/items/enum", json!(["ga", "beta", "alpha"])),
        ] {
            assert_eq!(schema.pointer(pointer), Some(&kind), "{pointer}");
        }
    }
}
