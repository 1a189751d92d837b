//! Hub objects to response bodies: the version asked for, the form asked for, the media type asked for.

mod bytes;
mod list;
mod partial;
mod response;
pub(crate) mod wire;

pub(crate) use bytes::{Encoder, Source};
pub(crate) use list::ListMeta;
