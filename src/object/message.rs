//! What a generated or derived struct needs to be a [`Message`](super::Message): one macro, so that the structs stay plain data.

/// Makes a struct with an [`ApiType`](crate::object::ApiType) a message of the fields listed, in the order of its descriptor.
///
/// Gives it `Message`, and, through the engine, `Debug` (its JSON), `PartialEq` (semantic: an empty list equals an absent one),
/// `serde::Serialize` and `serde::Deserialize`.
#[macro_export]
macro_rules! message {
    ($ty:ident { $($field:ident),* $(,)? }) => {
        impl $crate::object::Message for $ty {
            fn descriptor(&self) -> &$crate::model::Desc {
                <$ty as $crate::object::ApiType>::desc()
            }
            fn shared(&self) -> $crate::model::Shared<$crate::model::Desc> {
                $crate::model::Shared::Static(<$ty as $crate::object::ApiType>::desc())
            }
            #[inline]
            fn values<'a>(&'a self, out: &mut [$crate::object::Value<'a>]) {
                if let Some(out) = out.first_chunk_mut() {
                    *out = [$($crate::object::FieldAccess::value(&self.$field)),*];
                }
            }
            #[allow(non_camel_case_types, dead_code)]
            fn slot(&mut self, __at: usize) -> $crate::object::Slot<'_> {
                enum At { $($field),* }
                $(if __at == At::$field as usize {
                    return $crate::object::FieldAccess::slot(&mut self.$field);
                })*
                $crate::object::Slot::None
            }
            #[allow(non_camel_case_types, dead_code)]
            fn clear(&mut self, __at: usize) {
                enum At { $($field),* }
                $(if __at == At::$field as usize {
                    $crate::object::FieldAccess::clear(&mut self.$field);
                })*
            }
            fn boxed_clone(&self) -> $crate::object::Object {
                ::std::boxed::Box::new(::std::clone::Clone::clone(self))
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
