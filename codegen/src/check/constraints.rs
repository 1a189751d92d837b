//! Bounds, patterns and allowed values: each fits the type it is written at.

use kubewright_model::{Field, Shape, Type};
use regex::Regex;
use serde_json::Value;

use super::defaults;
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::value::Located;
use crate::resolve::Model;

/// A key of the language and its value.
type Check = (&'static str, Located<Value>);

/// Holds checks against the field they are about.
pub(super) fn values(model: &Model<'_>, field: &Field, name: &str, checks: &[Check], problems: &mut Collector) {
    for (key, value) in checks {
        if let Some(needed) = needed(key, field) {
            let problem = Diagnostic::new("constraint-type", value.span, format!("`{key}` has no meaning for `{name}`"));
            problems.report(problem.help(format!("it is for {needed}")));
        } else if *key == "pattern" {
            pattern(value, problems);
        } else if *key == "enum" {
            allowed(model, field, value, problems);
        }
    }
    for (low, high) in [("min", "max"), ("minLength", "maxLength"), ("minItems", "maxItems")] {
        order(checks, low, high, problems);
    }
}

/// What a constraint is for, when that is not what the field is.
fn needed(key: &str, field: &Field) -> Option<&'static str> {
    let (fits, needed) = match key {
        "min" | "max" => (matches!(field.ty, Type::I32 | Type::I64 | Type::F64), "numbers"),
        "minLength" | "maxLength" | "maxBytes" | "pattern" => (matches!(field.ty, Type::String | Type::Bytes), "text"),
        "check" => (matches!(field.ty, Type::String), "text"),
        "minItems" | "maxItems" => (field.shape != Shape::One, "lists and maps"),
        "unique" => (field.shape == Shape::List, "lists"),
        "enum" | "not" => (field.element().is_none(), "single values"),
        _ => (true, ""),
    };
    (!fits).then_some(needed)
}

fn pattern(value: &Located<Value>, problems: &mut Collector) {
    if let Some(Err(error)) = value.value.as_str().map(Regex::new) {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        problems.report(Diagnostic::new("pattern", value.span, format!("this is no regular expression: {reason}")));
    }
}

fn allowed(model: &Model<'_>, field: &Field, value: &Located<Value>, problems: &mut Collector) {
    let single = Field { shape: Shape::One, rules: kubewright_model::Text::default(), ..field.clone() };
    for wrong in value.value.as_array().into_iter().flatten().filter_map(|value| defaults::misfit(model, &single, value)) {
        problems.report(Diagnostic::new("constraint-type", value.span, format!("{wrong} is no value of this field")));
    }
}

fn order(checks: &[Check], low: &str, high: &str, problems: &mut Collector) {
    let find = |name: &str| checks.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
    if let (Some(least), Some(greatest)) = (find(low), find(high))
        && least.value.as_f64() > greatest.value.as_f64()
    {
        let problem =
            Diagnostic::new("constraint-order", least.span, format!("nothing is at least {} and at most {}", least.value, greatest.value));
        problems.report(problem.other(greatest.span, format!("`{high}` is here")));
    }
}
