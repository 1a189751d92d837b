//! `documents.yaml` in the grammar: what documents say that does not follow from types and resources.

use super::{Form, Key, Object, TEXTS, key, must};

/// `documents.yaml`.
pub static DOCUMENTS: Object = Object {
    name: "documents file",
    doc: "What the OpenAPI documents of a set say that does not follow from its types and resources. Only sets that retell the API of \
          something else need one.",
    keys: &[
        must("documents", Form::Object(&FACES), "What each face shows."),
        key("registered", TEXTS, "Group-versions that are known although nothing is served there, such as `extensions/v1beta1`."),
        key(
            "parameters",
            Form::Map(&Form::Map(&Form::Text)),
            "Checksums in the names of shared parameters, by `path`, `query` or the kind of options, then by parameter.",
        ),
        key("paths", Form::Map(&Form::Object(&PATH)), "Paths outside of groups that answer GET."),
        key("storage", Form::Map(&Form::Text), "Versions that discovery tells of as the stored ones, by `plural.group`, where others are."),
        key("warts", Form::List(&Form::Object(&WART)), "Parts of schemas that no rule makes."),
    ],
};

const fn flag(name: &'static str, doc: &'static str) -> Key {
    key(name, Form::Flag, doc)
}

/// The faces of documents.
pub static FACES: Object = Object {
    name: "documents",
    doc: "What each face shows.",
    keys: &[
        key("live", Form::Object(&FACE), "The document of a running server."),
        key("published", Form::Object(&FACE), "The document that is published with a release: with all that can be switched on."),
    ],
};

/// A face.
pub static FACE: Object = Object {
    name: "face",
    doc: "What a document shows.",
    keys: &[
        flag("cbor", "CBOR among the media types; false otherwise."),
        flag("enums", "Values of enumerations; true otherwise."),
        flag("bounds", "Bounds, lengths, patterns and counts; true otherwise."),
    ],
};

/// A path outside of groups.
pub static PATH: Object = Object {
    name: "path",
    doc: "A path outside of groups; names in braces are parameters.",
    keys: &[
        must("operation", Form::Text, "Id of the operation."),
        key("doc", Form::Text, "What it answers."),
        key("produces", TEXTS, "Media types of answers; without them, documents tell nothing of the answer."),
        flag("live", "`false` for one that only the published document has."),
    ],
};

/// A wart.
pub static WART: Object = Object {
    name: "wart",
    doc: "Members of a schema that no rule makes.",
    keys: &[
        must("definition", Form::Text, "Name of the definition."),
        key("property", Form::Text, "Property of the definition; the definition itself otherwise."),
        must("members", Form::Any, "The members; `null` takes one away."),
        must("reason", Form::Text, "Why no rule makes them."),
    ],
};
