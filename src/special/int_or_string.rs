//! A port by number or name, a count or a percentage: an integer of 32 bits or text.

use std::fmt;
use std::str::FromStr;

use super::special;
use crate::codec::Special;
use crate::codec::json::{JsonError, Parser, write_integer, write_string};
use crate::codec::protobuf::{ProtobufError, Reader, Wire, Writer};

/// An integer of 32 bits or text. Its default is 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntOrString {
    /// An integer.
    Int(i32),
    /// Text.
    Text(String),
}

special!(IntOrString, "IntOrString", IntOrString, "k8s.io.apimachinery.pkg.util.intstr", "io.k8s.apimachinery.pkg.util.intstr");

impl IntOrString {
    /// The integer, or the one that the text spells; 0 when it spells none.
    pub fn int_value(&self) -> i32 {
        match self {
            Self::Int(value) => *value,
            Self::Text(text) => text.parse().unwrap_or(0),
        }
    }
}

impl Default for IntOrString {
    fn default() -> Self {
        Self::Int(0)
    }
}

impl From<i32> for IntOrString {
    fn from(value: i32) -> Self {
        Self::Int(value)
    }
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => value.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// An integer where the text is one, as command lines are read.
impl FromStr for IntOrString {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.parse().map_or_else(|_| Self::Text(text.to_owned()), Self::Int))
    }
}

impl Special for IntOrString {
    fn is_zero(&self) -> bool {
        matches!(self, Self::Int(0))
    }
    fn write_json(&self, out: &mut Vec<u8>) {
        match self {
            Self::Int(value) => write_integer(i64::from(*value), out),
            Self::Text(text) => write_string(text, out),
        }
    }
    fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
        *self = if parser.peek() == b'"' { Self::Text(parser.string()?) } else { Self::Int(parser.int32()?) };
        Ok(())
    }
    fn write_protobuf(&self, out: &mut Writer) {
        let (kind, int, text) = match self {
            Self::Int(value) => (0, *value, ""),
            Self::Text(text) => (1, 0, text.as_str()),
        };
        out.bytes(3, text.as_bytes());
        out.integer(2, i64::from(int));
        out.integer(1, kind);
    }
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
        let mut reader = Reader::new(bytes);
        let (mut kind, mut int, mut text) = (0, 0, String::new());
        while let Some((number, wire)) = reader.record()? {
            match (number, wire) {
                (1, Wire::Varint) => kind = reader.varint()?,
                (2, Wire::Varint) => int = reader.varint()? as i32,
                (3, Wire::Bytes) => text = reader.text()?,
                _ => reader.skip(wire)?,
            }
        }
        *self = if kind == 1 { Self::Text(text) } else { Self::Int(int) };
        Ok(())
    }
}
