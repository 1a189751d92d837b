//! One hub object to bytes, once per version, media type and shape.

use bytes::Bytes;

use crate::cache::{Cached, Form};
use crate::codec::envelope;
use crate::codec::{json, protobuf};
use crate::intake;
use crate::negotiate::Media;
use crate::object::{Message, Object};
use crate::registry::Version;
use crate::status::ApiError;

use super::partial;

/// A hub object on its way out.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// From the cache, which keeps its encodings.
    Cached(&'a Cached),
    /// Just made.
    Fresh(&'a dyn Message),
}

impl<'a> Source<'a> {
    /// The object, in the hub version.
    pub(crate) fn hub(self) -> &'a dyn Message {
        match self {
            Self::Cached(cached) => &*cached.object,
            Self::Fresh(object) => object,
        }
    }
}

/// What of an object is encoded. The numbers tell encodings in the cache apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// With `kind` and `apiVersion`, or in the protobuf envelope.
    Whole,
    /// Without, as an item of a list of its kind.
    Item,
    /// `PartialObjectMetadata`, with its type.
    Partial(&'static str),
    /// `PartialObjectMetadata` without its type: an item of a protobuf list.
    PartialItem,
}

impl Shape {
    fn number(self) -> u8 {
        match self {
            Self::Whole => 0,
            Self::Item => 1,
            Self::PartialItem => 2,
            Self::Partial("v1beta1") => 3,
            Self::Partial(_) => 4,
        }
    }
}

/// How the objects of one request are encoded.
#[derive(Clone, Copy)]
pub(crate) struct Encoder<'a> {
    /// The version asked for.
    pub(crate) version: &'a Version,
    /// Its position among the versions of the resource.
    pub(crate) at: usize,
    /// The media type asked for. YAML is made from JSON, when the document is complete.
    pub(crate) media: Media,
}

impl Encoder<'_> {
    /// The object as a document of its own, without a final newline.
    pub(crate) fn whole(&self, source: Source<'_>) -> Result<Bytes, ApiError> {
        self.encode(source, Shape::Whole)
    }

    /// The object as an item of a list.
    pub(crate) fn item(&self, source: Source<'_>) -> Result<Bytes, ApiError> {
        self.encode(source, Shape::Item)
    }

    /// The object's metadata as a document of its own, in a version of `meta.k8s.io`.
    pub(crate) fn partial(&self, source: Source<'_>, version: &'static str) -> Result<Bytes, ApiError> {
        self.encode(source, Shape::Partial(version))
    }

    /// The object's metadata as an item of a list. In JSON it states its type all the same.
    pub(crate) fn partial_item(&self, source: Source<'_>, version: &'static str) -> Result<Bytes, ApiError> {
        let shape = if self.is_protobuf() { Shape::PartialItem } else { Shape::Partial(version) };
        self.encode(source, shape)
    }

    /// The object in the version asked for, and what is made of it.
    pub(crate) fn with_view<T>(&self, source: Source<'_>, then: impl FnOnce(&dyn Message) -> T) -> Result<T, ApiError> {
        if self.version.conversion.is_none() {
            return Ok(then(source.hub()));
        }
        let object: Object = intake::view(self.version, source.hub().boxed_clone()).map_err(|error| intake::conversion_failed(&error))?;
        Ok(then(&*object))
    }

    pub(super) fn is_protobuf(&self) -> bool {
        self.media == Media::Protobuf
    }

    fn encode(&self, source: Source<'_>, shape: Shape) -> Result<Bytes, ApiError> {
        let media = u8::from(self.is_protobuf());
        let form = Form { version: self.at as u16, media, shape: shape.number() };
        match source {
            Source::Cached(cached) => cached.try_encoded(form, || self.make(source, shape)),
            Source::Fresh(_) => self.make(source, shape).map(Bytes::from),
        }
    }

    fn make(&self, source: Source<'_>, shape: Shape) -> Result<Vec<u8>, ApiError> {
        match shape {
            Shape::Whole => self.with_view(source, |object| self.make_whole(object)),
            Shape::Item => self.with_view(source, |object| self.make_item(object)),
            Shape::Partial(version) => self.with_view(source, |object| partial::whole(object, version, self.is_protobuf())),
            Shape::PartialItem => self.with_view(source, partial::protobuf_item),
        }
    }

    fn make_whole(&self, object: &dyn Message) -> Vec<u8> {
        let (api_version, kind) = (self.version.kind.api_version(), &self.version.kind.kind);
        if self.is_protobuf() {
            return envelope::wrap(object, &api_version, kind);
        }
        let mut out = Vec::new();
        json::encode_object(object, &api_version, kind, &mut out);
        out
    }

    fn make_item(&self, object: &dyn Message) -> Vec<u8> {
        if self.is_protobuf() {
            return protobuf::encode(object);
        }
        let mut out = Vec::new();
        json::encode(object, &mut out);
        out
    }
}
