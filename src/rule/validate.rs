//! Constraints: what fields may hold, by the rules of the descriptor.

mod constraint;
mod counterpart;
mod format;

use kubewright_model::{Field, Omit, Shape};

use super::{FieldError, FieldErrorKind};
use crate::object::path::{self, to_json};
use crate::object::{Message, Value, equality, with_values};
use constraint::Constraint;
use counterpart::Counterparts;

/// What is wrong with an object, by the constraints of its descriptor. `old` is what it replaces, for fields that must not change.
pub fn check(message: &dyn Message, old: Option<&dyn Message>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    message_at("", message, old, &mut errors);
    errors
}

fn message_at(path: &str, message: &dyn Message, old: Option<&dyn Message>, errors: &mut Vec<FieldError>) {
    let desc = message.descriptor();
    if desc.special.is_some() {
        return;
    }
    with_values(message, desc, |values| {
        for (at, (value, field)) in values.iter().zip(&*desc.fields).enumerate() {
            let old = old.map(|old| path::field(old, at));
            let path = if field.inline { path.to_owned() } else { join(path, &field.name) };
            field_at(&path, field, *value, old, errors);
        }
    });
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn field_at(path: &str, field: &Field, value: Value<'_>, old: Option<Value<'_>>, errors: &mut Vec<FieldError>) {
    if !field.rules.is_empty() {
        let constraint = constraint::of(&field.rules);
        rules_at(path, field, &constraint, value, old, errors);
    }
    match value {
        Value::Msg(part) => message_at(path, part, old.and_then(as_message), errors),
        Value::List(list) => {
            let counterparts = Counterparts::of(old, field);
            for at in 0..list.len() {
                if let Some(item) = list.get(at) {
                    let old = counterparts.as_ref().and_then(|old| old.find(item));
                    message_at(&format!("{path}[{at}]"), item, old, errors);
                }
            }
        }
        Value::Map(map) => {
            for (key, part) in map.iter() {
                let old = match old {
                    Some(Value::Map(old)) => old.get(key),
                    _ => None,
                };
                message_at(&format!("{path}[{key}]"), part, old, errors);
            }
        }
        _ => {}
    }
}

fn as_message(value: Value<'_>) -> Option<&dyn Message> {
    match value {
        Value::Msg(message) => Some(message),
        _ => None,
    }
}

fn rules_at(path: &str, field: &Field, constraint: &Constraint, value: Value<'_>, old: Option<Value<'_>>, errors: &mut Vec<FieldError>) {
    if constraint.immutable && old.is_some_and(|old| !equality::value_equal(old, value)) {
        errors.push(FieldError {
            path: path.to_owned(),
            kind: FieldErrorKind::Invalid,
            value: to_json(value),
            detail: "field is immutable".to_owned(),
        });
    }
    let empty = match value {
        Value::Msg(part) => !field.optional && path::is_zero(part),
        value => value.is_empty(),
    };
    if empty && constraint.required {
        errors.push(FieldError::required(path, ""));
        return;
    }
    let given = !matches!(value, Value::None) && (!empty || (field.optional && field.shape == Shape::One) || field.omit == Omit::Never);
    if given {
        constraint.check(path, value, errors);
    }
}
