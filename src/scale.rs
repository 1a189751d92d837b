//! The `scale` subresource: `autoscaling/v1` Scale over any kind that names its paths.

use http::StatusCode;
use kubewright_model::{Action, Desc, Field};

use crate::codec::json;
use crate::handler::{Call, Outcome, Patch, Scope, Stored, WriteOptions, apply, check_uid, take_as};
use crate::intake::Expected;
use crate::meta::v1::ObjectMeta;
use crate::metadata;
use crate::object::path::get_path;
use crate::object::path::{metadata as meta_of, metadata_mut};
use crate::object::{ApiType, Message, Object, Slot, Value};
use crate::selector::from_object;
use crate::server::Response;
use crate::status::{ApiError, Cause};

/// Package of the messages, as `autoscaling/v1` numbers them.
const PACKAGE: &str = "k8s.io.api.autoscaling.v1";
/// Prefix of the definitions.
const OPENAPI: &str = "io.k8s.api.autoscaling.v1";
/// The type as documents state it.
const API_VERSION: &str = "autoscaling/v1";

/// How many of something are wanted, and how many there are.
#[derive(Clone, Default)]
pub struct Scale {
    /// Metadata of the object that is scaled: name, namespace, uid, creation, revision.
    pub metadata: ObjectMeta,
    /// What is wanted.
    pub spec: ScaleSpec,
    /// What there is.
    pub status: ScaleStatus,
}

/// How many are wanted.
#[derive(Clone, Default)]
pub struct ScaleSpec {
    /// The number.
    pub replicas: i32,
}

/// How many there are.
#[derive(Clone, Default)]
pub struct ScaleStatus {
    /// The number.
    pub replicas: i32,
    /// Label selector of what is counted, as text.
    pub selector: String,
}

impl ApiType for Scale {
    fn desc() -> &'static Desc {
        static FIELDS: [Field; 3] = [
            Field::message("metadata", 1, ObjectMeta::desc).omit_empty(),
            Field::message("spec", 2, ScaleSpec::desc).omit_empty(),
            Field::message("status", 3, ScaleStatus::desc).omit_empty(),
        ];
        static DESC: Desc = Desc::new("Scale", PACKAGE, OPENAPI, &FIELDS);
        &DESC
    }
}

impl ApiType for ScaleSpec {
    fn desc() -> &'static Desc {
        static FIELDS: [Field; 1] = [Field::int32("replicas", 1).omit_empty()];
        static DESC: Desc = Desc::new("ScaleSpec", PACKAGE, OPENAPI, &FIELDS);
        &DESC
    }
}

impl ApiType for ScaleStatus {
    fn desc() -> &'static Desc {
        static FIELDS: [Field; 2] = [Field::int32("replicas", 1), Field::string("selector", 2).omit_empty()];
        static DESC: Desc = Desc::new("ScaleStatus", PACKAGE, OPENAPI, &FIELDS);
        &DESC
    }
}

crate::message!(Scale { metadata, spec, status });
crate::message!(ScaleSpec { replicas });
crate::message!(ScaleStatus { replicas, selector });

/// The paths of an object that its Scale is made of.
struct Paths<'a> {
    wanted: &'a str,
    observed: &'a str,
    selector: &'a str,
}

fn paths(call: &Call) -> Result<Paths<'_>, ApiError> {
    match call.action() {
        Some(Action::Scale { spec_replicas, status_replicas, selector }) => {
            Ok(Paths { wanted: spec_replicas, observed: status_replicas, selector })
        }
        _ => Err(ApiError::router_not_found()),
    }
}

/// Answers with the Scale of a hub object.
pub(crate) fn reply(call: &Call, hub: &dyn Message) -> Result<Response, ApiError> {
    let object = call.view(hub.boxed_clone())?;
    call.reply_other(StatusCode::OK, &of(&*object, &paths(call)?), API_VERSION, "Scale", &[])
}

/// PUT of a Scale.
pub(crate) async fn update(call: &Call, options: &WriteOptions) -> Result<Response, ApiError> {
    let sent = take_as(call, &expected(call), options)?;
    loop {
        let stored = call.found(call.name()).await?;
        if let Some(response) = write(call, &stored, &*sent.object, options, &sent.warnings).await? {
            return Ok(response);
        }
    }
}

/// PATCH of a Scale.
pub(crate) async fn patch(call: &Call, patch: &Patch, options: &WriteOptions) -> Result<Response, ApiError> {
    loop {
        let stored = call.found(call.name()).await?;
        let object = call.view(stored.hub.boxed_clone())?;
        let sent = patch.over(&of(&*object, &paths(call)?), &expected(call), options)?;
        if let Some(response) = write(call, &stored, &*sent.object, options, &sent.warnings).await? {
            return Ok(response);
        }
    }
}

fn expected(call: &Call) -> Expected<'_> {
    Expected { registry: &call.api.registry, resource: None, api_version: API_VERSION.to_owned(), kind: "Scale", new: &Scale::boxed }
}

/// Sets the wanted number; `None` when the object changed meanwhile.
async fn write(
    call: &Call,
    stored: &Stored,
    scale: &dyn Message,
    options: &WriteOptions,
    warnings: &[String],
) -> Result<Option<Response>, ApiError> {
    let paths = paths(call)?;
    let mut meta = meta_of(scale).cloned().unwrap_or_default();
    metadata::adopt_namespace(&mut meta, call.kind(), call.target.namespace.as_deref())?;
    metadata::check_name(&meta, call.name())?;
    check_uid(call, scale, stored)?;
    let wanted = number(scale, ".spec.replicas");
    if wanted < 0 {
        let cause =
            Cause::new("FieldValueInvalid", format!("Invalid value: {wanted}: must be greater than or equal to 0"), "spec.replicas");
        return Err(ApiError::invalid("autoscaling", "Scale", &meta.name, vec![cause]));
    }
    let mut object: Object = call.view(stored.hub.boxed_clone())?;
    set_number(&mut *object, paths.wanted, wanted);
    if let (Some(own), false) = (metadata_mut(&mut *object), meta.resource_version.is_empty()) {
        own.resource_version.clone_from(&meta.resource_version);
    }
    let Outcome::Done(hub) = apply(call, stored, object, &Scope::Whole, options).await? else { return Ok(None) };
    let object = call.view(hub)?;
    call.reply_other(StatusCode::OK, &of(&*object, &paths), API_VERSION, "Scale", warnings).map(Some)
}

fn of(object: &dyn Message, paths: &Paths<'_>) -> Scale {
    let meta = meta_of(object).cloned().unwrap_or_default();
    Scale {
        metadata: ObjectMeta {
            name: meta.name,
            namespace: meta.namespace,
            uid: meta.uid,
            resource_version: meta.resource_version,
            creation_timestamp: meta.creation_timestamp,
            ..ObjectMeta::default()
        },
        spec: ScaleSpec { replicas: number(object, paths.wanted) },
        status: ScaleStatus { replicas: number(object, paths.observed), selector: selector(object, paths.selector) },
    }
}

fn selector(object: &dyn Message, path: &str) -> String {
    if path.is_empty() {
        return String::new();
    }
    match get_path(object, path) {
        Some(Value::Str(text)) => text.to_owned(),
        Some(Value::Msg(message)) => from_object(&json::to_value(message)).map(|selector| selector.to_string()).unwrap_or_default(),
        Some(Value::StrMap(labels)) => labels.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(","),
        _ => String::new(),
    }
}

fn number(object: &dyn Message, path: &str) -> i32 {
    match get_path(object, path) {
        Some(Value::I64(number)) => i32::try_from(number).unwrap_or(i32::MAX),
        _ => 0,
    }
}

fn set_number(object: &mut dyn Message, path: &str, number: i32) {
    let (name, rest) = match path.trim_start_matches('.').split_once('.') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path.trim_start_matches('.'), None),
    };
    let Some(field) = object.descriptor().field(name) else { return };
    match (object.slot(field), rest) {
        (Slot::Msg(part), Some(rest)) => set_number(part, rest, number),
        (Slot::I32(place), None) => *place = number,
        (Slot::I64(place), None) => *place = i64::from(number),
        _ => {}
    }
}
