//! `compat.yaml` in the grammar: what people state about comparisons with what was released.

use super::{Form, Object, TEXTS, key, must};

/// `compat.yaml`.
pub static COMPAT: Object = Object {
    name: "compat file",
    doc: "Exceptions from compatibility rules, and what else `cargo xtask compat` is to know of a set.",
    keys: &[
        must("exceptions", Form::List(&Form::Object(&EXCEPTION)), "What may break a rule, for how long, and why."),
        key("strictAlpha", Form::Flag, "Alpha versions are held to every rule as strictly as others."),
        key("migrated", TEXTS, "Kinds in versions of which no object is stored any more, such as `shop.example.io/v1alpha1 Widget`."),
    ],
};

/// An exception.
static EXCEPTION: Object = Object {
    name: "exception",
    doc: "What may break a rule.",
    keys: &[
        must("rule", Form::Text, "Id of the rule, such as `F10`."),
        must(
            "at",
            Form::Text,
            "What it is about, as reports name it: `shop.example.io/v1 WidgetSpec.color`; `*` at the end stands for the rest.",
        ),
        must("reason", Form::Text, "Why that is right, and who agreed."),
        must("until", Form::Text, "The first release, or the last day, without it."),
    ],
};
