//! Keywords of schemas beside the constraints of a field or type, in one JSON object.

use kubewright_model::crd::{CEL, EMBEDDED, PRESERVE};
use serde_json::{Map, Value};

use crate::raw::keyword::Keywords;

/// Constraints as JSON with the keywords added; empty when there are neither.
pub(super) fn add(rules: String, keywords: &Keywords) -> String {
    let mut all: Map<String, Value> = if keywords.is_empty() { return rules } else { serde_json::from_str(&rules).unwrap_or_default() };
    let set = keywords.iter().filter(|(_, value)| value.value != Value::Bool(false));
    all.extend(set.map(|(key, value)| (name(key).to_owned(), value.value.clone())));
    if all.is_empty() { String::new() } else { Value::Object(all).to_string() }
}

/// What a descriptor calls a key of the language.
fn name(key: &'static str) -> &'static str {
    match key {
        "exclusiveMin" => "exclusiveMinimum",
        "exclusiveMax" => "exclusiveMaximum",
        "cel" => CEL,
        "preserveUnknown" => PRESERVE,
        "embedded" => EMBEDDED,
        other => other,
    }
}
