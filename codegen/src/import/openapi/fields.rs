//! Properties of a definition to fields of a type. Numbers, order and protobuf names come from the IDL where there is any.

use std::collections::HashSet;

use serde_json::Value;

use super::Wish;
use super::describe;
use super::enums::{Enums, capital};
use super::keywords::{SAME, lost, merging, presence, properties, reference, required, same_name, text};
use super::packages::{Package, Packages};
use crate::import::catalog::Item;
use crate::import::idl::{self, Idl, Message};
use crate::import::report::Report;
use crate::import::write::{Entry, Map, Node};

/// Writes the fields of the types of one version.
pub(super) struct Fields<'a> {
    pub(super) packages: &'a Packages,
    pub(super) package: &'a Package,
    pub(super) idl: &'a Idl,
    pub(super) wish: Wish<'a>,
    /// Names of the messages that the document defines.
    pub(super) taken: HashSet<&'a str>,
    pub(super) enums: Enums,
    /// Types that the document does not name: nested objects, and what is inlined.
    pub(super) unnamed: Vec<Item>,
    pub(super) report: Report,
}

/// The fields of a message, and the types of the version that they name.
#[derive(Default)]
pub(super) struct Written {
    pub(super) fields: Map,
    pub(super) uses: Vec<String>,
}

/// A property with what the IDL says about it.
struct Property<'s, 'i> {
    name: &'s str,
    schema: &'s Value,
    idl: Option<&'i idl::Field>,
    required: bool,
}

impl Fields<'_> {
    /// The fields of a message. `skip` are properties that the kind implies, `number` the first that is free.
    pub(super) fn message(&mut self, owner: &str, schema: &Value, skip: &[&str], number: i64) -> Written {
        let message = self.idl_message(owner);
        let mut written = Written::default();
        let mut left: Vec<(&str, &Value)> = properties(schema).into_iter().filter(|(name, _)| !skip.contains(name)).collect();
        let required = required(schema);
        for field in message.iter().flat_map(|message| &message.fields) {
            let at = left
                .iter()
                .position(|(name, _)| *name == field.name)
                .or_else(|| left.iter().position(|(name, _)| same_name(name, &field.name)));
            if let Some(at) = at {
                let (name, schema) = left.remove(at);
                let property = Property { name, schema, idl: Some(field), required: required.contains(&name) };
                self.field(owner, &property, field.number, &mut written);
            } else if !skip.contains(&field.name.as_str()) && !self.inlined(field, &mut left, &required, &mut written) {
                self.report.add("a field of the IDL is no property of the document: left out", format!("{owner}.{}", field.name));
            }
        }
        let used = message.iter().flat_map(|message| &message.fields).map(|field| field.number + 1).max();
        for (number, (name, schema)) in (used.unwrap_or(number).max(number)..).zip(left) {
            if message.is_some() {
                self.report.add("a property has no field in the IDL: it got the next number", format!("{owner}.{name}"));
            }
            self.field(owner, &Property { name, schema, idl: None, required: required.contains(&name) }, number, &mut written);
        }
        written
    }

    fn idl_message(&self, name: &str) -> Option<Message> {
        self.idl.message(self.package.proto.as_deref()?, name).cloned()
    }

    /// The message that a type of the IDL names, and how a schema writes it: that of the version, or of another one.
    fn meant(&self, ty: &str) -> Option<(String, Message)> {
        let Some((proto, name)) = ty.strip_prefix('.').and_then(|full| full.rsplit_once('.')) else {
            return Some((ty.to_owned(), self.idl_message(ty)?));
        };
        let message = self.idl.message(proto, name)?.clone();
        if self.package.proto.as_deref() == Some(proto) {
            Some((name.to_owned(), message))
        } else {
            Some((self.packages.module_of(proto, name)?, message))
        }
    }

    /// A message of the IDL whose fields stand among the properties of its parent.
    fn inlined(&mut self, field: &idl::Field, left: &mut Vec<(&str, &Value)>, required: &[&str], written: &mut Written) -> bool {
        let meant = self.meant(&field.ty).filter(|(_, message)| !message.fields.is_empty() && !field.repeated && !field.map);
        let Some((name, message)) = meant.filter(|(_, message)| self.covers(message, left, 0)) else { return false };
        let map = Map::new().with("tag", Node::whole(field.number)).with("type", Node::text(&name)).with("inline", Node::flag(true));
        written.fields.push(&field.name, map);
        let mut inner = Written::default();
        self.part(&name, &message, left, required, &mut inner);
        if !name.contains('/') {
            written.uses.push(name.clone());
            if !self.taken.contains(name.as_str()) && !self.unnamed.iter().any(|item| item.name == name) {
                let tree = Map::new().with("fields", inner.fields);
                self.unnamed.push(Item { name, tree, uses: inner.uses });
            }
        }
        true
    }

    /// The fields of an inlined message, taken from the properties of its parent.
    fn part(&mut self, name: &str, message: &Message, left: &mut Vec<(&str, &Value)>, required: &[&str], written: &mut Written) {
        for field in &message.fields {
            if let Some(at) = left.iter().position(|(name, _)| *name == field.name) {
                let (property, schema) = left.remove(at);
                let property = Property { name: property, schema, idl: Some(field), required: required.contains(&property) };
                self.field(name, &property, field.number, written);
            } else {
                self.inlined(field, left, required, written);
            }
        }
    }

    fn covers(&self, message: &Message, left: &[(&str, &Value)], depth: usize) -> bool {
        message.fields.iter().all(|field| {
            left.iter().any(|(name, _)| *name == field.name)
                || (depth < 4
                    && self.meant(&field.ty).is_some_and(|(_, inner)| !inner.fields.is_empty() && self.covers(&inner, left, depth + 1)))
        })
    }

    fn field(&mut self, owner: &str, property: &Property<'_, '_>, number: i64, written: &mut Written) {
        let (name, schema) = (property.name, property.schema);
        let notation = self.notation(owner, name, schema, property.idl, &mut written.uses);
        let collection = notation.starts_with("list(") || notation.starts_with("map(");
        let mut map = Map::new().with("tag", Node::whole(number));
        presence(&notation, collection, property.required, &mut map);
        if let Some(field) = property.idl {
            if field.name != name {
                map.push_text("proto", &field.name);
            }
            self.list_message(field, schema, &mut map);
        }
        let format = text(schema, "format");
        if notation == "string" && format != "string" {
            map.push_text("format", format);
        }
        merging(schema, &mut map);
        for (keyword, key) in SAME {
            if let Some(value) = schema.get(keyword) {
                map.push(key, Node::json(value));
            }
        }
        // The only key of a list is its merge key without being said.
        if let (Some(Node::List(keys)), Some(key)) = (map.get("keys"), map.get("mergeKey"))
            && keys.len() == 1
            && keys[0] == *key
        {
            map.entries.retain(|entry| entry.key != "mergeKey");
        }
        if self.wish.descriptions {
            map.push_text("doc", describe::text(schema));
        }
        let mut entry = Entry::new(name, map);
        for keyword in lost(schema) {
            self.report.add(format!("`{keyword}` cannot be expressed"), format!("{owner}.{name}"));
            entry = entry.comment(format!("lost: {keyword}: {}", schema[keyword]));
        }
        written.fields.entries.push(entry);
    }

    /// A list that is a message of its own.
    fn list_message(&self, field: &idl::Field, schema: &Value, map: &mut Map) {
        let message = field.ty.rsplit('.').next().unwrap_or_default();
        let plain = text(schema, "type") == "array" && !field.repeated;
        let value = schema.pointer("/additionalProperties/type").is_some_and(|ty| ty == "array") && field.map;
        if (plain || value) && self.idl_message(message).is_some() {
            map.push_text("wrapped", message);
        }
    }

    fn notation(&mut self, owner: &str, name: &str, schema: &Value, idl: Option<&idl::Field>, uses: &mut Vec<String>) -> String {
        if let Some(reference) = reference(schema) {
            let definition = reference.trim_start_matches("#/definitions/");
            return match self.packages.refer(definition, self.package) {
                Some((notation, true)) if !self.taken.contains(notation.as_str()) => {
                    self.report.add(format!("`{definition}` is no object: any JSON value instead"), format!("{owner}.{name}"));
                    "JSON".to_owned()
                }
                Some((notation, own)) => {
                    if own {
                        uses.push(notation.clone());
                    }
                    notation
                }
                None => {
                    self.report.add(format!("`{definition}` belongs to no version: any JSON value instead"), format!("{owner}.{name}"));
                    "JSON".to_owned()
                }
            };
        }
        match (text(schema, "type"), text(schema, "format")) {
            ("array", _) => format!("list({})", self.notation(owner, name, &schema["items"], idl, uses)),
            ("string", _) if schema.get("enum").is_some() => self.enumeration(owner, name, schema, uses),
            ("string", "byte") => "bytes".to_owned(),
            ("string", "date-time") => "Time".to_owned(),
            ("string", "int-or-string") => "IntOrString".to_owned(),
            ("string", _) => "string".to_owned(),
            ("integer", "int32") if idl.is_some_and(|field| field.ty == "int64") => "int".to_owned(),
            ("integer", "int32") => "int32".to_owned(),
            ("integer", _) => "int64".to_owned(),
            ("number", _) => "float64".to_owned(),
            ("boolean", _) => "bool".to_owned(),
            ("object", _) if schema.get("additionalProperties").is_some_and(Value::is_object) => {
                format!("map({})", self.notation(owner, name, &schema["additionalProperties"], idl, uses))
            }
            ("object", _) if schema.get("properties").is_some() => self.nested(owner, name, schema, uses),
            _ => "JSON".to_owned(),
        }
    }

    fn enumeration(&mut self, owner: &str, name: &str, schema: &Value, uses: &mut Vec<String>) -> String {
        let (taken, unnamed) = (&self.taken, &self.unnamed);
        let is_taken = |name: &str| taken.contains(name) || unnamed.iter().any(|item| item.name == name);
        match self.enums.name(owner, name, schema, self.wish.descriptions, &is_taken) {
            Some(name) => {
                uses.push(name.clone());
                name
            }
            None => "string".to_owned(),
        }
    }

    /// An object that the document does not name gets the names of its owner and of the property.
    fn nested(&mut self, owner: &str, name: &str, schema: &Value, uses: &mut Vec<String>) -> String {
        let base = format!("{owner}{}", capital(name));
        let free = |name: &String| !self.taken.contains(name.as_str()) && !self.unnamed.iter().any(|item| item.name == *name);
        let name =
            std::iter::once(base.clone()).chain((2..=self.unnamed.len() + 2).map(|n| format!("{base}{n}"))).find(free).unwrap_or(base);
        // Taken before its fields are written, so that none of them takes it.
        let at = self.unnamed.len();
        self.unnamed.push(Item { name: name.clone(), tree: Map::new(), uses: Vec::new() });
        let written = self.message(&name, schema, &[], 1);
        let mut tree = Map::new();
        if self.wish.descriptions {
            tree.push_text("doc", describe::text(schema));
        }
        if !written.fields.is_empty() {
            tree.push("fields", written.fields);
        }
        self.unnamed[at] = Item { name: name.clone(), tree, uses: written.uses };
        uses.push(name.clone());
        name
    }
}
