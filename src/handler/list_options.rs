//! Query parameters of lists and watches, and which objects they let through.

use std::collections::BTreeMap;

use kubewright_model::Kind;

use crate::metadata::parse_revision;
use crate::object::Message;
use crate::object::path::get_path;
use crate::object::path::metadata;
use crate::reply::{Encoder, Source};
use crate::request::Query;
use crate::rule::quote::quoted;
use crate::selector::{FieldSelector, LabelSelector};
use crate::status::{ApiError, Cause};
use crate::store::Revision;

use super::options::{options_error, parse_int};

/// What a list or a watch was asked for.
#[derive(Debug)]
pub(crate) struct ListOptions {
    pub(crate) labels: LabelSelector,
    pub(crate) fields: FieldSelector,
    /// As it was sent; empty when absent.
    pub(crate) resource_version: String,
    /// `Exact`, `NotOlderThan` or empty.
    pub(crate) version_match: String,
    /// The most items of a page; 0: all.
    pub(crate) limit: usize,
    /// As it was sent; empty when absent.
    pub(crate) token: String,
    /// Seconds after which a watch ends; 0: the server's choice.
    pub(crate) timeout_seconds: u64,
    /// Whether a watch starts with the present state; `None` when not said.
    pub(crate) initial_events: Option<bool>,
    /// Whether a watch may carry bookmarks.
    pub(crate) bookmarks: bool,
}

impl ListOptions {
    /// Reads and checks the parameters, in the order in which apiserver does.
    pub(crate) fn read(query: &Query, kind: &Kind, watch: bool) -> Result<Self, ApiError> {
        let text = |name: &str| query.get(name).unwrap_or_default();
        let number = |name: &str| if text(name).is_empty() { Ok(0) } else { parse_int(text(name)) };
        let (limit, timeout_seconds) = (number("limit")?, number("timeoutSeconds")?);
        let labels: LabelSelector = text("labelSelector").parse().map_err(|error| ApiError::bad_request(format!("{error}")))?;
        let fields: FieldSelector = text("fieldSelector").parse().map_err(|error| ApiError::bad_request(format!("{error}")))?;
        check_fields(&fields, kind)?;
        let options = Self {
            labels,
            fields,
            resource_version: text("resourceVersion").to_owned(),
            version_match: text("resourceVersionMatch").to_owned(),
            limit: usize::try_from(limit).unwrap_or_default(),
            token: text("continue").to_owned(),
            timeout_seconds: u64::try_from(timeout_seconds).unwrap_or_default(),
            initial_events: query.get("sendInitialEvents").map(|_| query.flag("sendInitialEvents")),
            bookmarks: query.flag("allowWatchBookmarks"),
        };
        let causes = if watch { options.watch_faults() } else { options.list_faults() };
        if causes.is_empty() { Ok(options) } else { Err(options_error("ListOptions", causes)) }
    }

    /// Whether only objects of some labels or fields are asked for.
    pub(crate) fn is_selective(&self) -> bool {
        !(self.labels.is_empty() && self.fields.is_empty())
    }

    /// Whether an object is asked for.
    pub(crate) fn matches(&self, encoder: &Encoder<'_>, source: Source<'_>) -> Result<bool, ApiError> {
        let none = BTreeMap::new();
        let meta = metadata(source.hub());
        if !self.labels.matches(meta.map_or(&none, |meta| &meta.labels)) {
            return Ok(false);
        }
        if self.fields.is_empty() {
            return Ok(true);
        }
        encoder.with_view(source, |object| self.fields.matches(|field| field_text(object, field)))
    }

    /// The revision asked for; `None` when absent. `Err` holds Go's text.
    pub(crate) fn revision(&self) -> Result<Option<Revision>, String> {
        if self.resource_version.is_empty() {
            return Ok(None);
        }
        let text = &self.resource_version;
        parse_revision(text).map(Some).map_err(|why| format!("resourceVersion: Invalid value: {}: {why}", quoted(text)))
    }

    fn list_faults(&self) -> Vec<Cause> {
        let mut causes = Vec::new();
        if !self.version_match.is_empty() {
            if self.resource_version.is_empty() {
                causes.push(forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }
            if !self.token.is_empty() {
                causes.push(forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
            }
            if !matches!(self.version_match.as_str(), "Exact" | "NotOlderThan") {
                causes.push(unsupported(&self.version_match, "\"Exact\", \"NotOlderThan\""));
            }
            if self.version_match == "Exact" && self.resource_version == "0" {
                let why = "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"";
                causes.push(forbidden("resourceVersionMatch", why));
            }
        }
        if self.initial_events.is_some() {
            causes.push(forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        causes
    }

    fn watch_faults(&self) -> Vec<Cause> {
        let mut causes = Vec::new();
        let field = "resourceVersionMatch";
        if self.initial_events.is_some() && self.version_match != "NotOlderThan" {
            causes.push(forbidden(field, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if !self.version_match.is_empty() {
            if self.initial_events.is_none() {
                causes.push(forbidden(field, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            } else if self.version_match != "NotOlderThan" {
                causes.push(unsupported(&self.version_match, "\"NotOlderThan\""));
            }
            if !self.token.is_empty() {
                causes.push(forbidden(field, "resourceVersionMatch is forbidden when continue is provided"));
            }
        }
        causes
    }
}

fn forbidden(field: &str, why: &str) -> Cause {
    Cause::new("FieldValueForbidden", format!("Forbidden: {why}"), field)
}

fn unsupported(value: &str, known: &str) -> Cause {
    Cause::new("FieldValueNotSupported", format!("Unsupported value: {}: supported values: {known}", quoted(value)), "resourceVersionMatch")
}

/// Only declared fields can be selected on. Kinds with fields of their own word the refusal differently.
fn check_fields(fields: &FieldSelector, kind: &Kind) -> Result<(), ApiError> {
    for term in fields.terms() {
        let field = term.field.as_str();
        let known = field == "metadata.name"
            || (field == "metadata.namespace" && (kind.namespaced || !kind.selectable.is_empty()))
            || kind.selectable.iter().any(|path| path.trim_start_matches('.') == field);
        if known {
            continue;
        }
        return Err(ApiError::bad_request(match (kind.selectable.is_empty(), kind.namespaced) {
            (false, _) => format!("field label not supported: {field}"),
            (true, true) => format!("{} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"", quoted(field)),
            (true, false) => format!("{} is not a known field selector: only \"metadata.name\"", quoted(field)),
        }));
    }
    Ok(())
}

/// A field as selectors compare it.
fn field_text(object: &dyn Message, field: &str) -> Option<String> {
    use crate::object::Value;
    match get_path(object, &format!(".{field}"))? {
        Value::Str(text) => Some(text.to_owned()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::I64(number) => Some(number.to_string()),
        _ => None,
    }
}
