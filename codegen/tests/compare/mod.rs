//! Two OpenAPI 2.0 documents as tables of units: paths, operations, parameters, definitions, properties. Descriptions do not count, parameter
//! references are resolved, and some lists are sets.

use std::collections::BTreeMap;

use serde_json::Value;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
const GVK: &str = "x-kubernetes-group-version-kind";

/// The units of a document.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    top: BTreeMap<String, Value>,
    paths: BTreeMap<String, Value>,
    operations: BTreeMap<String, Value>,
    parameters: BTreeMap<String, Value>,
    shared: BTreeMap<String, Value>,
    definitions: BTreeMap<String, Value>,
    properties: BTreeMap<String, Value>,
}

impl Tables {
    /// The units of a document.
    pub(crate) fn of(document: &Value) -> Self {
        let document = stripped(document);
        let mut tables = Self::default();
        for key in ["swagger", "security", "securityDefinitions"] {
            tables.top.insert(key.to_owned(), document[key].clone());
        }
        for (path, item) in members(&document["paths"]) {
            tables.path(path, item, &document["parameters"]);
        }
        tables.shared = members(&document["parameters"]).map(|(name, parameter)| (name.clone(), parameter.clone())).collect();
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

    /// Every unit that is not the same in both; and the figures, printed.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let rows = [
            ("top level", &self.top, &other.top),
            ("paths", &self.paths, &other.paths),
            ("operations", &self.operations, &other.operations),
            ("parameters", &self.parameters, &other.parameters),
            ("shared parameters", &self.shared, &other.shared),
            ("definitions", &self.definitions, &other.definitions),
            ("properties", &self.properties, &other.properties),
        ];
        let mut all = Vec::new();
        for (table, ours, theirs) in rows {
            let found = table_differences(table, ours, theirs);
            let union = ours.keys().chain(theirs.keys().filter(|key| !ours.contains_key(*key))).count();
            println!("{table}: {} of {union} equal", union - found.len());
            all.extend(found);
        }
        all
    }
}

/// The first place where two values differ, and what is there.
pub(crate) fn first_difference(one: &Value, other: &Value) -> Option<String> {
    let below = |key: &str, one: Option<&Value>, other: Option<&Value>| {
        let (one, other) = (one.unwrap_or(&Value::Null), other.unwrap_or(&Value::Null));
        first_difference(one, other).map(|found| format!("/{key}{found}"))
    };
    match (one, other) {
        (Value::Object(mine), Value::Object(theirs)) => mine
            .keys()
            .chain(theirs.keys().filter(|key| !mine.contains_key(*key)))
            .find_map(|key| below(key, mine.get(key), theirs.get(key))),
        (Value::Array(mine), Value::Array(theirs)) => {
            (0..mine.len().max(theirs.len())).find_map(|at| below(&at.to_string(), mine.get(at), theirs.get(at)))
        }
        _ => (one != other).then(|| format!(": {one} against {other}")),
    }
}

fn table_differences(table: &str, ours: &BTreeMap<String, Value>, theirs: &BTreeMap<String, Value>) -> Vec<String> {
    let differ = ours.iter().filter_map(|(key, mine)| match theirs.get(key) {
        None => Some(format!("{table}: {key}: not theirs")),
        Some(other) if other != mine => Some(format!("{table}: {key}:\n  ours   {mine}\n  theirs {other}")),
        Some(_) => None,
    });
    let missing = theirs.keys().filter(|key| !ours.contains_key(*key)).map(|key| format!("{table}: {key}: missing"));
    differ.chain(missing).collect()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// A copy without descriptions, sets sorted.
fn stripped(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members
                .iter()
                .filter(|(key, value)| *key != "description" || !value.is_string())
                .map(|(key, value)| member(key, value))
                .collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(stripped).collect(),
        other => other.clone(),
    }
}

fn member(key: &str, value: &Value) -> (String, Value) {
    let mut value = stripped(value);
    if let (GVK | "tags" | "schemes" | "required", Value::Array(items)) = (key, &mut value) {
        items.sort_by_key(Value::to_string);
    }
    (key.to_owned(), value)
}
