//! Messages whose JSON is the value of one of their fields alone: a schema or a list of schemas, a flag or a schema.
//!
//! Source of the forms: the `JSONSchemaPropsOr...` types of apiextensions.

use kubewright_model::{Desc, Field, Shape, Type};

use super::encode::value;
use super::go;
use super::parser::{Parser, Read};
use super::sink::Sink;
use crate::object::{Message, Slot, Value, with_values};

impl Parser<'_> {
    /// The next value into the field it fits. What the message held is gone; an object sets the flag beside it.
    #[inline(never)]
    pub(super) fn either(&mut self, message: &mut dyn Message, desc: &Desc) -> Read {
        let next = self.peek();
        (0..desc.fields.len()).for_each(|at| message.clear(at));
        if self.null()? {
            return Ok(());
        }
        let Some(at) = desc.fields.iter().position(|field| fits(field, next)) else {
            return Err(self.mismatch(&go::message(desc)));
        };
        self.value(message.slot(at))?;
        for (at, _) in desc.fields.iter().enumerate().filter(|(_, field)| next == b'{' && fits(field, b't')) {
            if let Slot::Bool(flag) = message.slot(at) {
                *flag = true;
            }
        }
        Ok(())
    }
}

/// Whether a value that begins with this byte is one of the field's.
fn fits(field: &Field, next: u8) -> bool {
    match (field.shape, &field.ty) {
        (Shape::List, _) => next == b'[',
        (Shape::Map | Shape::MapOfLists, _) | (Shape::One, Type::Message(_)) => next == b'{',
        (Shape::One, Type::Bool) => matches!(next, b't' | b'f'),
        (Shape::One, Type::String | Type::Bytes) => next == b'"',
        (Shape::One, Type::I32 | Type::I64 | Type::F64) => matches!(next, b'-' | b'0'..=b'9'),
    }
}

/// The last field that is set, where a flag always is; `null` when none is.
#[inline(never)]
pub(super) fn encode(message: &dyn Message, desc: &Desc, sink: &mut Sink<'_>) {
    with_values(message, desc, |values| {
        match values.iter().rev().find(|value| matches!(value, Value::Bool(_) | Value::Msg(_)) || !value.is_empty()) {
            Some(found) => value(*found, sink),
            None => sink.word(b"null"),
        }
    });
}
