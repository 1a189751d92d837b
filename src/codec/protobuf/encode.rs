//! Encoding: fields of a message by descending number, as the writer works back to front.

use kubewright_model::desc::Member;

use super::writer::Writer;
use crate::object::{Message, Value, with_values};

impl Writer {
    /// The fields of a message.
    pub fn message(&mut self, message: &dyn Message) {
        let desc = message.descriptor();
        if desc.special.is_some() {
            if let Some(special) = message.special() {
                special.write_protobuf(self);
            }
            return;
        }
        let index = desc.index();
        with_values(message, desc, |values| {
            for at in index.by_number.iter().rev().map(|(_, at)| usize::from(*at)) {
                // Most fields of most objects are unset.
                if let (Some(value), Some(member)) = (values.get(at), index.members.get(at))
                    && !matches!(value, Value::None)
                {
                    self.field(member.number, *value, *member);
                }
            }
        });
    }

    #[inline]
    fn field(&mut self, number: u32, value: Value<'_>, member: Member) {
        match value {
            Value::None => {}
            Value::Str(text) => self.bytes(number, text.as_bytes()),
            Value::Msg(part) => self.nested(number, part),
            Value::Bool(value) => self.integer(number, i64::from(value)),
            Value::I64(value) => self.integer(number, value),
            Value::F64(value) => self.double(number, value),
            Value::Bytes(bytes) => {
                if member.is_optional() || !bytes.is_empty() {
                    self.bytes(number, bytes);
                }
            }
            Value::List(list) => {
                for item in (0..list.len()).rev().filter_map(|at| list.get(at)) {
                    self.nested(number, item);
                }
            }
            Value::Strs(list) if member.is_wrapped() => {
                if !list.is_empty() {
                    self.wrapped(number, list);
                }
            }
            Value::Strs(list) => list.iter().rev().for_each(|text| self.bytes(number, text.as_bytes())),
            Value::I32s(list) => list.iter().rev().for_each(|value| self.integer(number, i64::from(*value))),
            Value::I64s(list) => list.iter().rev().for_each(|value| self.integer(number, *value)),
            Value::Bools(list) => list.iter().rev().for_each(|value| self.integer(number, i64::from(*value))),
            Value::StrMap(map) => {
                map.iter().rev().for_each(|(key, text)| self.entry(number, key, |writer| writer.bytes(2, text.as_bytes())));
            }
            Value::BytesMap(map) => map.iter().rev().for_each(|(key, bytes)| self.entry(number, key, |writer| writer.bytes(2, bytes))),
            Value::StrsMap(map) => map.iter().rev().for_each(|(key, list)| self.entry(number, key, |writer| writer.wrapped(2, list))),
            Value::Map(map) => map.iter().rev().for_each(|(key, part)| self.entry(number, key, |writer| writer.nested(2, part))),
        }
    }

    #[inline]
    fn nested(&mut self, number: u32, part: &dyn Message) {
        let mark = self.mark();
        self.message(part);
        self.close(number, mark);
    }

    /// A list that is a message of its own: `{1: repeated items}`.
    fn wrapped(&mut self, number: u32, list: &[String]) {
        let mark = self.mark();
        list.iter().rev().for_each(|text| self.bytes(1, text.as_bytes()));
        self.close(number, mark);
    }

    /// A map entry: key (1), then what `value` writes (2).
    #[inline]
    fn entry(&mut self, number: u32, key: &str, value: impl FnOnce(&mut Self)) {
        let mark = self.mark();
        value(self);
        self.bytes(1, key.as_bytes());
        self.close(number, mark);
    }
}
