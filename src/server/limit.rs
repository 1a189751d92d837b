//! What one request may take: bytes of body, time, and the fate of the thread it runs on.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as HttpBody;

use super::Response;
use crate::request::{Request, Target};
use crate::status::ApiError;

/// The most bytes a body may have. Source: apiserver `MaxRequestBodyBytes`.
pub(super) const BODY: usize = 3 * 1024 * 1024;

/// Bytes from which a body is worth a thread.
const LARGE: usize = 64 * 1024;

/// How long a request may take that is no watch. Source: apiserver `RequestTimeout`.
const DEADLINE: Duration = Duration::from_mins(1);

const ALLOTTED: &str = "request did not complete within the allotted timeout";

/// Reads a whole body; a client gets as long to send it as a request may take.
pub(super) async fn read<B>(body: B) -> Result<Bytes, ApiError>
where
    B: HttpBody,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let whole = tokio::time::timeout(DEADLINE, Limited::new(body, BODY).collect()).await;
    match whole.map_err(|_| ApiError::timeout(ALLOTTED, 0))? {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(ApiError::too_large(BODY)),
        Err(error) => Err(ApiError::bad_request(format!("the body of the request could not be read: {error}"))),
    }
}

/// How long a request may take; `None` for a watch. `timeout=` may shorten it.
pub(super) fn deadline(target: Option<&Target>, request: &Request) -> Result<Option<Duration>, ApiError> {
    if target
        .is_some_and(|target| target.watch || (target.name.is_none() && request.method == http::Method::GET && request.query.flag("watch")))
    {
        return Ok(None);
    }
    let Some(text) = request.query.get("timeout").filter(|text| !text.is_empty()) else { return Ok(Some(DEADLINE)) };
    match duration(text) {
        Some(seconds) if seconds > 0.0 && seconds < DEADLINE.as_secs_f64() => Ok(Some(Duration::from_secs_f64(seconds))),
        Some(_) => Ok(Some(DEADLINE)),
        None => {
            let why = format!("invalid timeout specified in the request URL - time: invalid duration {text:?}");
            Err(ApiError::bad_request(why))
        }
    }
}

/// Seconds of a Go duration such as `1m30.5s`.
fn duration(text: &str) -> Option<f64> {
    let (sign, mut rest) = text.strip_prefix('-').map_or((1.0, text.strip_prefix('+').unwrap_or(text)), |rest| (-1.0, rest));
    if rest == "0" {
        return Some(0.0);
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(end);
        let end = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(end);
        let seconds = match unit {
            "ns" => 1e-9,
            "us" | "µs" | "μs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * seconds;
        rest = tail;
    }
    (!text.is_empty() && text.ends_with(|c: char| c.is_ascii_lowercase())).then_some(sign * total)
}

/// Runs a request on its own: a panic in it is an answer of 500, and a client that goes away, or a deadline that passes, does not stop a write
/// half way. A request with a large body computes for long stretches, so it gets a thread of its own and holds up nobody else.
pub(super) async fn isolated<F>(work: F, body: usize, deadline: Option<Duration>) -> Result<Response, ApiError>
where
    F: Future<Output = Result<Response, ApiError>> + Send + 'static,
{
    let task = if body > LARGE {
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || runtime.block_on(work))
    } else {
        tokio::spawn(work)
    };
    let done = match deadline {
        None => task.await,
        Some(limit) => match tokio::time::timeout(limit, task).await {
            Ok(done) => done,
            Err(_) => return Err(ApiError::timeout(ALLOTTED, 0)),
        },
    };
    done.unwrap_or_else(|error| {
        tracing::error!(%error, "a request failed unexpectedly");
        Err(ApiError::internal_error("the server failed unexpectedly on this request; its log has the details"))
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, Method, StatusCode};
    use http_body_util::Full;

    use super::{BODY, LARGE, deadline, duration, isolated, read};
    use crate::request::{Request, Target};
    use crate::server::text;

    #[test]
    fn deadlines_are_shortened_only() {
        let cases = [
            ("", Ok(Some(60))),
            ("timeout=32s", Ok(Some(32))),
            ("timeout=0s", Ok(Some(60))),
            ("timeout=2m", Ok(Some(60))),
            ("timeout=0.5m", Ok(Some(30))),
            ("timeout=5", Err("invalid timeout specified in the request URL - time: invalid duration \"5\"")),
            ("watch=1&timeout=7m12s", Ok(None)),
        ];
        for (query, want) in cases {
            let request = Request::new(Method::GET, "/", query, HeaderMap::new(), bytes::Bytes::new());
            let got = deadline(Some(&Target::default()), &request).map(|limit| limit.map(|limit| limit.as_secs()));
            assert_eq!(got.as_ref().map_err(|error| error.message.as_str()), want.as_ref().map_err(|text| *text), "{query}");
        }
    }

    #[test]
    fn durations_are_those_of_go() {
        let cases = [
            ("1h1m1s", Some(3661)),
            ("1500ms", Some(1)),
            ("-5s", Some(-5)),
            ("0", Some(0)),
            ("5", None),
            ("s", None),
            ("1x", None),
            ("", None),
        ];
        for (text, want) in cases {
            assert_eq!(duration(text).map(|seconds| seconds as i64), want, "{text}");
        }
    }

    #[tokio::test]
    async fn panics_and_delays_become_errors() {
        let panicked = isolated(async { panic!("on purpose") }, 0, None).await.expect_err("an error");
        assert_eq!((panicked.code, panicked.reason), (500, "InternalError"));
        let late = isolated(std::future::pending(), 0, Some(Duration::from_millis(1))).await.expect_err("an error");
        assert_eq!((late.code, late.message.as_str()), (504, "Timeout: request did not complete within the allotted timeout"));
        for body in [0, LARGE + 1] {
            assert!(isolated(async { Ok(text(StatusCode::OK, "ok")) }, body, None).await.is_ok());
        }
    }

    #[tokio::test]
    async fn bodies_have_a_limit() {
        assert_eq!(read(Full::<bytes::Bytes>::new(vec![0; BODY].into())).await.map(|bytes| bytes.len()), Ok(BODY));
        let error = read(Full::<bytes::Bytes>::new(vec![0; BODY + 1].into())).await.expect_err("too large");
        assert_eq!((error.code, error.message.as_str()), (413, "Request entity too large: limit is 3145728"));
    }
}
