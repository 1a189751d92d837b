//! Every error as the Status that Kubernetes clients expect: code, reason, details and causes.

mod encode;

pub use encode::{created, status_json, success};

/// An error on its way to the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status code.
    pub code: u16,
    /// Machine-readable reason, such as `NotFound`; empty for errors of no known type.
    pub reason: &'static str,
    /// Human-readable text.
    pub message: String,
    /// What it is about; `None` leaves `details` out, the default writes `{}`.
    pub details: Option<Box<Details>>,
    /// `metadata.continue`: where a list whose token expired may go on.
    pub metadata_continue: String,
}

/// What a Status is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Name of the object.
    pub name: String,
    /// API group of the object.
    pub group: String,
    /// Plural of the resource, or the Kind for `Invalid`.
    pub kind: String,
    /// UID of the object.
    pub uid: String,
    /// The single faults.
    pub causes: Vec<Cause>,
    /// Seconds after which to try again; 0 when not stated. Also sent as `Retry-After`.
    pub retry_after: u32,
}

/// One fault of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// Machine-readable reason, such as `FieldValueInvalid`.
    pub reason: String,
    /// Text without the field's path, such as `Required value`.
    pub message: String,
    /// Path of the field, such as `spec.ports[0].name`; empty when it is about none.
    pub field: String,
}

impl Cause {
    /// A fault of a field.
    pub fn new(reason: impl Into<String>, message: impl Into<String>, field: impl Into<String>) -> Self {
        Self { reason: reason.into(), message: message.into(), field: field.into() }
    }
}

impl Details {
    /// Details that name an object. `kind` is the plural of its resource, or its Kind for `Invalid`.
    pub fn of(group: &str, kind: &str, name: &str) -> Self {
        Self { name: name.to_owned(), group: group.to_owned(), kind: kind.to_owned(), ..Self::default() }
    }
}

/// `plural` of the core group, `plural.group` of others.
fn qualified(group: &str, plural: &str) -> String {
    if group.is_empty() { plural.to_owned() } else { format!("{plural}.{group}") }
}

/// Texts and codes. Source: apimachinery `api/errors`; the observable part was recorded from a live server.
impl ApiError {
    /// An error with a code, a reason and a text.
    pub fn new(code: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self { code, reason, message: message.into(), ..Self::default() }
    }

    /// The same error about something.
    pub fn with_details(self, details: Details) -> Self {
        Self { details: Some(Box::new(details)), ..self }
    }

    /// 400: the request cannot be understood.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// 403 about an object or, with an empty name, a collection: `pods "x" is forbidden: why`.
    pub fn forbidden(group: &str, plural: &str, name: &str, why: &str) -> Self {
        let object = if name.is_empty() { qualified(group, plural) } else { format!("{} \"{name}\"", qualified(group, plural)) };
        Self::new(403, "Forbidden", format!("{object} is forbidden: {why}")).with_details(Details::of(group, plural, name))
    }

    /// 404: the object does not exist.
    pub fn not_found(group: &str, plural: &str, name: &str) -> Self {
        let message = format!("{} \"{name}\" not found", qualified(group, plural));
        Self::new(404, "NotFound", message).with_details(Details::of(group, plural, name))
    }

    /// 404: a known group-version has no such path.
    pub fn router_not_found() -> Self {
        Self::new(404, "NotFound", "the server could not find the requested resource").with_details(Details::default())
    }

    /// 405: a known path does not take the method.
    pub fn method_not_allowed() -> Self {
        Self::new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
            .with_details(Details::default())
    }

    /// 405 by a resource that has no such verb: `patch is not supported on resources of kind "x.g"`.
    pub fn verb_not_supported(group: &str, plural: &str, verb: &str) -> Self {
        let message = format!("{verb} is not supported on resources of kind \"{}\"", qualified(group, plural));
        Self::new(405, "MethodNotAllowed", message).with_details(Details::of(group, plural, ""))
    }

    /// 406: nothing that the client accepts can be produced. `accepted`: what could be.
    pub fn not_acceptable(accepted: &[&str]) -> Self {
        Self::new(406, "NotAcceptable", format!("only the following media types are accepted: {}", accepted.join(", ")))
    }

    /// 409: the name is taken.
    pub fn already_exists(group: &str, plural: &str, name: &str) -> Self {
        let message = format!("{} \"{name}\" already exists", qualified(group, plural));
        Self::new(409, "AlreadyExists", message).with_details(Details::of(group, plural, name))
    }

    /// 409: the object changed meanwhile.
    pub fn conflict(group: &str, plural: &str, name: &str) -> Self {
        let why = "the object has been modified; please apply your changes to the latest version and try again";
        Self::conflict_because(group, plural, name, why)
    }

    /// 409 for another reason, such as a precondition that failed.
    pub fn conflict_because(group: &str, plural: &str, name: &str, why: &str) -> Self {
        let message = format!("Operation cannot be fulfilled on {} \"{name}\": {why}", qualified(group, plural));
        Self::new(409, "Conflict", message).with_details(Details::of(group, plural, name))
    }

    /// 410: the resource version is too old.
    pub fn expired(message: impl Into<String>) -> Self {
        Self::new(410, "Expired", message)
    }

    /// 410: the continue token is too old; `token` goes on at the newest revision.
    pub fn expired_continue(message: impl Into<String>, token: impl Into<String>) -> Self {
        Self { metadata_continue: token.into(), ..Self::expired(message) }
    }

    /// 413: the body is larger than `limit` bytes.
    pub fn too_large(limit: usize) -> Self {
        Self::too_large_because(format!("limit is {limit}"))
    }

    /// 413 for another reason.
    pub fn too_large_because(why: impl AsRef<str>) -> Self {
        Self::new(413, "RequestEntityTooLarge", format!("Request entity too large: {}", why.as_ref()))
    }

    /// 415: the body is of no type that is read. `accepted`: those that are.
    pub fn unsupported_media_type(accepted: &[&str]) -> Self {
        let message = format!("the body of the request was in an unknown format - accepted media types include: {}", accepted.join(", "));
        Self::new(415, "UnsupportedMediaType", message)
    }

    /// 422: the object breaks rules. `kind` is the Kind. The message names each fault once, brackets only around several.
    pub fn invalid(group: &str, kind: &str, name: &str, causes: Vec<Cause>) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for text in causes.iter().map(fault) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        let faults = match texts.as_slice() {
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let message = format!("{} \"{name}\" is invalid: {faults}", qualified(group, kind));
        Self::new(422, "Invalid", message).with_details(Details { causes, ..Details::of(group, kind, name) })
    }

    /// 422: a JSON patch that does not apply.
    pub fn unprocessable() -> Self {
        Self::new(422, "Invalid", "the server rejected our request due to an error in our request").with_details(Details::default())
    }

    /// 429: try again after some seconds.
    pub fn too_many_requests(message: impl Into<String>, retry_after: u32) -> Self {
        Self::new(429, "TooManyRequests", message).with_details(Details { retry_after, ..Details::default() })
    }

    /// 500 with no reason: an error of no known type, its text only.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "", message)
    }

    /// 500 `InternalError`: `Internal error occurred: why`.
    pub fn internal_error(why: impl Into<String>) -> Self {
        let why = why.into();
        let causes = vec![Cause::new("", why.clone(), "")];
        Self::new(500, "InternalError", format!("Internal error occurred: {why}")).with_details(Details { causes, ..Details::default() })
    }

    /// 501: the resource is known, but nothing behind this server answers for it. `resource` may name a subresource, as `pods/exec`.
    pub fn not_implemented(group: &str, resource: &str, name: &str) -> Self {
        let message = format!("{} is not implemented: nothing behind this server answers for it", qualified(group, resource));
        Self::new(501, "NotImplemented", message).with_details(Details::of(group, resource, name))
    }

    /// 503: the server cannot do this now.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(503, "ServiceUnavailable", message)
    }

    /// 504: it took too long. The message is preceded by `Timeout: `.
    pub fn timeout(message: &str, retry_after: u32) -> Self {
        Self::new(504, "Timeout", format!("Timeout: {message}")).with_details(Details { retry_after, ..Details::default() })
    }

    /// 504: the resource version asked for was not reached yet.
    pub fn too_large_resource_version(asked: u64, current: u64) -> Self {
        let causes = vec![Cause::new("ResourceVersionTooLarge", "Too large resource version", "")];
        let message = format!("Timeout: Too large resource version: {asked}, current: {current}");
        Self::new(504, "Timeout", message).with_details(Details { causes, retry_after: 1, ..Details::default() })
    }

    /// Seconds for the `Retry-After` header.
    pub fn retry_after(&self) -> Option<u32> {
        self.details.as_ref().map(|details| details.retry_after).filter(|seconds| *seconds > 0)
    }
}

fn fault(cause: &Cause) -> String {
    if cause.field.is_empty() { cause.message.clone() } else { format!("{}: {}", cause.field, cause.message) }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests;
