//! The constraints that a field states, as OpenAPI keywords.

use regex::Regex;
use serde_json::Value as Json;

use super::{form, format};
use crate::object::Value;
use crate::object::path::to_json;
use crate::rule::FieldError;

/// What a field may hold.
#[derive(Debug, Default)]
pub(super) struct Constraint {
    pub(super) presence: Option<Presence>,
    pub(super) immutable: bool,
    pub(super) update: Update,
    pub(super) unique: Option<Unique>,
    pub(super) member: Option<Membership>,
    /// The union that the value chooses the member of.
    pub(super) discriminator: Option<String>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    max_bytes: Option<usize>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    pattern: Option<(String, Regex)>,
    format: Option<String>,
    form: Option<String>,
    allowed: Option<Vec<Json>>,
    not: Option<Json>,
}

/// What must, may or must not be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
    Forbidden,
}

/// How the items of a list differ from each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unique {
    /// As a whole.
    Items,
    /// In these fields.
    Keys(Vec<String>),
}

/// What an update cannot do.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Update {
    pub(super) no_set: bool,
    pub(super) no_unset: bool,
    pub(super) no_modify: bool,
}

/// Membership of a union.
#[derive(Debug)]
pub(super) struct Membership {
    /// Name of the union; empty for the only one.
    pub(super) union: String,
    pub(super) may_be_none: bool,
    /// What a discriminator calls the member, where that is not its name.
    pub(super) tag: Option<String>,
}

impl Constraint {
    /// Keywords that nobody knows, and patterns that are none, constrain nothing.
    pub(super) fn parse(rules: &Json) -> Self {
        let flag = |name: &str| rules.get(name).and_then(Json::as_bool).unwrap_or(false);
        let number = |name: &str| rules.get(name).and_then(Json::as_f64);
        let count = |name: &str| rules.get(name).and_then(Json::as_u64).and_then(|count| usize::try_from(count).ok());
        let words = |name: &str| rules.get(name).and_then(Json::as_str).map(str::to_owned);
        Self {
            presence: presence(rules),
            immutable: flag("immutable"),
            update: update(rules),
            unique: unique(rules),
            member: member(rules),
            discriminator: words("x-discriminator"),
            minimum: number("minimum"),
            maximum: number("maximum"),
            min_length: count("minLength"),
            max_length: count("maxLength"),
            max_bytes: count("x-max-bytes"),
            min_items: count("minItems"),
            max_items: count("maxItems"),
            pattern: words("pattern").and_then(|pattern| Regex::new(&pattern).ok().map(|regex| (pattern, regex))),
            format: words("format"),
            form: words("x-check"),
            allowed: rules.get("enum").and_then(Json::as_array).cloned(),
            not: rules.get("x-not").cloned(),
        }
    }

    // Bounds are doubles in OpenAPI; a whole number next to one beyond 2^53 is not told apart from it.
    #[allow(clippy::cast_precision_loss)]
    /// Checks a value that is set; of lists and maps, their size and each of the scalars in them.
    pub(super) fn check(&self, path: &str, value: Value<'_>, errors: &mut Vec<FieldError>) {
        match value {
            Value::Str(text) => self.text(path, text, errors),
            Value::I64(number) => self.number(path, number as f64, number.into(), errors),
            Value::F64(number) => self.number(path, number, number.into(), errors),
            Value::Bytes(bytes) => {
                self.length(path, bytes.len(), &Json::Null, errors);
                self.bytes(path, bytes.len(), &Json::Null, errors);
            }
            Value::Bool(flag) => self.differs(path, &flag.into(), errors),
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
            Value::None | Value::Msg(_) => {}
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
        self.differs(path, &text.into(), errors);
        self.length(path, text.chars().count(), &text.into(), errors);
        self.bytes(path, text.len(), &text.into(), errors);
        if let Some((pattern, _)) = self.pattern.as_ref().filter(|(_, regex)| !regex.is_match(text)) {
            errors.push(FieldError::invalid(path, text, format!("must match the regular expression '{pattern}'")));
        }
        if let Some(name) = self.format.as_ref().filter(|name| !format::matches(name, text)) {
            errors.push(FieldError::invalid(path, text, format!("must be a valid {name}")));
        }
        if let Some(form) = &self.form {
            form::check(form, path, text, errors);
        }
    }

    fn differs(&self, path: &str, value: &Json, errors: &mut Vec<FieldError>) {
        if let Some(not) = self.not.as_ref().filter(|not| *not == value) {
            errors.push(FieldError::invalid(path, value.clone(), format!("must not be equal to {not}")));
        }
    }

    fn bytes(&self, path: &str, length: usize, value: &Json, errors: &mut Vec<FieldError>) {
        if let Some(most) = self.max_bytes.filter(|most| length > *most) {
            errors.push(FieldError::too_long(path, value.clone(), most));
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
        self.differs(path, &value, errors);
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

fn presence(rules: &Json) -> Option<Presence> {
    match rules.get("x-presence").and_then(Json::as_str) {
        Some("required") => Some(Presence::Required),
        Some("optional") => Some(Presence::Optional),
        Some("forbidden") => Some(Presence::Forbidden),
        // A schema of OpenAPI lists what is required where it is not a field's own rule.
        _ => rules.get("x-required").and_then(Json::as_bool).filter(|required| *required).map(|_| Presence::Required),
    }
}

fn update(rules: &Json) -> Update {
    let words: Vec<&str> = rules.get("x-update").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    Update { no_set: words.contains(&"NoSet"), no_unset: words.contains(&"NoUnset"), no_modify: words.contains(&"NoModify") }
}

fn unique(rules: &Json) -> Option<Unique> {
    match rules.get("x-unique")? {
        Json::String(text) if text == "items" => Some(Unique::Items),
        Json::Array(keys) => Some(Unique::Keys(keys.iter().filter_map(Json::as_str).map(str::to_owned).collect())),
        // The check is code elsewhere.
        _ => None,
    }
}

fn member(rules: &Json) -> Option<Membership> {
    let union = |key: &str| rules.get(key).and_then(Json::as_str).map(str::to_owned);
    let (union, may_be_none) = match (union("x-one-of"), union("x-at-most-one-of")) {
        (Some(union), _) => (union, false),
        (None, Some(union)) => (union, true),
        (None, None) => return None,
    };
    Some(Membership { union, may_be_none, tag: rules.get("x-as").and_then(Json::as_str).map(str::to_owned) })
}
