//! What differs between two sides: a flat list, of which nobody has yet said whether it matters.

use serde_json::Value;

use super::side::{Item, Side, What};
use crate::source::Span;

/// One difference.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What it is about.
    pub what: What,
    /// Key of the fact that differs; empty where the item itself came or went.
    pub key: &'a str,
    /// The older item.
    pub old: Option<&'a Item>,
    /// The newer item.
    pub new: Option<&'a Item>,
}

const NULL: &Value = &Value::Null;

impl<'a> Change<'a> {
    /// The item that it is about, as it is now where it still is.
    pub fn item(&self) -> Option<&'a Item> {
        self.new.or(self.old)
    }

    /// Whether an item of a sort went.
    pub fn gone(&self, what: What) -> bool {
        self.what == what && self.new.is_none()
    }

    /// Whether an item of a sort came.
    pub fn came(&self, what: What) -> bool {
        self.what == what && self.old.is_none()
    }

    /// Whether one of some facts of a sort of item differs.
    pub fn of(&self, what: What, keys: &[&str]) -> bool {
        self.what == what && keys.contains(&self.key)
    }

    /// What the fact was.
    pub fn before(&self) -> &'a Value {
        self.old.filter(|_| !self.key.is_empty()).map_or(NULL, |item| item.value(self.key))
    }

    /// What the fact is.
    pub fn after(&self) -> &'a Value {
        self.new.filter(|_| !self.key.is_empty()).map_or(NULL, |item| item.value(self.key))
    }

    /// The fact was not there.
    pub fn added(&self) -> bool {
        self.before().is_null() && !self.after().is_null()
    }

    /// The fact is no longer there.
    pub fn dropped(&self) -> bool {
        !self.before().is_null() && self.after().is_null()
    }

    /// The fact was a number and is a greater one.
    pub fn raised(&self) -> bool {
        matches!((self.before().as_f64(), self.after().as_f64()), (Some(before), Some(after)) if after > before)
    }

    /// The fact was a number and is a lesser one.
    pub fn lowered(&self) -> bool {
        matches!((self.before().as_f64(), self.after().as_f64()), (Some(before), Some(after)) if after < before)
    }

    /// Values of a list that are no longer there.
    pub fn lost(&self) -> Vec<&'a Value> {
        without(self.before(), self.after())
    }

    /// Values of a list that were not there.
    pub fn gained(&self) -> Vec<&'a Value> {
        without(self.after(), self.before())
    }

    /// Place in the older side.
    pub fn before_place(&self) -> Option<Span> {
        self.old.map(|item| item.place(self.key))
    }

    /// Place in the newer side.
    pub fn after_place(&self) -> Option<Span> {
        self.new.map(|item| item.place(self.key))
    }
}

/// Items of one list that are not in the other.
fn without<'a>(list: &'a Value, other: &Value) -> Vec<&'a Value> {
    let others = other.as_array().map(Vec::as_slice).unwrap_or_default();
    list.as_array().into_iter().flatten().filter(|value| !others.contains(value)).collect()
}

/// Everything that differs. Parts of what came or went as a whole are not told of.
pub fn changes<'a>(old: &'a Side, new: &'a Side) -> Vec<Change<'a>> {
    let mut found = Vec::new();
    for before in old.items.values() {
        match new.same(before) {
            Some(after) if after.what == before.what => facts(before, after, &mut found),
            _ if has_parent(before, new) => found.push(Change { what: before.what, key: "", old: Some(before), new: None }),
            _ => {}
        }
    }
    let unlike = |item: &Item| old.same(item).is_none_or(|other| other.what != item.what);
    let came = new.items.values().filter(|item| unlike(item) && has_parent(item, old));
    found.extend(came.map(|item| Change { what: item.what, key: "", old: None, new: Some(item) }));
    found
}

/// Whether the other side has what an item is part of. A type that no kind shows goes with what showed it.
fn has_parent(item: &Item, other: &Side) -> bool {
    item.parent.is_empty() || other.item(&item.set, &item.parent).is_some()
}

fn facts<'a>(before: &'a Item, after: &'a Item, found: &mut Vec<Change<'a>>) {
    let gone = before.facts.keys().filter(|key| after.value(key).is_null() && !before.value(key).is_null());
    let here = after.facts.keys().filter(|key| before.value(key) != after.value(key));
    let mut keys: Vec<&str> = gone.chain(here).map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    found.extend(keys.into_iter().map(|key| Change { what: before.what, key, old: Some(before), new: Some(after) }));
}
