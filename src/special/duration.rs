//! Lengths of time: Go duration text in JSON, nanoseconds on the protobuf wire.

use std::fmt;
use std::str::FromStr;

use kubewright_model::duration;

use super::special;
use crate::codec::Special;
use crate::codec::json::{JsonError, Parser, write_string};
use crate::codec::protobuf::{ProtobufError, Reader, Wire, Writer};

/// A length of time in nanoseconds, which may be negative.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(pub i64);

special!(Duration, "Duration", Duration, "k8s.io.apimachinery.pkg.apis.meta.v1", "io.k8s.apimachinery.pkg.apis.meta.v1");

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&duration::format(self.0))
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Duration {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        duration::parse(text).map(Self)
    }
}

impl Special for Duration {
    fn is_zero(&self) -> bool {
        self.0 == 0
    }
    fn write_json(&self, out: &mut Vec<u8>) {
        write_string(&duration::format(self.0), out);
    }
    fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
        *self = parser.with_str(Self::from_str)?;
        Ok(())
    }
    fn write_protobuf(&self, out: &mut Writer) {
        out.integer(1, self.0);
    }
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
        let mut reader = Reader::new(bytes);
        while let Some((number, wire)) = reader.record()? {
            match (number, wire) {
                (1, Wire::Varint) => self.0 = reader.varint()? as i64,
                _ => reader.skip(wire)?,
            }
        }
        Ok(())
    }
}
