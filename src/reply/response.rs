//! The answers themselves: status, headers, body.

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full};

use crate::codec::envelope;
use crate::codec::{json, yaml};
use crate::handler::Call;
use crate::meta::v1;
use crate::negotiate::{Media, Output, Transform, TransformKind};
use crate::object::Message;
use crate::server::Response;
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
        respond(code, finish(body, &self.output)?, &self.output, warnings)
    }

    /// Answers with a list.
    pub(crate) fn reply_list(&self, items: &[Source<'_>], meta: &ListMeta) -> Result<Response, ApiError> {
        let body = self.encoder().list(items, meta, self.output.transform.as_ref(), &Table::read(self)?)?;
        respond(StatusCode::OK, finish(body.into(), &self.output)?, &self.output, &[])
    }

    /// Answers with an object of a kind that is no resource (Scale).
    pub(crate) fn reply_other(&self, object: &dyn Message, api_version: &str, kind: &str, warnings: &[String]) -> Result<Response, ApiError> {
        let body = if self.output.media == Media::Protobuf {
            envelope::wrap(object, api_version, kind)
        } else {
            let mut out = Vec::new();
            json::encode_object(object, api_version, kind, &mut out);
            out
        };
        respond(StatusCode::OK, finish(body.into(), &self.output)?, &self.output, warnings)
    }

    /// Answers that something is gone.
    pub(crate) fn reply_success(&self, code: StatusCode, about: &Details) -> Result<Response, ApiError> {
        let value = status::success(about);
        let body = if self.output.media == Media::Protobuf {
            let mut message = v1::Status::default();
            json::from_value(&value, &mut message, None).map_err(|error| ApiError::internal(error.to_string()))?;
            envelope::wrap(&message, "v1", "Status")
        } else {
            value.to_string().into_bytes()
        };
        respond(code, finish(body.into(), &self.output)?, &self.output, &[])
    }
}

/// Gives a complete document its final form: YAML, indentation, the newline after compact JSON.
fn finish(body: Bytes, output: &Output) -> Result<Bytes, ApiError> {
    match output.media {
        Media::Protobuf => Ok(body),
        Media::Yaml => yaml::from_json(&body).map(Bytes::from).map_err(|error| ApiError::internal(error.to_string())),
        Media::Json if output.pretty => Ok(wire::pretty(&body).into()),
        Media::Json => {
            let mut body = Vec::from(body);
            body.push(b'\n');
            Ok(body.into())
        }
    }
}

fn respond(code: StatusCode, body: Bytes, output: &Output, warnings: &[String]) -> Result<Response, ApiError> {
    let mut response = http::Response::new(Full::new(body).boxed_unsync());
    *response.status_mut() = code;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(output.media.as_str()));
    for warning in warnings {
        headers.append(header::WARNING, warning_header(warning)?);
    }
    Ok(response)
}

/// `299 - "text"`, without control characters.
fn warning_header(text: &str) -> Result<HeaderValue, ApiError> {
    let escaped: String = text
        .chars()
        .filter(|character| !character.is_control())
        .flat_map(|character| matches!(character, '"' | '\\').then_some('\\').into_iter().chain([character]))
        .collect();
    HeaderValue::from_bytes(format!("299 - \"{escaped}\"").as_bytes()).map_err(|error| ApiError::internal(error.to_string()))
}
