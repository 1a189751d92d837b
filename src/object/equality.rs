//! Semantic equality of objects: an empty list or map equals an absent one, and quantities are equal when their amounts are.
//!
//! Source of the rules: apimachinery's `equality.Semantic`.

use std::any::Any;
use std::cmp::Ordering;

use super::{List, Map, Message, Object, Value, bridge, with_values};
use crate::special::Quantity;

/// Whether two objects of one type mean the same. Objects of types with different names never do.
pub fn equal(left: &dyn Message, right: &dyn Message) -> bool {
    let (left_desc, right_desc) = (left.descriptor(), right.descriptor());
    if !std::ptr::eq(left_desc, right_desc)
        && (left_desc.name != right_desc.name
            || left_desc.package != right_desc.package
            || left_desc.fields.len() != right_desc.fields.len())
    {
        return false;
    }
    if left_desc.special.is_some() {
        return special_equal(left, right);
    }
    with_values(left, left_desc, |left| {
        with_values(right, right_desc, |right| left.iter().zip(right).all(|(left, right)| value_equal(*left, *right)))
    })
}

fn special_equal(left: &dyn Message, right: &dyn Message) -> bool {
    let (any_left, any_right): (&dyn Any, &dyn Any) = (left, right);
    if let (Some(left), Some(right)) = (any_left.downcast_ref::<Quantity>(), any_right.downcast_ref::<Quantity>()) {
        return left == right;
    }
    let (Some(left), Some(right)) = (left.special(), right.special()) else { return false };
    let (mut left_json, mut right_json) = (Vec::new(), Vec::new());
    left.write_json(&mut left_json);
    right.write_json(&mut right_json);
    left_json == right_json
}

/// Whether two values of one field mean the same.
pub fn value_equal(left: Value<'_>, right: Value<'_>) -> bool {
    match (left, right) {
        (Value::None, other) | (other, Value::None) => absent(other),
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::I64(left), Value::I64(right)) => left == right,
        (Value::F64(left), Value::F64(right)) => left.to_bits() == right.to_bits() || left.partial_cmp(&right).is_some_and(Ordering::is_eq),
        (Value::Str(left), Value::Str(right)) => left == right,
        (Value::Bytes(left), Value::Bytes(right)) => left == right,
        (Value::Msg(left), Value::Msg(right)) => equal(left, right),
        (Value::Strs(left), Value::Strs(right)) => left == right,
        (Value::I32s(left), Value::I32s(right)) => left == right,
        (Value::I64s(left), Value::I64s(right)) => left == right,
        (Value::Bools(left), Value::Bools(right)) => left == right,
        (Value::List(left), Value::List(right)) => lists_equal(left, right),
        (Value::StrMap(left), Value::StrMap(right)) => left == right,
        (Value::StrsMap(left), Value::StrsMap(right)) => left == right,
        (Value::BytesMap(left), Value::BytesMap(right)) => left == right,
        (Value::Map(left), Value::Map(right)) => maps_equal(left, right),
        _ => false,
    }
}

/// Whether a value is as good as none: unset, or an empty list or map.
fn absent(value: Value<'_>) -> bool {
    !matches!(value, Value::Bool(_) | Value::I64(_) | Value::F64(_) | Value::Str(_) | Value::Bytes(_) | Value::Msg(_)) && value.is_empty()
}

fn lists_equal(left: &dyn List, right: &dyn List) -> bool {
    left.len() == right.len()
        && (0..left.len()).all(|at| match (left.get(at), right.get(at)) {
            (Some(left), Some(right)) => equal(left, right),
            _ => false,
        })
}

fn maps_equal(left: &dyn Map, right: &dyn Map) -> bool {
    left.len() == right.len() && left.iter().zip(right.iter()).all(|((a, left), (b, right))| a == b && equal(left, right))
}

impl PartialEq for dyn Message {
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for dyn Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        bridge::debug(self, f)
    }
}

impl Clone for Object {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}
