//! Encoding: fields of a message into the members of a document, by its descriptor. One place per rule of Go's encoder.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kubewright_model::desc::{Index, Member};
use kubewright_model::{Desc, desc::Hint};

use super::either;
use super::sink::Sink;
use super::text::float;
use crate::object::{List, Message, Value, with_values};

pub(super) fn message(message: &dyn Message, out: &mut Vec<u8>) {
    document(&message.descriptor().index().json_size, out, |sink| part(message, sink));
}

pub(super) fn object(message: &dyn Message, api_version: &str, kind: &str, out: &mut Vec<u8>) {
    let desc = message.descriptor();
    // The object's own kind and apiVersion come first and are not on the protobuf wire.
    let own = desc.fields.iter().take_while(|field| field.number == 0 && matches!(&*field.name, "kind" | "apiVersion")).count();
    document(&desc.index().json_size, out, |sink| {
        let start = sink.mark();
        sink.word(b",\"kind\":");
        sink.string(kind);
        sink.word(b",\"apiVersion\":");
        sink.string(api_version);
        fields(message, desc, own, sink);
        sink.close(start);
    });
}

fn document(size: &Hint, out: &mut Vec<u8>, write: impl FnOnce(&mut Sink<'_>)) {
    let start = out.len();
    out.reserve(size.get());
    let mut sink = Sink::new(out);
    write(&mut sink);
    sink.flush();
    size.note(out.len() - start);
}

fn part(message: &dyn Message, sink: &mut Sink<'_>) {
    let desc = message.descriptor();
    if desc.special.is_some() {
        if let Some(special) = message.special() {
            sink.special(special);
        }
        return;
    }
    if desc.either {
        return either::encode(message, desc, sink);
    }
    let start = sink.mark();
    fields(message, desc, 0, sink);
    sink.close(start);
}

fn fields(message: &dyn Message, desc: &Desc, from: usize, sink: &mut Sink<'_>) {
    let index = desc.index();
    with_values(message, desc, |values| {
        let (values, members) = (values.get(from..).unwrap_or_default(), index.members.get(from..).unwrap_or_default());
        for (value, member) in values.iter().zip(members) {
            match value {
                // Most fields of most objects.
                Value::None if member.omits_empty() => {}
                Value::Str(text) if text.is_empty() && member.omits_empty() && !member.is_optional() => {}
                value => field(*value, *member, index, sink),
            }
        }
    });
}

#[inline]
fn field(value: Value<'_>, member: Member, index: &Index, sink: &mut Sink<'_>) {
    // Lists, maps and bytes have no zero but nil.
    macro_rules! collection {
        ($value:ident, $write:expr) => {
            if $value.is_empty() {
                nil(member, index, sink);
            } else if sink.key(index, member) {
                $write;
            }
        };
    }
    // A set optional is written whatever it holds.
    macro_rules! scalar {
        ($is_zero:expr, $write:expr) => {
            if (!$is_zero || !member.omits_empty() || member.is_optional()) && sink.key(index, member) {
                $write;
            }
        };
    }
    match value {
        Value::None => nil(member, index, sink),
        Value::Str(text) => scalar!(text.is_empty(), sink.string(text)),
        Value::Msg(message) => {
            if member.is_inline() {
                fields(message, message.descriptor(), 0, sink);
            } else if !(member.omits_zero() && !member.is_optional() && is_zero(message)) && sink.key(index, member) {
                part(message, sink);
            }
        }
        Value::Bool(value) => scalar!(!value, boolean(value, sink)),
        Value::I64(value) => scalar!(value == 0, sink.integer(value)),
        Value::F64(value) => scalar!(value == 0.0, float(value, sink.rest())),
        Value::Bytes(bytes) if bytes.is_empty() && !member.is_optional() => nil(member, index, sink),
        Value::Bytes(bytes) => {
            if sink.key(index, member) {
                base64(bytes, sink.rest());
            }
        }
        Value::List(list) => collection!(list, messages(list, sink)),
        Value::Strs(list) => collection!(list, items(list, sink, |text, sink| sink.string(text))),
        Value::I32s(list) => collection!(list, items(list, sink, |value, sink| sink.integer(i64::from(*value)))),
        Value::I64s(list) => collection!(list, items(list, sink, |value, sink| sink.integer(*value))),
        Value::Bools(list) => collection!(list, items(list, sink, |value, sink| boolean(*value, sink))),
        Value::StrMap(map) => collection!(map, entries(map.iter(), sink, |text, sink| sink.string(text))),
        Value::StrsMap(map) => collection!(
            map,
            entries(map.iter(), sink, |list, sink| {
                if list.is_empty() { sink.word(b"null") } else { items(list, sink, |text, sink| sink.string(text)) }
            })
        ),
        Value::BytesMap(map) => collection!(map, entries(map.iter(), sink, |bytes, sink| base64(bytes, sink.rest()))),
        Value::Map(map) => collection!(map, entries(map.iter(), sink, |message, sink| part(*message, sink))),
    }
}

/// A value by itself. Maps and bytes never stand so.
pub(super) fn value(value: Value<'_>, sink: &mut Sink<'_>) {
    match value {
        Value::Msg(message) => part(message, sink),
        Value::List(list) => messages(list, sink),
        Value::Strs(list) => items(list, sink, |text, sink| sink.string(text)),
        Value::I32s(list) => items(list, sink, |value, sink| sink.integer(i64::from(*value))),
        Value::I64s(list) => items(list, sink, |value, sink| sink.integer(*value)),
        Value::Bools(list) => items(list, sink, |value, sink| boolean(*value, sink)),
        Value::Bool(value) => boolean(value, sink),
        Value::I64(value) => sink.integer(value),
        Value::F64(value) => float(value, sink.rest()),
        Value::Str(text) => sink.string(text),
        _ => sink.word(b"null"),
    }
}

fn messages(list: &dyn List, sink: &mut Sink<'_>) {
    for at in 0..list.len() {
        sink.byte(if at == 0 { b'[' } else { b',' });
        if let Some(item) = list.get(at) {
            part(item, sink);
        }
    }
    sink.byte(b']');
}

/// A field that is unset or has nothing in it.
#[inline]
fn nil(member: Member, index: &Index, sink: &mut Sink<'_>) {
    if !member.omits_empty() && sink.key(index, member) {
        sink.word(b"null");
    }
}

/// Whether a message is Go's zero value, which `omitzero` leaves out.
fn is_zero(part: &dyn Message) -> bool {
    if let Some(special) = part.special() {
        return special.is_zero();
    }
    let desc = part.descriptor();
    with_values(part, desc, |values| {
        values.iter().zip(&*desc.fields).all(|(value, field)| match value {
            Value::None => true,
            _ if field.optional => false,
            Value::Msg(part) => is_zero(*part),
            value => value.is_empty(),
        })
    })
}

fn boolean(value: bool, sink: &mut Sink<'_>) {
    if value { sink.word(b"true") } else { sink.word(b"false") }
}

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let start = out.len();
    out.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let written = STANDARD.encode_slice(bytes, &mut out[start..]).unwrap_or_default();
    out.truncate(start + written);
    out.push(b'"');
}

fn items<T>(list: &[T], sink: &mut Sink<'_>, write: impl Fn(&T, &mut Sink<'_>)) {
    for (at, item) in list.iter().enumerate() {
        sink.byte(if at == 0 { b'[' } else { b',' });
        write(item, sink);
    }
    sink.byte(b']');
}

fn entries<K: AsRef<str>, T>(map: impl Iterator<Item = (K, T)>, sink: &mut Sink<'_>, write: impl Fn(&T, &mut Sink<'_>)) {
    let start = sink.mark();
    for (key, value) in map {
        sink.byte(b',');
        sink.string(key.as_ref());
        sink.byte(b':');
        write(&value, sink);
    }
    sink.close(start);
}
