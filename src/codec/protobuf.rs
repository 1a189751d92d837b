//! The protobuf wire.
/// Writes back to front.
pub struct Writer;
/// Why bytes could not be decoded.
pub struct ProtobufError;
