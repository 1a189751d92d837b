//! Cells over an object.

use jiff::Timestamp;
use kubewright_model::Desc;
use serde_json::Value;

use super::age::since;
use super::path::Path;
use super::{Expression, Function};
use crate::selector::object_text;

/// An object, and what is needed beside it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) object: &'a Value,
    pub(super) desc: Option<&'a Desc>,
    pub(super) now: Timestamp,
}

impl Row<'_> {
    pub(super) fn value(self, expression: &Expression) -> Value {
        match expression {
            Expression::Path(path) => path.first(self.object, self.desc).map_or(Value::Null, |value| value.into_owned()),
            Expression::Text(text) => Value::from(text.as_str()),
            Expression::Number(number) => Value::Number(number.clone()),
            Expression::Template(parts) => Value::from(parts.iter().map(|part| text(&self.value(part))).collect::<String>()),
            Expression::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn call(self, function: Function, arguments: &[Expression]) -> Value {
        let first = || arguments.first().map_or(Value::Null, |argument| self.value(argument));
        match function {
            Function::Age => Value::from(since(&text(&self.first_set(arguments)), self.now)),
            Function::Count => Value::from(arguments.iter().map(|argument| self.count(argument)).sum::<usize>()),
            Function::Sum => self.sum(arguments),
            Function::Join => Value::from(self.join(arguments)),
            Function::Default => match self.first_set(arguments) {
                Value::Null => arguments.last().map_or(Value::Null, |argument| self.value(argument)),
                set => set,
            },
            Function::Lower => Value::from(text(&first()).to_lowercase()),
            Function::Labels => Value::from(labels(&first())),
            Function::Selector => match first() {
                Value::String(text) if text.is_empty() => Value::from("<none>"),
                Value::String(text) => Value::from(text),
                object => Value::from(object_text(&object)),
            },
        }
    }

    /// The first value that is set and not empty, or null. A zero that JSON left out is not set.
    fn first_set(self, arguments: &[Expression]) -> Value {
        let row = Row { desc: None, ..self };
        arguments.iter().map(|argument| row.value(argument)).find(|value| !is_empty(value)).unwrap_or_default()
    }

    fn count(self, argument: &Expression) -> usize {
        match argument {
            Expression::Path(path) if path.is_many() => path.select(self.object).len(),
            other => match self.value(other) {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                _ => 0,
            },
        }
    }

    fn sum(self, arguments: &[Expression]) -> Value {
        let numbers: Vec<Value> = arguments.iter().flat_map(|argument| self.items(argument)).collect();
        if numbers.iter().all(|number| number.is_i64() || !number.is_number()) {
            return Value::from(numbers.iter().filter_map(Value::as_i64).fold(0_i64, i64::saturating_add));
        }
        Value::from(numbers.iter().filter_map(Value::as_f64).sum::<f64>())
    }

    /// Arguments: the items, optionally a template over one item, the separator.
    fn join(self, arguments: &[Expression]) -> String {
        let (template, separator) = match arguments {
            [_, template, separator] => (Some(template), text(&self.value(separator))),
            [_, separator] => (None, text(&self.value(separator))),
            _ => (None, ",".to_owned()),
        };
        let items = arguments.first().map(|argument| self.items(argument)).unwrap_or_default();
        let shown = items.iter().map(|item| match template {
            None => text(item),
            Some(template) => text(&Row { object: item, desc: None, ..self }.value(template)),
        });
        shown.collect::<Vec<_>>().join(&separator)
    }

    /// The values a path meets; the items of a list it meets alone.
    fn items(self, argument: &Expression) -> Vec<Value> {
        let path: &Path = match argument {
            Expression::Path(path) => path,
            other => return vec![self.value(other)],
        };
        match path.select(self.object).as_slice() {
            [Value::Array(items)] if !path.is_many() => items.clone(),
            found => found.iter().map(|value| (*value).clone()).collect(),
        }
    }
}

/// Null, and text, lists and objects without content.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value inside text: text as it is, nothing for null, JSON for the rest.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn labels(map: &Value) -> String {
    let mut pairs: Vec<String> = map.as_object().into_iter().flatten().map(|(key, value)| format!("{key}={}", text(value))).collect();
    pairs.sort_unstable();
    if pairs.is_empty() { "<none>".to_owned() } else { pairs.join(",") }
}
