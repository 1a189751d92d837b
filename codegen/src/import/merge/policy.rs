//! Who decides about a key: the source, or the people who own the files.

use crate::import::catalog::Catalog;

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The source alone: it is on the wire, or a fact of the API.
    Source,
    /// The source where it says something; otherwise what was written stays.
    SourceFirst,
    /// People; the source only where nothing is written.
    PeopleFirst,
}

/// Whose word counts for keys that only some sources know about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policies {
    /// Keys of fields.
    pub(super) field: fn(&str) -> Says,
    /// Keys of kinds.
    pub(super) kind: fn(&str) -> Says,
}

impl Policies {
    /// For a source.
    pub(super) fn of(catalog: &Catalog) -> Self {
        if catalog.presence { Self { field, kind } } else { Self { field: document_field, kind: document_kind } }
    }
}

/// Documents do not know everything about the wire.
fn document_field(key: &str) -> Says {
    match key {
        "tag" | "proto" | "inline" | "json" | "wrapped" => Says::SourceFirst,
        key => field(key),
    }
}

/// Documents do not know what command lines are told.
fn document_kind(key: &str) -> Says {
    match key {
        "singular" | "listKind" | "shortNames" | "categories" => Says::SourceFirst,
        key => kind(key),
    }
}

/// Whose word counts for a key of a field.
fn field(key: &str) -> Says {
    match key {
        "tag" | "type" | "omit" | "required" | "proto" | "inline" | "json" | "wrapped" | "format" | "list" | "keys" | "map" | "patch"
        | "mergeKey" => Says::Source,
        "doc" | "default" => Says::PeopleFirst,
        _ => Says::SourceFirst,
    }
}

/// Whose word counts for a key of a type.
pub(super) fn one_type(key: &str) -> Says {
    match key {
        "atomic" | "unions" | "alias" | "open" => Says::Source,
        "doc" => Says::PeopleFirst,
        _ => Says::SourceFirst,
    }
}

/// Whose word counts for a key of a kind.
fn kind(key: &str) -> Says {
    match key {
        "kind" | "plural" | "singular" | "scope" | "shortNames" | "categories" | "verbs" => Says::Source,
        "doc"
        | "key"
        | "columns"
        | "selectable"
        | "names"
        | "generation"
        | "unconditionalUpdate"
        | "createOnUpdate"
        | "deleteReturnsObject"
        | "hub"
        | "storage"
        | "storedAs" => Says::PeopleFirst,
        _ => Says::SourceFirst,
    }
}

/// Whose word counts for how metadata is written.
pub(super) fn metadata(key: &str) -> Says {
    match key {
        "omit" | "required" => Says::Source,
        "doc" | "default" => Says::PeopleFirst,
        _ => Says::SourceFirst,
    }
}

/// Whose word counts for a key of a subresource.
pub(super) fn subresource(key: &str) -> Says {
    match key {
        "part" | "replicas" | "observed" | "selector" | "action" => Says::PeopleFirst,
        _ => Says::SourceFirst,
    }
}

/// Whose word counts for a key of a version.
pub(super) fn version(key: &str) -> Says {
    match key {
        "hub" | "storage" => Says::PeopleFirst,
        _ => Says::SourceFirst,
    }
}
