//! Thin bridges from the standard traits of the ecosystem (`Debug`, serde) into the engine.

use std::fmt;

pub use serde;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ApiType, Message};
use crate::codec::json;

/// The type's name and the object's JSON.
pub fn debug(message: &dyn Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut json = Vec::new();
    json::encode(message, &mut json);
    write!(f, "{} {}", message.descriptor().name, String::from_utf8_lossy(&json))
}

/// The object in any self-describing serde format, as its JSON form lays it out.
pub fn serialize<S: Serializer>(message: &dyn Message, serializer: S) -> Result<S::Ok, S::Error> {
    json::to_value(message).serialize(serializer)
}

/// The object from any self-describing serde format. Unknown fields are ignored.
pub fn deserialize<'de, T: ApiType, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let mut message = T::default();
    json::from_value(&value, &mut message, None).map_err(D::Error::custom)?;
    Ok(message)
}
