//! JSON that is kept as it came: embedded objects, field sets, and values of any shape.

use std::fmt;

use super::special;
use crate::codec::Special;
use crate::codec::json::{JsonError, Parser, compact, syntax, without_space};
use crate::codec::protobuf::{ProtobufError, Reader, Wire, Writer};

/// Bytes, and whether they are JSON; on the protobuf wire they may be something else.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Raw {
    bytes: Vec<u8>,
    json: bool,
}

impl Raw {
    fn new(bytes: Vec<u8>) -> Self {
        let json = std::str::from_utf8(&bytes).is_ok() && syntax::check(&bytes).is_ok();
        Self { bytes, json }
    }

    fn write_json(&self, out: &mut Vec<u8>) {
        if self.json { compact(&self.bytes, out) } else { out.extend_from_slice(b"null") }
    }

    fn read_json(parser: &mut Parser<'_>) -> Result<Self, JsonError> {
        let text = parser.raw()?;
        Ok(Self { bytes: without_space(text), json: true })
    }

    fn write_protobuf(&self, out: &mut Writer) {
        if !self.bytes.is_empty() {
            out.bytes(1, &self.bytes);
        }
    }

    fn read_protobuf(bytes: &[u8]) -> Result<Self, ProtobufError> {
        let mut reader = Reader::new(bytes);
        let mut raw = Self::default();
        while let Some((number, wire)) = reader.record()? {
            match (number, wire) {
                (1, Wire::Bytes) => raw = Self::new(reader.bytes()?.to_vec()),
                _ => reader.skip(wire)?,
            }
        }
        Ok(raw)
    }
}

macro_rules! raw {
    ($(#[$doc:meta])* $ty:ident, $name:literal, $kind:ident, $package:literal, $openapi:literal) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $ty(Raw);

        special!($ty, $name, $kind, $package, $openapi);

        impl $ty {
            /// From bytes, which should be JSON: others are kept on the protobuf wire, and `null` in JSON.
            pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
                Self(Raw::new(bytes.into()))
            }

            /// The bytes as they came; empty when unset.
            pub fn as_bytes(&self) -> &[u8] {
                &self.0.bytes
            }
        }

        impl From<&serde_json::Value> for $ty {
            fn from(value: &serde_json::Value) -> Self {
                Self(Raw { bytes: value.to_string().into_bytes(), json: true })
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&String::from_utf8_lossy(&self.0.bytes))
            }
        }

        impl fmt::Debug for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $ty {
            type Err = JsonError;
            fn from_str(text: &str) -> Result<Self, JsonError> {
                syntax::check(text.as_bytes())?;
                Ok(Self(Raw { bytes: text.as_bytes().to_vec(), json: true }))
            }
        }

        impl Special for $ty {
            fn is_zero(&self) -> bool {
                self.0.bytes.is_empty()
            }
            fn write_json(&self, out: &mut Vec<u8>) {
                self.0.write_json(out);
            }
            fn read_json(&mut self, parser: &mut Parser<'_>) -> Result<(), JsonError> {
                self.0 = Raw::read_json(parser)?;
                Ok(())
            }
            fn write_protobuf(&self, out: &mut Writer) {
                self.0.write_protobuf(out);
            }
            fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), ProtobufError> {
                self.0 = Raw::read_protobuf(bytes)?;
                Ok(())
            }
        }
    };
}

raw!(
    /// An object of a kind that is not known here, as JSON; on the protobuf wire perhaps a framed object.
    RawExtension, "RawExtension", RawExtension, "k8s.io.apimachinery.pkg.runtime", "io.k8s.apimachinery.pkg.runtime"
);
raw!(
    /// A set of fields in the notation of server-side apply.
    FieldsV1, "FieldsV1", FieldsV1, "k8s.io.apimachinery.pkg.apis.meta.v1", "io.k8s.apimachinery.pkg.apis.meta.v1"
);
raw!(
    /// Any JSON value.
    Json, "JSON", Json, "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"
);
