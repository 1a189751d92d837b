//! Responses that are sent whole.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Full};

use super::{Document, Response};
use crate::negotiate::error_output;
use crate::request::Request;
use crate::status::{ApiError, status_json};

/// Tells browsers to believe the Content-Type.
const NOSNIFF: (HeaderName, HeaderValue) = (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));

/// A response with a body; `content_type` is left out when empty.
pub fn full(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Response {
    let mut response = http::Response::new(Full::new(body.into()).boxed_unsync());
    *response.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(content_type)
        && !value.is_empty()
    {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

/// Plain text.
pub fn text(status: StatusCode, body: impl Into<Bytes>) -> Response {
    let mut response = full(status, "text/plain; charset=utf-8", body);
    response.headers_mut().extend([NOSNIFF]);
    response
}

/// What answers paths that nobody owns.
pub fn not_found_page() -> Response {
    text(StatusCode::NOT_FOUND, "404 page not found\n")
}

/// The Status of an error, in the form the client reads.
pub fn status(error: &ApiError, request: &Request) -> Response {
    let (body, media) = Document::new(status_json(error)).encode(&error_output(request));
    let code = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = full(code, media.as_str(), body);
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    if code == StatusCode::FORBIDDEN {
        response.headers_mut().extend([NOSNIFF]);
    }
    response
}
