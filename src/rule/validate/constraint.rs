//! The constraints that a field states, as OpenAPI keywords.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, RwLock};

use regex::Regex;
use serde_json::Value as Json;

use super::format;
use crate::object::Value;
use crate::object::path::to_json;
use crate::rule::FieldError;

/// What a field may hold.
#[derive(Debug, Default)]
pub(super) struct Constraint {
    pub(super) required: bool,
    pub(super) immutable: bool,
    minimum: Option<f64>,
    maximum: Option<f64>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    pattern: Option<(String, Regex)>,
    format: Option<String>,
    allowed: Option<Vec<Json>>,
}

/// More texts than this are not remembered at once.
const REMEMBERED: usize = 20_000;

/// The constraints that a text of a descriptor states. Texts are read once.
pub(super) fn of(text: &str) -> Arc<Constraint> {
    static READ: OnceLock<RwLock<HashMap<Box<str>, Arc<Constraint>>>> = OnceLock::new();
    let read = READ.get_or_init(RwLock::default);
    if let Some(constraint) = read.read().ok().and_then(|read| read.get(text).cloned()) {
        return constraint;
    }
    let constraint = Arc::new(Constraint::parse(text));
    if let Ok(mut read) = read.write() {
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(text.into(), Arc::clone(&constraint));
    }
    constraint
}

impl Constraint {
    /// Keywords that nobody knows, and patterns that are none, constrain nothing.
    fn parse(text: &str) -> Self {
        let rules: Json = serde_json::from_str(text).unwrap_or_default();
        let flag = |name: &str| rules.get(name).and_then(Json::as_bool).unwrap_or(false);
        let number = |name: &str| rules.get(name).and_then(Json::as_f64);
        let count = |name: &str| rules.get(name).and_then(Json::as_u64).and_then(|count| usize::try_from(count).ok());
        let words = |name: &str| rules.get(name).and_then(Json::as_str).map(str::to_owned);
        Self {
            required: flag("x-required"),
            immutable: flag("immutable"),
            minimum: number("minimum"),
            maximum: number("maximum"),
            min_length: count("minLength"),
            max_length: count("maxLength"),
            min_items: count("minItems"),
            max_items: count("maxItems"),
            pattern: words("pattern").and_then(|pattern| Regex::new(&pattern).ok().map(|regex| (pattern, regex))),
            format: words("format"),
            allowed: rules.get("enum").and_then(Json::as_array).cloned(),
        }
    }

    /// Checks a value that is set; of lists and maps, their size and each of the scalars in them.
    pub(super) fn check(&self, path: &str, value: Value<'_>, errors: &mut Vec<FieldError>) {
        match value {
            Value::Str(text) => self.text(path, text, errors),
            Value::I64(number) => self.number(path, number as f64, number.into(), errors),
            Value::F64(number) => self.number(path, number, number.into(), errors),
            Value::Bytes(bytes) => self.length(path, bytes.len(), &Json::Null, errors),
            Value::Msg(part) if part.special().is_some() => self.special(path, to_json(value), errors),
            Value::Strs(list) => {
                self.size(path, list.len(), errors);
                for (at, text) in list.iter().enumerate() {
                    self.text(&format!("{path}[{at}]"), text, errors);
                }
            }
            Value::StrMap(map) => {
                self.size(path, map.len(), errors);
                for (key, text) in map {
                    self.text(&format!("{path}[{key}]"), text, errors);
                }
            }
            Value::I32s(list) => {
                self.size(path, list.len(), errors);
                for (at, number) in list.iter().enumerate() {
                    self.number(&format!("{path}[{at}]"), f64::from(*number), (*number).into(), errors);
                }
            }
            Value::I64s(list) => {
                self.size(path, list.len(), errors);
                for (at, number) in list.iter().enumerate() {
                    self.number(&format!("{path}[{at}]"), *number as f64, (*number).into(), errors);
                }
            }
            Value::Bools(list) => self.size(path, list.len(), errors),
            Value::List(list) => self.size(path, list.len(), errors),
            Value::StrsMap(map) => self.size(path, map.len(), errors),
            Value::BytesMap(map) => self.size(path, map.len(), errors),
            Value::Map(map) => self.size(path, map.len(), errors),
            Value::None | Value::Bool(_) | Value::Msg(_) => {}
        }
    }

    fn special(&self, path: &str, value: Json, errors: &mut Vec<FieldError>) {
        match &value {
            Json::String(text) => self.text(path, text, errors),
            Json::Number(number) => self.number(path, number.as_f64().unwrap_or_default(), value, errors),
            _ => {}
        }
    }

    fn text(&self, path: &str, text: &str, errors: &mut Vec<FieldError>) {
        if let Some(allowed) = self.allowed.as_ref().filter(|allowed| !allowed.iter().any(|value| value.as_str() == Some(text))) {
            errors.push(FieldError::not_supported(path, text, allowed.iter().filter_map(Json::as_str)));
        }
        self.length(path, text.chars().count(), &text.into(), errors);
        if let Some((pattern, _)) = self.pattern.as_ref().filter(|(_, regex)| !regex.is_match(text)) {
            errors.push(FieldError::invalid(path, text, format!("must match the regular expression '{pattern}'")));
        }
        if let Some(name) = self.format.as_ref().filter(|name| !format::matches(name, text)) {
            errors.push(FieldError::invalid(path, text, format!("must be a valid {name}")));
        }
    }

    fn length(&self, path: &str, length: usize, value: &Json, errors: &mut Vec<FieldError>) {
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            errors.push(FieldError::too_long(path, value.clone(), most));
        }
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            errors.push(FieldError::invalid(path, value.clone(), format!("should be at least {least} chars long")));
        }
    }

    fn number(&self, path: &str, number: f64, value: Json, errors: &mut Vec<FieldError>) {
        if let Some(least) = self.minimum.filter(|least| number < *least) {
            errors.push(FieldError::invalid(path, value.clone(), format!("must be greater than or equal to {least}")));
        }
        if let Some(most) = self.maximum.filter(|most| number > *most) {
            errors.push(FieldError::invalid(path, value.clone(), format!("must be less than or equal to {most}")));
        }
        if let Some(allowed) = self.allowed.as_ref().filter(|allowed| !allowed.iter().any(|value| value.as_f64() == Some(number))) {
            let allowed: Vec<String> = allowed.iter().map(Json::to_string).collect();
            errors.push(FieldError::not_supported(path, value, allowed.iter().map(String::as_str)));
        }
    }

    fn size(&self, path: &str, count: usize, errors: &mut Vec<FieldError>) {
        if let Some(most) = self.max_items.filter(|most| count > *most) {
            errors.push(FieldError::too_many(path, count, most));
        }
        if let Some(least) = self.min_items.filter(|least| count < *least) {
            errors.push(FieldError::too_few(path, count, least));
        }
    }
}
