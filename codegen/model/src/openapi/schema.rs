//! The schema of a type: objects with their properties, and the types whose wire form is not an object of fields.

use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::desc::{Desc, Field, Ref, Special};

use super::{Dialect, Profile, property};

/// Writes schemas, and notes which definitions they refer to.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) api: &'a Api,
    pub(super) profile: Profile,
    pub(super) dialect: Dialect,
    /// Definitions referred to since the caller last looked.
    pub(super) found: Vec<String>,
    /// Types being written in place, outermost first: a type without definition that holds itself ends as any object.
    open: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(api: &'a Api, profile: Profile, dialect: Dialect) -> Self {
        Self { api, profile, dialect, found: Vec::new(), open: Vec::new() }
    }

    /// The schema of a type. A served object has `apiVersion` and `kind` even when its type does not hold them.
    pub(super) fn object(&mut self, desc: &Desc, served: bool) -> Map<String, Value> {
        let mut schema = match desc.special {
            Some(special) => special_schema(special, self.dialect),
            None if desc.either => Map::new(),
            None => self.fields(desc, served),
        };
        if !desc.doc.is_empty() {
            schema.insert("description".to_owned(), (&*desc.doc).into());
        }
        if desc.atomic {
            schema.insert("x-kubernetes-map-type".to_owned(), "atomic".into());
        }
        if let Ok(unions) = serde_json::from_str::<Value>(&desc.unions) {
            schema.insert("x-kubernetes-unions".to_owned(), unions);
        }
        schema
    }

    /// The type as a field's value: a reference, or the schema itself where the type has no definition.
    pub(super) fn element(&mut self, ty: &Ref) -> Map<String, Value> {
        let api = self.api;
        let Some(desc) = api.resolve(ty) else { return object_of_anything() };
        if let Some(name) = desc.definition_name() {
            let reference = self.dialect.reference(&name);
            self.found.push(name);
            return Map::from_iter([("$ref".to_owned(), reference.into())]);
        }
        let name = desc.proto_name();
        if self.open.contains(&name) {
            return object_of_anything();
        }
        self.open.push(name);
        let schema = self.object(desc, false);
        self.open.pop();
        schema
    }

    fn fields(&mut self, desc: &Desc, served: bool) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        self.collect(desc, &mut properties, &mut required);
        if served {
            for (name, doc) in TYPE_META {
                properties.entry(name).or_insert_with(|| json!({"type": "string", "description": doc}));
            }
        }
        let mut schema = object_of_anything();
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), properties.into());
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        schema
    }

    /// Adds a type's properties, those of inlined fields in their place.
    fn collect(&mut self, desc: &Desc, properties: &mut Map<String, Value>, required: &mut Vec<Value>) {
        for field in desc.fields.iter().filter(|field| !field.no_json) {
            if field.inline {
                self.inlined(field, properties, required);
                continue;
            }
            if field.required {
                required.push((&*field.name).into());
            }
            let property = property::write(self, field);
            properties.insert(field.name.clone().into_owned(), property);
        }
    }

    fn inlined(&mut self, field: &Field, properties: &mut Map<String, Value>, required: &mut Vec<Value>) {
        let api = self.api;
        let Some(desc) = field.element().and_then(|ty| api.resolve(ty)) else { return };
        let name = desc.proto_name();
        if self.open.contains(&name) {
            return;
        }
        self.open.push(name);
        self.collect(desc, properties, required);
        self.open.pop();
    }
}

const TYPE_META: [(&str, &str); 2] = [("apiVersion", "Group and version that the object is written in."), ("kind", "Kind of the object.")];

fn object_of_anything() -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), "object".into())])
}

fn special_schema(special: Special, dialect: Dialect) -> Map<String, Value> {
    let v3 = dialect == Dialect::V3;
    let schema = match special {
        Special::Time | Special::MicroTime => json!({"type": "string", "format": "date-time"}),
        Special::Quantity if v3 => json!({"oneOf": [{"type": "string"}, {"type": "number"}]}),
        Special::Duration | Special::Quantity | Special::GroupVersion => json!({"type": "string"}),
        Special::IntOrString if v3 => json!({"format": "int-or-string", "oneOf": [{"type": "integer"}, {"type": "string"}]}),
        Special::IntOrString => json!({"type": "string", "format": "int-or-string"}),
        Special::RawExtension | Special::FieldsV1 => json!({"type": "object"}),
        Special::Json => json!({}),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}
