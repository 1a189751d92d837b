//! Rules as they were written.

use serde_json::Value;

use super::value::{Located, Words};
use crate::source::Span;
use crate::yaml::Node;

/// When a rule is checked.
#[derive(Clone, Debug, Default)]
pub struct When {
    /// Alpha since this release.
    pub alpha: Option<Words>,
    /// Beta since this release.
    pub beta: Option<Words>,
    /// Gate that must be on.
    pub gate: Option<Words>,
    /// Gate that must be off.
    pub unless: Option<Words>,
    /// Value of the discriminator.
    pub arm: Option<Words>,
}

/// An entry of the `rules:` of a field.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Where it stands.
    pub span: Span,
    /// Conditions.
    pub when: When,
    /// What is checked instead of the field.
    pub at: Option<Words>,
    /// Checks: key of the language and value.
    pub checks: Vec<(&'static str, Located<Value>)>,
}

/// An entry of the `rules:` of a type or kind.
#[derive(Clone, Debug)]
pub struct TypeRule {
    /// Where it stands.
    pub span: Span,
    /// Conditions.
    pub when: When,
    /// Values outside an open enum are refused.
    pub closed: bool,
    /// Subresource through which it is checked too.
    pub supports: Option<Words>,
    /// Subresource that speaks it.
    pub is: Option<Words>,
}

/// Keys that check a value, on a field line and in a rule.
const CHECKS: [&str; 19] = [
    "min",
    "max",
    "minLength",
    "maxLength",
    "maxBytes",
    "pattern",
    "minItems",
    "maxItems",
    "enum",
    "not",
    "immutable",
    "presence",
    "check",
    "update",
    "unique",
    "oneOf",
    "atMostOneOf",
    "discriminator",
    "as",
];

/// The checks of a field line or rule.
pub(super) fn checks(node: &Node) -> Vec<(&'static str, Located<Value>)> {
    CHECKS.iter().filter_map(|key| Some((*key, node.any(key)?))).collect()
}

/// The entries of the `rules:` of a field.
pub(super) fn of_field(node: &Node) -> Vec<Rule> {
    entries(node).iter().map(|node| Rule { span: node.span, when: when(node), at: node.text("at"), checks: checks(node) }).collect()
}

/// The entries of the `rules:` of a type or kind.
pub(super) fn of_type(node: &Node) -> Vec<TypeRule> {
    let one = |node: &Node| TypeRule {
        span: node.span,
        when: when(node),
        closed: node.is("closed"),
        supports: node.text("supports"),
        is: node.text("is"),
    };
    entries(node).iter().map(one).collect()
}

fn entries(node: &Node) -> &[Node] {
    node.get("rules").map(Node::items).unwrap_or_default()
}

fn when(node: &Node) -> When {
    When { alpha: node.text("alpha"), beta: node.text("beta"), gate: node.text("gate"), unless: node.text("unless"), arm: node.text("arm") }
}
