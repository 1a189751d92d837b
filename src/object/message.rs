//! What a generated or derived struct needs to be a [`Message`](super::Message): one macro, so that the structs stay plain data.

/// Makes a struct with an [`ApiType`](crate::object::ApiType) a message of the fields listed, in the order of its descriptor.
///
/// Gives it `Message`, and, through the engine, `Debug` (its JSON), `PartialEq` (semantic: an empty list equals an absent one),
/// `serde::Serialize` and `serde::Deserialize`.
#[macro_export]
macro_rules! message {
    ($ty:ident { $($field:ident),* $(,)? }) => {
        impl $crate::object::Message for $ty {
            #[inline]
            fn values<'a>(&'a self, out: &mut [$crate::object::Value<'a>]) {
                if let Some(out) = out.first_chunk_mut() {
                    *out = [$($crate::object::FieldAccess::value(&self.$field)),*];
                }
            }
            #[allow(unused_mut, unused_assignments, unused_variables)]
            fn place(&mut self, __touch: $crate::object::Touch, mut __at: usize) -> $crate::object::Slot<'_> {
                $(if __at == 0 {
                    return $crate::object::FieldAccess::place(&mut self.$field, __touch);
                }
                __at = __at.wrapping_sub(1);)*
                $crate::object::Slot::None
            }
        }
        $crate::message_traits!($ty);
    };
}

/// The traits that every message of the program has through the engine. Part of [`message!`]; not for use by itself.
#[doc(hidden)]
#[macro_export]
macro_rules! message_traits {
    ($ty:ident) => {
        impl ::std::fmt::Debug for $ty {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::object::bridge::debug(self, f)
            }
        }
        impl ::std::cmp::PartialEq for $ty {
            fn eq(&self, other: &Self) -> bool {
                $crate::object::equality::equal(self, other)
            }
        }
        impl $crate::object::bridge::serde::Serialize for $ty {
            fn serialize<S: $crate::object::bridge::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::object::bridge::serialize(self, serializer)
            }
        }
        impl<'de> $crate::object::bridge::serde::Deserialize<'de> for $ty {
            fn deserialize<D: $crate::object::bridge::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::object::bridge::deserialize(deserializer)
            }
        }
    };
}
