//! An object in the cache, and its encodings.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::Object;
use crate::store::Revision;

/// Which encoding of an object: the numbers are the caller's, equal numbers mean equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Form {
    /// The API version.
    pub version: u16,
    /// The media type.
    pub media: u8,
    /// The shape: the object itself, a table row, its metadata alone.
    pub shape: u8,
}

/// One encoding: the lock is held while it is made, so that it is made once.
type Encoding = Arc<Mutex<Option<Bytes>>>;

/// An object at one revision, with every encoding that was asked for so far.
pub struct Cached {
    /// The full key.
    pub key: Arc<str>,
    /// Its last change; for the last state of a removed object, the removal.
    pub revision: Revision,
    /// The object in the hub version.
    pub object: Object,
    encodings: Mutex<Vec<(Form, Encoding)>>,
}

impl Cached {
    /// An object without encodings yet.
    pub fn new(key: Arc<str>, revision: Revision, object: Object) -> Self {
        Self { key, revision, object, encodings: Mutex::default() }
    }

    /// The encoding for a form, made on first use and shared from then on. `encode` must not ask for the same form of the same object.
    pub fn encoded(&self, form: Form, encode: impl FnOnce() -> Vec<u8>) -> Bytes {
        match self.try_encoded(form, || Ok::<_, std::convert::Infallible>(encode())) {
            Ok(bytes) => bytes,
            Err(never) => match never {},
        }
    }

    /// As [`Cached::encoded`]; a failure is not kept.
    pub fn try_encoded<E>(&self, form: Form, encode: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Bytes, E> {
        let encoding = self.encoding(form);
        let mut made = encoding.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = &*made {
            return Ok(bytes.clone());
        }
        let bytes = Bytes::from(encode()?);
        *made = Some(bytes.clone());
        Ok(bytes)
    }

    fn encoding(&self, form: Form) -> Encoding {
        let mut encodings = self.encodings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, encoding)) = encodings.iter().find(|(known, _)| *known == form) {
            return encoding.clone();
        }
        let encoding = Encoding::default();
        encodings.push((form, encoding.clone()));
        encoding
    }
}

impl fmt::Debug for Cached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cached").field("key", &self.key).field("revision", &self.revision).finish_non_exhaustive()
    }
}
