//! Types as structural schemas: what a CustomResourceDefinition says of them. References are written out in place.

use serde_json::{Map, Value, json};

use super::keyword::{TYPE_KEYS, VALUE_KEYS, WHOLE_KEYS};
use super::{CEL, INT_OR_STRING, Object, PATCH, PRESERVE, QUANTITY, patch};
use crate::desc::{Desc, Field, Ref, Shape, Special, Type};
use crate::field_schema::{copy, default, merging, scalar, shaped, typed};

/// Full protobuf name of the type of `metadata`.
const OBJECT_META: &str = "k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// In place of the schema of a type that is not known here: its name.
pub(super) const OPAQUE: &str = "$type";

/// Order of the keywords of a schema, for readers; others come behind.
const ORDER: [&str; 25] = [
    "title",
    "description",
    "type",
    "format",
    "nullable",
    "default",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "properties",
    "items",
    "additionalProperties",
    "example",
];

/// Writes schemas of types that `find` knows.
pub struct Schemas<'a> {
    find: &'a dyn Fn(&Ref) -> Option<&'a Desc>,
    /// Types being written, outermost first: one that holds itself ends as any object.
    open: Vec<String>,
    /// How many more properties are written out; types that hold each other many times over end as any object.
    left: usize,
}

/// Most properties of a schema. A cluster takes a definition of at most a few megabytes.
const PROPERTIES: usize = 200_000;

impl<'a> Schemas<'a> {
    /// A writer that looks types up.
    pub fn new(find: &'a dyn Fn(&Ref) -> Option<&'a Desc>) -> Self {
        Self { find, open: Vec::new(), left: PROPERTIES }
    }

    /// The schema of an object of a kind.
    pub fn root(&mut self, desc: &Desc) -> Object {
        let mut schema = self.object(desc);
        arrange(&mut schema);
        schema
    }

    /// The schema of a type.
    fn object(&mut self, desc: &Desc) -> Object {
        if let Some(special) = desc.special {
            return special_schema(special);
        }
        let name = desc.proto_name();
        if self.left == 0 || self.open.contains(&name) {
            return special_schema(Special::RawExtension);
        }
        self.open.push(name);
        let mut schema = skeleton(desc);
        let (mut properties, mut required) = (Map::new(), Vec::new());
        self.collect(desc, &mut properties, &mut required);
        self.open.pop();
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), properties.into());
        }
        finished(schema, &rules(&desc.rules))
    }

    /// Adds a type's properties, those of inlined fields in their place.
    fn collect(&mut self, desc: &Desc, properties: &mut Object, required: &mut Vec<Value>) {
        for field in desc.fields.iter().filter(|field| !field.no_json) {
            let find = self.find;
            if field.inline {
                if let Some(part) = field.element().and_then(find).filter(|part| !self.open.contains(&part.proto_name())) {
                    self.open.push(part.proto_name());
                    self.collect(part, properties, required);
                    self.open.pop();
                }
                continue;
            }
            if field.required {
                required.push((&*field.name).into());
            }
            let property = if self.open.len() == 1 && is_metadata(field) { metadata(field) } else { self.property(field) };
            properties.insert(field.name.clone().into_owned(), property.into());
        }
    }

    /// The schema of a field.
    pub fn property(&mut self, field: &Field) -> Object {
        self.left = self.left.saturating_sub(1);
        let rules = rules(&field.rules);
        let mut element = self.element(field);
        copy(&rules, &VALUE_KEYS, &mut element);
        let mut schema = shaped(field.shape, element);
        if !field.doc.is_empty() {
            schema.insert("description".to_owned(), (&*field.doc).into());
        }
        if let Some(default) = default(field) {
            schema.insert("default".to_owned(), default);
        }
        sizes(field.shape, &rules, &mut schema);
        merging(field, &mut schema);
        if field.shape != Shape::List {
            schema.remove("x-kubernetes-list-type");
        }
        let own = schema.get(CEL).and_then(Value::as_array).cloned().unwrap_or_default();
        copy(&rules, &WHOLE_KEYS, &mut schema);
        validations(own, &rules, &mut schema);
        finished(schema, &rules)
    }

    fn element(&mut self, field: &Field) -> Object {
        match &field.ty {
            Type::Message(part) => self.message(part),
            _ => scalar(field).unwrap_or_default(),
        }
    }

    fn message(&mut self, part: &Ref) -> Object {
        let name = part.proto_name();
        if let Some(special) = Special::named(&name) {
            return special_schema(special);
        }
        if name == OBJECT_META {
            return special_schema(Special::RawExtension);
        }
        match (self.find)(part) {
            Some(desc) => self.object(desc),
            None => Map::from_iter([(OPAQUE.to_owned(), name.into())]),
        }
    }
}

/// The schema of a type without its properties.
pub(super) fn skeleton(desc: &Desc) -> Object {
    let mut schema = typed("object");
    if !desc.doc.is_empty() {
        schema.insert("description".to_owned(), (&*desc.doc).into());
    }
    if desc.atomic {
        schema.insert("x-kubernetes-map-type".to_owned(), "atomic".into());
    }
    copy(&rules(&desc.rules), &TYPE_KEYS, &mut schema);
    schema
}

/// Constraints as they stand in a descriptor.
pub(super) fn rules(text: &str) -> Object {
    if text.is_empty() { Map::new() } else { serde_json::from_str(text).unwrap_or_default() }
}

/// Adds what the model has no word for, and brings the keywords into order.
fn finished(schema: Object, rules: &Object) -> Object {
    let mut schema = Value::Object(schema);
    if let Some(patch) = rules.get(PATCH) {
        patch::merge(&mut schema, patch);
    }
    match schema {
        Value::Object(mut schema) => {
            arrange(&mut schema);
            schema
        }
        _ => Map::new(),
    }
}

/// Keywords in their usual order.
fn arrange(schema: &mut Object) {
    let place = |key: &String| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len());
    let mut entries: Vec<(String, Value)> = std::mem::take(schema).into_iter().collect();
    entries.sort_by_key(|(key, _)| place(key));
    schema.extend(entries);
}

fn is_metadata(field: &Field) -> bool {
    field.name == "metadata" && field.element().is_some_and(|part| part.proto_name() == OBJECT_META)
}

/// What definitions say of the metadata of an object: its schema is the server's business.
fn metadata(field: &Field) -> Object {
    finished(typed("object"), &rules(&field.rules))
}

/// Bounds of lists are those of items, bounds of maps those of properties.
fn sizes(shape: Shape, rules: &Object, schema: &mut Object) {
    let names = if shape == Shape::List { ["minItems", "maxItems"] } else { ["minProperties", "maxProperties"] };
    for (name, key) in names.into_iter().zip(["minItems", "maxItems"]) {
        schema.extend(rules.get(key).map(|bound| (name.to_owned(), bound.clone())));
    }
}

/// The rules of the type come first, then those of the field, then that it cannot change.
fn validations(mut all: Vec<Value>, rules: &Object, schema: &mut Object) {
    all.extend(rules.get(CEL).and_then(Value::as_array).into_iter().flatten().cloned());
    if rules.get("immutable") == Some(&Value::Bool(true)) {
        all.push(json!({"rule": "self == oldSelf", "message": "the value cannot change"}));
    }
    if !all.is_empty() {
        schema.insert(CEL.to_owned(), all.into());
    }
}

/// The schema of a type with a wire form of its own.
fn special_schema(special: Special) -> Object {
    let either = || json!([{"type": "integer"}, {"type": "string"}]);
    let schema = match special {
        Special::Time | Special::MicroTime => json!({"type": "string", "format": "date-time"}),
        Special::Duration | Special::GroupVersion => json!({"type": "string"}),
        Special::Quantity => json!({"anyOf": either(), "pattern": QUANTITY, INT_OR_STRING: true}),
        Special::IntOrString => json!({"anyOf": either(), INT_OR_STRING: true}),
        Special::RawExtension | Special::FieldsV1 => json!({"type": "object", PRESERVE: true}),
        Special::Json => json!({PRESERVE: true}),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}
