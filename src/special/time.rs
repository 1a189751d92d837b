//! Points in time: `Time` in whole seconds, `MicroTime` in microseconds.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use kubewright_model::time;

use super::special;
use crate::codec::Special;
use crate::codec::json::{JsonError, Parser};
use crate::codec::protobuf::{ProtobufError, Reader, Wire, Writer};

/// A point in time in whole seconds. Its default is Go's zero time, which stands for "unset".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    seconds: i64,
}

/// A point in time in microseconds. Its default is Go's zero time, which stands for "unset".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroTime {
    seconds: i64,
    micros: u32,
}

special!(Time, "Time", Time, "k8s.io.apimachinery.pkg.apis.meta.v1", "io.k8s.apimachinery.pkg.apis.meta.v1");
special!(MicroTime, "MicroTime", MicroTime, "k8s.io.apimachinery.pkg.apis.meta.v1", "io.k8s.apimachinery.pkg.apis.meta.v1");

impl Time {
    /// The current second.
    pub fn now() -> Self {
        Self { seconds: MicroTime::now().seconds }
    }

    /// From seconds since 1970.
    pub const fn from_unix(seconds: i64) -> Self {
        Self { seconds }
    }

    /// Seconds since 1970.
    pub const fn unix(self) -> i64 {
        self.seconds
    }

    /// Whether it is unset.
    pub const fn is_zero(self) -> bool {
        self.seconds == time::ZERO
    }
}

impl MicroTime {
    /// Now, to the microsecond.
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { seconds: since.as_secs() as i64, micros: since.subsec_micros() }
    }

    /// From seconds since 1970 and microseconds; those beyond a second are dropped.
    pub const fn from_unix(seconds: i64, micros: u32) -> Self {
        Self { seconds, micros: micros % 1_000_000 }
    }

    /// Seconds since 1970, and microseconds.
    pub const fn unix(self) -> (i64, u32) {
        (self.seconds, self.micros)
    }

    /// Whether it is unset.
    pub const fn is_zero(self) -> bool {
        self.seconds == time::ZERO && self.micros == 0
    }
}

impl Default for Time {
    fn default() -> Self {
        Self { seconds: time::ZERO }
    }
}

impl Default for MicroTime {
    fn default() -> Self {
        Self { seconds: time::ZERO, micros: 0 }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&time::text(self.seconds)).unwrap_or_default())
    }
}

impl fmt::Display for MicroTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        time::write_micro(self.seconds, self.micros * 1000, &mut text);
        f.write_str(&text)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for MicroTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Time {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        time::parse(text).map(|(seconds, _)| Self { seconds })
    }
}

impl FromStr for MicroTime {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        time::parse_micro(text).map(|(seconds, nanos)| Self { seconds, micros: nanos / 1000 })
    }
}

/// Seconds and nanoseconds of a protobuf timestamp; `None` when nothing is there, which is the zero time.
fn timestamp(bytes: &[u8]) -> Result<Option<(i64, u32)>, ProtobufError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let mut reader = Reader::new(bytes);
    let (mut seconds, mut nanos) = (0, 0);
    while let Some((number, wire)) = reader.record()? {
        match (number, wire) {
            (1, Wire::Varint) => seconds = reader.varint()? as i64,
            (2, Wire::Varint) => nanos = reader.varint()? as u32,
            _ => reader.skip(wire)?,
        }
    }
    Ok(Some((seconds, nanos)))
}

fn write_quoted(value: &dyn fmt::Display, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(value.to_string().as_bytes());
    out.push(b'"');
}

impl Special for Time {
    fn is_zero(&self) -> bool {
        Self::is_zero(*self)
    }
    fn write_json(&self, out: &mut Vec<u8>) {
        if self.is_zero() {
            return out.extend_from_slice(b"null");
        }
        let mut quoted = [b'"'; time::SECOND + 2];
        quoted[1..=time::SECOND].copy_from_slice(&time::text(self.seconds));
        out.extend_from_slice(&quoted);
    }
    fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
        *self = parser.with_str(Self::from_str)?;
        Ok(())
    }
    fn write_protobuf(&self, out: &mut Writer) {
        if !self.is_zero() {
            out.integer(2, 0);
            out.integer(1, self.seconds);
        }
    }
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
        *self = timestamp(bytes)?.map_or_else(Self::default, |(seconds, _)| Self { seconds });
        Ok(())
    }
}

impl Special for MicroTime {
    fn is_zero(&self) -> bool {
        Self::is_zero(*self)
    }
    fn write_json(&self, out: &mut Vec<u8>) {
        if self.is_zero() { out.extend_from_slice(b"null") } else { write_quoted(self, out) }
    }
    fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
        *self = parser.with_str(Self::from_str)?;
        Ok(())
    }
    fn write_protobuf(&self, out: &mut Writer) {
        if !self.is_zero() {
            out.integer(2, i64::from(self.micros) * 1000);
            out.integer(1, self.seconds);
        }
    }
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
        *self = timestamp(bytes)?.map_or_else(Self::default, |(seconds, nanos)| Self::from_unix(seconds, nanos / 1000));
        Ok(())
    }
}
