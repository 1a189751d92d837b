//! The rules that a field states: constraints, each with the conditions under which it counts and the place below the field that it is about.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, RwLock};

use kubewright_model::rule::Target;
use serde_json::Value as Json;

use super::constraint::Constraint;
use crate::rule::gates::{self, Gates};

/// Everything that a text of a descriptor states.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Of the field itself, always.
    pub(super) plain: Constraint,
    /// By what they look at, the field itself first.
    pub(super) targets: Vec<(Target, Vec<Rule>)>,
    /// The value of the field chooses among the fields beside it.
    pub(super) discriminates: bool,
    /// Nothing is checked.
    pub(super) idle: bool,
}

/// A constraint under conditions.
#[derive(Debug)]
pub(super) struct Rule {
    level: Option<&'static str>,
    gate: Option<String>,
    unless: Option<String>,
    /// Value of the discriminator beside the field.
    pub(super) arm: Option<String>,
    /// What must hold.
    pub(super) constraint: Constraint,
}

impl Rule {
    fn parse(rule: &Json) -> Self {
        let words = |name: &str| rule.get(name).and_then(Json::as_str).map(str::to_owned);
        let level = match (rule.get("x-alpha"), rule.get("x-beta")) {
            (Some(_), _) => Some(gates::ALPHA),
            (None, Some(_)) => Some(gates::BETA),
            (None, None) => None,
        };
        Self { level, gate: words("x-gate"), unless: words("x-unless"), arm: words("x-arm"), constraint: Constraint::parse(rule) }
    }

    /// Whether the gates let it count.
    pub(super) fn counts(&self, gates: &Gates) -> bool {
        self.level.is_none_or(|level| gates.on(level))
            && self.gate.as_ref().is_none_or(|gate| gates.on(gate))
            && self.unless.as_ref().is_none_or(|gate| !gates.on(gate))
    }
}

impl Rules {
    fn parse(text: &str) -> Self {
        let json: Json = serde_json::from_str(text).unwrap_or_default();
        let plain = Constraint::parse(&json);
        let mut targets: Vec<(Target, Vec<Rule>)> = Vec::new();
        let mut discriminates = plain.discriminator.is_some();
        for written in json.get("x-rules").and_then(Json::as_array).into_iter().flatten() {
            // A target that is none was refused where descriptors are made.
            let Ok(target) = written.get("x-at").and_then(Json::as_str).unwrap_or_default().parse::<Target>() else { continue };
            let rule = Rule::parse(written);
            discriminates |= rule.constraint.discriminator.is_some();
            match targets.iter_mut().find(|(known, _)| *known == target) {
                Some((_, rules)) => rules.push(rule),
                None => targets.push((target, vec![rule])),
            }
        }
        targets.sort_by_key(|(target, _)| !target.0.is_empty());
        let told = |key: &String| matches!(key.as_str(), "knownValues" | "into" | "x-gate" | "x-choice");
        let idle = json.as_object().is_none_or(|rules| rules.keys().all(told));
        Self { plain, targets, discriminates, idle }
    }
}

/// More texts than this are not remembered at once.
const REMEMBERED: usize = 20_000;

/// The rules that a text of a descriptor states. Texts are read once.
pub(super) fn of(text: &str) -> Arc<Rules> {
    static READ: OnceLock<RwLock<HashMap<Box<str>, Arc<Rules>>>> = OnceLock::new();
    let read = READ.get_or_init(RwLock::default);
    if let Some(rules) = read.read().ok().and_then(|read| read.get(text).cloned()) {
        return rules;
    }
    let rules = Arc::new(Rules::parse(text));
    if let Ok(mut read) = read.write() {
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(text.into(), Arc::clone(&rules));
    }
    rules
}
