//! Amounts of resources: canonical text on both wires.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use kubewright_model::quantity::{self, Amount, QuantityError};

use super::special;
use crate::codec::Special;
use crate::codec::json::{JsonError, Parser, write_string};
use crate::codec::protobuf::{ProtobufError, Reader, Wire, Writer};

/// An amount such as `100m` or `1Gi`, always in canonical form. Amounts are equal when they are as much: `1Ki` equals `1024`.
#[derive(Clone, Default)]
pub struct Quantity {
    /// Canonical text; empty for the zero value.
    text: String,
}

special!(Quantity, "Quantity", Quantity, "k8s.io.apimachinery.pkg.api.resource", "io.k8s.apimachinery.pkg.api.resource");

impl Quantity {
    /// The canonical text.
    pub fn as_str(&self) -> &str {
        if self.text.is_empty() { "0" } else { &self.text }
    }

    /// The amount itself.
    pub fn amount(&self) -> Option<Amount> {
        quantity::parse(self.as_str()).ok()
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        quantity::canonical(text).map(|text| Self { text })
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() || self.cmp(other).is_eq()
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.amount().cmp(&other.amount())
    }
}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.amount().and_then(|amount| amount.to_i64()).hash(state);
    }
}

impl Special for Quantity {
    fn is_zero(&self) -> bool {
        self.text.is_empty()
    }
    fn write_json(&self, out: &mut Vec<u8>) {
        write_string(self.as_str(), out);
    }
    fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
        let start = parser.offset();
        let raw = parser.raw()?;
        let text = raw.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(raw);
        *self = text.trim().parse().map_err(|error: QuantityError| JsonError::text(start, error.to_string()))?;
        Ok(())
    }
    fn write_protobuf(&self, out: &mut Writer) {
        out.bytes(1, self.as_str().as_bytes());
    }
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
        let mut reader = Reader::new(bytes);
        while let Some((number, wire)) = reader.record()? {
            match (number, wire) {
                (1, Wire::Bytes) => {
                    let text = reader.text()?;
                    *self = if text.is_empty() {
                        Self::default()
                    } else {
                        text.parse().map_err(|error: QuantityError| ProtobufError::text(error.to_string()))?
                    };
                }
                _ => reader.skip(wire)?,
            }
        }
        Ok(())
    }
}
