//! GET of a collection as a stream of changes.

mod body;
mod frame;
mod stream;

use http::{HeaderValue, header};
use http_body_util::BodyExt;
use tokio::sync::mpsc;

use crate::negotiate::TransformKind;
use crate::server::Response;
use crate::status::ApiError;
use crate::table::Table;

use super::Call;
use super::list_options::ListOptions;

/// How many frames wait for a slow client before the stream does.
const BACKLOG: usize = 64;

/// Answers at once, and streams from a task of its own until the client, the time or the server ends it.
pub(super) async fn watch(call: Call) -> Result<Response, ApiError> {
    let mut options = ListOptions::read(&call.request.query, call.kind(), true)?;
    start_with_state(&mut options);
    let revision = options.revision().map_err(ApiError::internal)?.unwrap_or_default();
    Table::read(&call)?;
    let (frames, receiver) = mpsc::channel(BACKLOG);
    let stream_type = call.output.media.stream_type();
    // The list form is accepted, and then shows nothing.
    let silent = call.output.transform.as_ref().is_some_and(|transform| transform.kind == TransformKind::PartialObjectMetadataList);
    if !silent {
        tokio::spawn(stream::run(call, options, revision, frames));
    }
    let mut response = http::Response::new(body::Frames::new(receiver).boxed_unsync());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(stream_type));
    Ok(response)
}

/// Without a revision, and without saying otherwise, a watch starts with the present state.
fn start_with_state(options: &mut ListOptions) {
    let anywhere = matches!(options.resource_version.as_str(), "" | "0");
    if anywhere && options.initial_events.is_none() && options.version_match.is_empty() {
        options.initial_events = Some(true);
    }
}
