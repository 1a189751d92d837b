//! Items of a list that must differ.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::constraint::Unique;
use crate::object::path::{get_path, to_json};
use crate::object::{List, Message, Value};
use crate::rule::FieldError;

/// Reports each item that is the same as one before it.
pub(super) fn check(rule: &Unique, path: &str, value: Value<'_>, errors: &mut Vec<FieldError>) {
    match value {
        Value::List(list) => items(rule, path, list, errors),
        Value::Strs(list) => repeated(path, list.iter().map(|text| Json::from(text.as_str())), errors),
        Value::I32s(list) => repeated(path, list.iter().map(|number| Json::from(*number)), errors),
        Value::I64s(list) => repeated(path, list.iter().map(|number| Json::from(*number)), errors),
        _ => {}
    }
}

fn items(rule: &Unique, path: &str, list: &dyn List, errors: &mut Vec<FieldError>) {
    let items = (0..list.len()).filter_map(|at| list.get(at));
    match rule {
        Unique::Items => repeated(path, items.map(|item| to_json(Value::Msg(item))), errors),
        Unique::Keys(keys) => repeated(path, items.map(|item| identity(item, keys)), errors),
    }
}

/// The keys of an item with their values.
fn identity(item: &dyn Message, keys: &[String]) -> Json {
    let value = |key: &String| get_path(item, key).map_or(Json::Null, to_json);
    Json::Object(keys.iter().map(|key| (key.clone(), value(key))).filter(|(_, value)| !value.is_null()).collect())
}

fn repeated(path: &str, items: impl Iterator<Item = Json>, errors: &mut Vec<FieldError>) {
    let mut seen = HashSet::new();
    for (at, item) in items.enumerate() {
        if !seen.insert(item.to_string()) {
            errors.push(FieldError::duplicate(format!("{path}[{at}]"), item));
        }
    }
}
