//! What an import of definitions tells its reader: what became data, and what programs lose.

use kubewright_model::crd::{EMBEDDED, PATCH, PRESERVE, Version};
use kubewright_model::{Desc, Field, Special};
use serde_json::Value;

use super::fields::rules;
use crate::import::report::Report;

/// Remarks about a message type and its fields.
pub(super) fn message(desc: &Desc, place: &str, report: &mut Report) {
    let own = rules(&desc.rules);
    if own.get(PATCH).is_some() {
        report.add("a part of the schema has no word in the language and stands as data (`schema`)", place);
    }
    if own.get(PRESERVE).is_some() {
        report.add("unknown members are kept by definitions, and dropped by programs with the types", place);
    }
    for field in &*desc.fields {
        self::field(field, &format!("{place}.{}", field.name), report);
    }
}

fn field(field: &Field, place: &str, report: &mut Report) {
    let rules = rules(&field.rules);
    let special = field.element().and_then(|part| Special::named(&part.proto_name()));
    let patch = rules.get(PATCH);
    if patch.is_some_and(says_more) {
        let raw = matches!(special, Some(Special::Json | Special::RawExtension)) && patch.is_some_and(is_structure);
        let remark = if raw {
            "the structure stands as data (`schema`): programs see any JSON here"
        } else {
            "a part of the schema has no word in the language and stands as data (`schema`)"
        };
        report.add(remark, place);
    }
    match special {
        Some(Special::Time) => report.add("times are read and written in whole seconds", place),
        Some(Special::Quantity) => report.add("quantities are written in their canonical form", place),
        _ => {}
    }
    if rules.get(EMBEDDED).is_some() {
        report.add("an embedded object, which programs see as any JSON", place);
    }
}

/// A description alone is not worth a remark.
fn says_more(patch: &Value) -> bool {
    match patch {
        Value::Object(patch) => patch.iter().any(|(key, value)| match key.as_str() {
            "description" => false,
            "items" | "additionalProperties" => says_more(value),
            _ => true,
        }),
        _ => true,
    }
}

fn is_structure(patch: &Value) -> bool {
    let inner = ["items", "additionalProperties"].into_iter().filter_map(|key| patch.get(key));
    patch.get("properties").is_some() || inner.clone().any(|inner| is_structure(inner) || inner.get("type").is_some())
}

/// Remarks about a version.
pub(super) fn version(version: &Version, place: &str, unconverted: bool, report: &mut Report) {
    if unconverted {
        report.add("versions differ and convert by name (`convert: none`): rules would keep what the other has not", place);
    }
    if !version.served {
        report.add("a version that is not served", place);
    }
}
