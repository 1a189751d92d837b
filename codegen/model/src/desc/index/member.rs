//! A field as the codecs need it: packed, so that a wide type stays within a few lines of the processor's cache.

use crate::desc::{Field, Omit, Shape, Type};

const OMIT_EMPTY: u8 = 1;
const OMIT_ZERO: u8 = 2;
const OPTIONAL: u8 = 4;
const INLINE: u8 = 8;
const WRAPPED: u8 = 16;
const NULLABLE: u8 = 32;

/// What a field holds that was never set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    /// Nothing: optionals, lists, maps, and messages, which are there or not.
    None,
    /// `false`.
    Bool,
    /// 0, of either width.
    Integer,
    /// 0.0.
    Double,
    /// No text.
    Text,
    /// No bytes.
    Bytes,
}

impl Zero {
    fn of(field: &Field) -> Self {
        match field.ty {
            _ if field.optional || field.shape != Shape::One => Self::None,
            Type::Bool => Self::Bool,
            Type::I32 | Type::I64 => Self::Integer,
            Type::F64 => Self::Double,
            Type::String => Self::Text,
            Type::Bytes => Self::Bytes,
            Type::Message(_) => Self::None,
        }
    }
}

/// What the codecs need of a field.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Protobuf number; 0 when the field is not on the protobuf wire.
    pub number: u32,
    /// Where its key starts among the written keys of the type.
    start: u32,
    length: u16,
    flags: u8,
    zero: Zero,
}

impl Member {
    /// Appends the key as it is written to the keys of the type.
    pub(super) fn new(field: &Field, keys: &mut Vec<u8>) -> Self {
        let start = keys.len();
        if !field.inline && !field.no_json {
            keys.extend_from_slice(format!(",\"{}\":", field.name).as_bytes());
        }
        let one = field.shape == Shape::One;
        let own_form = || field.element().and_then(crate::desc::Ref::desc).is_some_and(|part| part.special.is_some() || part.either);
        let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
        let flags = flag(field.omit != Omit::Never, OMIT_EMPTY)
            | flag(field.omit == Omit::Zero, OMIT_ZERO)
            | flag(field.optional && one, OPTIONAL)
            | flag(field.inline, INLINE)
            | flag(field.wrapped, WRAPPED)
            | flag(field.optional || !one || own_form(), NULLABLE);
        let narrow = |number: usize| u32::try_from(number).unwrap_or_default();
        Self { number: field.number, start: narrow(start), length: narrow(keys.len() - start) as u16, flags, zero: Zero::of(field) }
    }

    /// Where its key lies among the written keys of the type; `None` when it has none of its own.
    #[inline]
    pub fn key(self) -> Option<std::ops::Range<usize>> {
        let start = self.start as usize;
        (self.length > 0).then_some(start..start + usize::from(self.length))
    }

    /// What it holds when it was never set.
    #[inline]
    pub fn zero(self) -> Zero {
        self.zero
    }

    /// JSON leaves it out when empty or unset.
    #[inline]
    pub fn omits_empty(self) -> bool {
        self.flags & OMIT_EMPTY != 0
    }

    /// JSON leaves it out when it is a message of Go's zero value, too.
    #[inline]
    pub fn omits_zero(self) -> bool {
        self.flags & OMIT_ZERO != 0
    }

    /// Unset can be told from the zero value.
    #[inline]
    pub fn is_optional(self) -> bool {
        self.flags & OPTIONAL != 0
    }

    /// Its own fields appear in the parent's JSON object.
    #[inline]
    pub fn is_inline(self) -> bool {
        self.flags & INLINE != 0
    }

    /// The list is a message of its own in protobuf.
    #[inline]
    pub fn is_wrapped(self) -> bool {
        self.flags & WRAPPED != 0
    }

    /// `null` unsets it, as Go's pointers, lists, maps and types with their own form; everything else it leaves alone.
    #[inline]
    pub fn is_nullable(self) -> bool {
        self.flags & NULLABLE != 0
    }
}
