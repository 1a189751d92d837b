//! Descriptions, where they are wanted.

use serde_json::Value;

/// What servers put before the values of an enum.
const VALUES: &str = "Possible enum values:";

/// The description of a definition or property, without what follows from its values.
pub(super) fn text(value: &Value) -> &str {
    let text = value.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split_once(VALUES).map_or(text, |(before, _)| before).trim()
}

/// What a description says about the values of an enum.
pub(super) fn values(value: &Value) -> Vec<(&str, &str)> {
    let text = value.get("description").and_then(Value::as_str).unwrap_or_default();
    let Some((_, after)) = text.split_once(VALUES) else { return Vec::new() };
    let lines = after.lines().filter_map(|line| line.trim().strip_prefix("- `\"")?.split_once("\"`"));
    lines.map(|(value, doc)| (value, doc.trim())).collect()
}
