//! Entries that move: a map of text that is written for convenience goes into the map of bytes that its `into` rule names.

use kubewright_model::{Desc, Field};
use serde_json::Value as Json;

use crate::object::{Bytes, Message, Slot};

/// Moves the entries of all fields of a message that have an `into` rule. An entry wins over one of the same key that is there already.
pub(super) fn apply(message: &mut dyn Message, desc: &Desc) {
    for (at, field) in desc.fields.iter().enumerate() {
        let Some(to) = target(desc, field) else { continue };
        let moved = match message.slot(at) {
            Slot::StrMap(texts) => std::mem::take(texts),
            _ => continue,
        };
        message.clear(at);
        if moved.is_empty() {
            continue;
        }
        if let Slot::BytesMap(bytes) = message.slot(to) {
            bytes.extend(moved.into_iter().map(|(key, text)| (key, Bytes(text.into_bytes()))));
        }
    }
}

/// The position of the field that a field's entries move to.
fn target(desc: &Desc, field: &Field) -> Option<usize> {
    // Few fields have the rule: most texts need no reading.
    if !field.rules.contains("\"into\"") {
        return None;
    }
    let rules: Json = serde_json::from_str(&field.rules).ok()?;
    let name = rules.get("into")?.as_str()?;
    desc.fields.iter().position(|other| other.name == name)
}
