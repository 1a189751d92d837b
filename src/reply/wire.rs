//! The few bytes around encodings that are put together here: JSON members, protobuf tags and lengths.

use bytes::Bytes;

use crate::codec::{envelope, yaml};
use crate::object::Message;
use crate::object::path::metadata;

/// The name of a group's internal package, which messages show.
pub(super) fn package(group: &str) -> &str {
    if group.is_empty() { "core" } else { group.split('.').next().unwrap_or(group) }
}

/// List metadata for a single object: its revision.
pub(crate) fn revision_meta(object: &dyn Message) -> Vec<u8> {
    let revision = metadata(object).map_or("", |meta| meta.resource_version.as_str());
    if revision.is_empty() { b"{}".to_vec() } else { format!("{{\"resourceVersion\":\"{revision}\"}}").into_bytes() }
}

/// Starts a JSON object with its type.
pub(crate) fn open_json(out: &mut Vec<u8>, kind: &str, api_version: &str) {
    out.extend_from_slice(b"{\"kind\":\"");
    out.extend_from_slice(kind.as_bytes());
    out.extend_from_slice(b"\",\"apiVersion\":\"");
    out.extend_from_slice(api_version.as_bytes());
    out.push(b'"');
}

/// A JSON array of documents.
pub(crate) fn json_array(out: &mut Vec<u8>, items: &[Bytes]) {
    out.push(b'[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(item);
    }
    out.push(b']');
}

/// A list in its envelope: `{1: metadata, 2: items}`, as every list of the API is numbered.
pub(super) fn protobuf_list(api_version: &str, kind: &str, meta: &[u8], items: &[Bytes]) -> Vec<u8> {
    let size: usize = items.iter().map(|item| item.len() + 6).sum();
    let mut raw = Vec::with_capacity(size + meta.len() + 16);
    field(&mut raw, 1, meta);
    for item in items {
        field(&mut raw, 2, item);
    }
    framed(&raw, api_version, kind)
}

/// The frame around an object's own message.
fn framed(raw: &[u8], api_version: &str, kind: &str) -> Vec<u8> {
    let mut stated = Vec::new();
    field(&mut stated, 1, api_version.as_bytes());
    field(&mut stated, 2, kind.as_bytes());
    let mut out = Vec::with_capacity(raw.len() + stated.len() + 20);
    out.extend_from_slice(envelope::MAGIC);
    field(&mut out, 1, &stated);
    field(&mut out, 2, raw);
    field(&mut out, 3, b"");
    field(&mut out, 4, b"");
    out
}

/// Writes a length-delimited field.
pub(crate) fn field(out: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    out.push(number << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// JSON as YAML with sorted keys.
pub(super) fn yaml(json: &[u8]) -> Result<String, String> {
    let value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    Ok(yaml::emit::document(&value))
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn long_fields_have_long_lengths() {
        let mut out = Vec::new();
        field(&mut out, 2, &[0; 300]);
        assert_eq!(out[..3], [0x12, 0xac, 0x02]);
        assert_eq!(out.len(), 303);
    }
}
