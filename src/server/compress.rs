//! gzip for large answers.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderValue, header};
use http_body_util::BodyExt;
use hyper::body::Body as _;

use super::{Response, full};

/// Answers up to this many bytes are sent as they are. Source: apiserver `responsewriters`, `defaultGzipThresholdBytes`.
const THRESHOLD: u64 = 128 * 1024;

/// Compresses a whole body that is large when the client takes gzip. Streams and what is encoded already stay as they are.
pub(super) async fn compress(request: &HeaderMap, response: Response) -> Response {
    let large = response.body().size_hint().exact().is_some_and(|size| size > THRESHOLD);
    if !large || response.headers().contains_key(header::CONTENT_ENCODING) || !takes_gzip(request) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(plain) = body.collect().await.map(http_body_util::Collected::to_bytes);
    let body = match gzip(&plain) {
        Some(zipped) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
            parts.headers.remove(header::CONTENT_LENGTH);
            zipped
        }
        None => plain,
    };
    http::Response::from_parts(parts, full(http::StatusCode::OK, "", body).into_body())
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|token| token.split(';').next().is_some_and(|name| name.trim() == "gzip"))
}

fn gzip(plain: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::fast());
    encoder.write_all(plain).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use http::{HeaderMap, HeaderValue, StatusCode, header};
    use http_body_util::BodyExt;

    use super::compress;
    use crate::server::full;

    #[tokio::test]
    async fn only_large_bodies_for_clients_that_take_gzip() {
        let cases = [
            (128 * 1024 + 1, "gzip", true),
            (128 * 1024 + 1, "deflate, gzip;q=1", true),
            (128 * 1024, "gzip", false),
            (1 << 20, "", false),
        ];
        for (size, accept, zipped) in cases {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accept))]);
            let response = compress(&headers, full(StatusCode::CREATED, "application/json", vec![b'a'; size])).await;
            assert_eq!(response.status(), StatusCode::CREATED);
            assert_eq!(response.headers().contains_key(header::CONTENT_ENCODING), zipped, "{size} {accept}");
            let Ok(body) = response.into_body().collect().await;
            let mut plain = Vec::new();
            if zipped {
                flate2::read::GzDecoder::new(&body.to_bytes()[..]).read_to_end(&mut plain).expect("gzip");
            } else {
                plain = body.to_bytes().to_vec();
            }
            assert_eq!(plain.len(), size);
        }
    }
}
