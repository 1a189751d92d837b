//! A boxed message is the message: optional parts are boxed to keep rare fields small, and nobody else should notice.

use kubewright_model::{Desc, Shared};

use super::{ApiType, Message, Object, Slot, Value};
use crate::codec::Special;

impl<T: ApiType> Message for Box<T> {
    fn descriptor(&self) -> &Desc {
        (**self).descriptor()
    }
    fn shared(&self) -> Shared<Desc> {
        (**self).shared()
    }
    fn values<'a>(&'a self, out: &mut [Value<'a>]) {
        (**self).values(out);
    }
    fn slot(&mut self, field: usize) -> Slot<'_> {
        (**self).slot(field)
    }
    fn clear(&mut self, field: usize) {
        (**self).clear(field);
    }
    fn boxed_clone(&self) -> Object {
        (**self).boxed_clone()
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
    fn unboxed(&self) -> &dyn Message {
        (**self).unboxed()
    }
    fn unboxed_mut(&mut self) -> &mut dyn Message {
        (**self).unboxed_mut()
    }
}
