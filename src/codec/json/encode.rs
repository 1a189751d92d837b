//! Encoding: fields of a message into the members of a document, by its descriptor. One place per rule of Go's encoder.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kubewright_model::{Desc, Field, Omit, Shape};

use super::either;
use super::text::{float, integer, string};
use crate::object::{List, Message, Value, with_values};

pub(super) fn message(message: &dyn Message, out: &mut Vec<u8>) {
    let desc = message.descriptor();
    if desc.special.is_some() {
        if let Some(special) = message.special() {
            special.write_json(out);
        }
        return;
    }
    if desc.either {
        return either::encode(message, desc, out);
    }
    let start = out.len();
    fields(message, desc, 0, out);
    close(start, out);
}

pub(super) fn object(message: &dyn Message, api_version: &str, kind: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(b",\"kind\":");
    string(kind, out);
    out.extend_from_slice(b",\"apiVersion\":");
    string(api_version, out);
    let desc = message.descriptor();
    // The object's own kind and apiVersion come first and are not on the protobuf wire.
    let own = desc.fields.iter().take_while(|field| field.number == 0 && matches!(&*field.name, "kind" | "apiVersion")).count();
    fields(message, desc, own, out);
    close(start, out);
}

/// Every member starts with a comma; the first one makes room for the brace.
fn close(start: usize, out: &mut Vec<u8>) {
    match out.get_mut(start) {
        Some(comma) => {
            *comma = b'{';
            out.push(b'}');
        }
        None => out.extend_from_slice(b"{}"),
    }
}

/// A value by itself. Maps and bytes never stand so.
pub(super) fn value(value: Value<'_>, out: &mut Vec<u8>) {
    match value {
        Value::Msg(part) => message(part, out),
        Value::List(list) => messages(list, out),
        Value::Strs(list) => items(list, out, |text, out| string(text, out)),
        Value::I32s(list) => items(list, out, |value, out| integer(i64::from(*value), out)),
        Value::I64s(list) => items(list, out, |value, out| integer(*value, out)),
        Value::Bools(list) => items(list, out, |value, out| boolean(*value, out)),
        Value::Bool(value) => boolean(value, out),
        Value::I64(value) => integer(value, out),
        Value::F64(value) => float(value, out),
        Value::Str(text) => string(text, out),
        _ => out.extend_from_slice(b"null"),
    }
}

fn messages(list: &dyn List, out: &mut Vec<u8>) {
    for at in 0..list.len() {
        out.push(if at == 0 { b'[' } else { b',' });
        if let Some(item) = list.get(at) {
            message(item, out);
        }
    }
    end_of_list(list.is_empty(), out);
}

fn fields(message: &dyn Message, desc: &Desc, from: usize, out: &mut Vec<u8>) {
    let written = &desc.index().written;
    with_values(message, desc, |values| {
        for ((value, described), key) in values.iter().zip(&*desc.fields).zip(written).skip(from) {
            field(*value, described, key, out);
        }
    });
}

#[inline]
fn field(value: Value<'_>, field: &Field, key: &[u8], out: &mut Vec<u8>) {
    if key.is_empty() {
        if let (true, Value::Msg(part)) = (field.inline, value) {
            fields(part, part.descriptor(), 0, out);
        }
        return;
    }
    // Lists, maps and bytes have no zero but nil; a set optional is written whatever it holds.
    let nil_when_empty = !matches!(value, Value::Bool(_) | Value::I64(_) | Value::F64(_) | Value::Str(_) | Value::Msg(_) | Value::None);
    macro_rules! omit_if {
        ($empty:expr) => {
            if $empty && !(field.optional && field.shape == Shape::One) {
                if field.omit != Omit::Never {
                    return;
                }
                if nil_when_empty {
                    out.extend_from_slice(key);
                    out.extend_from_slice(b"null");
                    return;
                }
            }
            out.extend_from_slice(key);
        };
    }
    match value {
        Value::None => {
            if field.omit == Omit::Never {
                out.extend_from_slice(key);
                out.extend_from_slice(b"null");
            }
        }
        Value::Str(text) => {
            omit_if!(text.is_empty());
            string(text, out);
        }
        Value::Msg(part) => {
            if field.omit == Omit::Zero && !field.optional && is_zero(part) {
                return;
            }
            out.extend_from_slice(key);
            message(part, out);
        }
        Value::Bool(value) => {
            omit_if!(!value);
            boolean(value, out);
        }
        Value::I64(value) => {
            omit_if!(value == 0);
            integer(value, out);
        }
        Value::F64(value) => {
            omit_if!(value == 0.0);
            float(value, out);
        }
        Value::Bytes(bytes) => {
            omit_if!(bytes.is_empty());
            base64(bytes, out);
        }
        Value::List(list) => {
            omit_if!(list.is_empty());
            messages(list, out);
        }
        Value::Strs(list) => {
            omit_if!(list.is_empty());
            items(list, out, |text, out| string(text, out));
        }
        Value::I32s(list) => {
            omit_if!(list.is_empty());
            items(list, out, |value, out| integer(i64::from(*value), out));
        }
        Value::I64s(list) => {
            omit_if!(list.is_empty());
            items(list, out, |value, out| integer(*value, out));
        }
        Value::Bools(list) => {
            omit_if!(list.is_empty());
            items(list, out, |value, out| boolean(*value, out));
        }
        Value::StrMap(map) => {
            omit_if!(map.is_empty());
            entries(map.iter(), out, |text, out| string(text, out));
        }
        Value::StrsMap(map) => {
            omit_if!(map.is_empty());
            entries(map.iter(), out, |list, out| {
                if list.is_empty() { out.extend_from_slice(b"null") } else { items(list, out, |text, out| string(text, out)) }
            });
        }
        Value::BytesMap(map) => {
            omit_if!(map.is_empty());
            entries(map.iter(), out, |bytes, out| base64(bytes, out));
        }
        Value::Map(map) => {
            omit_if!(map.is_empty());
            entries(map.iter(), out, |part, out| message(*part, out));
        }
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

fn boolean(value: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if value { b"true" } else { b"false" });
}

fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let start = out.len();
    out.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let written = STANDARD.encode_slice(bytes, &mut out[start..]).unwrap_or_default();
    out.truncate(start + written);
    out.push(b'"');
}

fn items<T>(list: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    for (at, item) in list.iter().enumerate() {
        out.push(if at == 0 { b'[' } else { b',' });
        write(item, out);
    }
    end_of_list(list.is_empty(), out);
}

fn end_of_list(empty: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if empty { b"[]" } else { b"]" });
}

fn entries<K: AsRef<str>, T>(map: impl Iterator<Item = (K, T)>, out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    let start = out.len();
    for (key, value) in map {
        out.push(b',');
        string(key.as_ref(), out);
        out.push(b':');
        write(&value, out);
    }
    close(start, out);
}
