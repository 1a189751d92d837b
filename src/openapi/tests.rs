//! What clients get for their headers.

use http::header::{self, HeaderName};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt;
use serde::Deserialize;
use serde_json::Value;

use super::{OpenApi, Response};
use crate::{describe, sample};

fn openapi() -> OpenApi {
    OpenApi::new(describe::api(&sample::registry(), |kind| kind.group == "apps" && kind.version == "v1"))
}

fn headers(rows: &[(HeaderName, &str)]) -> HeaderMap {
    rows.iter().filter_map(|(name, value)| Some((name.clone(), HeaderValue::from_str(value).ok()?))).collect()
}

fn get(openapi: &OpenApi, path: &str, rows: &[(HeaderName, &str)]) -> Response {
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    openapi.serve(&Method::GET, path, query, &headers(rows)).expect("a document's path")
}

fn text(response: &Response, name: HeaderName) -> &str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn body(response: Response) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(response.into_body().collect()).expect("bodies do not fail").to_bytes().to_vec()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    path: String,
    accept: String,
    status: u16,
    content_type: Option<String>,
    #[serde(default)]
    current: bool,
}

/// Source: the tests of Kubernetes' OpenAPI handlers.
#[test]
fn negotiation() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("tests/accept.json")).expect("the fixture is JSON");
    let openapi = openapi();
    for case in cases {
        let etag = text(&get(&openapi, &case.path, &[]), header::ETAG).to_owned();
        let mut rows = vec![(header::ACCEPT, case.accept.as_str())];
        if case.current {
            rows.push((header::IF_NONE_MATCH, etag.as_str()));
        }
        let response = get(&openapi, &case.path, &rows);
        let about = format!("{} {}", case.path, case.accept);
        assert_eq!(response.status(), case.status, "{about}");
        assert_eq!(text(&response, header::CONTENT_TYPE), case.content_type.unwrap_or_default(), "{about}");
    }
}

#[test]
fn clauses_sort_as_in_kubernetes() {
    let rows = [
        ("application/json;q=0.1,application/com.github.proto-openapi.spec.v2.v1.0+protobuf", Some("protobuf")),
        ("*/*,application/com.github.proto-openapi.spec.v2.v1.0+protobuf;q=0.1", Some("protobuf")),
        ("*/json", Some("json")),
        ("application/json;q=0", Some("json")),
        ("application/json;as=Table;g=x", Some("json")),
        ("Application/JSON", None),
        ("json", None),
        ("a/b/c,*", Some("json")),
    ];
    let openapi = openapi();
    for (accept, form) in rows {
        let response = get(&openapi, "/openapi/v2", &[(header::ACCEPT, accept)]);
        assert_eq!(response.status() == StatusCode::OK, form.is_some(), "{accept}");
        assert!(text(&response, header::CONTENT_TYPE).ends_with(form.unwrap_or_default()), "{accept}");
        assert_eq!(response.headers().get_all(header::VARY).iter().count(), 2, "{accept}");
    }
    assert_eq!(get(&openapi, "/openapi/v3/apis/apps/v1", &[(header::ACCEPT, "json")]).status(), StatusCode::OK);
}

#[test]
fn conditions() {
    let openapi = openapi();
    let first = get(&openapi, "/openapi/v2", &[]);
    let (etag, modified) = (text(&first, header::ETAG).to_owned(), text(&first, header::LAST_MODIFIED).to_owned());
    assert_eq!(etag.len(), 130);
    let weak = format!("\"x\", W/{etag}");
    let past = "Sun, 06 Nov 1994 08:49:37 GMT";
    let rows = [
        (vec![(header::IF_NONE_MATCH, etag.as_str())], 304),
        (vec![(header::IF_NONE_MATCH, weak.as_str())], 304),
        (vec![(header::IF_NONE_MATCH, "*")], 304),
        (vec![(header::IF_NONE_MATCH, "\"x\"")], 200),
        (vec![(header::IF_MODIFIED_SINCE, modified.as_str())], 304),
        (vec![(header::IF_MODIFIED_SINCE, past)], 200),
        (vec![(header::IF_NONE_MATCH, "\"x\""), (header::IF_MODIFIED_SINCE, modified.as_str())], 200),
        (vec![(header::IF_MATCH, "\"x\"")], 412),
        (vec![(header::IF_MATCH, etag.as_str())], 200),
        (vec![(header::IF_UNMODIFIED_SINCE, past)], 412),
        (vec![(header::RANGE, "bytes=0-9")], 206),
        (vec![(header::RANGE, "bytes=99999999-")], 416),
        (vec![(header::RANGE, "bytes=0-9"), (header::IF_RANGE, "\"x\"")], 200),
    ];
    for (rows, status) in rows {
        let response = get(&openapi, "/openapi/v2", &rows);
        assert_eq!(response.status(), status, "{rows:?}");
        assert_eq!(text(&response, header::ETAG), etag, "{rows:?}");
        if status == 304 {
            for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::LAST_MODIFIED] {
                assert_eq!(response.headers().get(&name), None, "{rows:?} {name}");
            }
        }
    }
    assert_eq!(body(get(&openapi, "/openapi/v2", &[(header::RANGE, "bytes=0-9")])).len(), 10);
}

#[test]
fn gzip_is_sent_when_named() {
    let openapi = openapi();
    for (accepted, zipped) in [("gzip", true), ("deflate, GZIP;q=0.5", true), ("gzip;q=0", false), ("*", false), ("", false)] {
        let response = get(&openapi, "/openapi/v2", &[(header::ACCEPT_ENCODING, accepted)]);
        assert_eq!(text(&response, header::CONTENT_ENCODING) == "gzip", zipped, "{accepted}");
        assert_eq!(response.headers().contains_key(header::CONTENT_LENGTH), !zipped, "{accepted}");
    }
    let mut plain = Vec::new();
    let zipped = body(get(&openapi, "/openapi/v2", &[(header::ACCEPT_ENCODING, "gzip")]));
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(zipped.as_slice()), &mut plain).expect("gzip");
    assert_eq!(plain, body(get(&openapi, "/openapi/v2", &[])));
}

#[test]
fn every_method_reads() {
    let openapi = openapi();
    let whole = get(&openapi, "/openapi/v2", &[]);
    for method in [Method::HEAD, Method::POST, Method::DELETE] {
        let other = openapi.serve(&method, "/openapi/v2", None, &HeaderMap::new()).expect("a document's path");
        assert_eq!(other.status(), StatusCode::OK, "{method}");
        assert_eq!(text(&other, header::CONTENT_LENGTH), text(&whole, header::CONTENT_LENGTH), "{method}");
    }
}

#[test]
fn the_index_leads_to_documents_that_clients_may_keep() {
    let openapi = openapi();
    let index: Value = serde_json::from_slice(&body(get(&openapi, "/openapi/v3", &[]))).expect("the index is JSON");
    let paths = index["paths"].as_object().expect("paths");
    assert_eq!(paths.keys().collect::<Vec<_>>(), ["apis", "apis/apps", "apis/apps/v1", "version"]);
    for (key, entry) in paths {
        let url = entry["serverRelativeURL"].as_str().expect("an address");
        let kept = get(&openapi, url, &[]);
        assert_eq!(text(&kept, header::CACHE_CONTROL), "public, immutable", "{key}");
        assert!(text(&kept, header::EXPIRES).ends_with(" UTC"), "{key}");
        assert!(url.contains(text(&kept, header::ETAG).trim_matches('"')), "{key}");
        let fresh = get(&openapi, &format!("/openapi/v3/{key}"), &[]);
        assert_eq!(fresh.headers().get(header::CACHE_CONTROL), None, "{key}");
        let stale = get(&openapi, &format!("/openapi/v3/{key}?hash=0"), &[]);
        assert_eq!((stale.status(), text(&stale, header::LOCATION)), (StatusCode::MOVED_PERMANENTLY, url), "{key}");
        assert_eq!(text(&stale, header::VARY), "Accept", "{key}");
        assert!(body(stale).is_empty(), "{key}");
    }
    for path in ["/openapi/v2/", "/openapi/v3/", "/openapi/v3/apis/none/v1", "/openapi", "/openapi/v4"] {
        assert!(openapi.serve(&Method::GET, path, None, &HeaderMap::new()).is_none(), "{path}");
    }
}
