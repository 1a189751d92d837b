//! The schema language as a table: which keys each kind of file has, and what their values look like. Reading, the JSON Schema for editors
//! and suggestions all come from here.

mod compat;
mod convert;
mod crd;
mod documents;
mod rule;

use crd::{CEL, EXAMPLE, EXTERNAL_DOCS, MAX_PROPERTIES, MIN_PROPERTIES, PATCH, PRESERVE, TITLE};
pub use crd::{CEL_RULE, MANIFEST};

pub use compat::COMPAT;
pub use convert::STEP;
pub use documents::{DOCUMENTS, FACE, FACES, PATH, WART};
pub use rule::{RULE, TYPE_RULE};

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Text; numbers and flags written without quotes count as their text.
    Text,
    /// `true` or `false`.
    Flag,
    /// An integer.
    Whole,
    /// A number.
    Number,
    /// Any JSON value.
    Any,
    /// One of a few words.
    Word(&'static [&'static str]),
    /// A list.
    List(&'static Form),
    /// A mapping from names to values of one form.
    Map(&'static Form),
    /// A mapping with known keys.
    Object(&'static Object),
    /// One of several forms that differ in being a scalar, a list or a mapping.
    Either(&'static [Form]),
}

/// A mapping with known keys.
#[derive(Debug)]
pub struct Object {
    /// What messages call it, such as `field`.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value looks like.
    pub form: Form,
    /// Must be there.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

const fn key(name: &'static str, form: Form, doc: &'static str) -> Key {
    Key { name, form, required: false, doc }
}

const fn must(name: &'static str, form: Form, doc: &'static str) -> Key {
    Key { name, form, required: true, doc }
}

const TEXTS: Form = Form::List(&Form::Text);

/// Verbs of a resource.
pub const VERBS: &[&str] = &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// HTTP methods by which a subresource connects.
pub const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// `set.yaml`.
pub static SET: Object = Object {
    name: "set",
    doc: "An API set: one directory below schemas/, one server.",
    keys: &[
        must("set", Form::Text, "Name of the set, which is the name of its directory."),
        key("release", Form::Text, "The release that the set describes. Versions whose `removed` it has reached are not served."),
        key("title", Form::Text, "Title of the OpenAPI documents; the set's name otherwise."),
        key(
            "levels",
            Form::List(&Form::Word(&["ga", "beta", "alpha"])),
            "Stability levels that are served unless switched off; all otherwise.",
        ),
        key("crds", Form::Flag, "Whether CustomResourceDefinitions are made of its kinds; true without a core group."),
        key("typeMeta", Form::Map(&Form::Text), "What `kind` and `apiVersion` of its objects mean, in its own words."),
        key("gates", Form::Map(&Form::Flag), "Feature gates and whether they are on unless switched; a gate that is not named is off."),
        key("groups", TEXTS, "Group directories in the order of discovery; otherwise the core group first, then by directory."),
        key(
            "use",
            Form::Map(&Form::Either(&[Form::Word(&["all"]), TEXTS])),
            "Kinds of other sets that this set serves too: `all`, or a list such as `core/v1 Namespace`.",
        ),
    ],
};

/// `group.yaml`.
pub static GROUP: Object = Object {
    name: "group",
    doc: "An API group with its versions, and the rules that tie the versions together.",
    keys: &[
        must("group", Form::Text, "Name of the group, such as `wardle.example.com`; empty text for the core group."),
        must("versions", Form::Map(&Form::Object(&VERSION)), "The versions, most preferred first."),
        key(
            "convert",
            Form::Map(&Form::Map(&Form::List(&Form::Object(&STEP)))),
            "By kind or type, then by version: how that version relates to the hub where names or types differ.",
        ),
    ],
};

/// A version in `group.yaml`.
pub static VERSION: Object = Object {
    name: "version",
    doc: "A version of a group. What is said of it holds for every kind of the version that does not say otherwise.",
    keys: &[
        INTRODUCED,
        DEPRECATED,
        REMOVED,
        REPLACEMENT,
        WARNING,
        SERVED,
        STORAGE,
        HUB,
        key("proto", Form::Text, "Protobuf package; otherwise the labels of the group in reverse, and the version."),
        key("openapi", Form::Text, "Prefix of OpenAPI definition names; otherwise the labels of the group in reverse, and the version."),
    ],
};

static TYPE_FORM: Form = Form::Object(&TYPE);
static FIELD_FORM: Form = Form::Object(&FIELD);
static TYPE_RULE_FORM: Form = Form::Object(&TYPE_RULE);

const INTRODUCED: Key = key("introduced", Form::Text, "First release with it.");
const DEPRECATED: Key = key("deprecated", Form::Text, "First release that warns about its use; `true` when all do.");
const REMOVED: Key = key("removed", Form::Text, "First release without it.");
const REPLACEMENT: Key = key("replacement", Form::Text, "What to use instead: `group/version`, or `group/version Kind`.");
const WARNING: Key = key("warning", Form::Text, "What clients of a deprecated version are told; made from the rest otherwise.");
const SERVED: Key = key("served", Form::Flag, "`false` when it is not served unless it is switched on.");
const STORAGE: Key = key("storage", Form::Flag, "Objects are stored in this version.");
const HUB: Key = key("hub", Form::Flag, "Conversions go through this version.");
const TYPES: Key = key("types", Form::Map(&TYPE_FORM), "Types by name: messages, enums and aliases.");
const DEFAULTS: Key =
    key("default", Form::Any, "Value when nothing is set: a value, {value, from or fill, when}, or a list of such alternatives.");
static RULE_FORM: Form = Form::Object(&RULE);
const FIELD_RULES: Key = key("rules", Form::List(&RULE_FORM), "Checks that hold under conditions, or for what lies below the field.");
const TYPE_RULES: Key = key("rules", Form::List(&TYPE_RULE_FORM), "What holds for it as a whole, under conditions.");
const FIELDS: Key = key("fields", Form::Map(&FIELD_FORM), "Fields by JSON name, in the order of output.");

/// The file of a kind.
pub static KIND: Object = Object {
    name: "kind",
    doc: "A kind in one version: its fields, how it is served, and the types it owns.",
    keys: &[
        must("kind", Form::Text, "Name of the kind, such as `Flunder`."),
        key("plural", Form::Text, "Name of the resource in paths; otherwise the kind in lower case with an s."),
        key("singular", Form::Text, "Name for one object; otherwise the kind in lower case."),
        key("listKind", Form::Text, "Kind of its lists; otherwise the kind followed by List."),
        key("scope", Form::Word(&["Namespaced", "Cluster"]), "Whether objects live in a namespace; Namespaced otherwise."),
        key("shortNames", TEXTS, "Abbreviations for command lines."),
        key("categories", TEXTS, "Groups of resources that command lines may ask for together, such as `all`."),
        key("verbs", Form::List(&Form::Word(VERBS)), "What can be done with it; all eight otherwise."),
        key("doc", Form::Text, "What the kind is."),
        key("resource", Form::Flag, "`false` for a kind that is no resource, such as Scale or Status."),
        key(
            "metadata",
            Form::Either(&[Form::Flag, Form::Object(&METADATA)]),
            "`false` for a kind without metadata; otherwise how it is written.",
        ),
        FIELDS,
        key(
            "subresources",
            Form::Map(&Form::Object(&SUBRESOURCE)),
            "What lies below an object: `status`, `scale`, `finalize`, a part of the object, or what it connects to.",
        ),
        key("columns", Form::List(&Form::Object(&COLUMN)), "Columns of `kubectl get`; those of the hub otherwise."),
        key("selectable", TEXTS, "Paths that field selectors may name, such as `.spec.nodeName`."),
        key("names", Form::Word(&["subdomain", "label", "label1035", "path"]), "How names of objects are checked; subdomain otherwise."),
        key("generation", Form::Flag, "Whether metadata.generation counts changes; otherwise true when there is a `spec`."),
        key("unconditionalUpdate", Form::Flag, "A PUT without resourceVersion overwrites."),
        key("createOnUpdate", Form::Flag, "A PUT of an object that does not exist creates it."),
        key("deleteReturnsObject", Form::Flag, "DELETE answers with the object."),
        key("convert", Form::Word(&["none"]), "`none`: to and from the hub, only what has the same name and type is taken over."),
        MIN_PROPERTIES,
        MAX_PROPERTIES,
        CEL,
        PRESERVE,
        TITLE,
        EXAMPLE,
        EXTERNAL_DOCS,
        PATCH,
        key("crd", Form::Object(&MANIFEST), "What its CustomResourceDefinition says besides."),
        key("key", Form::Text, "Prefix of its keys in the store; otherwise group and plural."),
        TYPE_RULES,
        key("storedAs", Form::Text, "Kind of another group that its objects are stored as, such as `core/v1 Event`."),
        INTRODUCED,
        DEPRECATED,
        REMOVED,
        REPLACEMENT,
        WARNING,
        SERVED,
        STORAGE,
        HUB,
        TYPES,
    ],
};

/// How the metadata of a kind is written.
pub static METADATA: Object = Object {
    name: "metadata",
    doc: "How metadata is written.",
    keys: &[OMIT, REQUIRED, key("doc", Form::Text, "What it is."), DEFAULTS, PATCH, FIELD_RULES],
};

/// `types.yaml`.
pub static TYPES_FILE: Object = Object { name: "types file", doc: "Types that several kinds of a version share.", keys: &[TYPES] };

/// A type.
pub static TYPE: Object = Object {
    name: "type",
    doc: "A message with fields, an enum, or an alias; `{}` is a message without fields.",
    keys: &[
        key("doc", Form::Text, "What the type is."),
        FIELDS,
        key("atomic", Form::Flag, "Server-side apply treats a value as one unit."),
        key("unions", Form::List(&Form::Any), "Value of x-kubernetes-unions."),
        key("either", Form::Flag, "In JSON a value is that of one of its fields, told by its form; in protobuf it is a message."),
        key("enum", Form::Either(&[TEXTS, Form::Map(&Form::Text)]), "Makes it an enum: its values, or its values with what they mean."),
        key("open", Form::Flag, "Values outside the enum are let through."),
        MIN_PROPERTIES,
        MAX_PROPERTIES,
        CEL,
        PRESERVE,
        TITLE,
        EXAMPLE,
        EXTERNAL_DOCS,
        PATCH,
        key("alias", Form::Text, "Makes it another name for a type, such as `map(Quantity)`."),
        TYPE_RULES,
    ],
};

const OMIT: Key = key(
    "omit",
    Form::Word(&["empty", "zero", "never"]),
    "When JSON leaves the field out; `empty` for lists, maps and `?`, otherwise `never`.",
);
const REQUIRED: Key = key("required", Form::Flag, "Listed as required in OpenAPI; otherwise true when the field is never left out.");

/// A field.
pub static FIELD: Object = Object {
    name: "field",
    doc: "A field of a message.",
    keys: &[
        key("tag", Form::Whole, "Protobuf number."),
        must(
            "type",
            Form::Text,
            "Its type: string, bool, int, int32, int64, float64, bytes, a type's name, list(T), map(T); `?` after it tells unset from zero.",
        ),
        OMIT,
        REQUIRED,
        key("doc", Form::Text, "What the field means."),
        DEFAULTS,
        key("proto", Form::Text, "Protobuf name where it differs from the JSON name."),
        key("inline", Form::Flag, "Its own fields stand in the parent's JSON object."),
        key("json", Form::Flag, "`false` for a field that is only on the protobuf wire."),
        key(
            "wrapped",
            Form::Text,
            "The list is a message of its own in protobuf: its name, or `true` for the usual one. Names that of a map's lists too.",
        ),
        key("format", Form::Text, "OpenAPI format where it is not the type's usual one."),
        key("list", Form::Word(&["atomic", "set"]), "How server-side apply merges the list; see `keys`."),
        key("keys", TEXTS, "Fields that identify an item: the list merges by item."),
        key("map", Form::Word(&["atomic", "granular"]), "How server-side apply merges the map or message."),
        key("patch", Form::Word(&["merge", "merge,retainKeys", "retainKeys", "replace"]), "Strategy of strategic merge patch."),
        key("mergeKey", Form::Text, "Key of strategic merge patch; otherwise the only one of `keys`."),
        rule::MIN,
        rule::MAX,
        rule::MIN_LENGTH,
        rule::MAX_LENGTH,
        rule::MAX_BYTES,
        rule::PATTERN,
        rule::MIN_ITEMS,
        rule::MAX_ITEMS,
        rule::ENUM,
        rule::NOT,
        rule::IMMUTABLE,
        rule::PRESENCE,
        rule::CHECK,
        rule::UPDATE,
        rule::UNIQUE,
        rule::ONE_OF,
        rule::AT_MOST_ONE_OF,
        rule::DISCRIMINATOR,
        rule::AS,
        FIELD_RULES,
        key("exclusiveMin", Form::Flag, "The value is greater than `min`."),
        key("exclusiveMax", Form::Flag, "The value is less than `max`."),
        key("multipleOf", Form::Number, "The value is a multiple of it."),
        key("nullable", Form::Flag, "`null` may be written for unset."),
        key("embedded", Form::Flag, "A RawExtension that holds a whole object, with a kind and metadata of its own."),
        CEL,
        PRESERVE,
        TITLE,
        EXAMPLE,
        EXTERNAL_DOCS,
        PATCH,
        key("rust", Form::Text, "Name in Rust where it is not the JSON name in snake case."),
        key("gate", Form::Either(&[Form::Text, TEXTS]), "Feature gate that the field came with, or several."),
        key(
            "choice",
            Form::Text,
            "Name of the choice that the field is part of, `?` after it where none may be set; told to readers, not checked.",
        ),
        key("into", Form::Text, "For a map(string): the map(bytes) beside it that its entries move to on every write."),
    ],
};

/// An alternative of a default.
pub static DEFAULT: Object = Object {
    name: "default",
    doc: "An alternative of a default.",
    keys: &[
        key("value", Form::Any, "The value."),
        key("from", Form::Text, "Path of the field beside it whose value is copied, such as `.port`."),
        key(
            "fill",
            Form::Any,
            "Values for what is unset in the message, which is created, or in each item; `{from: .path}` copies from where the default stands, `{beside: .path}` from the message filled.",
        ),
        key("when", Form::Text, "Condition over the message that holds the field."),
    ],
};

/// A subresource.
pub static SUBRESOURCE: Object = Object {
    name: "subresource",
    doc: "What lies below an object's path.",
    keys: &[
        key("verbs", Form::List(&Form::Word(VERBS)), "What can be done with it; otherwise what is usual for what it does."),
        key("speaks", Form::Text, "The kind it reads and writes, such as `autoscaling/v1 Scale`."),
        key("part", Form::Text, "Path of the part of the object it writes; `.status` for status."),
        key("replicas", Form::Text, "For scale: path of the wanted number, such as `.spec.replicas`."),
        key("observed", Form::Text, "For scale: path of the observed number, such as `.status.replicas`."),
        key("selector", Form::Text, "For scale: path of the label selector."),
        key("connect", Form::List(&Form::Word(METHODS)), "HTTP methods by which it connects to what the object stands for."),
        key("tail", Form::Flag, "For one that connects: paths below its own are taken too."),
        key("options", Form::Text, "For one that is read: the kind whose fields are query parameters, such as `core/v1 PodLogOptions`."),
        key("text", Form::Flag, "For one that is read: it answers plain text too."),
        key(
            "action",
            Form::Word(&["evict", "bind", "token"]),
            "What posting the kind it speaks does: deletes the object, assigns it, or asks the program.",
        ),
    ],
};

/// A column.
pub static COLUMN: Object = Object {
    name: "column",
    doc: "A column of `kubectl get`.",
    keys: &[
        must("name", Form::Text, "Heading."),
        key("path", Form::Text, "Path of the value, such as `.spec.type`."),
        key("jsonPath", Form::Text, "Path of the value that is not held against the fields."),
        key("cell", Form::Text, "Expression for the cell, such as `age(.metadata.creationTimestamp)`."),
        key("type", Form::Word(&["string", "integer", "number", "boolean", "date"]), "OpenAPI type; string otherwise."),
        key("format", Form::Text, "OpenAPI format, such as `name`."),
        key("priority", Form::Whole, "0 is always shown, more only in wide output."),
        key("doc", Form::Text, "What the column shows."),
    ],
};
