//! Accept headers: the route's gate, then the weighted choice. Source: recorded from a live server (facts of 2.1 and 2.3).

use super::{Media, Output, Transform, TransformKind, wants_pretty};
use crate::request::Request;
use crate::status::{ApiError, Details};

/// What a request may be answered in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    /// An object or a list, which may be transformed.
    Object,
    /// A stream of events, each of which may be transformed. YAML cannot be streamed.
    Watch,
    /// A document that is only ever itself.
    Plain,
}

/// One alternative of an Accept header.
#[derive(Clone, Debug)]
struct Clause<'a> {
    kind: &'a str,
    subtype: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
    quality: f64,
}

/// The first gate: whether some clause names a type of the route or `*/*` outright. It comes before everything else, also before a 404.
/// `watchable`: the route is a collection that can be watched, and says so in the message.
pub fn route_gate(request: &Request, watchable: bool) -> Result<(), ApiError> {
    let accept = request.header_list("accept");
    let named = |clause: &str| {
        let name = clause.split(';').next().unwrap_or_default().trim();
        name == "*/*" || Media::ALL.iter().any(|media| media.as_str() == name)
    };
    if accept.trim().is_empty() || accept.split(',').any(named) {
        return Ok(());
    }
    let streams = if watchable { ", application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch" } else { "" };
    let message = format!("406: Not Acceptable\n\nAvailable representations: {}{streams}", names(&Media::ALL).join(", "));
    Err(ApiError::new(406, "NotAcceptable", message).with_details(Details::default()))
}

/// The form of the answer: the first type of the best clause whose parameters can be met.
pub fn output(request: &Request, forms: Forms) -> Result<Output, ApiError> {
    let accept = request.header_list("accept");
    let available: &[Media] = if forms == Forms::Watch { &[Media::Json, Media::Protobuf] } else { &Media::ALL };
    choose(&accept, forms, available)
        .map(|output| Output { pretty: output.media == Media::Json && (output.pretty || wants_pretty(request)), ..output })
        .ok_or_else(|| ApiError::not_acceptable(&names(available)))
}

/// The form of an error: as a plain document, or indented JSON when the client accepts nothing that can be produced.
pub fn error_output(request: &Request) -> Output {
    output(request, Forms::Plain).unwrap_or(Output { pretty: true, ..Output::default() })
}

/// Whether the best clause that can be met asks for aggregated discovery in JSON.
pub fn wants_aggregated(request: &Request) -> bool {
    let accept = request.header_list("accept");
    let met = clauses(&accept).into_iter().find_map(|clause| {
        let aggregated = clause.matches(Media::Json) && clause.asks_for("apidiscovery.k8s.io", "v2", "APIGroupDiscoveryList");
        let plain = || Media::ALL.iter().any(|media| clause.matches(*media) && clause.output(*media, Forms::Plain).is_some());
        if aggregated { Some(true) } else { plain().then_some(false) }
    });
    met.unwrap_or(false)
}

fn choose(accept: &str, forms: Forms, available: &[Media]) -> Option<Output> {
    if accept.trim().is_empty() {
        return Some(Output::default());
    }
    clauses(accept).iter().find_map(|clause| {
        let candidates = available.iter().copied().filter(|media| clause.matches(*media));
        candidates.into_iter().find_map(|media| clause.output(media, forms))
    })
}

fn names(media: &[Media]) -> Vec<&'static str> {
    media.iter().map(|media| media.as_str()).collect()
}

/// The clauses, best first; equals stay in order.
fn clauses(accept: &str) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = accept.split(',').filter_map(clause).collect();
    clauses.sort_by(|a, b| b.quality.total_cmp(&a.quality));
    clauses
}

fn clause(text: &str) -> Option<Clause<'_>> {
    let mut parts = text.split(';').map(str::trim);
    let (kind, subtype) = match parts.next()? {
        "" => return None,
        "*" => ("*", "*"),
        name => name.split_once('/')?,
    };
    let parameters: Vec<(&str, &str)> =
        parts.filter_map(|part| part.split_once('=')).map(|(key, value)| (key.trim(), unquote(value.trim()))).collect();
    let quality = parameters.iter().find(|(key, _)| *key == "q").and_then(|(_, value)| value.parse().ok()).unwrap_or(1.0);
    Some(Clause { kind: kind.trim(), subtype: subtype.trim(), parameters, quality })
}

fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

impl Clause<'_> {
    fn matches(&self, media: Media) -> bool {
        let Some((kind, subtype)) = media.as_str().split_once('/') else { return false };
        (self.kind == "*" && self.subtype == "*") || (self.kind == kind && (self.subtype == "*" || self.subtype == subtype))
    }

    fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    fn asks_for(&self, group: &str, version: &str, kind: &str) -> bool {
        self.parameter("g") == group && self.parameter("v") == version && self.parameter("as") == kind
    }

    /// The form in a media type; `None` when the parameters ask for what cannot be.
    fn output(&self, media: Media, forms: Forms) -> Option<Output> {
        let transform = match (self.parameter("as"), forms) {
            ("", _) => None,
            (_, Forms::Plain) => return None,
            (kind, _) => Some(self.transform(TransformKind::of(kind)?, media)?),
        };
        match self.parameter("stream") {
            "" => {}
            "watch" if forms == Forms::Watch => {}
            _ => return None,
        }
        Some(Output { media, pretty: self.parameter("pretty") == "1", transform })
    }

    fn transform(&self, kind: TransformKind, media: Media) -> Option<Transform> {
        let version = ["v1", "v1beta1"].into_iter().find(|version| *version == self.parameter("v"))?;
        let possible = self.parameter("g") == "meta.k8s.io" && !(kind == TransformKind::Table && media == Media::Protobuf);
        possible.then_some(Transform { kind, version })
    }
}

#[cfg(test)]
mod tests {
    use super::{Forms, error_output, output, route_gate};
    use crate::negotiate::Output;
    use crate::request::Request;

    fn request(accept: &'static str) -> Request {
        let headers = http::HeaderMap::from_iter([(http::header::ACCEPT, http::HeaderValue::from_static(accept))]);
        Request::new(http::Method::GET, "/", "", headers, bytes::Bytes::new())
    }

    /// An output as `json pretty Table.v1`.
    fn show(output: Output) -> String {
        let media = output.media.as_str().rsplit(['/', '.']).next().unwrap_or_default().to_owned();
        let pretty = if output.pretty { " pretty" } else { "" };
        let transform = output.transform.map(|transform| format!(" {}.{}", transform.kind.as_str(), transform.version)).unwrap_or_default();
        format!("{media}{pretty}{transform}")
    }

    #[test]
    fn recorded_accepts_of_one_object() {
        let cases = [
            ("", "json"),
            ("*/*", "json"),
            ("application/*", "406 route"),
            ("application/json", "json"),
            ("application/json;charset=utf-8", "json"),
            ("text/html", "406 route"),
            ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
            ("application/yaml;q=0.5,application/json;q=0.4", "yaml"),
            ("application/cbor", "406 route"),
            ("application/cbor,application/json", "json"),
            ("application/json;as=Nonsense;v=v1;g=meta.k8s.io", "406"),
            ("application/json;as=Table;v=v9;g=meta.k8s.io", "406"),
            ("application/json;as=Table;v=v9;g=meta.k8s.io,application/json", "json"),
            ("application/json;as=Table;g=meta.k8s.io", "406"),
            ("application/json;as=Table;v=v1;g=meta.k8s.io", "json Table.v1"),
            ("application/yaml;as=Table;v=v1;g=meta.k8s.io", "yaml Table.v1"),
            ("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io", "406"),
            ("application/json;q=0", "json"),
            ("nonsense", "406 route"),
            ("application/json;pretty=1", "json pretty"),
            ("application/json;q=0.1,application/yaml;q=0.9", "yaml"),
            ("application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", "json PartialObjectMetadata.v1"),
            (
                "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
                "protobuf PartialObjectMetadataList.v1",
            ),
            ("application/vnd.kubernetes.protobuf,application/json", "protobuf"),
            (
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json",
                "json Table.v1",
            ),
            ("application/json;stream=watch", "406"),
        ];
        for (accept, want) in cases {
            let request = request(accept);
            let got = match (route_gate(&request, false), output(&request, Forms::Object)) {
                (Err(error), _) => format!("{} route", error.code),
                (_, Err(error)) => error.code.to_string(),
                (_, Ok(output)) => show(output),
            };
            assert_eq!(got, want, "{accept}");
        }
    }

    #[test]
    fn watches_are_never_yaml() {
        let cases = [
            ("application/json;stream=watch", "json"),
            ("application/vnd.kubernetes.protobuf;stream=watch", "protobuf"),
            ("application/vnd.kubernetes.protobuf", "protobuf"),
            ("application/yaml,application/json;q=0.5", "json"),
            ("application/json;as=Table;v=v1;g=meta.k8s.io", "json Table.v1"),
            ("application/yaml", "406"),
        ];
        for (accept, want) in cases {
            let got = output(&request(accept), Forms::Watch).map_or_else(|error| error.code.to_string(), show);
            assert_eq!(got, want, "{accept}");
        }
    }

    #[test]
    fn errors_are_sent_whatever_is_accepted() {
        let cases = [
            ("", "json"),
            ("text/html", "json pretty"),
            ("application/yaml", "yaml"),
            ("application/vnd.kubernetes.protobuf", "protobuf"),
            ("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", "json"),
            ("application/json;as=Table;v=v1;g=meta.k8s.io", "json pretty"),
            ("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io", "json pretty"),
        ];
        for (accept, want) in cases {
            assert_eq!(show(error_output(&request(accept))), want, "{accept}");
        }
    }

    #[test]
    fn messages_list_what_there_is() {
        let route = route_gate(&request("text/html"), true).expect_err("refused");
        assert_eq!(
            route.message,
            "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf, \
             application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch"
        );
        assert_eq!(route.details, Some(Box::default()));
        let choice = output(&request("application/json;as=Nonsense;v=v1;g=meta.k8s.io"), Forms::Object).expect_err("refused");
        assert_eq!(
            (choice.message.as_str(), choice.details),
            ("only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf", None)
        );
    }
}
