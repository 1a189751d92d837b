//! The Content-Type of bodies.

use super::Media;
use crate::status::ApiError;

/// How a PATCH body is to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PatchType {
    /// `application/json-patch+json`: a list of operations.
    Json,
    /// `application/merge-patch+json`.
    Merge,
    /// `application/strategic-merge-patch+json`: merged as the type's descriptor says.
    Strategic,
    /// `application/apply-patch+yaml`: server-side apply.
    Apply,
}

impl PatchType {
    /// Every type, in the order in which messages list them.
    pub const ALL: [Self; 4] = [Self::Json, Self::Merge, Self::Strategic, Self::Apply];

    /// The media type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json-patch+json",
            Self::Merge => "application/merge-patch+json",
            Self::Strategic => "application/strategic-merge-patch+json",
            Self::Apply => "application/apply-patch+yaml",
        }
    }
}

/// The media type of a body that holds an object. Parameters are dropped, malformed ones refused; an absent header means JSON.
pub fn body_type(content_type: &str) -> Result<Media, ApiError> {
    if content_type.trim().is_empty() {
        return Ok(Media::Json);
    }
    let mut parts = content_type.split(';');
    let media = parts.next().and_then(|name| Media::of(name.trim()));
    // One empty part at the end is what a trailing `;` leaves.
    let parameters: Vec<&str> = parts.map(str::trim).collect();
    let last = parameters.len().saturating_sub(1);
    let well_formed = parameters.iter().enumerate().all(|(at, part)| if part.is_empty() { at == last } else { is_parameter(part) });
    media.filter(|_| well_formed).ok_or_else(|| ApiError::unsupported_media_type(&Media::ALL.map(Media::as_str)))
}

fn is_parameter(part: &str) -> bool {
    part.split_once('=').is_some_and(|(key, value)| !key.is_empty() && !value.is_empty() && !key.contains(char::is_whitespace))
}

/// The way to apply a PATCH body, matched literally up to the first `;`.
pub fn patch_type(content_type: &str, accepted: &[PatchType]) -> Result<PatchType, ApiError> {
    let name = content_type.split(';').next().unwrap_or_default().trim();
    let found = accepted.iter().copied().find(|patch| patch.as_str() == name);
    found.ok_or_else(|| {
        ApiError::new(415, "UnsupportedMediaType", "415: Unsupported Media Type").with_details(crate::status::Details::default())
    })
}

#[cfg(test)]
mod tests {
    use super::{Media, PatchType, body_type, patch_type};

    #[test]
    fn content_types_of_objects() {
        let cases = [
            ("", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("application/json; charset=utf-8", Some(Media::Json)),
            ("APPLICATION/JSON", Some(Media::Json)),
            ("application/json;", Some(Media::Json)),
            ("application/yaml", Some(Media::Yaml)),
            ("application/vnd.kubernetes.protobuf", Some(Media::Protobuf)),
            ("application/json;a=b;;", None),
            ("application/json;a", None),
            ("text/plain", None),
            ("application/x-www-form-urlencoded", None),
        ];
        for (header, want) in cases {
            assert_eq!(body_type(header).ok(), want, "{header}");
        }
        let refused = body_type("text/plain").expect_err("refused");
        assert_eq!(
            (refused.code, refused.message.as_str()),
            (
                415,
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, \
                 application/vnd.kubernetes.protobuf"
            )
        );
    }

    #[test]
    fn content_types_of_patches() {
        let cases = [
            ("application/json-patch+json", Some(PatchType::Json)),
            ("application/merge-patch+json;charset=utf-8", Some(PatchType::Merge)),
            ("application/strategic-merge-patch+json", Some(PatchType::Strategic)),
            ("application/apply-patch+yaml", Some(PatchType::Apply)),
            ("application/json", None),
            ("", None),
        ];
        for (header, want) in cases {
            assert_eq!(patch_type(header, &PatchType::ALL).ok(), want, "{header}");
        }
        assert_eq!(patch_type("application/strategic-merge-patch+json", &[PatchType::Json]).expect_err("refused").code, 415);
    }
}
