//! Objects whose type is only a descriptor: custom resources, and kinds a program was not compiled with.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use kubewright_model::{Desc, Field, Ref, Shape, Shared, Type};

use super::{Bytes, List, Map, Message, Object, Slot, Value, bridge, equality, metadata};
use crate::special;

/// A message of any descriptor. Parts with a type in the program (Time, Quantity, ObjectMeta, ...) are of that type.
pub struct Dyn {
    desc: Shared<Desc>,
    fields: Box<[Held]>,
}

/// What a field holds. Maps are boxed so that the many scalars stay small.
#[allow(clippy::box_collection)]
enum Held {
    None,
    Bool(bool),
    I32(i32),
    I64(i64),
    F64(f64),
    Str(String),
    Bytes(Bytes),
    Msg(Object),
    Strs(Vec<String>),
    I32s(Vec<i32>),
    I64s(Vec<i64>),
    Bools(Vec<bool>),
    List(Box<DynList>),
    StrMap(Box<BTreeMap<String, String>>),
    StrsMap(Box<BTreeMap<String, Vec<String>>>),
    BytesMap(Box<BTreeMap<String, Bytes>>),
    Map(Box<DynMap>),
}

impl Dyn {
    /// An empty object of a type of the program.
    pub fn of(desc: &'static Desc) -> Self {
        Self::new(Shared::Static(desc))
    }

    /// An empty object of a type made at run time.
    pub fn made(desc: Arc<Desc>) -> Self {
        Self::new(Shared::Made(desc))
    }

    /// An empty object. What is not optional exists from the start, everything else on demand.
    pub fn new(desc: Shared<Desc>) -> Self {
        let fields = desc.fields.iter().map(initial).collect();
        Self { desc, fields }
    }
}

fn initial(field: &Field) -> Held {
    if field.optional || field.shape != Shape::One { Held::None } else { created(field) }
}

fn created(field: &Field) -> Held {
    match (field.shape, &field.ty) {
        (Shape::One, Type::Bool) => Held::Bool(false),
        (Shape::One, Type::I32) => Held::I32(0),
        (Shape::One, Type::I64) => Held::I64(0),
        (Shape::One, Type::F64) => Held::F64(0.0),
        (Shape::One, Type::String) => Held::Str(String::new()),
        (Shape::One, Type::Bytes) => Held::Bytes(Bytes::default()),
        (Shape::One, Type::Message(part)) => Held::Msg(empty(&shared(part))),
        (Shape::List, Type::Message(part)) => Held::List(Box::new(DynList { desc: shared(part), items: Vec::new() })),
        (Shape::List, Type::I32) => Held::I32s(Vec::new()),
        (Shape::List, Type::I64) => Held::I64s(Vec::new()),
        (Shape::List, Type::Bool) => Held::Bools(Vec::new()),
        (Shape::List, _) => Held::Strs(Vec::new()),
        (Shape::Map, Type::Message(part)) => Held::Map(Box::new(DynMap { desc: shared(part), entries: BTreeMap::new() })),
        (Shape::Map, Type::Bytes) => Held::BytesMap(Box::default()),
        (Shape::Map, _) => Held::StrMap(Box::default()),
        (Shape::MapOfLists, _) => Held::StrsMap(Box::default()),
    }
}

/// The type a reference stands for; a type without fields when only its name is known.
fn shared(part: &Ref) -> Shared<Desc> {
    static UNKNOWN: Desc = Desc::new("", "", "", &[]);
    match part {
        Ref::Static(desc) => Shared::Static(desc()),
        Ref::Shared(desc) => Shared::Made(Arc::clone(desc)),
        Ref::Named(_) => Shared::Static(&UNKNOWN),
    }
}

/// An empty object of a type, of the program's own type where there is one.
fn empty(desc: &Shared<Desc>) -> Object {
    if let Some(special) = desc.special {
        return special::empty(special);
    }
    metadata::known(desc).unwrap_or_else(|| Box::new(Dyn::new(desc.clone())))
}

impl Message for Dyn {
    fn descriptor(&self) -> &Desc {
        &self.desc
    }
    fn shared(&self) -> Shared<Desc> {
        self.desc.clone()
    }
    fn values<'a>(&'a self, out: &mut [Value<'a>]) {
        for (out, held) in out.iter_mut().zip(&self.fields) {
            *out = held.value();
        }
    }
    fn slot(&mut self, field: usize) -> Slot<'_> {
        let (Some(held), Some(described)) = (self.fields.get_mut(field), self.desc.fields.get(field)) else {
            return Slot::None;
        };
        if matches!(held, Held::None) {
            *held = created(described);
        }
        held.slot()
    }
    fn clear(&mut self, field: usize) {
        if let (Some(held), Some(described)) = (self.fields.get_mut(field), self.desc.fields.get(field)) {
            *held = initial(described);
        }
    }
    fn boxed_clone(&self) -> Object {
        Box::new(self.clone())
    }
}

impl Held {
    #[inline]
    fn value(&self) -> Value<'_> {
        match self {
            Self::None => Value::None,
            Self::Bool(value) => Value::Bool(*value),
            Self::I32(value) => Value::I64(i64::from(*value)),
            Self::I64(value) => Value::I64(*value),
            Self::F64(value) => Value::F64(*value),
            Self::Str(value) => Value::Str(value),
            Self::Bytes(value) => Value::Bytes(value),
            Self::Msg(value) => Value::Msg(&**value),
            Self::Strs(value) => Value::Strs(value),
            Self::I32s(value) => Value::I32s(value),
            Self::I64s(value) => Value::I64s(value),
            Self::Bools(value) => Value::Bools(value),
            Self::List(value) => Value::List(&**value),
            Self::StrMap(value) => Value::StrMap(value),
            Self::StrsMap(value) => Value::StrsMap(value),
            Self::BytesMap(value) => Value::BytesMap(value),
            Self::Map(value) => Value::Map(&**value),
        }
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        match self {
            Self::None => Slot::None,
            Self::Bool(value) => Slot::Bool(value),
            Self::I32(value) => Slot::I32(value),
            Self::I64(value) => Slot::I64(value),
            Self::F64(value) => Slot::F64(value),
            Self::Str(value) => Slot::Str(value),
            Self::Bytes(value) => Slot::Bytes(value),
            Self::Msg(value) => Slot::Msg(&mut **value),
            Self::Strs(value) => Slot::Strs(value),
            Self::I32s(value) => Slot::I32s(value),
            Self::I64s(value) => Slot::I64s(value),
            Self::Bools(value) => Slot::Bools(value),
            Self::List(value) => Slot::List(&mut **value),
            Self::StrMap(value) => Slot::StrMap(value),
            Self::StrsMap(value) => Slot::StrsMap(value),
            Self::BytesMap(value) => Slot::BytesMap(value),
            Self::Map(value) => Slot::Map(&mut **value),
        }
    }
}

impl Clone for Held {
    fn clone(&self) -> Self {
        match self {
            Self::None => Self::None,
            Self::Bool(value) => Self::Bool(*value),
            Self::I32(value) => Self::I32(*value),
            Self::I64(value) => Self::I64(*value),
            Self::F64(value) => Self::F64(*value),
            Self::Str(value) => Self::Str(value.clone()),
            Self::Bytes(value) => Self::Bytes(value.clone()),
            Self::Msg(value) => Self::Msg(value.boxed_clone()),
            Self::Strs(value) => Self::Strs(value.clone()),
            Self::I32s(value) => Self::I32s(value.clone()),
            Self::I64s(value) => Self::I64s(value.clone()),
            Self::Bools(value) => Self::Bools(value.clone()),
            Self::List(value) => Self::List(value.clone()),
            Self::StrMap(value) => Self::StrMap(value.clone()),
            Self::StrsMap(value) => Self::StrsMap(value.clone()),
            Self::BytesMap(value) => Self::BytesMap(value.clone()),
            Self::Map(value) => Self::Map(value.clone()),
        }
    }
}

impl Clone for Dyn {
    fn clone(&self) -> Self {
        Self { desc: self.desc.clone(), fields: self.fields.clone() }
    }
}

impl fmt::Debug for Dyn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        bridge::debug(self, f)
    }
}

impl PartialEq for Dyn {
    fn eq(&self, other: &Self) -> bool {
        equality::equal(self, other)
    }
}

/// A list of objects of one type.
#[derive(Clone)]
struct DynList {
    desc: Shared<Desc>,
    items: Vec<Object>,
}

impl List for DynList {
    fn len(&self) -> usize {
        self.items.len()
    }
    fn get(&self, at: usize) -> Option<&dyn Message> {
        self.items.get(at).map(|item| &**item)
    }
    fn get_mut(&mut self, at: usize) -> Option<&mut dyn Message> {
        match self.items.get_mut(at) {
            Some(item) => Some(&mut **item),
            None => None,
        }
    }
    fn reserve(&mut self, items: usize) {
        self.items.reserve_exact(items);
    }
    fn push(&mut self) -> &mut dyn Message {
        if self.items.capacity() == 0 {
            self.items.reserve_exact(1);
        }
        &mut **self.items.push_mut(empty(&self.desc))
    }
    fn remove(&mut self, at: usize) {
        if at < self.items.len() {
            self.items.remove(at);
        }
    }
}

/// A map from text to objects of one type.
#[derive(Clone)]
struct DynMap {
    desc: Shared<Desc>,
    entries: BTreeMap<String, Object>,
}

impl Map for DynMap {
    fn len(&self) -> usize {
        self.entries.len()
    }
    fn iter<'a>(&'a self) -> Box<dyn DoubleEndedIterator<Item = (&'a str, &'a dyn Message)> + 'a> {
        Box::new(self.entries.iter().map(|(key, value)| (key.as_str(), &**value)))
    }
    fn iter_mut<'a>(&'a mut self) -> Box<dyn Iterator<Item = (&'a str, &'a mut dyn Message)> + 'a> {
        Box::new(self.entries.iter_mut().map(|(key, value)| (key.as_str(), &mut **value)))
    }
    fn get(&self, key: &str) -> Option<&dyn Message> {
        self.entries.get(key).map(|value| &**value)
    }
    fn entry(&mut self, key: String) -> &mut dyn Message {
        let desc = &self.desc;
        &mut **self.entries.entry(key).or_insert_with(|| empty(desc))
    }
    fn remove(&mut self, key: &str) {
        self.entries.remove(key);
    }
}
