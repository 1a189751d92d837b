//! The one part that every object has, and the program's own types for parts of dynamic objects.

use std::any::Any;

use kubewright_model::Desc;

use super::path::field;
use super::{ApiType, Message, Object, Slot, Value};
use crate::meta::v1::{ListMeta, ObjectMeta};

/// The metadata of an object; `None` when its type has none.
pub fn metadata(message: &dyn Message) -> Option<&ObjectMeta> {
    let at = message.descriptor().index().metadata?;
    match field(message, usize::from(at)) {
        Value::Msg(part) => (part as &dyn Any).downcast_ref(),
        _ => None,
    }
}

/// As [`metadata`], to change.
pub fn metadata_mut(message: &mut dyn Message) -> Option<&mut ObjectMeta> {
    let at = message.descriptor().index().metadata?;
    match message.slot(usize::from(at)) {
        Slot::Msg(part) => (part as &mut dyn Any).downcast_mut(),
        _ => None,
    }
}

/// An empty object of the program's own type for this descriptor, if it has one: metadata is the same type in every object.
pub(super) fn known(desc: &Desc) -> Option<Object> {
    let is = |own: &Desc| std::ptr::eq(own, desc) || (own.name == desc.name && own.package == desc.package);
    match &*desc.name {
        "ObjectMeta" if is(ObjectMeta::desc()) => Some(ObjectMeta::boxed()),
        "ListMeta" if is(ListMeta::desc()) => Some(ListMeta::boxed()),
        _ => None,
    }
}
