//! Which form of a document an `Accept` header asks for. Source: the negotiation of Kubernetes' OpenAPI handlers, order of clauses included.

use std::cmp::Ordering;

use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_ENCODING};

/// A form of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/json`.
    Json,
    /// gnostic's `openapi.v2.Document`.
    ProtobufV2,
    /// gnostic's `openapi.v3.Document`.
    ProtobufV3,
}

impl Media {
    /// The media type of the answer: never the form with `@`, which is not a legal one.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::ProtobufV2 => "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
            Self::ProtobufV3 => "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
        }
    }
}

/// What a handler offers: subtype of `application`, and the form, most preferred first.
pub(super) type Offers = [(&'static str, Media)];

/// Of `/openapi/v2`; released clients send the name with `@`.
pub(super) const V2: [(&str, Media); 3] = [
    ("json", Media::Json),
    ("com.github.proto-openapi.spec.v2@v1.0+protobuf", Media::ProtobufV2),
    ("com.github.proto-openapi.spec.v2.v1.0+protobuf", Media::ProtobufV2),
];

/// Of the documents of version 3.
pub(super) const V3: [(&str, Media); 3] = [
    ("json", Media::Json),
    ("com.github.proto-openapi.spec.v3.v1.0+protobuf", Media::ProtobufV3),
    ("com.github.proto-openapi.spec.v3@v1.0+protobuf", Media::ProtobufV3),
];

/// The offer that the first `Accept` line asks for.
pub(super) fn choose(headers: &HeaderMap, offers: &Offers) -> Option<Media> {
    parse(first_line(headers)).iter().find_map(|clause| offers.iter().find(|(subtype, _)| clause.takes(subtype)).map(|(_, media)| *media))
}

/// Whether the `Accept` header holds no clause that can be read.
pub(super) fn is_unreadable(headers: &HeaderMap) -> bool {
    parse(first_line(headers)).is_empty()
}

fn first_line(headers: &HeaderMap) -> &str {
    let line = headers.get(ACCEPT).map_or("", |value| value.to_str().unwrap_or("?"));
    if line.is_empty() { "*/*" } else { line }
}

#[derive(Clone, Copy)]
struct Clause<'a> {
    ty: &'a str,
    subtype: &'a str,
    quality: f64,
}

impl Clause<'_> {
    fn takes(&self, subtype: &str) -> bool {
        matches!(self.ty, "application" | "*") && (self.subtype == subtype || self.subtype == "*")
    }

    /// Not a weak order: which clause ends up first depends on the header's order, as it does in Kubernetes.
    fn precedes(&self, other: &Self) -> bool {
        self.quality.partial_cmp(&other.quality) == Some(Ordering::Greater)
            || (self.ty != "*" && other.ty == "*")
            || (self.subtype != "*" && other.subtype == "*")
    }
}

fn parse(header: &str) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = header.split(',').filter_map(clause).collect();
    for start in 1..clauses.len() {
        let mut place = start;
        while place > 0 && clauses[place].precedes(&clauses[place - 1]) {
            clauses.swap(place, place - 1);
            place -= 1;
        }
    }
    clauses
}

fn clause(text: &str) -> Option<Clause<'_>> {
    let mut parts = text.split(';');
    let range = parts.next().map(str::trim).unwrap_or_default();
    let (ty, subtype) = if range == "*" { ("*", "*") } else { range.split_once('/')? };
    if subtype.contains('/') {
        return None;
    }
    let stated = parts.find_map(|part| part.trim().strip_prefix("q=")).map(|quality| quality.parse().unwrap_or(0.0));
    Some(Clause { ty: ty.trim(), subtype: subtype.trim(), quality: stated.unwrap_or(1.0) })
}

/// Whether `gzip` itself is accepted; `*` does not count.
pub(super) fn wants_gzip(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
        named && quality > 0.0
    })
}
