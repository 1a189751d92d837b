//! The protobuf wire of Kubernetes: proto2 as gogo writes it. Bytes are the same as a Go server's.

mod decode;
mod encode;
mod error;
mod reader;
mod writer;

pub use error::ProtobufError;
pub use reader::{Reader, Wire};
pub use writer::Writer;

use crate::object::Message;

/// How deep messages may nest, lists and maps of messages counted twice as their JSON nests twice.
pub const MAX_DEPTH: u32 = super::json::MAX_DEPTH;

/// The bytes of a message, without envelope.
pub fn encode(message: &dyn Message) -> Vec<u8> {
    let size = &message.descriptor().index().protobuf_size;
    let mut writer = Writer::with_room(size.get());
    writer.message(message);
    size.note(writer.mark());
    writer.finish()
}

/// Decodes the bytes of a message, without envelope, over what it holds already. Unknown fields are skipped.
pub fn decode(bytes: &[u8], message: &mut dyn Message) -> Result<(), ProtobufError> {
    decode::message(bytes, message, 0)
}
