//! A client's body to an object of the version sent.

use serde_json::Value;

use crate::codec::envelope;
use crate::codec::{json, protobuf, yaml};
use crate::negotiate::Media;
use crate::object::{Message, Object};
use crate::registry::{Registry, Resource};
use crate::rule::default;
use crate::status::ApiError;

use super::refusal::{Sent, unfit, unrecognized, wrong_type};

/// What a body has to be.
pub struct Expected<'a> {
    /// Every kind the program knows, to tell foreign kinds from unknown ones.
    pub registry: &'a Registry,
    /// The resource of the path; `None` for a kind that is none (Scale).
    pub resource: Option<&'a Resource>,
    /// `group/version`, or the version alone.
    pub api_version: String,
    /// The kind.
    pub kind: &'a str,
    /// Makes an empty object.
    pub new: &'a dyn Fn() -> Object,
}

impl Expected<'_> {
    /// The name of the group's internal package, which messages show.
    pub(super) fn package(&self) -> &str {
        match self.api_version.split_once('/') {
            None => "core",
            Some((group, _)) => group.split('.').next().unwrap_or(group),
        }
    }
}

/// A body that was read.
pub struct Taken {
    /// The object in the version sent, with its defaults.
    pub object: Object,
    /// Unknown and duplicate fields in document order, as they are reported.
    pub findings: Vec<String>,
}

/// Reads a body. With `strict`, unknown and duplicate fields are refused.
pub fn decode(expected: &Expected<'_>, media: Media, body: &[u8], strict: bool) -> Result<Taken, ApiError> {
    match media {
        Media::Json => decode_json(expected, body, strict),
        Media::Yaml => {
            let text = yaml::to_json_text(body)
                .map_err(|error| unrecognized(expected, &format!("couldn't get version/kind; json parse error: {error}"), body))?;
            decode_json(expected, &text, strict)
        }
        Media::Protobuf => decode_protobuf(expected, body),
    }
}

fn decode_json(expected: &Expected<'_>, body: &[u8], strict: bool) -> Result<Taken, ApiError> {
    let stated = json::type_meta(body)
        .map_err(|error| unrecognized(expected, &format!("couldn't get version/kind; json parse error: {error}"), body))?;
    let sent = check_type(expected, &stated.api_version, &stated.kind)?;
    let mut object = (expected.new)();
    let mut findings = json::Findings::default();
    json::decode(body, &mut *object, Some(&mut findings)).map_err(|error| unfit(expected, &sent, &error.to_string()))?;
    finish(expected, &sent, object, findings.iter().map(ToString::to_string).collect(), strict)
}

/// Reads an object that was put together here, such as a patched one. Errors are bare texts: the caller knows what to say around them.
pub fn decode_value(expected: &Expected<'_>, value: &Value, strict: bool) -> Result<Taken, String> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    let known = (api_version.is_empty() || api_version == expected.api_version) && (kind.is_empty() || kind == expected.kind);
    if !known {
        return Err(foreign(expected, &Sent { api_version, kind }, value));
    }
    let mut object = (expected.new)();
    let mut findings = json::Findings::default();
    json::from_value(value, &mut *object, Some(&mut findings)).map_err(|error| error.to_string())?;
    let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    if strict && !findings.is_empty() {
        return Err(strict_error(&findings));
    }
    clear_type(&mut *object);
    default::apply(&mut *object);
    Ok(Taken { object, findings })
}

/// Why an object of another type is not taken. A type that is known is read first, so that its own faults come first.
fn foreign(expected: &Expected<'_>, sent: &Sent<'_>, value: &Value) -> String {
    let Some((resource, version)) = expected.registry.kind(sent.group(), sent.version(), sent.kind) else {
        return sent.unknown();
    };
    let mut object = (resource.versions[version].new)();
    match json::from_value(value, &mut *object, None) {
        Err(error) => error.to_string(),
        Ok(()) => sent.unconvertible(expected),
    }
}

fn decode_protobuf(expected: &Expected<'_>, body: &[u8]) -> Result<Taken, ApiError> {
    if body.is_empty() {
        return Err(unrecognized(expected, "empty data", body));
    }
    if body == envelope::MAGIC.as_slice() {
        return Err(unrecognized(expected, "empty body", body));
    }
    let packed = envelope::unwrap(body).map_err(|error| unrecognized(expected, &error.to_string(), body))?;
    let sent = check_type(expected, &packed.api_version, &packed.kind)?;
    let mut object = (expected.new)();
    protobuf::decode(packed.raw, &mut *object).map_err(|error| unfit(expected, &sent, &error.to_string()))?;
    finish(expected, &sent, object, Vec::new(), false)
}

/// Compares the type that a body states with the one expected; what it leaves out is taken from there.
fn check_type<'a>(expected: &'a Expected<'_>, api_version: &'a str, kind: &'a str) -> Result<Sent<'a>, ApiError> {
    let api_version = if api_version.is_empty() { &expected.api_version } else { api_version };
    let kind = if kind.is_empty() { expected.kind } else { kind };
    let sent = Sent { api_version, kind };
    if api_version == expected.api_version && kind == expected.kind {
        return Ok(sent);
    }
    Err(wrong_type(expected.registry, expected, &sent))
}

fn finish(expected: &Expected<'_>, sent: &Sent<'_>, mut object: Object, findings: Vec<String>, strict: bool) -> Result<Taken, ApiError> {
    if strict && !findings.is_empty() {
        return Err(unfit(expected, sent, &strict_error(&findings)));
    }
    clear_type(&mut *object);
    default::apply(&mut *object);
    Ok(Taken { object, findings })
}

fn strict_error(findings: &[String]) -> String {
    format!("strict decoding error: {}", findings.join(", "))
}

/// Empties `kind` and `apiVersion`: objects in memory do not carry them.
pub(super) fn clear_type(object: &mut dyn Message) {
    for name in ["kind", "apiVersion"] {
        let field = object.descriptor().field(name);
        if let Some(field) = field.filter(|at| object.descriptor().fields[*at].number == 0) {
            object.clear(field);
        }
    }
}
