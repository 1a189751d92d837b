//! How each Rust type of a field is seen through the reflection contract.

use std::collections::BTreeMap;

use super::{ApiType, Bytes, Slot, Touch, Value};

/// A Rust type that can be a field of a message.
pub trait FieldAccess {
    /// What the field holds.
    fn value(&self) -> Value<'_>;
    /// Its place to decode into, or what is left of it once cleared; see [`Touch`].
    fn place(&mut self, touch: Touch) -> Slot<'_>;
}

macro_rules! scalars {
    ($($ty:ty, $slot:ident, |$x:ident| $value:expr;)*) => {$(
        impl FieldAccess for $ty {
            #[inline]
            fn value(&self) -> Value<'_> {
                let $x = self;
                $value
            }
            #[inline]
            fn place(&mut self, touch: Touch) -> Slot<'_> {
                if touch == Touch::Clear {
                    *self = Self::default();
                    return Slot::None;
                }
                Slot::$slot(self)
            }
        }

        impl FieldAccess for Option<$ty> {
            #[inline]
            fn value(&self) -> Value<'_> {
                match self {
                    Some($x) => $value,
                    None => Value::None,
                }
            }
            #[inline]
            fn place(&mut self, touch: Touch) -> Slot<'_> {
                if touch == Touch::Clear {
                    *self = None;
                    return Slot::None;
                }
                Slot::$slot(self.get_or_insert_default())
            }
        }
    )*};
}

scalars! {
    bool, Bool, |x| Value::Bool(*x);
    i32, I32, |x| Value::I64(i64::from(*x));
    i64, I64, |x| Value::I64(*x);
    f64, F64, |x| Value::F64(*x);
    String, Str, |x| Value::Str(x);
    Bytes, Bytes, |x| Value::Bytes(&x.0);
}

macro_rules! collections {
    ($($ty:ty, $variant:ident;)*) => {$(
        impl FieldAccess for $ty {
            #[inline]
            fn value(&self) -> Value<'_> {
                Value::$variant(self)
            }
            #[inline]
            fn place(&mut self, touch: Touch) -> Slot<'_> {
                if touch == Touch::Clear {
                    self.clear();
                    return Slot::None;
                }
                Slot::$variant(self)
            }
        }
    )*};
}

collections! {
    Vec<String>, Strs;
    Vec<i32>, I32s;
    Vec<i64>, I64s;
    Vec<bool>, Bools;
    BTreeMap<String, String>, StrMap;
    BTreeMap<String, Bytes>, BytesMap;
    BTreeMap<String, Vec<String>>, StrsMap;
}

impl<T: ApiType> FieldAccess for T {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Msg(self.unboxed())
    }
    #[inline]
    fn place(&mut self, touch: Touch) -> Slot<'_> {
        if touch == Touch::Clear {
            *self = T::default();
            return Slot::None;
        }
        Slot::Msg(self.unboxed_mut())
    }
}

impl<T: ApiType> FieldAccess for Option<T> {
    #[inline]
    fn value(&self) -> Value<'_> {
        match self {
            Some(message) => Value::Msg(message.unboxed()),
            None => Value::None,
        }
    }
    #[inline]
    fn place(&mut self, touch: Touch) -> Slot<'_> {
        if touch == Touch::Clear {
            *self = None;
            return Slot::None;
        }
        Slot::Msg(self.get_or_insert_default().unboxed_mut())
    }
}

impl<T: ApiType> FieldAccess for Vec<T> {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::List(self)
    }
    #[inline]
    fn place(&mut self, touch: Touch) -> Slot<'_> {
        if touch == Touch::Clear {
            self.clear();
            return Slot::None;
        }
        Slot::List(self)
    }
}

impl<T: ApiType> FieldAccess for BTreeMap<String, T> {
    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }
    #[inline]
    fn place(&mut self, touch: Touch) -> Slot<'_> {
        if touch == Touch::Clear {
            self.clear();
            return Slot::None;
        }
        Slot::Map(self)
    }
}
