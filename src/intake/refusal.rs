//! The words in which bodies are refused. Source: apiserver `handlers/rest.go`, apimachinery `runtime`; observed on a live server.

use std::fmt::Write;

use crate::registry::{Registry, Resource};
use crate::status::ApiError;

use super::Expected;

/// Bytes of a body that an error shows.
const SHOWN: usize = 30;

/// The body's kind could not be read.
pub(super) fn unrecognized(expected: &Expected<'_>, why: &str, body: &[u8]) -> ApiError {
    ApiError::bad_request(format!("the object provided is unrecognized (must be of type {}): {why} ({})", expected.kind, head(body)))
}

/// The body states a kind, but cannot be read as what is expected.
pub(super) fn unfit(expected: &Expected<'_>, sent: &Sent<'_>, why: &str) -> ApiError {
    let version = sent.version();
    ApiError::bad_request(format!("{} in version {version:?} cannot be handled as a {}: {why}", sent.kind, expected.kind))
}

/// The type that a body states, gaps filled from what is expected.
pub(super) struct Sent<'a> {
    /// `group/version`, or the version alone.
    pub(super) api_version: &'a str,
    /// The kind.
    pub(super) kind: &'a str,
}

impl Sent<'_> {
    /// The group part of the version.
    pub(super) fn group(&self) -> &str {
        self.api_version.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// The version part of the version.
    pub(super) fn version(&self) -> &str {
        self.api_version.rsplit_once('/').map_or(self.api_version, |(_, version)| version)
    }

    /// Why a kind cannot be read as another.
    pub(super) fn unconvertible(&self, expected: &Expected<'_>) -> String {
        format!("converting ({}.{}) to ({}.{}): unknown conversion", self.version(), self.kind, expected.package(), expected.kind)
    }

    /// Why the program has no such kind.
    pub(super) fn unknown(&self) -> String {
        let scheme = "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30";
        format!("no kind {:?} is registered for version {:?} in scheme {scheme:?}", self.kind, self.api_version)
    }
}

/// A body of another kind or version than the path.
pub(super) fn wrong_type(registry: &Registry, expected: &Expected<'_>, sent: &Sent<'_>) -> ApiError {
    let Some((resource, _)) = registry.kind(sent.group(), sent.version(), sent.kind) else {
        return unfit(expected, sent, &sent.unknown());
    };
    if expected.resource.is_some_and(|wanted| std::ptr::eq::<Resource>(wanted, resource)) {
        let (sent, wanted) = (sent.api_version, &expected.api_version);
        return ApiError::bad_request(format!("the API version in the data ({sent}) does not match the expected API version ({wanted})"));
    }
    unfit(expected, sent, &sent.unconvertible(expected))
}

/// The start of a body: as text when it looks like JSON, else in hexadecimal.
fn head(body: &[u8]) -> String {
    let shown = &body[..body.len().min(SHOWN)];
    let mut head = match shown.first() {
        None => "<empty>".to_owned(),
        Some(b'{') => String::from_utf8_lossy(shown).into_owned(),
        Some(_) => hex(shown),
    };
    if body.len() > SHOWN {
        head.push_str(" ...");
    }
    head
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn heads_are_cut() {
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(40));
        let cases = [("", "<empty>"), ("{}", "{}"), ("k8s\0", "6b387300"), (&long, "{\"a\":\"xxxxxxxxxxxxxxxxxxxxxxxx ...")];
        for (body, shown) in cases {
            assert_eq!(head(body.as_bytes()), shown);
        }
    }
}
