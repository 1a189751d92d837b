//! Keywords of schemas as they were written: those that only CustomResourceDefinitions have.

use serde_json::Value;

use super::value::Located;
use crate::yaml::Node;

/// Key of the language and value.
pub type Keywords = Vec<(&'static str, Located<Value>)>;

/// Keys of a field.
const FIELD: [&str; 11] = [
    "nullable",
    "exclusiveMin",
    "exclusiveMax",
    "multipleOf",
    "embedded",
    "preserveUnknown",
    "cel",
    "title",
    "example",
    "externalDocs",
    "schema",
];

/// Keys of a type or kind.
const TYPE: [&str; 8] = ["minProperties", "maxProperties", "preserveUnknown", "cel", "title", "example", "externalDocs", "schema"];

/// The keywords of a field.
pub(super) fn of_field(node: &Node) -> Keywords {
    found(node, &FIELD)
}

/// The keywords of a type or kind.
pub(super) fn of_type(node: &Node) -> Keywords {
    found(node, &TYPE)
}

fn found(node: &Node, keys: &[&'static str]) -> Keywords {
    keys.iter().filter_map(|key| Some((*key, node.any(key)?))).collect()
}
