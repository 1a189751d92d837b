//! `Warning` headers: the deprecation of what is asked for.

use http::{HeaderMap, HeaderValue, header};
use kubewright_model::{Kind, Lifecycle};

/// What a client of a deprecated kind is told, from the release on that deprecates it.
pub(super) fn deprecation(kind: &Kind, release: &str) -> Option<String> {
    let life = &kind.lifecycle;
    if !life.is_deprecated(release) {
        return None;
    }
    if !life.warning.is_empty() {
        return Some(life.warning.clone().into_owned());
    }
    if life.deprecated == Lifecycle::ALWAYS {
        return Some(format!("{} {} is deprecated", kind.api_version(), kind.kind));
    }
    let removed = if life.removed.is_empty() { String::new() } else { format!(", unavailable in v{}+", life.removed) };
    let replacement = match &*life.replacement {
        "" => String::new(),
        full if full.contains(' ') => format!("; use {full}"),
        version => format!("; use {version} {}", kind.kind),
    };
    Some(format!("{} {} is deprecated in v{}+{removed}{replacement}", kind.api_version(), kind.kind, life.deprecated))
}

/// Adds a warning unless the same is there.
pub fn warn(headers: &mut HeaderMap, text: &str) {
    let quoted: String =
        text.chars().filter(|c| !c.is_control()).flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain([c])).collect();
    if let Ok(value) = HeaderValue::from_str(&format!("299 - \"{quoted}\""))
        && !headers.get_all(header::WARNING).iter().any(|old| *old == value)
    {
        headers.append(header::WARNING, value);
    }
}

#[cfg(test)]
mod tests {
    use kubewright_model::{Kind, Lifecycle};

    use super::{deprecation, warn};
    use crate::sample::kind;

    #[test]
    fn parts_that_are_unknown_are_left_out() {
        let cases = [
            (
                "",
                "1.33",
                "",
                "discovery.k8s.io/v1 EndpointSlice",
                Some("v1 Things is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"),
            ),
            ("", "1.19", "", "", Some("v1 Things is deprecated in v1.19+")),
            ("g", "1.9", "1.22", "g/v2", Some("g/v1 Things is deprecated in v1.9+, unavailable in v1.22+; use g/v2 Things")),
            ("", "1.37", "", "", None),
            ("", "", "1.40", "", None),
            ("g", "true", "", "", Some("g/v1 Things is deprecated")),
        ];
        for (group, deprecated, removed, replacement, want) in cases {
            let lifecycle = Lifecycle {
                introduced: "1.0".into(),
                deprecated: deprecated.into(),
                removed: removed.into(),
                replacement: replacement.into(),
                warning: "".into(),
            };
            let kind = Kind { lifecycle, ..kind(group, "v1", "Things", "things") };
            assert_eq!(deprecation(&kind, "1.36").as_deref(), want);
        }
    }

    #[test]
    fn warnings_are_quoted_and_sent_once() {
        let mut headers = http::HeaderMap::new();
        for text in ["a \"b\" \\\n", "a \"b\" \\", "c"] {
            warn(&mut headers, text);
        }
        let sent: Vec<_> = headers.get_all("warning").iter().filter_map(|value| value.to_str().ok()).collect();
        assert_eq!(sent, ["299 - \"a \\\"b\\\" \\\\\"", "299 - \"c\""]);
    }
}
