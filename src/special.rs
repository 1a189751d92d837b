//! Types with wire forms of their own: Time, Quantity, IntOrString and the like. Source of the forms: apimachinery's types of the same names.

mod duration;
mod group_version;
mod int_or_string;
mod quantity;
mod raw;
#[cfg(test)]
mod tests;
mod time;

use kubewright_model::desc::Special as Kind;

pub use duration::Duration;
pub use group_version::GroupVersion;
pub use int_or_string::IntOrString;
pub use quantity::Quantity;
pub use raw::{FieldsV1, Json, RawExtension};
pub use time::{MicroTime, Time};

use crate::object::{ApiType, Object};

/// Makes a type with a `codec::Special` a message. Its descriptor: protobuf package and prefix of the OpenAPI name, both below the roots.
macro_rules! special {
    ($ty:ident, $name:literal, $kind:ident, $package:literal, $openapi:literal) => {
        impl $crate::object::ApiType for $ty {
            fn desc() -> &'static kubewright_model::Desc {
                static DESC: kubewright_model::Desc =
                    kubewright_model::Desc::special($name, $package, $openapi, kubewright_model::Special::$kind);
                &DESC
            }
        }

        impl $crate::object::Message for $ty {
            fn values<'a>(&'a self, _out: &mut [$crate::object::Value<'a>]) {}
            fn place(&mut self, _touch: $crate::object::Touch, _field: usize) -> $crate::object::Slot<'_> {
                $crate::object::Slot::None
            }
            fn special(&self) -> Option<&dyn $crate::codec::Special> {
                Some(self)
            }
            fn special_mut(&mut self) -> Option<&mut dyn $crate::codec::Special> {
                Some(self)
            }
        }

        impl serde::Serialize for $ty {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::object::bridge::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::object::bridge::deserialize(deserializer)
            }
        }
    };
}
use special;

/// An empty value of a special type.
pub(crate) fn empty(kind: Kind) -> Object {
    match kind {
        Kind::Time => Time::boxed(),
        Kind::MicroTime => MicroTime::boxed(),
        Kind::Duration => Duration::boxed(),
        Kind::Quantity => Quantity::boxed(),
        Kind::IntOrString => IntOrString::boxed(),
        Kind::RawExtension => RawExtension::boxed(),
        Kind::FieldsV1 => FieldsV1::boxed(),
        Kind::Json => Json::boxed(),
        Kind::GroupVersion => GroupVersion::boxed(),
    }
}
