//! The parameters that actions take: the fields of options kinds, and the parts of paths.

use crate::desc::{Desc, text};

use super::parameters::Parameter;

type Row = (&'static str, &'static str, &'static str);

const PRETTY: Row = ("pretty", "string", "Indent the output when 'true'. Clients that look like browsers and curl get that by default.");

const LIST: [Row; 11] = [
    ("allowWatchBookmarks", "boolean", "Send bookmark events now and then during a watch, each with the revision reached so far."),
    ("continue", "string", "Token of the previous answer: go on with the list where that answer stopped, at the same revision."),
    ("fieldSelector", "string", "Only objects whose fields match. All objects when empty."),
    ("labelSelector", "string", "Only objects whose labels match. All objects when empty."),
    ("limit", "integer", "Most items to answer with. When there are more, the answer holds a token for the parameter continue."),
    ("resourceVersion", "string", "Revision to list at or after, or to watch from; its meaning depends on resourceVersionMatch."),
    ("resourceVersionMatch", "string", "How resourceVersion applies to a list: Exact or NotOlderThan. Needs resourceVersion."),
    ("sendInitialEvents", "boolean", "Start a watch with one event for each object there is, then a bookmark that says so."),
    ("shardSelector", "string", "Only objects of this shard of the whole."),
    ("timeoutSeconds", "integer", "Seconds after which the call ends, whatever is going on."),
    ("watch", "boolean", "Send changes as they happen, as a stream of events, instead of a list."),
];

const DRY_RUN: Row = ("dryRun", "string", "Do everything but store the result. The only accepted value is All.");
const FIELD_VALIDATION: Row = (
    "fieldValidation",
    "string",
    "What to do about unknown and duplicate fields: Ignore them, Warn about them (the default), or refuse them (Strict).",
);

const CREATE: [Row; 3] = [
    DRY_RUN,
    (
        "fieldManager",
        "string",
        "Name that the changes are recorded under: at most 128 printable characters. The start of the user agent when empty.",
    ),
    FIELD_VALIDATION,
];

const PATCH: [Row; 4] = [
    DRY_RUN,
    (
        "fieldManager",
        "string",
        "Name that the changes are recorded under: at most 128 printable characters. Apply patches need one; for others it is the start of the user agent when empty.",
    ),
    FIELD_VALIDATION,
    ("force", "boolean", "Take over fields that other managers own. Only for apply patches."),
];

const DELETE: [Row; 5] = [
    DRY_RUN,
    ("gracePeriodSeconds", "integer", "Seconds the object may take to end; 0 is at once. The kind's own period when unset."),
    (
        "ignoreStoreReadErrorWithClusterBreakingPotential",
        "boolean",
        "Delete an object that cannot be read from the store, without finalizers or preconditions. Such a deletion can leave a cluster broken.",
    ),
    ("orphanDependents", "boolean", "Deprecated: use propagationPolicy. Whether dependents lose their owner instead of being deleted."),
    ("propagationPolicy", "string", "What happens to dependents: Orphan, Background or Foreground."),
];

fn queries(origin: &'static str, rows: impl IntoIterator<Item = Row>) -> Vec<Parameter> {
    rows.into_iter().map(|(name, ty, description)| Parameter::query(text(origin), name, ty, description)).collect()
}

/// The fields of an options kind that a query can hold.
pub(super) fn options(desc: &Desc) -> Vec<Parameter> {
    desc.fields.iter().filter_map(|field| Parameter::option(&desc.name, field)).collect()
}

/// `pretty`, which every operation on a resource takes.
pub(super) fn pretty() -> Parameter {
    let (name, ty, description) = PRETTY;
    Parameter::query(text("query"), name, ty, description)
}

/// Of list, watch and watchlist.
pub(super) fn list() -> Vec<Parameter> {
    queries("ListOptions", LIST)
}

/// Of post and put.
pub(super) fn create() -> Vec<Parameter> {
    queries("CreateOptions", CREATE)
}

/// Of patch.
pub(super) fn patch() -> Vec<Parameter> {
    queries("PatchOptions", PATCH)
}

/// Of delete.
pub(super) fn delete() -> Vec<Parameter> {
    queries("DeleteOptions", DELETE)
}

/// Of deletecollection.
pub(super) fn delete_collection() -> Vec<Parameter> {
    let choosing = LIST.into_iter().filter(|row| !matches!(row.0, "watch" | "allowWatchBookmarks"));
    delete().into_iter().chain(queries("ListOptions", choosing)).collect()
}

/// The namespace in the path.
pub(super) fn namespace() -> Parameter {
    Parameter::path("namespace", "namespace that the objects live in".to_owned())
}

/// What follows a subresource in the path.
pub(super) fn tail() -> Parameter {
    Parameter::path("path", "path that the object itself is asked for".to_owned())
}

/// The object's name in the path.
pub(super) fn name(kind: &str) -> Parameter {
    Parameter::path("name", format!("name of the {kind}"))
}
