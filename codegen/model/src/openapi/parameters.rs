//! Parameters of operations: how they are written, hoisting into path items, and hoisting into the shared table.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::desc::{Field, Text, Type, text};
use crate::facts::Facts;

use super::{Dialect, hash};

/// A parameter in the path or the query, or the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    /// `path`, `query`, or the kind that has it as a field: by this, recorded names are found.
    pub(super) origin: Text,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) required: bool,
    /// OpenAPI type; empty for the body.
    pub(super) ty: &'static str,
    pub(super) description: String,
    /// Definition name of the body; empty for others.
    pub(super) schema: String,
}

/// Where a parameter stands; ordered as OpenAPI names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Body,
    Path,
    Query,
}

impl Place {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Path => "path",
            Self::Query => "query",
        }
    }
}

/// Name and place: what tells parameters of an operation apart, and orders them.
pub(super) type Key = (String, Place);

impl Parameter {
    /// The request body.
    pub(super) fn body(definition: String, required: bool) -> Self {
        Self {
            origin: text("body"),
            name: "body".to_owned(),
            place: Place::Body,
            required,
            ty: "",
            description: String::new(),
            schema: definition,
        }
    }

    /// A part of the path.
    pub(super) fn path(name: &str, description: String) -> Self {
        Self {
            origin: text("path"),
            name: name.to_owned(),
            place: Place::Path,
            required: true,
            ty: "string",
            description,
            schema: String::new(),
        }
    }

    pub(super) fn query(origin: Text, name: &str, ty: &'static str, description: &str) -> Self {
        let (name, description) = (name.to_owned(), description.to_owned());
        Self { origin, name, place: Place::Query, required: false, ty, description, schema: String::new() }
    }

    /// A field of an options kind; `None` for one that no query can hold.
    pub(super) fn option(origin: &Text, field: &Field) -> Option<Self> {
        let ty = match field.ty {
            Type::Bool => "boolean",
            Type::I32 | Type::I64 => "integer",
            Type::F64 => "number",
            Type::String => "string",
            Type::Bytes | Type::Message(_) => return None,
        };
        (field.number != 0).then(|| Self::query(origin.clone(), &field.name, ty, &field.doc))
    }

    pub(super) fn key(&self) -> Key {
        (self.name.clone(), self.place)
    }

    /// The object in a version 2 document.
    pub(super) fn to_v2(&self) -> Value {
        let mut out = Map::new();
        for (key, value) in self.members() {
            out.insert(key.to_owned(), value);
        }
        Value::Object(out)
    }

    /// The object in a version 3 document; not for the body.
    pub(super) fn to_v3(&self) -> Value {
        let mut out = json!({"name": self.name, "in": self.place.as_str(), "schema": {"type": self.ty, "uniqueItems": true}});
        if !self.description.is_empty() {
            out["description"] = self.description.clone().into();
        }
        if self.required {
            out["required"] = Value::Bool(true);
        }
        out
    }

    /// Members in the order that the checksum reads them.
    fn members(&self) -> Vec<(&'static str, Value)> {
        let body = self.place == Place::Body;
        let rows = [
            ("uniqueItems", (!body).then_some(Value::Bool(true))),
            ("type", (!body).then(|| self.ty.into())),
            ("description", (!self.description.is_empty()).then(|| self.description.clone().into())),
            ("name", Some(self.name.clone().into())),
            ("in", Some(self.place.as_str().into())),
            ("required", self.required.then_some(Value::Bool(true))),
            ("schema", body.then(|| json!({"$ref": Dialect::V2.reference(&self.schema)}))),
        ];
        rows.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// The name in the shared table: the checksum is over compact JSON with Go's escapes.
    fn shared_name(&self, facts: &Facts) -> String {
        if let Some(hash) = facts.hash(&self.origin, &self.name) {
            return format!("{}-{hash}", self.name);
        }
        let members: Vec<String> = self.members().into_iter().map(|(key, value)| format!("{}:{value}", Value::from(key))).collect();
        let text = format!("{{{}}}", members.join(","));
        format!("{}-{}", self.name, hash::short(go_escaped(&text).as_bytes()))
    }

    /// Whether clients must find the parameter where it is used. Older kubectl looks at `fieldValidation` and `dryRun` without following references.
    fn stays(&self) -> bool {
        match self.place {
            Place::Body => !self.schema.starts_with("io.k8s.apimachinery"),
            Place::Path => self.name == "name",
            Place::Query => matches!(self.name.as_str(), "name" | "fieldValidation" | "dryRun"),
        }
    }
}

fn go_escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

/// Shared parameters of a version 2 document, by name.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    facts: &'a Facts,
    table: BTreeMap<String, Parameter>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(facts: &'a Facts) -> Self {
        Self { facts, table: BTreeMap::new() }
    }

    /// The parameter as it stands where it is used: a reference into the table, or itself.
    pub(super) fn place(&mut self, parameter: &Parameter) -> Value {
        if parameter.stays() {
            return parameter.to_v2();
        }
        json!({"$ref": format!("#/parameters/{}", self.name(parameter))})
    }

    fn name(&mut self, parameter: &Parameter) -> String {
        let wanted = parameter.shared_name(self.facts);
        let fallbacks = (1..).map(|number| format!("{}-{number}", parameter.name));
        for name in std::iter::once(wanted).chain(fallbacks) {
            let held = self.table.entry(name.clone()).or_insert_with(|| parameter.clone());
            if held == parameter {
                return name;
            }
        }
        parameter.name.clone()
    }

    /// The table.
    pub(super) fn into_json(self) -> Value {
        Value::Object(self.table.into_iter().map(|(name, parameter)| (name, parameter.to_v2())).collect())
    }
}

/// Splits off what every operation of a path has: equal name and place, bodies excepted. Both parts come sorted by name, then place.
pub(super) fn hoist(operations: &mut [&mut Vec<Parameter>]) -> Vec<Parameter> {
    let mut uses: BTreeMap<Key, (usize, Parameter)> = BTreeMap::new();
    for parameter in operations.iter().flat_map(|list| list.iter()).filter(|parameter| parameter.place != Place::Body) {
        uses.entry(parameter.key()).or_insert_with(|| (0, parameter.clone())).0 += 1;
    }
    uses.retain(|_, (count, _)| *count == operations.len());
    for list in operations {
        list.retain(|parameter| !uses.contains_key(&parameter.key()));
        list.sort_by_key(Parameter::key);
    }
    uses.into_values().map(|(_, parameter)| parameter).collect()
}

#[cfg(test)]
mod tests {
    use super::{Facts, Parameter, Shared};

    /// Source: names in published Kubernetes 1.36 documents.
    #[test]
    fn shared_names() {
        let namespace = Parameter::path("namespace", "object name and auth scope, such as for teams and projects".to_owned());
        assert_eq!(namespace.shared_name(&Facts::NONE), "namespace-vgWSWtn3");
        assert_eq!(Parameter::body(super::super::meta::definition("Patch"), true).shared_name(&Facts::NONE), "body-78PwaGsr");
        assert_eq!(Parameter::body(super::super::meta::definition("DeleteOptions"), false).shared_name(&Facts::NONE), "body-2Y1dVQaQ");
    }

    #[test]
    fn some_parameters_stay() {
        let mut shared = Shared::new(&Facts::NONE);
        for parameter in crate::openapi::options::create() {
            shared.place(&parameter);
        }
        let table = shared.into_json();
        let names: Vec<&String> = table.as_object().into_iter().flatten().map(|(name, _)| name).collect();
        assert!(matches!(names.as_slice(), [only] if only.starts_with("fieldManager-")), "{names:?}");
    }

    #[test]
    fn text_is_escaped_as_go_does() {
        assert_eq!(super::go_escaped("a<b>&\u{2028}ü"), "a\\u003cb\\u003e\\u0026\\u2028ü");
    }
}
