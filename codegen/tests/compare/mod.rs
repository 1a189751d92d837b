//! Two OpenAPI 2.0 documents as tables of units: paths, operations, parameters, definitions, properties. Descriptions do not count, parameter
//! references are resolved, and some lists are sets.

use std::collections::BTreeMap;

use serde_json::Value;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
const GVK: &str = "x-kubernetes-group-version-kind";

/// The units of a document.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    paths: BTreeMap<String, Value>,
    operations: BTreeMap<String, Value>,
    parameters: BTreeMap<String, Value>,
    definitions: BTreeMap<String, Value>,
    properties: BTreeMap<String, Value>,
    top: BTreeMap<String, Value>,
}

impl Tables {
    /// The units of a document, with or without the values of enumerations.
    pub(crate) fn of(document: &Value, enums: bool) -> Self {
        let document = stripped(document, enums);
        let mut tables = Self::default();
        for key in ["swagger", "security", "securityDefinitions"] {
            tables.top.insert(key.to_owned(), document[key].clone());
        }
        for (path, item) in members(&document["paths"]) {
            tables.path(path, item, &document["parameters"]);
        }
        for (name, schema) in members(&document["definitions"]) {
            let mut schema = schema.clone();
            if let Some(Value::Object(properties)) = schema.as_object_mut().and_then(|schema| schema.remove("properties")) {
                tables.properties.extend(properties.into_iter().map(|(property, value)| (format!("{name} {property}"), value)));
            }
            tables.definitions.insert(name.clone(), schema);
        }
        tables
    }

    fn path(&mut self, path: &str, item: &Value, shared: &Value) {
        let methods: Vec<&str> = METHODS.into_iter().filter(|method| item.get(method).is_some()).collect();
        self.paths.insert(path.to_owned(), methods.as_slice().into());
        self.parameters(path, &item["parameters"], shared);
        for method in methods {
            let mut operation = item[method].clone();
            let listed = operation.as_object_mut().and_then(|operation| operation.remove("parameters")).unwrap_or_default();
            self.parameters(&format!("{path} {method}"), &listed, shared);
            self.operations.insert(format!("{path} {method}"), operation);
        }
    }

    fn parameters(&mut self, scope: &str, listed: &Value, shared: &Value) {
        for parameter in listed.as_array().into_iter().flatten() {
            let target = parameter["$ref"].as_str().and_then(|target| target.rsplit('/').next());
            let parameter = target.map_or(parameter, |name| &shared[name]);
            self.parameters.insert(format!("{scope} {} {}", parameter["in"], parameter["name"]), parameter.clone());
        }
    }

    /// What of these units is not in `other`, or differs there; and the figures, printed.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let rows = [
            ("top level", &self.top, &other.top),
            ("paths", &self.paths, &other.paths),
            ("operations", &self.operations, &other.operations),
            ("parameters", &self.parameters, &other.parameters),
            ("definitions", &self.definitions, &other.definitions),
            ("properties", &self.properties, &other.properties),
        ];
        let mut all = Vec::new();
        for (table, ours, theirs) in rows {
            let found = table_differences(table, ours, theirs);
            println!("{table}: {} of {} equal", ours.len() - found.iter().filter(|line| !line.contains("missing")).count(), ours.len());
            all.extend(found);
        }
        all
    }
}

/// Units of ours that differ, and units that a resource of ours should have but lacks.
fn table_differences(table: &str, ours: &BTreeMap<String, Value>, theirs: &BTreeMap<String, Value>) -> Vec<String> {
    let differ = ours.iter().filter_map(|(key, mine)| match theirs.get(key) {
        None => Some(format!("{table}: {key}: not theirs")),
        Some(other) if other != mine => Some(format!("{table}: {key}:\n  ours   {mine}\n  theirs {other}")),
        Some(_) => None,
    });
    let missing =
        theirs.keys().filter(|key| !ours.contains_key(*key) && belongs(table, key, ours)).map(|key| format!("{table}: {key}: missing"));
    differ.chain(missing).collect()
}

/// Whether a unit of theirs is part of something that we have too: a path below a collection of ours, a property of a definition of ours.
fn belongs(table: &str, key: &str, ours: &BTreeMap<String, Value>) -> bool {
    match table {
        "paths" => ours.keys().any(|path| !path.ends_with('/') && !path.contains("{name}") && within(key, path)),
        "operations" | "parameters" | "properties" => {
            let owner = key.split(' ').next().unwrap_or_default();
            ours.keys().any(|key| key.split(' ').next() == Some(owner))
        }
        _ => false,
    }
}

fn within(path: &str, collection: &str) -> bool {
    path.strip_prefix(collection).is_some_and(|rest| rest.is_empty() || rest.starts_with("/{name}"))
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// A copy without descriptions, sets sorted. Kinds that are registered everywhere have lists of all there is: those do not count.
fn stripped(value: &Value, enums: bool) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.iter().filter_map(|(key, value)| Some((key.clone(), member(key, value, enums)?))).collect())
        }
        Value::Array(items) => items.iter().map(|item| stripped(item, enums)).collect(),
        other => other.clone(),
    }
}

fn member(key: &str, value: &Value, enums: bool) -> Option<Value> {
    let mut value = match (key, value) {
        ("description", Value::String(_)) => return None,
        ("enum", Value::Array(_)) if !enums => return None,
        _ => stripped(value, enums),
    };
    if let (GVK | "tags" | "schemes" | "required", Value::Array(items)) = (key, &mut value) {
        items.sort_by_key(Value::to_string);
        let everywhere = items.iter().any(|gvk| matches!(gvk["kind"].as_str(), Some("DeleteOptions" | "WatchEvent")));
        if key == GVK && everywhere {
            return None;
        }
    }
    Some(value)
}
