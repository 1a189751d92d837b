//! One document in every encoding, each made when first asked for.

use std::fmt;
use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use kubewright_model::openapi::gnostic::Rejected;
use serde_json::Value;
use sha2::{Digest, Sha512};

use super::accept::Media;

/// Makes the protobuf form of a document.
pub(super) type ToProtobuf = fn(&Value) -> Result<Vec<u8>, Rejected>;

/// A document, its identity, and when it was made.
pub(super) struct Document {
    json: Bytes,
    hash: String,
    to_protobuf: ToProtobuf,
    protobuf: OnceLock<Option<Bytes>>,
    zipped: [OnceLock<Option<Bytes>>; 2],
    /// When the document was made.
    pub(super) modified: Timestamp,
}

impl Document {
    /// Takes a document in.
    pub(super) fn new(document: &Value, to_protobuf: ToProtobuf) -> Self {
        let json = Bytes::from(document.to_string());
        let hash = Sha512::digest(&json).iter().fold(String::with_capacity(128), |hash, byte| hash + &format!("{byte:02X}"));
        Self { json, hash, to_protobuf, protobuf: OnceLock::new(), zipped: [OnceLock::new(), OnceLock::new()], modified: Timestamp::now() }
    }

    /// Upper-case hexadecimal SHA-512 of the JSON: the same for every encoding.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    /// The bytes of a form. `None`: the document has no protobuf form, and clients take JSON.
    pub(super) fn plain(&self, media: Media) -> Option<&Bytes> {
        if media == Media::Json { Some(&self.json) } else { self.protobuf.get_or_init(|| self.encode()).as_ref() }
    }

    fn encode(&self) -> Option<Bytes> {
        let document = serde_json::from_slice(&self.json).ok()?;
        let encoded = (self.to_protobuf)(&document);
        encoded.inspect_err(|error| tracing::warn!(%error, "an OpenAPI document has no protobuf form")).ok().map(Bytes::from)
    }

    /// The bytes of a form, compressed; `None` also when compression fails.
    pub(super) fn zipped(&self, media: Media) -> Option<&Bytes> {
        let plain = self.plain(media)?;
        self.zipped[usize::from(media != Media::Json)].get_or_init(|| gzip(plain)).as_ref()
    }
}

fn gzip(plain: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("hash", &self.hash).field("bytes", &self.json.len()).finish_non_exhaustive()
    }
}
