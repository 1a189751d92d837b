//! The keys of conversion rules.

use super::{Form, Object, TEXTS, key, must};

/// A conversion rule: one of its keys.
pub static STEP: Object = Object {
    name: "conversion rule",
    doc: "A two-way rule between the hub and a version: one of these keys.",
    keys: &[
        key("move", Form::Object(&MOVE), "The same value under another name or in another place."),
        key("union", Form::Object(&UNION), "One field per arm in the hub, one field for all in the version."),
        key("lookup", Form::Object(&LOOKUP), "Two texts that correspond, depending on a third."),
        key(
            "only",
            Form::Object(&ONLY),
            "Fields that the other side does not have. Writes through the version keep the hub's as stored; the version's own are not stored at all.",
        ),
    ],
};

/// The rule `move`.
pub static MOVE: Object = Object {
    name: "move",
    doc: "The same value in two places.",
    keys: &[must("hub", Form::Text, "Path in the hub."), must("spoke", Form::Text, "Path in the version.")],
};

/// The rule `union`.
pub static UNION: Object = Object {
    name: "union",
    doc: "A field per arm against one field.",
    keys: &[must("hub", Form::Object(&UNION_HUB), "The hub's side."), must("spoke", Form::Object(&UNION_SPOKE), "The version's side.")],
};

/// The hub's side of `union`.
pub static UNION_HUB: Object = Object {
    name: "union's hub",
    doc: "The hub's side.",
    keys: &[must("tag", Form::Text, "Path of the tag."), must("arms", Form::Map(&Form::Text), "Tag value to the path of its field.")],
};

/// The version's side of `union`.
pub static UNION_SPOKE: Object = Object {
    name: "union's spoke",
    doc: "The version's side.",
    keys: &[must("tag", Form::Text, "Path of the tag."), must("value", Form::Text, "Path of the field for every arm.")],
};

/// The rule `lookup`.
pub static LOOKUP: Object = Object {
    name: "lookup",
    doc: "Two texts that correspond, depending on a third that both sides have.",
    keys: &[
        must("by", Form::Text, "Path of the field that chooses the row."),
        must("hub", Form::Text, "Path in the hub."),
        must("spoke", Form::Text, "Path in the version."),
        must("rows", Form::Map(&Form::Object(&ROW)), "Value of `by` to the two texts."),
    ],
};

/// A row of `lookup`.
pub static ROW: Object = Object {
    name: "row",
    doc: "Two texts that correspond.",
    keys: &[must("hub", Form::Text, "The hub's text."), must("spoke", Form::Text, "The version's text.")],
};

/// The rule `only`.
pub static ONLY: Object = Object {
    name: "only",
    doc: "Fields that one side has alone.",
    keys: &[key("hub", TEXTS, "Paths that only the hub has."), key("spoke", TEXTS, "Paths that only the version has.")],
};
