//! Room for the values of one message: on the stack by size class, on the heap for the few types with more than 64 fields.

use kubewright_model::Desc;

use super::{Message, Value};

/// Calls `read` with the values of all fields of a message that has the descriptor.
#[inline]
pub(crate) fn with_values<'a, R>(message: &'a dyn Message, desc: &Desc, read: impl FnOnce(&[Value<'a>]) -> R) -> R {
    let count = desc.fields.len();
    macro_rules! classes {
        ($($size:literal)*) => {$(
            if count <= $size {
                let mut values = [Value::None; $size];
                message.values(&mut values);
                return read(values.get(..count).unwrap_or_default());
            }
        )*};
    }
    classes!(8 16 32 64);
    let mut values = vec![Value::None; count];
    message.values(&mut values);
    read(&values)
}
