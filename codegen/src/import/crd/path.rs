//! Whether a path leads to something in a schema, as far as the schema language can tell once the schema is in it.

use serde_json::Value;

use crate::check::path::segments;

/// Fields of every object's metadata.
const METADATA: [&str; 13] = [
    "name",
    "generateName",
    "namespace",
    "uid",
    "resourceVersion",
    "generation",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "labels",
    "annotations",
    "ownerReferences",
    "finalizers",
];

/// Where a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// To a single value.
    Value,
    /// To a list, a map or an object, or into one that is open.
    Other,
}

/// Follows a path from the schema of an object; `None` when it leads nowhere.
pub(super) fn follow(schema: &Value, path: &str) -> Option<End> {
    let segments = segments(path.strip_prefix('.').filter(|body| !body.is_empty())?);
    let first = segments.first()?.0;
    match (first, segments.get(1)) {
        ("kind" | "apiVersion", None) => return Some(End::Value),
        ("metadata", None) => return Some(End::Other),
        ("metadata", Some((name, _))) => return METADATA.contains(name).then_some(End::Other),
        _ => {}
    }
    let mut node = schema;
    for (at, (name, items)) in segments.iter().enumerate() {
        node = node.get("properties")?.get(name)?;
        let last = at + 1 == segments.len();
        let ty = node.get("type").and_then(Value::as_str).unwrap_or_default();
        let open =
            ty.is_empty() || node.get("x-kubernetes-preserve-unknown-fields").is_some() || node.get("additionalProperties").is_some();
        match ty {
            _ if last && !open && matches!(ty, "string" | "integer" | "number" | "boolean") => return Some(End::Value),
            _ if last => return Some(End::Other),
            "array" if !items => return None,
            "array" => node = node.get("items")?,
            "object" if open => return Some(End::Other),
            "object" => {}
            "" => return Some(End::Other),
            _ => return None,
        }
        if ty == "array" && node.get("properties").is_none() {
            return Some(End::Other);
        }
    }
    Some(End::Other)
}
