//! The protobuf forms of documents: a bare `openapi.v2.Document` or `openapi.v3.Document`, as client libraries read them.

mod table;
mod v2;
mod v3;

use std::fmt;

use serde_json::Value;

use super::yaml_text;
use table::{Chosen, Item, Kind, Leaf, Rest, Slot, Table};

/// A version 2 document as bytes. Maps are written in the order they have.
pub fn encode_v2(document: &Value) -> Result<Vec<u8>, Rejected> {
    encode(&v2::DOCUMENT, document)
}

/// A version 3 document as bytes. Maps are written in the order they have.
pub fn encode_v3(document: &Value) -> Result<Vec<u8>, Rejected> {
    encode(&v3::DOCUMENT, document)
}

fn encode(of: &Table, document: &Value) -> Result<Vec<u8>, Rejected> {
    let mut out = Vec::new();
    table(of, document, &mut out)?;
    Ok(out)
}

/// A document holds something that the protobuf form has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where, as JSON keys from the outside in.
    pub path: Vec<String>,
}

impl Rejected {
    fn here() -> Self {
        Self { path: Vec::new() }
    }
    fn below(mut self, key: &str) -> Self {
        self.path.insert(0, key.to_owned());
        self
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no place in the protobuf form of OpenAPI for {}", self.path.join(" > "))
    }
}

impl std::error::Error for Rejected {}

type Written = Result<(), Rejected>;

fn table(table: &Table, value: &Value, out: &mut Vec<u8>) -> Written {
    let members = value.as_object().ok_or_else(Rejected::here)?;
    for Slot { number, key, kind } in table.slots {
        if let Some(member) = members.get(*key) {
            field(*number, kind, member, out).map_err(|error| error.below(key))?;
        }
    }
    for Rest { number, takes, item: holds } in table.rest {
        for (key, member) in members.iter().filter(|(key, _)| takes(key) && !is_slot(table, key)) {
            let mut entry = Vec::new();
            text(1, key, &mut entry);
            nested(2, &mut entry, |out| item(*holds, member, out)).map_err(|error| error.below(key))?;
            bytes(*number, &entry, out);
        }
    }
    let stray = members.keys().find(|key| !is_slot(table, key) && !table.rest.iter().any(|rest| (rest.takes)(key)));
    stray.map_or(Ok(()), |key| Err(Rejected::here().below(key)))
}

fn is_slot(table: &Table, key: &str) -> bool {
    table.slots.iter().any(|slot| slot.key == key)
}

fn field(number: u32, kind: &Kind, value: &Value, out: &mut Vec<u8>) -> Written {
    match kind {
        Kind::Text => {
            let value = value.as_str().ok_or_else(Rejected::here)?;
            if !value.is_empty() {
                text(number, value, out);
            }
        }
        Kind::Texts => {
            for word in value.as_array().ok_or_else(Rejected::here)? {
                text(number, word.as_str().ok_or_else(Rejected::here)?, out);
            }
        }
        Kind::Flag => {
            if value.as_bool().ok_or_else(Rejected::here)? {
                flag(number, true, out);
            }
        }
        Kind::Double => {
            let value = value.as_f64().ok_or_else(Rejected::here)?;
            if value.to_bits() != 0 {
                double(number, value, out);
            }
        }
        Kind::Int => {
            let value = value.as_i64().ok_or_else(Rejected::here)?;
            if value != 0 {
                key(number, 0, out);
                varint(value as u64, out);
            }
        }
        Kind::One(holds) => nested(number, out, |out| item(*holds, value, out))?,
        Kind::Many(holds) => {
            for value in value.as_array().ok_or_else(Rejected::here)? {
                nested(number, out, |out| item(*holds, value, out))?;
            }
        }
    }
    Ok(())
}

fn item(item: Item, value: &Value, out: &mut Vec<u8>) -> Written {
    match item {
        Item::Table(of) => table(of, value, out),
        Item::Any => {
            text(2, &yaml_text::document(value), out);
            Ok(())
        }
        Item::Words => match value {
            Value::String(word) => {
                text(1, word, out);
                Ok(())
            }
            list => field(1, &Kind::Texts, list, out),
        },
        Item::Choice(choose) => choice(&choose(value).ok_or_else(Rejected::here)?, value, out),
    }
}

fn choice(chosen: &Chosen, value: &Value, out: &mut Vec<u8>) -> Written {
    let Some((innermost, outer)) = chosen.numbers.split_last() else { return Err(Rejected::here()) };
    let mut message = Vec::new();
    match chosen.leaf {
        Leaf::Table(of) => nested(*innermost, &mut message, |out| table(of, value, out))?,
        Leaf::Flag => flag(*innermost, value.as_bool().unwrap_or_default(), &mut message),
        Leaf::Double => double(*innermost, value.as_f64().unwrap_or_default(), &mut message),
        Leaf::Text => text(*innermost, value.as_str().unwrap_or_default(), &mut message),
        Leaf::Nothing => return Ok(()),
    }
    for number in outer.iter().rev() {
        let mut wrapped = Vec::with_capacity(message.len() + 6);
        bytes(*number, &message, &mut wrapped);
        message = wrapped;
    }
    out.extend_from_slice(&message);
    Ok(())
}

fn nested(number: u32, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> Written) -> Written {
    let mut message = Vec::new();
    write(&mut message)?;
    bytes(number, &message, out);
    Ok(())
}

fn text(number: u32, value: &str, out: &mut Vec<u8>) {
    bytes(number, value.as_bytes(), out);
}

fn bytes(number: u32, value: &[u8], out: &mut Vec<u8>) {
    key(number, 2, out);
    varint(value.len() as u64, out);
    out.extend_from_slice(value);
}

fn flag(number: u32, value: bool, out: &mut Vec<u8>) {
    key(number, 0, out);
    out.push(u8::from(value));
}

fn double(number: u32, value: f64, out: &mut Vec<u8>) {
    key(number, 1, out);
    out.extend_from_slice(&value.to_le_bytes());
}

fn key(number: u32, wire: u32, out: &mut Vec<u8>) {
    varint(u64::from(number << 3 | wire), out);
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
