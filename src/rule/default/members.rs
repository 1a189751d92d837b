//! Defaults for what is unset inside a message, stated by the field that holds it.

use kubewright_model::{Desc, Field, Shape};
use serde_json::{Map, Value as Json};

use super::{set, unset};
use crate::object::path::{get_path, to_json};
use crate::object::{Message, Slot};

/// Members whose values are known: `{from: .path}` becomes what lies there below `home`, or nothing.
pub(super) fn known(members: &Json, home: &dyn Message) -> Option<Json> {
    let Json::Object(entries) = members else { return Some(members.clone()) };
    if let (Some(path), 1) = (entries.get("from").and_then(Json::as_str).filter(|path| path.starts_with('.')), entries.len()) {
        return get_path(home, path).filter(|value| !value.is_empty()).map(to_json);
    }
    let entries: Map<String, Json> = entries.iter().filter_map(|(name, value)| Some((name.clone(), known(value, home)?))).collect();
    Some(Json::Object(entries))
}

/// Fills what is unset in a field: in its message, which is created, or in each item there is.
pub(super) fn fill(message: &mut dyn Message, desc: &Desc, at: usize, field: &Field, members: &Json) {
    match (members, field.shape) {
        (Json::Object(entries), _) if beside(entries).is_some() => copy(message, desc, at, field, beside(entries).unwrap_or_default()),
        (Json::Object(entries), _) if field.element().is_some() && !is_special(field) => below(message.slot(at), entries),
        // Nothing is known to fill it with.
        (Json::Object(entries), _) if entries.is_empty() => {}
        (Json::Object(entries), Shape::Map) if field.element().is_none_or(|_| is_special(field)) => merge(message, at, field, entries),
        (value, Shape::One | Shape::List | Shape::Map | Shape::MapOfLists) => {
            if unset(message, desc, at, field) {
                set(message, field, value.clone());
            }
        }
    }
}

/// The path in `{beside: .path}`.
fn beside(entries: &Map<String, Json>) -> Option<&str> {
    entries.get("beside").and_then(Json::as_str).filter(|path| entries.len() == 1 && path.starts_with('.'))
}

/// Takes over what another field of the same message holds: of a map, the entries that are missing.
fn copy(message: &mut dyn Message, desc: &Desc, at: usize, field: &Field, path: &str) {
    let Some(value) = get_path(message, path).filter(|value| !value.is_empty()).map(to_json) else { return };
    match &value {
        Json::Object(entries) if field.shape == Shape::Map => merge(message, at, field, entries),
        _ if unset(message, desc, at, field) => set(message, field, value),
        _ => {}
    }
}

/// Adds the entries that a map lacks.
fn merge(message: &mut dyn Message, at: usize, field: &Field, entries: &Map<String, Json>) {
    let mut merged = entries.clone();
    if let Json::Object(there) = to_json(crate::object::path::field(message, at)) {
        merged.extend(there);
    }
    set(message, field, Json::Object(merged));
}

fn below(slot: Slot<'_>, entries: &Map<String, Json>) {
    match slot {
        Slot::Msg(part) => part_of(part, entries),
        Slot::List(list) => {
            for at in 0..list.len() {
                if let Some(item) = list.get_mut(at) {
                    part_of(item, entries);
                }
            }
        }
        Slot::Map(map) => map.iter_mut().for_each(|(_, part)| part_of(part, entries)),
        _ => {}
    }
}

fn part_of(part: &mut dyn Message, entries: &Map<String, Json>) {
    let shared = part.shared();
    let desc: &Desc = &shared;
    for (name, value) in entries {
        if let Some(at) = desc.field(name) {
            fill(part, desc, at, &desc.fields[at], value);
        }
    }
}

fn is_special(field: &Field) -> bool {
    field.element().and_then(|element| element.desc()).is_some_and(|desc| desc.special.is_some())
}
