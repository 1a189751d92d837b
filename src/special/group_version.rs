//! A group and a version, in JSON one text such as `apps/v1`.

use std::fmt;
use std::str::FromStr;

use super::special;
use crate::codec::Special;
use crate::codec::json::{JsonError, Parser, write_string};
use crate::codec::protobuf::{ProtobufError, Reader, Wire, Writer};

/// A group and a version. The core group is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupVersion {
    /// The group.
    pub group: String,
    /// The version.
    pub version: String,
}

special!(GroupVersion, "GroupVersion", GroupVersion, "k8s.io.apimachinery.pkg.apis.meta.v1", "io.k8s.apimachinery.pkg.apis.meta.v1");

impl fmt::Display for GroupVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.group.is_empty() {
            write!(f, "{}/", self.group)?;
        }
        f.write_str(&self.version)
    }
}

impl FromStr for GroupVersion {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (group, version) = match text {
            "/" => ("", ""),
            _ => text.split_once('/').unwrap_or(("", text)),
        };
        if version.contains('/') {
            return Err(format!("unexpected GroupVersion string: {text}"));
        }
        Ok(Self { group: group.to_owned(), version: version.to_owned() })
    }
}

impl Special for GroupVersion {
    fn is_zero(&self) -> bool {
        self.group.is_empty() && self.version.is_empty()
    }
    fn write_json(&self, out: &mut Vec<u8>) {
        write_string(&self.to_string(), out);
    }
    fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
        *self = parser.with_str(Self::from_str)?;
        Ok(())
    }
    fn write_protobuf(&self, out: &mut Writer) {
        out.bytes(2, self.version.as_bytes());
        out.bytes(1, self.group.as_bytes());
    }
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
        let mut reader = Reader::new(bytes);
        while let Some((number, wire)) = reader.record()? {
            match (number, wire) {
                (1, Wire::Bytes) => self.group = reader.text()?,
                (2, Wire::Bytes) => self.version = reader.text()?,
                _ => reader.skip(wire)?,
            }
        }
        Ok(())
    }
}
