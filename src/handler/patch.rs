//! PATCH: the stored object in the version asked for, the patch over it, and from there on as an update.

use http::StatusCode;
use kubewright_model::Action;
use serde_json::{Map, Value};

use crate::codec::json;
use crate::intake::{self, Expected};
use crate::metadata;
use crate::negotiate::{self, PatchType};
use crate::object::Message;
use crate::metadata::of_mut as metadata_mut;
use crate::patch::{self, PatchError, PatchErrorKind};
use crate::reply::Source;
use crate::rule::quote::quoted;
use crate::scale;
use crate::server::Response;
use crate::status::{ApiError, Cause};

use super::body::Body;
use super::call::Stored;
use super::change::{Outcome, Scope, apply};
use super::options::{FieldValidation, WriteOptions};
use super::{Call, credit};

/// A patch as it was sent.
pub(crate) struct Patch {
    way: PatchType,
    document: Value,
}

/// Answers with the object as it now is. A patch that meets a newer object is applied to that one.
pub(super) async fn patch(call: Call) -> Result<Response, ApiError> {
    let way = negotiate::patch_type(call.request.header("content-type"), &PatchType::ALL)?;
    if way == PatchType::Apply {
        return Err(ApiError::unsupported_media_type(&PatchType::ALL[..3].iter().map(|way| way.as_str()).collect::<Vec<_>>()));
    }
    let options = WriteOptions::read(&call.request, "PatchOptions")?;
    let patch = Patch { way, document: parse(&call.request.body)? };
    if let Some(Action::Scale { .. }) = call.action() {
        return scale::patch(&call, &patch, &options).await;
    }
    let scope = Scope::of(&call);
    loop {
        let stored = call.found(call.name()).await?;
        let sent = patched(&call, &stored, &patch, &options)?;
        if let Outcome::Done(object) = apply(&call, &stored, sent.object, &scope, &options).await? {
            return call.reply(StatusCode::OK, Source::Fresh(&*object), &sent.warnings);
        }
    }
}

/// The patch applied to the stored object, read again as one.
fn patched(call: &Call, stored: &Stored, patch: &Patch, options: &WriteOptions) -> Result<Body, ApiError> {
    let before = call.view(stored.hub.boxed_clone())?;
    let mut sent = patch.over(&*before, &call.expected(), options)?;
    if let Some(meta) = metadata_mut(&mut *sent.object) {
        metadata::check_name(meta, call.name())?;
        metadata::adopt_namespace(meta, call.kind(), call.target.namespace.as_deref())?;
        sent.warnings.extend(metadata::dedup_owners(meta));
    }
    Ok(sent)
}

impl Patch {
    /// The patch applied to an object, read again as an object of the same type.
    pub(crate) fn over(&self, object: &dyn Message, expected: &Expected<'_>, options: &WriteOptions) -> Result<Body, ApiError> {
        let document = typed(object, expected);
        let result = match self.way {
            PatchType::Json => patch::json::apply(document, &self.document),
            PatchType::Merge | PatchType::Apply => patch::merge::apply(document, &self.document),
            PatchType::Strategic => patch::strategic::apply(document, &self.document, object.descriptor()),
        };
        let result = result.map_err(refused)?;
        let strict = options.validation == FieldValidation::Strict;
        let mut taken = intake::decode_value(expected, &result, strict).map_err(|why| unreadable(&result, &why))?;
        if let (Some(meta), true) = (metadata_mut(&mut *taken.object), credit::resets(&result)) {
            credit::reset(meta);
        }
        Ok(Body { object: taken.object, warnings: options.warnings(taken.findings) })
    }
}

/// The JSON form of an object with its type, members of the top level in ascending order.
fn typed(object: &dyn Message, expected: &Expected<'_>) -> Value {
    let mut members: Vec<(String, Value)> = match json::to_object_value(object, &expected.api_version, expected.kind) {
        Value::Object(members) => members.into_iter().collect(),
        _ => Vec::new(),
    };
    members.sort_by(|one, other| one.0.cmp(&other.0));
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

fn parse(body: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(body).map_err(|error| {
        let why = if error.is_eof() { "unexpected end of JSON input".to_owned() } else { error.to_string() };
        ApiError::bad_request(format!("error decoding patch: {why}"))
    })
}

fn refused(error: PatchError) -> ApiError {
    match error.kind {
        PatchErrorKind::BadRequest => ApiError::bad_request(error.message),
        PatchErrorKind::TooLarge => ApiError::too_large_because(error.message),
        PatchErrorKind::Rejected => ApiError::unprocessable(),
        PatchErrorKind::Failed => ApiError::internal(error.message),
    }
}

/// A patched object that cannot be read.
fn unreadable(result: &Value, why: &str) -> ApiError {
    let message = format!("Invalid value: {}: {why}", quoted(&result.to_string()));
    ApiError::invalid("", "", "", vec![Cause::new("FieldValueInvalid", message, "patch")])
}
