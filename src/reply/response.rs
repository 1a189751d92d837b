//! The answers themselves: status, headers, body.

use bytes::Bytes;
use http::StatusCode;

use crate::codec::envelope;
use crate::codec::json;
use crate::handler::Call;
use crate::negotiate::{Media, Output, Transform, TransformKind};
use crate::object::Message;
use crate::server::{Document, Response, full, warn};
use crate::status::{self, ApiError, Details};
use crate::table::Table;

use super::bytes::{Encoder, Source};
use super::list::ListMeta;
use super::wire;

impl Call {
    /// How the objects of this request are encoded.
    pub(crate) fn encoder(&self) -> Encoder<'_> {
        Encoder { version: self.version(), at: self.endpoint.version, media: self.output.media }
    }

    /// Answers with one object.
    pub(crate) fn reply(&self, code: StatusCode, source: Source<'_>, warnings: &[String]) -> Result<Response, ApiError> {
        let encoder = self.encoder();
        let body = match &self.output.transform {
            None => encoder.whole(source)?,
            Some(Transform { kind: TransformKind::PartialObjectMetadata, version }) => encoder.partial(source, version)?,
            Some(Transform { kind: TransformKind::Table, version }) => {
                Table::read(self)?.encode(&encoder, &[source], &wire::revision_meta(source.hub()), version, true)?.into()
            }
            Some(Transform { kind: TransformKind::PartialObjectMetadataList, .. }) => {
                let (kind, asked) = (self.kind(), "you requested PartialObjectMetadataList, but the requested object is not a list");
                return Err(ApiError::new(406, "NotAcceptable", format!("{asked} (*{}.{})", wire::package(&kind.group), kind.kind)));
            }
        };
        Ok(respond(code, finish(body, &self.output)?, &self.output, warnings))
    }

    /// Answers with a list.
    pub(crate) fn reply_list(&self, items: &[Source<'_>], meta: &ListMeta) -> Result<Response, ApiError> {
        let body = self.encoder().list(items, meta, self.output.transform.as_ref(), &Table::read(self)?)?;
        Ok(respond(StatusCode::OK, finish(body.into(), &self.output)?, &self.output, &[]))
    }

    /// Answers with an object of a kind that is no resource (Scale).
    pub(crate) fn reply_other(
        &self,
        code: StatusCode,
        object: &dyn Message,
        api_version: &str,
        kind: &str,
        warnings: &[String],
    ) -> Result<Response, ApiError> {
        let body = if self.output.media == Media::Protobuf {
            envelope::wrap(object, api_version, kind)
        } else {
            let mut out = Vec::new();
            json::encode_object(object, api_version, kind, &mut out);
            out
        };
        Ok(respond(code, finish(body.into(), &self.output)?, &self.output, warnings))
    }

    /// Answers that what was posted to an object is done.
    pub(crate) fn reply_created(&self) -> Response {
        let (body, media) = Document::new(status::created()).encode(&self.output);
        full(StatusCode::CREATED, media.as_str(), body)
    }

    /// Answers that something is gone.
    pub(crate) fn reply_success(&self, code: StatusCode, about: &Details) -> Response {
        let (body, media) = Document::new(status::success(about)).encode(&self.output);
        full(code, media.as_str(), body)
    }
}

/// Gives a complete document its final form: YAML, indentation, the newline after compact JSON.
fn finish(body: Bytes, output: &Output) -> Result<Bytes, ApiError> {
    match output.media {
        Media::Protobuf => Ok(body),
        Media::Yaml => wire::yaml(&body).map(Bytes::from).map_err(ApiError::internal),
        Media::Json if output.pretty => Ok(json::indented(&body).into()),
        Media::Json => {
            let mut body = Vec::from(body);
            body.push(b'\n');
            Ok(body.into())
        }
    }
}

fn respond(code: StatusCode, body: Bytes, output: &Output, warnings: &[String]) -> Response {
    let mut response = full(code, output.media.as_str(), body);
    for warning in warnings {
        warn(response.headers_mut(), warning);
    }
    response
}
