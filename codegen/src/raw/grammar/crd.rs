//! The keys for what schemas of CustomResourceDefinitions have besides.

use super::{Form, Key, Object, TEXTS, key, must};

static CEL_FORM: Form = Form::Object(&CEL_RULE);

pub(super) const CEL: Key = key("cel", Form::List(&CEL_FORM), "Rules in the Common Expression Language.");
pub(super) const MIN_PROPERTIES: Key = key("minProperties", Form::Whole, "Fewest members.");
pub(super) const MAX_PROPERTIES: Key = key("maxProperties", Form::Whole, "Most members.");
pub(super) const PRESERVE: Key = key("preserveUnknown", Form::Flag, "Members that no field names are kept.");
pub(super) const TITLE: Key = key("title", Form::Text, "Title of its schema.");
pub(super) const EXAMPLE: Key = key("example", Form::Any, "An example.");
pub(super) const EXTERNAL_DOCS: Key = key("externalDocs", Form::Map(&Form::Text), "Where more is written: `url`, `description`.");
pub(super) const PATCH: Key = key(
    "schema",
    Form::Map(&Form::Any),
    "Merged over its schema in a CustomResourceDefinition: what has no key of its own. `null` takes a keyword away.",
);

/// A rule of `cel`.
pub static CEL_RULE: Object = Object {
    name: "rule",
    doc: "A rule in the Common Expression Language. `self` is the value, `oldSelf` what it was.",
    keys: &[
        must("rule", Form::Text, "The expression; it is true when all is well."),
        key("message", Form::Text, "What is said when it is not."),
        key("messageExpression", Form::Text, "Expression for what is said."),
        key(
            "reason",
            Form::Text,
            "Reason of the error: FieldValueInvalid, FieldValueForbidden, FieldValueRequired or FieldValueDuplicate; the first otherwise.",
        ),
        key("fieldPath", Form::Text, "The field that is named as the culprit, such as `.min`."),
        key("optionalOldSelf", Form::Flag, "The rule also runs when there is no old value."),
    ],
};

/// `crd` of a kind.
pub static MANIFEST: Object = Object {
    name: "definition",
    doc: "What a CustomResourceDefinition says besides. With several versions, it stands at any one of them.",
    keys: &[
        key("annotations", Form::Map(&Form::Text), "Annotations of the definition."),
        key("labels", Form::Map(&Form::Text), "Labels of the definition."),
        key("versions", TEXTS, "The versions in the order of the definition; by name otherwise."),
        key("conversion", Form::Map(&Form::Any), "`spec.conversion`."),
        key("manifest", Form::Map(&Form::Any), "Merged over the definition."),
        key("version", Form::Map(&Form::Any), "Merged over what the definition says of this version, apart from its schema."),
    ],
};
