//! The items of an old list by their keys.

use std::any::Any;
use std::collections::HashMap;

use kubewright_model::Field;

use crate::object::path::{self, Path};
use crate::object::{List, Message, Value, equality};
use crate::special::Quantity;

/// Finds the item with the same keys in the old list, without walking it for each item of the new one.
pub(super) struct Counterparts<'a> {
    old: &'a dyn List,
    keys: Vec<Path>,
    /// Positions in `old` by what equal keys have in common.
    places: HashMap<Vec<Part<'a>>, Vec<usize>>,
}

/// What equal values have in common. Values that differ may share it too.
#[derive(PartialEq, Eq, Hash)]
enum Part<'a> {
    Absent,
    Bool(bool),
    I64(i64),
    /// By its bits; the two zeros are one.
    F64(u64),
    Str(&'a str),
    Bytes(&'a [u8]),
    Quantity(&'a Quantity),
    /// Other types with a form of their own.
    Json(Vec<u8>),
    Other,
}

impl<'a> Counterparts<'a> {
    /// `None` when the field was no list or its items have no keys.
    pub(super) fn of(old: Option<Value<'a>>, field: &Field) -> Option<Self> {
        let Some(Value::List(old)) = old else { return None };
        let keys: Vec<Path> = field.keys().map(|key| key.parse().ok()).collect::<Option<_>>()?;
        if keys.is_empty() {
            return None;
        }
        let mut places: HashMap<_, Vec<usize>> = HashMap::with_capacity(old.len());
        for at in 0..old.len() {
            if let Some(parts) = old.get(at).and_then(|item| parts(item, &keys)) {
                places.entry(parts).or_default().push(at);
            }
        }
        Some(Self { old, keys, places })
    }

    /// The first item of the old list that has the same keys.
    pub(super) fn find(&self, item: &dyn Message) -> Option<&'a dyn Message> {
        let places = self.places.get(&parts(item, &self.keys)?)?;
        places.iter().filter_map(|at| self.old.get(*at)).find(|candidate| self.alike(item, *candidate))
    }

    fn alike(&self, left: &dyn Message, right: &dyn Message) -> bool {
        self.keys.iter().all(|key| match (path::get(left, key), path::get(right, key)) {
            (Some(left), Some(right)) => equality::value_equal(left, right),
            _ => false,
        })
    }
}

/// `None` when the item lacks a key.
fn parts<'a>(item: &'a dyn Message, keys: &[Path]) -> Option<Vec<Part<'a>>> {
    keys.iter().map(|key| path::get(item, key).map(part)).collect()
}

fn part(value: Value<'_>) -> Part<'_> {
    match value {
        Value::Bool(value) => Part::Bool(value),
        Value::I64(value) => Part::I64(value),
        Value::F64(value) => Part::F64((value + 0.0).to_bits()),
        Value::Str(text) => Part::Str(text),
        Value::Bytes(bytes) => Part::Bytes(bytes),
        Value::Msg(message) => {
            let any: &dyn Any = message;
            match (any.downcast_ref(), message.special()) {
                (Some(quantity), _) => Part::Quantity(quantity),
                (None, Some(special)) => {
                    let mut json = Vec::new();
                    special.write_json(&mut json);
                    Part::Json(json)
                }
                (None, None) => Part::Other,
            }
        }
        value if value.is_empty() => Part::Absent,
        _ => Part::Other,
    }
}
