//! Defaults: what unset fields become, by the rules of the descriptor.

mod members;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, RwLock};

use kubewright_model::{Desc, Field};
use serde_json::Value as Json;

use super::condition::Condition;
use super::fold;
use crate::object::path::{Path, get, to_json};
use crate::object::{Message, Slot, Value, with_values};

/// One way to fill a field.
struct Alternative {
    when: Option<Condition>,
    fill: Fill,
}

enum Fill {
    /// This value.
    Value(Json),
    /// What another field of the same message holds.
    From(Path),
    /// Members for what is unset in the message, or in each item.
    Members(Json),
}

/// Fills what is unset, from the outside in and in the order of the fields, so that a rule sees what the rules before it filled in.
/// Parts that do not exist stay absent unless a rule creates them.
pub fn apply(message: &mut dyn Message) {
    let shared = message.shared();
    let desc: &Desc = &shared;
    if desc.special.is_some() {
        return;
    }
    fold::apply(message, desc);
    for (at, field) in desc.fields.iter().enumerate() {
        if !field.default.is_empty() {
            fill(message, desc, at, field);
        }
        if field.element().is_some() && exists(message, desc, at) {
            descend(message.slot(at));
        }
    }
}

fn unset(message: &dyn Message, desc: &Desc, at: usize, field: &Field) -> bool {
    with_values(message, desc, |values| match values.get(at) {
        None | Some(Value::None) => true,
        Some(Value::Msg(part)) => !field.optional && crate::object::path::is_zero(*part),
        Some(value) => !(field.optional && field.shape == kubewright_model::Shape::One) && value.is_empty(),
    })
}

fn exists(message: &dyn Message, desc: &Desc, at: usize) -> bool {
    with_values(message, desc, |values| match values.get(at) {
        Some(Value::Msg(part)) => part.special().is_none(),
        Some(Value::List(list)) => !list.is_empty(),
        Some(Value::Map(map)) => !map.is_empty(),
        _ => false,
    })
}

/// Of values, the first whose condition holds fills what is unset. Members fill what is unset below, each whose condition holds.
fn fill(message: &mut dyn Message, desc: &Desc, at: usize, field: &Field) {
    for rule in rules(&field.default).iter() {
        let members = matches!(rule.fill, Fill::Members(_));
        if !members && !unset(message, desc, at, field) || rule.when.as_ref().is_some_and(|when| !when.holds(message)) {
            continue;
        }
        match &rule.fill {
            Fill::Value(value) => set(message, field, value.clone()),
            Fill::From(path) => {
                if let Some(value) = get(message, path).map(to_json) {
                    set(message, field, value);
                }
            }
            Fill::Members(members) => {
                if let Some(members) = members::known(members, message) {
                    members::fill(message, desc, at, field, &members);
                }
            }
        }
        if !members {
            return;
        }
    }
}

fn set(message: &mut dyn Message, field: &Field, value: Json) {
    let document = Json::Object([(field.name.clone().into_owned(), value)].into_iter().collect());
    // A default of the wrong type is refused where descriptors are made; here it would leave the field as it is.
    let _ = crate::codec::json::from_value(&document, message, None);
}

fn descend(slot: Slot<'_>) {
    match slot {
        Slot::Msg(part) => apply(part),
        Slot::List(list) => {
            for at in 0..list.len() {
                if let Some(item) = list.get_mut(at) {
                    apply(item);
                }
            }
        }
        Slot::Map(map) => map.iter_mut().for_each(|(_, part)| apply(part)),
        _ => {}
    }
}

/// More texts than this are not remembered at once: custom resources come and go.
const REMEMBERED: usize = 20_000;

type Remembered = RwLock<HashMap<Box<str>, Arc<[Alternative]>>>;

/// The rules that a text of a descriptor states. Texts are read once.
fn rules(text: &str) -> Arc<[Alternative]> {
    static READ: OnceLock<Remembered> = OnceLock::new();
    let read = READ.get_or_init(RwLock::default);
    if let Some(rules) = read.read().ok().and_then(|read| read.get(text).cloned()) {
        return rules;
    }
    let rules: Arc<[Alternative]> = parse(text).into();
    if let Ok(mut read) = read.write() {
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(text.into(), Arc::clone(&rules));
    }
    rules
}

/// `[{"value": .., "when": "..", "from": ".path"}, ...]`. Alternatives that cannot be read never apply.
fn parse(text: &str) -> Vec<Alternative> {
    let list: Vec<Json> = serde_json::from_str(text).unwrap_or_default();
    list.iter()
        .filter_map(|rule| {
            let when = match rule.get("when").and_then(Json::as_str) {
                Some(when) => Some(when.parse().ok()?),
                None => None,
            };
            let fill = match (rule.get("from").and_then(Json::as_str), rule.get("fill")) {
                (Some(path), _) => Fill::From(path.parse().ok()?),
                (None, Some(members)) => Fill::Members(members.clone()),
                (None, None) => Fill::Value(rule.get("value")?.clone()),
            };
            Some(Alternative { when, fill })
        })
        .collect()
}
