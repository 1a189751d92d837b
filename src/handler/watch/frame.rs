//! Events as they go over the wire: a JSON document a line, or a length and a protobuf message.

use bytes::Bytes;

use crate::codec::envelope;
use crate::codec::json;
use crate::handler::Call;
use crate::meta::v1;
use crate::negotiate::{Media, Transform, TransformKind};
use crate::object::path::metadata_mut;
use crate::reply::{Source, wire};
use crate::status::{self, ApiError};
use crate::store::Revision;
use crate::table::Table;

/// Marks the bookmark after the initial state.
const STATE_END: &str = "k8s.io/initial-events-end";

/// Makes the frames of one watch.
pub(super) struct Framer<'a> {
    call: &'a Call,
    table: Table<'a>,
    /// Tables state their columns once.
    stated_columns: bool,
}

impl<'a> Framer<'a> {
    /// Frames in the form that the request asked for.
    pub(super) fn new(call: &'a Call) -> Result<Self, ApiError> {
        Ok(Self { call, table: Table::read(call)?, stated_columns: false })
    }

    /// A change of an object.
    pub(super) fn event(&mut self, event: &str, source: Source<'_>) -> Result<Bytes, ApiError> {
        let encoder = self.call.encoder();
        let object = match &self.call.output.transform {
            None => encoder.whole(source)?,
            Some(Transform { kind: TransformKind::Table, version }) => {
                let columns = !std::mem::replace(&mut self.stated_columns, true);
                self.table.encode(&encoder, &[source], &wire::revision_meta(source.hub()), version, columns)?.into()
            }
            Some(Transform { version, .. }) => encoder.partial(source, version)?,
        };
        Ok(self.frame(event, &object))
    }

    /// Every change up to a revision has been sent. `end`: so has the initial state.
    pub(super) fn bookmark(&mut self, revision: Revision, end: bool) -> Result<Bytes, ApiError> {
        let hub = &self.call.resource().versions[self.call.resource().hub];
        let mut object = (hub.new)();
        if let Some(meta) = metadata_mut(&mut *object) {
            meta.resource_version = revision.to_string();
            if end {
                meta.annotations.insert(STATE_END.to_owned(), "true".to_owned());
            }
        }
        self.event("BOOKMARK", Source::Fresh(&*object))
    }

    /// The watch cannot go on.
    pub(super) fn error(&self, error: &ApiError) -> Bytes {
        let value = status::status_json(error);
        if self.call.output.media != Media::Protobuf {
            return self.frame("ERROR", value.to_string().as_bytes());
        }
        let mut message = v1::Status::default();
        // The value is a Status by construction.
        let _ = json::from_value(&value, &mut message, None);
        self.frame("ERROR", &envelope::wrap(&message, "v1", "Status"))
    }

    fn frame(&self, event: &str, object: &[u8]) -> Bytes {
        if self.call.output.media == Media::Protobuf { protobuf_frame(event, object) } else { json_frame(event, object) }
    }
}

fn json_frame(event: &str, object: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(object.len() + 40);
    out.extend_from_slice(b"{\"type\":\"");
    out.extend_from_slice(event.as_bytes());
    out.extend_from_slice(b"\",\"object\":");
    out.extend_from_slice(object);
    out.extend_from_slice(b"}\n");
    out.into()
}

/// A big-endian length, then a bare `WatchEvent`: `{1: type, 2: {1: object}}`.
fn protobuf_frame(event: &str, object: &[u8]) -> Bytes {
    let mut raw = Vec::with_capacity(object.len() + 8);
    wire::field(&mut raw, 1, object);
    let mut message = Vec::with_capacity(raw.len() + 24);
    wire::field(&mut message, 1, event.as_bytes());
    wire::field(&mut message, 2, &raw);
    let mut out = Vec::with_capacity(message.len() + 4);
    out.extend_from_slice(&(message.len() as u32).to_be_bytes());
    out.extend_from_slice(&message);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::{json_frame, protobuf_frame};

    #[test]
    fn frames() {
        assert_eq!(&json_frame("ADDED", b"{}")[..], b"{\"type\":\"ADDED\",\"object\":{}}\n");
        assert_eq!(&protobuf_frame("ADDED", b"k8s")[..], b"\0\0\0\x0e\x0a\x05ADDED\x12\x05\x0a\x03k8s");
    }
}
