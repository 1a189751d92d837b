//! Decoding: records into the fields of a message, by its descriptor.

use kubewright_model::desc::Member;
use kubewright_model::{Desc, Field};

use super::reader::{Reader, Wire, text};
use super::{MAX_DEPTH, ProtobufError};
use crate::object::{Bytes, Message, Slot};

type Read<T = ()> = Result<T, ProtobufError>;

pub(super) fn message(bytes: &[u8], message: &mut dyn Message, depth: u32) -> Read {
    if depth > MAX_DEPTH {
        return Err(ProtobufError::text("exceeded max depth"));
    }
    let shared = message.shared();
    let desc: &Desc = &shared;
    if desc.special.is_some() {
        return message.special_mut().map_or(Ok(()), |special| special.read_protobuf(bytes));
    }
    // Its JSON does not nest.
    let depth = if desc.either { depth.saturating_sub(1) } else { depth };
    let index = desc.index();
    let mut reader = Reader::new(bytes);
    while let Some((number, wire)) = reader.record()? {
        let Some(at) = index.number(number) else {
            reader.skip(wire)?;
            continue;
        };
        if let Some(member) = index.members.get(at)
            && let Err(problem) = value(&mut reader, wire, message.slot(at), *member, depth)
        {
            return Err(explain(problem, wire, desc.fields.get(at)));
        }
    }
    Ok(())
}

/// Why a field could not be read.
enum Problem {
    /// Its value is not laid out as the field's type is.
    Layout,
    /// Something in the value.
    Value(ProtobufError),
}

impl From<ProtobufError> for Problem {
    fn from(error: ProtobufError) -> Self {
        Self::Value(error)
    }
}

#[cold]
fn explain(problem: Problem, wire: Wire, field: Option<&Field>) -> ProtobufError {
    let (name, proto) = field.map_or(("", ""), |field| (&*field.name, field.proto()));
    let error = match problem {
        Problem::Layout => ProtobufError::text(format!("proto: wrong wireType = {} for field {proto}", wire as u8)),
        Problem::Value(error) => error,
    };
    error.in_field(name)
}

#[inline]
fn value(reader: &mut Reader<'_>, wire: Wire, slot: Slot<'_>, member: Member, depth: u32) -> Result<(), Problem> {
    match (slot, wire) {
        (Slot::Str(place), Wire::Bytes) => *place = reader.text()?,
        (Slot::Msg(part), Wire::Bytes) => message(reader.bytes()?, part, depth + 1)?,
        (Slot::Bool(place), Wire::Varint) => *place = reader.varint()? != 0,
        // proto2: a 32-bit integer is the low half of what came.
        (Slot::I32(place), Wire::Varint) => *place = reader.varint()? as i32,
        (Slot::I64(place), Wire::Varint) => *place = reader.varint()? as i64,
        (Slot::F64(place), Wire::Fixed64) => *place = f64::from_bits(reader.fixed64()?),
        (Slot::Bytes(place), Wire::Bytes) => place.0 = reader.bytes()?.to_vec(),
        (Slot::List(list), Wire::Bytes) => {
            let item = reader.bytes()?;
            if list.is_empty() {
                list.reserve(1 + reader.run(member.number));
            }
            message(item, list.push(), depth + 2)?;
        }
        (Slot::Strs(list), Wire::Bytes) if member.is_wrapped() => texts(reader.bytes()?, list)?,
        (Slot::Strs(list), Wire::Bytes) => {
            let item = reader.text()?;
            if list.is_empty() {
                list.reserve_exact(1 + reader.run(member.number));
            }
            list.push(item);
        }
        (Slot::I32s(list), Wire::Varint) => list.push(reader.varint()? as i32),
        (Slot::I64s(list), Wire::Varint) => list.push(reader.varint()? as i64),
        (Slot::Bools(list), Wire::Varint) => list.push(reader.varint()? != 0),
        (Slot::I32s(list), Wire::Bytes) => packed(reader.bytes()?, |value| list.push(value as i32))?,
        (Slot::I64s(list), Wire::Bytes) => packed(reader.bytes()?, |value| list.push(value as i64))?,
        (Slot::Bools(list), Wire::Bytes) => packed(reader.bytes()?, |value| list.push(value != 0))?,
        (Slot::StrMap(map), Wire::Bytes) => {
            let (key, value) = entry(reader.bytes()?)?;
            map.insert(key, text(value));
        }
        (Slot::BytesMap(map), Wire::Bytes) => {
            let (key, value) = entry(reader.bytes()?)?;
            map.insert(key, Bytes(value.to_vec()));
        }
        (Slot::StrsMap(map), Wire::Bytes) => {
            let (key, value) = entry(reader.bytes()?)?;
            let mut list = Vec::new();
            texts(value, &mut list)?;
            map.insert(key, list);
        }
        (Slot::Map(map), Wire::Bytes) => {
            let (key, value) = entry(reader.bytes()?)?;
            map.remove(&key);
            message(value, map.entry(key), depth + 2)?;
        }
        (Slot::None, wire) => reader.skip(wire)?,
        _ => return Err(Problem::Layout),
    }
    Ok(())
}

/// The integers of a packed list, which Kubernetes never writes but every protobuf reader takes.
fn packed(bytes: &[u8], mut push: impl FnMut(u64)) -> Read {
    let mut reader = Reader::new(bytes);
    while !reader.is_at_end() {
        push(reader.varint()?);
    }
    Ok(())
}

/// A list that is a message of its own.
fn texts(bytes: &[u8], list: &mut Vec<String>) -> Read {
    let mut reader = Reader::new(bytes);
    while let Some((number, wire)) = reader.record()? {
        match (number, wire) {
            (1, Wire::Bytes) => list.push(reader.text()?),
            _ => reader.skip(wire)?,
        }
    }
    Ok(())
}

/// Key and value of a map entry.
fn entry(bytes: &[u8]) -> Read<(String, &[u8])> {
    let mut reader = Reader::new(bytes);
    let (mut key, mut value) = (String::new(), &bytes[..0]);
    while let Some((number, wire)) = reader.record()? {
        match (number, wire) {
            (1, Wire::Bytes) => key = reader.text()?,
            (2, Wire::Bytes) => value = reader.bytes()?,
            _ => reader.skip(wire)?,
        }
    }
    Ok((key, value))
}
