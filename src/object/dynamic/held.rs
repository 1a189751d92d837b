//! What a field of a dynamic object holds.

use std::collections::BTreeMap;

use kubewright_model::{Field, Shape, Type};

use super::container::{DynList, DynMap};
use super::{empty, shared};
use crate::object::{Bytes, Object, Slot, Value};

/// What a field holds. Maps are boxed so that the many scalars stay small.
#[allow(clippy::box_collection)]
pub(super) enum Held {
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

/// What a field holds that is there, but has nothing in it.
pub(super) fn created(field: &Field) -> Held {
    match (field.shape, &field.ty) {
        (Shape::One, Type::Bool) => Held::Bool(false),
        (Shape::One, Type::I32) => Held::I32(0),
        (Shape::One, Type::I64) => Held::I64(0),
        (Shape::One, Type::F64) => Held::F64(0.0),
        (Shape::One, Type::String) => Held::Str(String::new()),
        (Shape::One, Type::Bytes) => Held::Bytes(Bytes::default()),
        (Shape::One, Type::Message(part)) => Held::Msg(empty(&shared(part))),
        (Shape::List, Type::Message(part)) => Held::List(Box::new(DynList::new(shared(part)))),
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

impl Held {
    #[inline]
    pub(super) fn value(&self) -> Value<'_> {
        match self {
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
    pub(super) fn slot(&mut self) -> Slot<'_> {
        match self {
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
