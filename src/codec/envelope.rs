//! The frame that Kubernetes puts around the protobuf form of an object: `k8s\0`, then `runtime.Unknown`.

use super::protobuf::{ProtobufError, Reader, Wire, Writer};
use crate::object::Message;

/// The bytes that every frame starts with.
pub const MAGIC: &[u8; 4] = b"k8s\0";

/// A frame that was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// `apiVersion` of the object.
    pub api_version: String,
    /// `kind` of the object.
    pub kind: String,
    /// The object's own message.
    pub raw: &'a [u8],
}

/// The framed protobuf form of an object.
pub fn wrap(message: &dyn Message, api_version: &str, kind: &str) -> Vec<u8> {
    let mut writer = Writer::default();
    // contentType and contentEncoding are written though empty, as gogo writes every string that is not optional.
    writer.bytes(4, b"");
    writer.bytes(3, b"");
    let raw = writer.mark();
    writer.message(message);
    writer.close(2, raw);
    let type_meta = writer.mark();
    writer.bytes(2, kind.as_bytes());
    writer.bytes(1, api_version.as_bytes());
    writer.close(1, type_meta);
    writer.raw(MAGIC);
    writer.finish()
}

/// Opens a frame.
pub fn unwrap(bytes: &[u8]) -> Result<Envelope<'_>, ProtobufError> {
    let Some(unknown) = bytes.strip_prefix(MAGIC) else {
        return Err(ProtobufError::text("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"));
    };
    let mut envelope = Envelope { raw: &unknown[..0], ..Envelope::default() };
    let mut reader = Reader::new(unknown);
    while let Some((number, wire)) = reader.record()? {
        match (number, wire) {
            (1, Wire::Bytes) => type_meta(reader.bytes()?, &mut envelope)?,
            (2, Wire::Bytes) => envelope.raw = reader.bytes()?,
            _ => reader.skip(wire)?,
        }
    }
    Ok(envelope)
}

fn type_meta(bytes: &[u8], envelope: &mut Envelope<'_>) -> Result<(), ProtobufError> {
    let mut reader = Reader::new(bytes);
    while let Some((number, wire)) = reader.record()? {
        match (number, wire) {
            (1, Wire::Bytes) => envelope.api_version = reader.text()?,
            (2, Wire::Bytes) => envelope.kind = reader.text()?,
            _ => reader.skip(wire)?,
        }
    }
    Ok(())
}
