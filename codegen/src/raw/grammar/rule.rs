//! Rules: the checks that a field line or an entry of `rules:` can state, and what an entry adds to them.

use super::{Form, Key, Object, TEXTS, key};

pub(super) const PRESENCE: Key =
    key("presence", Form::Word(&["required", "optional", "forbidden"]), "Whether a value must, may, or must not be set.");
pub(super) const CHECK: Key = key("check", Form::Text, "Named form that the text has, such as `k8s-long-name`.");
pub(super) const MAX_BYTES: Key = key("maxBytes", Form::Whole, "Most bytes of the text.");
pub(super) const NOT: Key = key("not", Form::Any, "A value that is not allowed.");
pub(super) const UNIQUE: Key = key(
    "unique",
    Form::Either(&[Form::Word(&["items", "custom"]), TEXTS]),
    "No two items are the same: `items` as a whole, or in these fields. `custom`: the check is left to code.",
);
pub(super) const UPDATE: Key = key(
    "update",
    Form::List(&Form::Word(&["NoSet", "NoUnset", "NoModify"])),
    "What an update cannot do: set what was unset, unset what was set, change what stays set.",
);
pub(super) const ONE_OF: Key =
    key("oneOf", Form::Text, "The field is in a union, of which exactly one is set: `true`, or the name of the union.");
pub(super) const AT_MOST_ONE_OF: Key = key("atMostOneOf", Form::Text, "As oneOf, where none may be set too.");
pub(super) const DISCRIMINATOR: Key =
    key("discriminator", Form::Text, "The value names the member of the union that is set: `true`, or the name of the union.");
pub(super) const AS: Key = key("as", Form::Text, "What the discriminator calls this member; its name with a capital otherwise.");
pub(super) const MIN: Key = key("min", Form::Number, "Least value.");
pub(super) const MAX: Key = key("max", Form::Number, "Greatest value.");
pub(super) const MIN_LENGTH: Key = key("minLength", Form::Whole, "Fewest characters.");
pub(super) const MAX_LENGTH: Key = key("maxLength", Form::Whole, "Most characters.");
pub(super) const PATTERN: Key = key("pattern", Form::Text, "Regular expression that the text matches.");
pub(super) const MIN_ITEMS: Key = key("minItems", Form::Whole, "Fewest items.");
pub(super) const MAX_ITEMS: Key = key("maxItems", Form::Whole, "Most items.");
pub(super) const ENUM: Key = key("enum", Form::List(&Form::Any), "The values that are allowed.");
pub(super) const IMMUTABLE: Key = key("immutable", Form::Flag, "Cannot change once set.");

const ALPHA: Key = key("alpha", Form::Text, "Checked only when the gate DeclarativeValidationAlpha is on; since this release.");
const BETA: Key = key("beta", Form::Text, "Checked unless the gate DeclarativeValidationBeta is off; since this release.");
const GATE: Key = key("gate", Form::Text, "Checked only when this feature gate is on.");
const UNLESS: Key = key("unless", Form::Text, "Checked only when this feature gate is off.");

/// An entry of the `rules:` of a field.
pub static RULE: Object = Object {
    name: "rule",
    doc: "Checks that hold under conditions, or for what lies below the field. What stands here is not published in OpenAPI.",
    keys: &[
        ALPHA,
        BETA,
        GATE,
        UNLESS,
        key("arm", Form::Text, "Checked only when the discriminator beside the field has this value."),
        key(
            "at",
            Form::Text,
            "What is checked instead of the field: `.name`, `[*]` (each item), `[keys]` (each key), `[type=Ready]` (such items).",
        ),
        PRESENCE,
        CHECK,
        MIN,
        MAX,
        MIN_LENGTH,
        MAX_LENGTH,
        MAX_BYTES,
        PATTERN,
        MIN_ITEMS,
        MAX_ITEMS,
        ENUM,
        NOT,
        IMMUTABLE,
        UPDATE,
        UNIQUE,
        ONE_OF,
        AT_MOST_ONE_OF,
        DISCRIMINATOR,
        AS,
    ],
};

/// An entry of the `rules:` of a type or kind.
pub static TYPE_RULE: Object = Object {
    name: "type rule",
    doc: "What holds for a type as a whole, under conditions.",
    keys: &[
        ALPHA,
        BETA,
        GATE,
        UNLESS,
        key("closed", Form::Flag, "Values outside an open enum are refused."),
        key("supports", Form::Text, "The type is checked when it is written through this subresource."),
        key("is", Form::Text, "The type is what this subresource speaks, and is checked only there."),
    ],
};
