//! Lists, put together from the encodings of their items.

use bytes::Bytes;

use crate::codec::json;
use crate::codec::protobuf;
use crate::meta::v1;
use crate::negotiate::{Transform, TransformKind};
use crate::status::ApiError;
use crate::store::Revision;
use crate::table::Table;

use super::bytes::{Encoder, Source};
use super::wire;

/// Metadata of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListMeta {
    /// The revision the list shows.
    pub(crate) revision: Revision,
    /// Where to go on; empty on the last page.
    pub(crate) token: String,
    /// How many items follow, when that is known.
    pub(crate) remaining: Option<i64>,
}

impl ListMeta {
    pub(super) fn message(&self) -> v1::ListMeta {
        v1::ListMeta {
            resource_version: self.revision.to_string(),
            continue_: self.token.clone(),
            remaining_item_count: self.remaining,
            ..v1::ListMeta::default()
        }
    }

    /// The metadata as JSON.
    pub(crate) fn json(&self) -> Vec<u8> {
        let mut out = Vec::new();
        json::encode(&self.message(), &mut out);
        out
    }
}

impl Encoder<'_> {
    /// A list as a document, without a final newline.
    pub(crate) fn list(
        &self,
        items: &[Source<'_>],
        meta: &ListMeta,
        transform: Option<&Transform>,
        table: &Table<'_>,
    ) -> Result<Vec<u8>, ApiError> {
        let kind = &self.version.kind;
        match transform {
            None => {
                let items = items.iter().map(|item| self.item(*item)).collect::<Result<Vec<_>, _>>()?;
                Ok(self.compose(&kind.api_version(), &kind.list_kind, meta, &items, "[]"))
            }
            Some(Transform { kind: TransformKind::PartialObjectMetadataList, version }) => {
                let items = items.iter().map(|item| self.partial_item(*item, version)).collect::<Result<Vec<_>, _>>()?;
                Ok(self.compose(&format!("meta.k8s.io/{version}"), "PartialObjectMetadataList", meta, &items, "null"))
            }
            Some(Transform { kind: TransformKind::Table, version }) => table.encode(self, items, &meta.json(), version, true),
            Some(Transform { kind: TransformKind::PartialObjectMetadata, .. }) => {
                let asked = "you requested PartialObjectMetadata, but the requested object is a list";
                Err(ApiError::new(406, "NotAcceptable", format!("{asked} (*{}.{})", wire::package(&kind.group), kind.list_kind)))
            }
        }
    }

    /// `none`: what JSON says for no items.
    fn compose(&self, api_version: &str, kind: &str, meta: &ListMeta, items: &[Bytes], none: &str) -> Vec<u8> {
        if self.is_protobuf() {
            return wire::protobuf_list(api_version, kind, &protobuf::encode(&meta.message()), items);
        }
        let size: usize = items.iter().map(|item| item.len() + 1).sum();
        let mut out = Vec::with_capacity(size + 256);
        wire::open_json(&mut out, kind, api_version);
        out.extend_from_slice(b",\"metadata\":");
        out.extend_from_slice(&meta.json());
        out.extend_from_slice(b",\"items\":");
        if items.is_empty() {
            out.extend_from_slice(none.as_bytes());
        } else {
            wire::json_array(&mut out, items);
        }
        out.push(b'}');
        out
    }
}
