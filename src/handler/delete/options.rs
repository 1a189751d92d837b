//! DeleteOptions: from the body if there is one, else from the query.

use http::StatusCode;
use kubewright_model::Kind;

use crate::codec::envelope;
use crate::codec::{json, protobuf, yaml};
use crate::handler::Call;
use crate::handler::call::Stored;
use crate::handler::options::{dry_run, options_error, parse_int};
use crate::meta::v1;
use crate::namespace;
use crate::negotiate::Media;
use crate::object::path::metadata;
use crate::rule::quote::quoted;
use crate::status::{ApiError, Cause};

/// How a deletion is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DeleteOptions {
    /// Everything is done but the writing.
    pub(crate) dry_run: bool,
    /// What happens to dependents; `None`: as the object says.
    pub(crate) propagation: Option<Propagation>,
    /// The object must have this uid.
    pub(crate) uid: Option<String>,
    /// The object must be at this revision.
    pub(crate) resource_version: Option<String>,
    /// Whether the legacy option asked not to orphan.
    pub(super) keeps_none: bool,
}

/// What happens to the dependents of a deleted object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Propagation {
    /// They are deleted afterwards.
    Background,
    /// They are deleted first.
    Foreground,
    /// They stay.
    Orphan,
}

impl DeleteOptions {
    /// A plain deletion of the object with a uid.
    pub(crate) fn of(uid: Option<String>) -> Self {
        Self { uid, ..Self::default() }
    }

    /// Reads and checks the options of a request.
    pub(crate) fn read(call: &Call) -> Result<Self, ApiError> {
        Self::checked(if call.request.body.is_empty() { from_query(call)? } else { from_body(call)? })
    }

    /// Checks options that were sent.
    pub(crate) fn checked(sent: v1::DeleteOptions) -> Result<Self, ApiError> {
        let mut causes = Vec::new();
        let propagation = propagation(&sent, &mut causes);
        let dry_run = dry_run(sent.dry_run.iter().map(String::as_str), &mut causes);
        if !causes.is_empty() {
            return Err(options_error("DeleteOptions", causes));
        }
        let preconditions = sent.preconditions.unwrap_or_default();
        Ok(Self {
            dry_run,
            propagation,
            uid: preconditions.uid,
            resource_version: preconditions.resource_version,
            keeps_none: sent.orphan_dependents == Some(false),
        })
    }

    /// The code of an answer about an object that is only marked.
    pub(super) fn marked_code(&self) -> StatusCode {
        if self.keeps_none { StatusCode::ACCEPTED } else { StatusCode::OK }
    }

    /// Refuses an object that is not the one meant.
    pub(super) fn check_preconditions(&self, kind: &Kind, stored: &Stored) -> Result<(), ApiError> {
        let Some(meta) = metadata(&*stored.hub) else { return Ok(()) };
        if let Some(uid) = self.uid.as_ref().filter(|uid| **uid != meta.uid) {
            return Err(wrong_uid(kind, &meta.name, uid, &meta.uid));
        }
        if let Some(version) = self.resource_version.as_ref().filter(|version| **version != meta.resource_version) {
            let found = &meta.resource_version;
            let why = format!(
                "the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({found}). The object might have been modified"
            );
            return Err(ApiError::conflict_because(&kind.group, &kind.kind, &meta.name, &why));
        }
        Ok(())
    }
}

fn wrong_uid(kind: &Kind, name: &str, asked: &str, found: &str) -> ApiError {
    if namespace::is_namespace(kind) {
        let why = format!("Precondition failed: UID in precondition: {asked}, UID in object meta: {found}");
        return ApiError::conflict_because(&kind.group, &kind.plural, name, &why);
    }
    let why = format!(
        "the UID in the precondition ({asked}) does not match the UID in record ({found}). The object might have been deleted and then recreated"
    );
    ApiError::conflict_because(&kind.group, &kind.kind, name, &why)
}

fn from_query(call: &Call) -> Result<v1::DeleteOptions, ApiError> {
    let query = &call.request.query;
    let set = |name: &str| query.get(name).filter(|text| !text.is_empty());
    Ok(v1::DeleteOptions {
        grace_period_seconds: set("gracePeriodSeconds").map(parse_int).transpose()?,
        orphan_dependents: query.get("orphanDependents").map(|_| query.flag("orphanDependents")),
        propagation_policy: set("propagationPolicy").map(str::to_owned),
        dry_run: query.all("dryRun").map(str::to_owned).collect(),
        ..v1::DeleteOptions::default()
    })
}

fn from_body(call: &Call) -> Result<v1::DeleteOptions, ApiError> {
    let body = &call.request.body;
    let mut options = v1::DeleteOptions::default();
    let (api_version, kind) = match call.body_type()? {
        Media::Protobuf => {
            let packed = envelope::unwrap(body).map_err(refused)?;
            protobuf::decode(packed.raw, &mut options).map_err(refused)?;
            (packed.api_version.clone(), packed.kind.clone())
        }
        media => {
            let value =
                if media == Media::Yaml { yaml::to_json(body).map_err(refused)? } else { serde_json::from_slice(body).map_err(refused)? };
            json::from_value(&value, &mut options, None).map_err(refused)?;
            (options.api_version.clone(), options.kind.clone())
        }
    };
    if kind.is_empty() || kind == "DeleteOptions" {
        return Ok(options);
    }
    let scheme = "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30";
    Err(ApiError::bad_request(format!("no kind {kind:?} is registered for version {api_version:?} in scheme {scheme:?}")))
}

fn refused(error: impl std::fmt::Display) -> ApiError {
    ApiError::bad_request(error.to_string())
}

fn propagation(sent: &v1::DeleteOptions, causes: &mut Vec<Cause>) -> Option<Propagation> {
    let policy = sent.propagation_policy.as_deref();
    if let (Some(_), Some(policy)) = (sent.orphan_dependents, policy) {
        let message = format!("Invalid value: {}: orphanDependents and deletionPropagation cannot be both set", quoted(policy));
        causes.push(Cause::new("FieldValueInvalid", message, "propagationPolicy"));
    }
    match (sent.orphan_dependents, policy) {
        (_, Some("Background")) | (Some(false), None) => Some(Propagation::Background),
        (_, Some("Foreground")) => Some(Propagation::Foreground),
        (_, Some("Orphan")) | (Some(true), None) => Some(Propagation::Orphan),
        (None, None) => None,
        (_, Some(other)) => {
            let known = "\"Foreground\", \"Background\", \"Orphan\", \"nil\"";
            let message = format!("Unsupported value: {}: supported values: {known}", quoted(other));
            causes.push(Cause::new("FieldValueNotSupported", message, "propagationPolicy"));
            None
        }
    }
}
