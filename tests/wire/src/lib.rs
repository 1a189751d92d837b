//! The messages of the generated IDL as prost-build makes them: an independent reader and writer of the same wire.

use prost::{DecodeError, Message};

/// What prost-build makes of the IDL.
#[allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic, reason = "prost-build wrote it")]
pub mod idl {
    include!(concat!(env!("OUT_DIR"), "/idl.rs"));
}

/// Decodes bytes with prost and encodes them again.
pub type Round = fn(&[u8]) -> Result<Vec<u8>, DecodeError>;

/// Every message by its full name.
pub const MESSAGES: &[(&str, Round)] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

fn round<M: Message + Default>(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    M::decode(bytes).map(|message| message.encode_to_vec())
}
