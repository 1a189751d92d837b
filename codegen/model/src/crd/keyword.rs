//! Keywords of schemas that the model has words for, and whether their values are as they should be. All else stays data.

use serde_json::Value;

use super::field::{flag, text};
use super::{CEL, EMBEDDED, INT_OR_STRING, Object, PRESERVE};
use crate::desc::{Field, Type};

/// Keywords of single values, which in lists and maps are about the items.
pub(super) const VALUE_KEYS: [&str; 10] =
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "enum", EMBEDDED];

/// Keywords of the field as a whole.
pub(super) const WHOLE_KEYS: [&str; 6] = ["nullable", "title", "example", "externalDocs", CEL, PRESERVE];

/// Keywords of a message type.
pub(super) const TYPE_KEYS: [&str; 7] = ["minProperties", "maxProperties", "title", "example", "externalDocs", CEL, PRESERVE];

/// Whether the model has a word for a keyword of a value of this type, and the keyword is as it should be.
pub(super) fn said_of_value(field: &Field, key: &str, said: &Value) -> bool {
    let number = matches!(field.ty, Type::I32 | Type::I64 | Type::F64);
    match key {
        "minimum" | "maximum" | "multipleOf" => number && said.is_number(),
        "exclusiveMinimum" | "exclusiveMaximum" => number && *said == Value::Bool(true),
        "minLength" | "maxLength" => matches!(field.ty, Type::String) && said.is_u64(),
        "pattern" => matches!(field.ty, Type::String) && said.is_string(),
        "enum" => said.as_array().is_some_and(|values| !values.is_empty() && values.iter().all(|value| of_type(&field.ty, value))),
        EMBEDDED => *said == Value::Bool(true) && field.element().is_some_and(|ty| ty.proto_name().ends_with(".RawExtension")),
        _ => false,
    }
}

fn of_type(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Bool => value.is_boolean(),
        Type::I32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Type::I64 => value.is_i64(),
        Type::F64 => value.is_number(),
        Type::String => value.is_string(),
        Type::Bytes | Type::Message(_) => false,
    }
}

/// Whether a keyword's value is as the schema language writes it.
pub(super) fn well_formed(key: &str, value: &Value) -> bool {
    match key {
        "nullable" | PRESERVE => *value == Value::Bool(true),
        "title" => value.as_str().is_some_and(|text| !text.is_empty()),
        "minProperties" | "maxProperties" => value.is_u64(),
        "externalDocs" => value.as_object().is_some_and(|docs| docs.values().all(Value::is_string)),
        CEL => value.as_array().is_some_and(|rules| !rules.is_empty() && rules.iter().all(is_rule)),
        _ => !value.is_null(),
    }
}

fn is_rule(rule: &Value) -> bool {
    let Value::Object(rule) = rule else { return false };
    let known = |(key, value): (&String, &Value)| match key.as_str() {
        "rule" | "message" | "messageExpression" | "reason" | "fieldPath" => value.as_str().is_some_and(|text| !text.is_empty()),
        "optionalOldSelf" => *value == Value::Bool(true),
        _ => false,
    };
    rule.contains_key("rule") && rule.iter().all(known)
}

/// Whether a default is a value of the property, as far as the schema language tells.
pub(super) fn fits(node: &Object, value: &Value) -> bool {
    if value.is_null() {
        return flag(node, "nullable");
    }
    if flag(node, INT_OR_STRING) {
        return value.is_string() || value.as_i64().is_some_and(|number| i32::try_from(number).is_ok());
    }
    let allowed = node.get("enum").and_then(Value::as_array);
    match text(node, "type") {
        "string" => value.is_string() && allowed.is_none_or(|allowed| allowed.contains(value)),
        "integer" if text(node, "format") == "int32" => of_type(&Type::I32, value),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => {
            let item = node.get("items").and_then(Value::as_object);
            value.as_array().is_some_and(|values| values.iter().all(|value| item.is_none_or(|item| fits(item, value))))
        }
        "object" => value.as_object().is_some_and(|members| members.iter().all(|(key, value)| member_fits(node, key, value))),
        _ => true,
    }
}

fn member_fits(node: &Object, key: &str, value: &Value) -> bool {
    let property = node.get("properties").and_then(|properties| properties.get(key)).or_else(|| node.get("additionalProperties"));
    match property {
        Some(Value::Object(property)) => fits(property, value),
        Some(_) => true,
        None => flag(node, PRESERVE),
    }
}
