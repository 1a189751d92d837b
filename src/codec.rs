//! Bytes to objects and back: one table-driven algorithm per format over the reflection contract.

pub mod envelope;
pub mod json;
pub mod protobuf;
#[cfg(test)]
mod random_tests;
mod short;
#[cfg(test)]
mod tests;
pub mod yaml;

use json::JsonError;

/// A type whose wire forms are written by hand.
pub trait Special: std::any::Any {
    /// Whether it holds Go's zero value, which `omitzero` leaves out and protobuf writes as an empty message.
    fn is_zero(&self) -> bool;
    /// Appends the JSON form.
    fn write_json(&self, out: &mut Vec<u8>);
    /// Reads the JSON form.
    fn read_json(&mut self, parser: &mut json::Parser<'_>) -> Result<(), JsonError>;
    /// Writes the fields of the protobuf message.
    fn write_protobuf(&self, out: &mut protobuf::Writer);
    /// Reads the fields of the protobuf message.
    fn read_protobuf(&mut self, bytes: &[u8]) -> Result<(), protobuf::ProtobufError>;
}
