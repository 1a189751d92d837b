//! The places below a field that a rule looks at, each with what was there before.

use kubewright_model::rule::{Step, Target};
use kubewright_model::{Field, Omit, Shape};

use super::counterpart::Counterparts;
use crate::object::path::{self, to_json};
use crate::object::{List, Message, Value};

/// A value with its path.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub(super) path: String,
    pub(super) value: Value<'a>,
    /// What was there; `None` when nothing is known to correspond.
    pub(super) old: Option<Value<'a>>,
    /// Unset can be told from zero.
    pub(super) optional: bool,
    /// An empty value is a value too.
    pub(super) always: bool,
}

impl<'a> Place<'a> {
    /// The field itself.
    pub(super) fn field(path: &str, field: &Field, value: Value<'a>, old: Option<Value<'a>>) -> Self {
        let optional = field.optional && field.shape == Shape::One;
        Self { path: path.to_owned(), value, old, optional, always: field.omit == Omit::Never }
    }

    fn part(path: String, value: Value<'a>, old: Option<Value<'a>>) -> Self {
        Self { path, value, old, optional: true, always: true }
    }

    /// Whether there is nothing: unset, or zero where that is the same.
    pub(super) fn is_unset(&self) -> bool {
        unset(self.value, self.optional)
    }

    /// As [`Place::is_unset`], of what was there.
    pub(super) fn was_unset(&self) -> Option<bool> {
        self.old.map(|old| unset(old, self.optional))
    }

    /// Whether there is a value to check: everything but an empty one that would be left out.
    pub(super) fn is_given(&self) -> bool {
        !matches!(self.value, Value::None) && (self.always || !self.is_unset())
    }
}

fn unset(value: Value<'_>, optional: bool) -> bool {
    match value {
        Value::None => true,
        Value::Msg(_) | Value::Bool(_) | Value::I64(_) | Value::F64(_) | Value::Str(_) if optional => false,
        Value::Msg(part) => path::is_zero(part),
        value => value.is_empty(),
    }
}

/// The places of a target below a field.
pub(super) fn find<'a>(start: Place<'a>, field: &Field, target: &Target) -> Vec<Place<'a>> {
    let mut places = vec![start];
    // Only the field's own items have keys to find their counterparts by.
    let mut list = Some(field);
    for step in &target.0 {
        places = places.into_iter().flat_map(|place| below(&place, step, list)).collect();
        list = None;
    }
    places
}

fn below<'a>(place: &Place<'a>, step: &Step, field: Option<&Field>) -> Vec<Place<'a>> {
    match step {
        Step::Field(name) => member(place, name).into_iter().collect(),
        Step::Each => each(place, field),
        Step::Keys => keys(place.value).into_iter().map(|key| Place::part(place.path.clone(), Value::Str(key), None)).collect(),
        Step::Item(pairs) => each(place, field).into_iter().filter(|item| has(item.value, pairs)).collect(),
    }
}

fn member<'a>(place: &Place<'a>, name: &str) -> Option<Place<'a>> {
    let Value::Msg(message) = place.value else { return None };
    let desc = message.descriptor();
    let at = desc.field(name)?;
    let old = match place.old {
        Some(Value::Msg(old)) => Some(path::field(old, at)),
        _ => None,
    };
    let path = if place.path.is_empty() { name.to_owned() } else { format!("{}.{name}", place.path) };
    Some(Place::field(&path, desc.fields.get(at)?, path::field(message, at), old))
}

/// Items of a list and values of a map.
fn each<'a>(place: &Place<'a>, field: Option<&Field>) -> Vec<Place<'a>> {
    let indexed = |at: usize| format!("{}[{at}]", place.path);
    let keyed = |key: &str| format!("{}[{key}]", place.path);
    match (place.value, place.old) {
        (Value::List(list), old) => {
            let counterparts = field.and_then(|field| Counterparts::of(old, field));
            let item = |at| {
                let item = list.get(at)?;
                let old = counterparts.as_ref().and_then(|old| old.find(item)).map(Value::Msg);
                Some(Place::part(indexed(at), Value::Msg(item), old))
            };
            (0..list.len()).filter_map(item).collect()
        }
        (Value::Strs(list), old) => {
            let known = |text: &String| matches!(old, Some(Value::Strs(old)) if old.contains(text));
            let item =
                |(at, text): (usize, &'a String)| Place::part(indexed(at), Value::Str(text), known(text).then_some(Value::Str(text)));
            list.iter().enumerate().map(item).collect()
        }
        (Value::I32s(list), _) => list.iter().enumerate().map(|(at, n)| Place::part(indexed(at), Value::I64((*n).into()), None)).collect(),
        (Value::I64s(list), _) => list.iter().enumerate().map(|(at, n)| Place::part(indexed(at), Value::I64(*n), None)).collect(),
        (Value::Map(map), old) => {
            let before = |key: &str| if let Some(Value::Map(old)) = old { old.get(key).map(Value::Msg) } else { None };
            map.iter().map(|(key, part)| Place::part(keyed(key), Value::Msg(part), before(key))).collect()
        }
        (Value::StrMap(map), old) => {
            let before = |key: &str| if let Some(Value::StrMap(old)) = old { old.get(key).map(|text| Value::Str(text)) } else { None };
            map.iter().map(|(key, text)| Place::part(keyed(key), Value::Str(text), before(key))).collect()
        }
        (Value::StrsMap(map), old) => {
            let before = |key: &str| if let Some(Value::StrsMap(old)) = old { old.get(key).map(|list| Value::Strs(list)) } else { None };
            map.iter().map(|(key, list)| Place::part(keyed(key), Value::Strs(list), before(key))).collect()
        }
        _ => Vec::new(),
    }
}

fn keys(value: Value<'_>) -> Vec<&str> {
    match value {
        Value::Map(map) => map.iter().map(|(key, _)| key).collect(),
        Value::StrMap(map) => map.keys().map(String::as_str).collect(),
        Value::StrsMap(map) => map.keys().map(String::as_str).collect(),
        Value::BytesMap(map) => map.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether the fields of an item have these values.
pub(super) fn has(item: Value<'_>, pairs: &[(String, String)]) -> bool {
    let Value::Msg(item) = item else { return false };
    pairs.iter().all(|(name, wanted)| path::get_path(item, name).is_some_and(|value| text(value) == *wanted))
}

fn text(value: Value<'_>) -> String {
    match to_json(value) {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether a list has an item with these values.
pub(super) fn any(list: &dyn List, pairs: &[(String, String)]) -> bool {
    (0..list.len()).filter_map(|at| list.get(at)).any(|item: &dyn Message| has(Value::Msg(item), pairs))
}
