//! Defaults: the value fits the type, `when` can be read and names fields that exist, `from` names a field of the same type.

use kubewright_model::{Desc, Field, Shape, Type};
use regex::Regex;
use serde_json::Value;

use super::condition::{self, Test};
use super::path::{self, Found};
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::field as raw;
use crate::raw::value::{Located, Words};
use crate::resolve::Model;
use crate::resolve::fields::is_special;

pub(super) fn check(model: &Model<'_>, desc: &Desc, field: &Field, written: &raw::Field, problems: &mut Collector) {
    for (at, default) in written.default.iter().enumerate() {
        match (&default.value, &default.from, &default.fill) {
            (None, None, Some(members)) => fill(model, desc, field, members, problems),
            (Some(value), None, None) => {
                if let Some(wrong) = misfit(model, field, &value.value) {
                    let problem = Diagnostic::new("default-value", value.span, format!("{wrong} is no value of `{}`", written.name.value));
                    problems.report(problem.help(format!("its type is {}{}", written.ty.value, choices(field))));
                }
            }
            (None, Some(from), None) => source(model, desc, field, from, problems),
            _ => {
                let problem = Diagnostic::new(
                    "default-form",
                    default.span,
                    "a default has a `value`, copies `from` a field, or has members that `fill` a message: one of the three",
                );
                problems.report(problem.help("keep one of `value`, `from` and `fill`"));
            }
        }
        if let Some(when) = &default.when {
            self::when(model, desc, when, problems);
        } else if let (None, Some(next)) = (&default.fill, written.default.get(at + 1)) {
            let problem = Diagnostic::new("default-order", next.span, "this alternative is never reached");
            problems.report(problem.other(default.span, "this one always applies").help("put the alternative without `when` last"));
        }
    }
}

/// Holds the members that fill a field against it.
pub(super) fn fill(model: &Model<'_>, desc: &Desc, field: &Field, members: &Located<Value>, problems: &mut Collector) {
    if let Some(wrong) = fill_misfit(model, [desc, desc], field, &members.value) {
        let problem = Diagnostic::new("default-value", members.span, format!("{wrong} fills nothing in `{}`", field.name));
        problems.report(
            problem.help("name fields of the message, each with a value, or with `{from: .path}` or `{beside: .path}` of the same type"),
        );
    }
}

fn choices(field: &Field) -> String {
    let values = enum_of(field);
    if values.is_empty() {
        String::new()
    } else {
        format!(", one of {}", values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    }
}

fn enum_of(field: &Field) -> Vec<Value> {
    let rules: Option<Value> = serde_json::from_str(&field.rules).ok();
    rules.and_then(|rules| rules.get("enum").and_then(Value::as_array).cloned()).unwrap_or_default()
}

/// The part of a value that a field cannot hold, as text.
pub(super) fn misfit(model: &Model<'_>, field: &Field, value: &Value) -> Option<String> {
    if value.is_null() && crate::resolve::fields::is_nullable(field) {
        return None;
    }
    match (field.shape, value) {
        (Shape::One, _) => single(model, field, value),
        (Shape::List, Value::Array(items)) => items.iter().find_map(|item| single(model, field, item)),
        (Shape::Map, Value::Object(entries)) => entries.values().find_map(|item| single(model, field, item)),
        (Shape::MapOfLists, Value::Object(entries)) => {
            let texts = |item: &Value| item.as_array().is_some_and(|items| items.iter().all(Value::is_string));
            entries.values().find(|item| !texts(item)).map(ToString::to_string)
        }
        _ => Some(value.to_string()),
    }
}

fn single(model: &Model<'_>, field: &Field, value: &Value) -> Option<String> {
    let fits = match &field.ty {
        Type::Bool => value.is_boolean(),
        Type::I32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Type::I64 => value.is_i64(),
        Type::F64 => value.is_number(),
        Type::String => {
            let allowed = enum_of(field);
            value.is_string() && (allowed.is_empty() || allowed.contains(value))
        }
        Type::Bytes => value.is_string(),
        Type::Message(reference) => match model.resolve(reference) {
            Some(desc) => return message(model, desc, value),
            None => special(&reference.proto_name(), value),
        },
    };
    (!fits).then(|| value.to_string())
}

fn message(model: &Model<'_>, desc: &Desc, value: &Value) -> Option<String> {
    let Value::Object(entries) = value else { return Some(value.to_string()) };
    entries.iter().find_map(|(key, value)| match path::member(model, desc, key) {
        Some(field) => misfit(model, field, value),
        None => Some(format!("`{key}`")),
    })
}

/// The part of `fill` that nothing can be filled with, as text. `home` is the message that has the default, `holder` the one
/// that has the field.
fn fill_misfit(model: &Model<'_>, [home, holder]: [&Desc; 2], field: &Field, fill: &Value) -> Option<String> {
    let entries = fill.as_object();
    if let Some(beside) = entries.filter(|entries| entries.len() == 1).and_then(|entries| entries.get("beside")?.as_str()) {
        let same = matches!(path::follow(model, holder, beside), Ok(Found::Field(source)) if same(field, source));
        return (!same).then(|| format!("`{beside}`"));
    }
    if let Some(from) = entries.filter(|entries| entries.len() == 1).and_then(|entries| entries.get("from")?.as_str()) {
        let same = matches!(path::follow(model, home, from), Ok(Found::Field(source)) if same(field, source));
        return (!same).then(|| format!("`{from}`"));
    }
    match (entries, model.element(field)) {
        (Some(entries), Some(desc)) => {
            entries.iter().find_map(|(name, value)| match desc.fields.iter().find(|field| field.name == *name) {
                Some(member) => fill_misfit(model, [home, desc], member, value),
                None => Some(format!("`{name}`")),
            })
        }
        _ => misfit(model, field, fill),
    }
}

fn special(name: &str, value: &Value) -> bool {
    match name.rsplit('.').next().filter(|_| is_special(name)).unwrap_or_default() {
        "Quantity" => value.is_string() || value.is_number(),
        "IntOrString" => value.is_string() || value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "Time" | "MicroTime" | "Duration" => value.is_string(),
        "RawExtension" | "FieldsV1" => value.is_object(),
        _ => true,
    }
}

fn source(model: &Model<'_>, desc: &Desc, field: &Field, from: &Words, problems: &mut Collector) {
    match path::follow(model, desc, &from.value) {
        Err((wrong, near)) => unknown("default-from", &from.value, from, &wrong, near.as_deref(), problems),
        Ok(Found::Field(source)) if !same(field, source) => {
            let problem = Diagnostic::new("default-from", from.span, format!("`{}` has another type than `{}`", from.value, field.name));
            problems.report(problem.help("a default copies from a field of the same type"));
        }
        Ok(_) => {}
    }
}

/// Whether one field can take the other's value; numbers and text fit where either may stand.
fn same(to: &Field, from: &Field) -> bool {
    let either = to.element().is_some_and(|element| element.proto_name().ends_with(".intstr.IntOrString"));
    let number_or_text = matches!(from.ty, Type::I32 | Type::String);
    to.shape == from.shape && (super::same_type(&to.ty, &from.ty) || either && number_or_text)
}

fn when(model: &Model<'_>, desc: &Desc, when: &Words, problems: &mut Collector) {
    let terms = match condition::parse(&when.value) {
        Ok(terms) => terms,
        Err(wrong) => {
            let problem = Diagnostic::new("default-when", when.span, format!("this is no condition: {wrong}"));
            return problems
                .report(problem.help("conditions are `.a`, `!.a`, `.a == \"x\"`, `.a != \"x\"`, `.a ~ 'regex'`, joined by `&&`"));
        }
    };
    for term in terms {
        match path::follow(model, desc, term.path) {
            Err((wrong, near)) => unknown("default-when", term.path, when, &wrong, near.as_deref(), problems),
            Ok(found) => compared(found, &term.test, when, problems),
        }
    }
}

fn compared(found: Found<'_>, test: &Test<'_>, when: &Words, problems: &mut Collector) {
    match (found, test) {
        (_, Test::Matches(pattern)) if Regex::new(pattern).is_err() => {
            problems.report(Diagnostic::new("default-when", when.span, format!("`{pattern}` is no regular expression")));
        }
        (Found::Field(field), Test::Text(wanted)) => {
            let allowed = enum_of(field);
            if !wanted.is_empty() && !allowed.is_empty() && !allowed.iter().any(|value| value == wanted) {
                let problem = Diagnostic::new("default-when", when.span, format!("`{}` is never \"{wanted}\"", field.name));
                problems.report(problem.did_you_mean(wanted, allowed.iter().filter_map(Value::as_str)));
            }
        }
        _ => {}
    }
}

fn unknown(rule: &'static str, path: &str, at: &Words, wrong: &str, near: Option<&str>, problems: &mut Collector) {
    let problem = Diagnostic::new(rule, at.span, format!("`{path}` leads nowhere: {wrong}"));
    problems.report(match near {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("paths start at the message that holds the field"),
    });
}
