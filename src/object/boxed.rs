//! A boxed message is the message: optional parts are boxed to keep rare fields small, and nobody else should notice.

use kubewright_model::Desc;

use super::{ApiType, Message, Object, Slot, Touch, Value};
use crate::codec::Special;

impl<T: ApiType> Message for Box<T> {
    fn values<'a>(&'a self, out: &mut [Value<'a>]) {
        (**self).values(out);
    }
    fn place(&mut self, touch: Touch, field: usize) -> Slot<'_> {
        (**self).place(touch, field)
    }
    fn special(&self) -> Option<&dyn Special> {
        (**self).special()
    }
    fn special_mut(&mut self) -> Option<&mut dyn Special> {
        (**self).special_mut()
    }
}

impl<T: ApiType> ApiType for Box<T> {
    fn desc() -> &'static Desc {
        T::desc()
    }
    fn boxed() -> Object {
        T::boxed()
    }
    fn unboxed_clone(&self) -> Object {
        (**self).unboxed_clone()
    }
    fn unboxed(&self) -> &dyn Message {
        (**self).unboxed()
    }
    fn unboxed_mut(&mut self) -> &mut dyn Message {
        (**self).unboxed_mut()
    }
}
