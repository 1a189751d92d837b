//! Answers with a document under the conditions of the request: validators and ranges. Source: RFC 9110, as Go's `http.ServeContent` does it.

use std::ops::Range;

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::accept::Media;
use super::document::Document;
use super::{Response, date, empty, full, value};

/// Bodies below this many bytes are not compressed.
const WORTH_ZIPPING: usize = 1400;

/// The answer with `document` in the form `media`.
pub(super) fn respond(document: &Document, media: Media, gzip: bool, method: &Method, headers: &HeaderMap) -> Response {
    let Some(plain) = document.plain(media) else { return empty(StatusCode::NOT_ACCEPTABLE) };
    let zipped = (gzip && plain.len() >= WORTH_ZIPPING).then(|| document.zipped(media)).flatten();
    let mut response = match precondition(document, method, headers) {
        Some(status) => empty(status),
        None => content(zipped.unwrap_or(plain), zipped.is_none(), document, method, headers),
    };
    let status = response.status();
    let out = response.headers_mut();
    out.insert(ETAG, value(&quoted(document)));
    if status != StatusCode::NOT_MODIFIED {
        out.insert(CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
        out.insert(LAST_MODIFIED, value(&date::format(document.modified)));
    }
    if zipped.is_some() && status == StatusCode::OK {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        out.remove(CONTENT_LENGTH);
    }
    response
}

fn quoted(document: &Document) -> String {
    format!("\"{}\"", document.hash())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok()).filter(|text| !text.is_empty())
}

fn seconds(headers: &HeaderMap, name: HeaderName) -> Option<i64> {
    text(headers, name).and_then(date::parse)
}

/// The status that a failed precondition gives.
fn precondition(document: &Document, method: &Method, headers: &HeaderMap) -> Option<StatusCode> {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let modified = document.modified.as_second();
    let holds = match text(headers, IF_MATCH) {
        Some(listed) => lists(listed, document, false),
        None => seconds(headers, IF_UNMODIFIED_SINCE).is_none_or(|since| modified <= since),
    };
    if !holds {
        return Some(StatusCode::PRECONDITION_FAILED);
    }
    let unchanged = match text(headers, IF_NONE_MATCH) {
        Some(listed) => lists(listed, document, true),
        None => reads && seconds(headers, IF_MODIFIED_SINCE).is_some_and(|since| modified <= since),
    };
    unchanged.then_some(if reads { StatusCode::NOT_MODIFIED } else { StatusCode::PRECONDITION_FAILED })
}

/// Whether a list of entity tags names the document; in weak comparison `W/` does not matter.
fn lists(listed: &str, document: &Document, weak: bool) -> bool {
    let own = quoted(document);
    listed.split(',').map(str::trim).any(|tag| tag == "*" || tag == own || (weak && tag.strip_prefix("W/") == Some(own.as_str())))
}

fn content(body: &Bytes, ranges: bool, document: &Document, method: &Method, headers: &HeaderMap) -> Response {
    let (status, part) = match asked_range(body.len(), ranges, document, method, headers) {
        Asked::Whole => (StatusCode::OK, 0..body.len()),
        Asked::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Asked::Nothing => {
            let mut response = empty(StatusCode::RANGE_NOT_SATISFIABLE);
            response.headers_mut().insert(CONTENT_RANGE, value(&format!("bytes */{}", body.len())));
            return response;
        }
    };
    let sent = body.slice(part.clone());
    let length = sent.len();
    let mut response = full(status, sent);
    let out = response.headers_mut();
    out.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    out.insert(CONTENT_LENGTH, length.into());
    if status == StatusCode::PARTIAL_CONTENT {
        out.insert(CONTENT_RANGE, value(&format!("bytes {}-{}/{}", part.start, part.end - 1, body.len())));
    }
    response
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<usize>),
    Nothing,
}

fn asked_range(size: usize, ranges: bool, document: &Document, method: &Method, headers: &HeaderMap) -> Asked {
    let current = match text(headers, IF_RANGE) {
        Some(tag) if tag.starts_with('"') => tag == quoted(document),
        Some(time) => date::parse(time) == Some(document.modified.as_second()),
        None => true,
    };
    match text(headers, RANGE) {
        Some(range) if ranges && current && matches!(*method, Method::GET | Method::HEAD) => one_range(range, size),
        _ => Asked::Whole,
    }
}

/// One range of bytes. Several at once, and what cannot be read, give the whole: a server may ignore ranges.
fn one_range(range: &str, size: usize) -> Asked {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Asked::Whole };
    let part = match (first.trim().parse::<usize>(), last.trim()) {
        (Ok(first), "") => first..size,
        (Ok(first), last) => match last.parse::<usize>() {
            Ok(last) if last >= first => first..last.saturating_add(1).min(size),
            _ => return Asked::Whole,
        },
        (Err(_), last) if first.trim().is_empty() => match last.parse::<usize>() {
            Ok(length) => size.saturating_sub(length)..size,
            Err(_) => return Asked::Whole,
        },
        _ => return Asked::Whole,
    };
    if part.start >= part.end { Asked::Nothing } else { Asked::Part(part) }
}

#[cfg(test)]
mod tests {
    use super::{Asked, one_range};

    #[test]
    fn ranges() {
        let rows = [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=-5", Asked::Part(95..100)),
            ("bytes=0-18446744073709551615", Asked::Part(0..100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=9-1", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("lines=1-2", Asked::Whole),
            ("bytes=-", Asked::Whole),
        ];
        for (range, part) in rows {
            assert_eq!(one_range(range, 100), part, "{range}");
        }
    }
}
