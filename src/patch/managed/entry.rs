//! Entries of `metadata.managedFields`.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::fieldsv1;
use super::path::PathError;
use super::set::Set;

/// The fields one manager owns through one kind of operation, version and subresource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub manager: String,
    /// How the fields came to be owned.
    pub operation: Operation,
    /// The version that the paths are of, such as `apps/v1`.
    pub api_version: String,
    /// When the entry changed last: RFC 3339, UTC, in whole seconds; or empty.
    pub time: String,
    /// The fields.
    pub fields: Set,
    /// Subresource of the requests, or empty.
    pub subresource: String,
}

/// How fields came to be owned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// By server-side apply.
    Apply,
    /// By any other write.
    Update,
}

impl Operation {
    /// As written in an entry.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apply => "Apply",
            Self::Update => "Update",
        }
    }
}

impl Entry {
    /// The order of entries in an object: operation, time, manager, version, subresource.
    pub fn order(a: &Self, b: &Self) -> Ordering {
        let key = |entry: &Self| {
            (entry.operation, entry.time.clone(), entry.manager.clone(), entry.api_version.clone(), entry.subresource.clone())
        };
        key(a).cmp(&key(b))
    }

    /// Whether two entries are of one manager, operation, version and subresource. The version of an apply may change; it stays one entry.
    pub fn same_identity(&self, other: &Self) -> bool {
        let version = self.operation == Operation::Apply || self.api_version == other.api_version;
        version && (&self.manager, self.operation, &self.subresource) == (&other.manager, other.operation, &other.subresource)
    }

    /// Whether two entries differ in nothing but their times. A write that changes only times is none.
    pub fn same_but_time(&self, other: &Self) -> bool {
        Self { time: String::new(), ..self.clone() } == Self { time: String::new(), ..other.clone() }
    }
}

/// Reads the JSON form of `metadata.managedFields`; of entries with one identity, the last counts.
pub fn parse(entries: &Value) -> Result<Vec<Entry>, PathError> {
    let mut parsed: Vec<Entry> = Vec::new();
    for value in entries.as_array().into_iter().flatten() {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let operation = match value["operation"].as_str() {
            Some("Apply") => Operation::Apply,
            Some("Update") => Operation::Update,
            _ => return Err(PathError("operation must be `Apply` or `Update`".to_owned())),
        };
        let fields = if value["fieldsV1"].is_null() { Set::default() } else { fieldsv1::parse(&value["fieldsV1"])? };
        let entry = Entry {
            manager: text("manager"),
            operation,
            api_version: text("apiVersion"),
            time: text("time"),
            fields,
            subresource: text("subresource"),
        };
        match parsed.iter_mut().find(|other| other.same_identity(&entry)) {
            Some(other) => *other = entry,
            None => parsed.push(entry),
        }
    }
    Ok(parsed)
}

/// Writes the JSON form of `metadata.managedFields`.
pub fn to_value(entries: &[Entry]) -> Value {
    Value::Array(entries.iter().map(|entry| Value::Object(members(entry))).collect())
}

fn members(entry: &Entry) -> Map<String, Value> {
    let text = |name: &str, value: &str| (!value.is_empty()).then(|| (name.to_owned(), Value::from(value)));
    [
        text("manager", &entry.manager),
        text("operation", entry.operation.as_str()),
        text("apiVersion", &entry.api_version),
        text("time", &entry.time),
        text("fieldsType", "FieldsV1"),
        Some(("fieldsV1".to_owned(), fieldsv1::to_value(&entry.fields))),
        text("subresource", &entry.subresource),
    ]
    .into_iter()
    .flatten()
    .collect()
}
