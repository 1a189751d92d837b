//! Whether JSON is indented.

use crate::request::Request;

/// The `pretty` parameter, read strictly; without it, whether the client is one that people look at. Source: apiserver
/// `negotiation.isPrettyPrint`, recorded from a live server.
pub fn wants_pretty(request: &Request) -> bool {
    match request.query.get("pretty") {
        Some(text) => matches!(text, "1" | "t" | "T" | "true" | "TRUE" | "True"),
        None => ["curl", "Wget", "Mozilla/5.0"].iter().any(|agent| request.header("user-agent").starts_with(agent)),
    }
}

#[cfg(test)]
mod tests {
    use super::wants_pretty;
    use crate::request::Request;

    #[test]
    fn recorded_requests_are_pretty_when_they_were() {
        let cases = [
            ("exchange/1", "", false),
            ("exchange/1", "pretty=true", true),
            ("exchange/1", "pretty=1", true),
            ("exchange/1", "pretty=yes", false),
            ("exchange/1", "pretty=nonsense", false),
            ("exchange/1", "pretty=", false),
            ("curl/8.0", "pretty=false", false),
            ("curl/8.0", "", true),
            ("Mozilla/5.0 (X)", "", true),
            ("Wget/1.0", "", true),
            ("kubectl/v1.32.0", "", false),
        ];
        for (agent, query, want) in cases {
            let headers = http::HeaderMap::from_iter([(http::header::USER_AGENT, http::HeaderValue::from_static(agent))]);
            let request = Request::new(http::Method::GET, "/", query, headers, bytes::Bytes::new());
            assert_eq!(wants_pretty(&request), want, "{agent} {query}");
        }
    }
}
