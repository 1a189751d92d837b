//! The constraints of a field as the descriptor holds them: one JSON object. OpenAPI's keywords keep their names; what OpenAPI does not have
//! starts with `x-`.

use kubewright_model::{Field, Text};
use serde_json::{Map, Value, json};

use crate::raw::field as raw;
use crate::raw::rule::{Rule, TypeRule, When};
use crate::raw::value::{Located, Words};

/// The values of an enum, and who is bound by them.
#[derive(Clone, Debug)]
pub(super) struct Values {
    listed: Vec<Value>,
    open: bool,
    /// Conditions under which an open enum is closed.
    closed: Vec<Map<String, Value>>,
}

impl Values {
    /// The values of an enum.
    pub(super) fn new(values: Vec<Value>, open: bool, rules: &[TypeRule]) -> Self {
        let closed = if open { rules.iter().filter(|rule| rule.closed).map(|rule| conditions(&rule.when)).collect() } else { Vec::new() };
        Self { listed: values, open, closed }
    }
}

/// Everything that constrains a field, as JSON; empty when nothing does.
pub(super) fn of_field(written: &raw::Field, values: Option<Values>) -> String {
    let mut rules = checks(&written.rules);
    if let Some(into) = &written.into {
        rules.insert("into".to_owned(), json!(into.value));
    }
    if !written.gates.is_empty() {
        rules.insert("x-gate".to_owned(), written.gates.iter().map(|gate| Value::from(gate.value.as_str())).collect());
    }
    if let Some(choice) = &written.choice {
        rules.insert("x-choice".to_owned(), json!(choice.value));
    }
    let mut conditional: Vec<Value> = written.conditional.iter().map(rule).collect();
    if let Some(Values { listed: values, open, closed }) = values {
        let close = |mut rule: Map<String, Value>| {
            rule.insert("enum".to_owned(), values.clone().into());
            Value::Object(rule)
        };
        conditional.extend(closed.into_iter().map(close));
        rules.entry(if open { "knownValues" } else { "enum" }).or_insert(Value::Array(values));
    }
    if !conditional.is_empty() {
        rules.insert("x-rules".to_owned(), conditional.into());
    }
    if rules.is_empty() { String::new() } else { Value::Object(rules).to_string() }
}

/// Takes the defaults from fields whose gate is off.
pub(super) fn without_gated_defaults(fields: &mut [Field], gates: &[(String, bool)]) {
    let on = |gate: &str| gates.iter().any(|(name, on)| name == gate && *on);
    for field in fields.iter_mut().filter(|field| !field.default.is_empty() && field.rules.contains("\"x-gate\"")) {
        let rules: Value = serde_json::from_str(&field.rules).unwrap_or_default();
        let of_field = rules.get("x-gate").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        if of_field.into_iter().any(|gate| !on(gate)) {
            field.default = Text::default();
        }
    }
}

/// Rules alone, as JSON; empty when there are none.
pub(super) fn conditional(written: &[Rule]) -> String {
    let rules: Vec<Value> = written.iter().map(rule).collect();
    if rules.is_empty() { String::new() } else { json!({"x-rules": rules}).to_string() }
}

fn rule(written: &Rule) -> Value {
    let mut rule = conditions(&written.when);
    if let Some(at) = &written.at {
        rule.insert("x-at".to_owned(), json!(at.value));
    }
    rule.extend(checks(&written.checks));
    Value::Object(rule)
}

fn conditions(when: &When) -> Map<String, Value> {
    let text = |words: &Option<Words>| words.as_ref().map(|words| Value::from(words.value.as_str()));
    let rows = [
        ("x-alpha", text(&when.alpha)),
        ("x-beta", text(&when.beta)),
        ("x-gate", text(&when.gate)),
        ("x-unless", text(&when.unless)),
        ("x-arm", text(&when.arm)),
    ];
    rows.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn checks(written: &[(&'static str, Located<Value>)]) -> Map<String, Value> {
    let mut checks = Map::new();
    for (key, value) in written {
        let value = match (*key, &value.value) {
            ("immutable", Value::Bool(false)) => continue,
            // A union without a name has the empty one.
            ("oneOf" | "atMostOneOf" | "discriminator", Value::Bool(_)) => json!(""),
            (_, value) => value.clone(),
        };
        checks.insert(keyword(key).to_owned(), value);
    }
    checks
}

/// What the descriptor calls a key of the language.
fn keyword(key: &'static str) -> &'static str {
    match key {
        "min" => "minimum",
        "max" => "maximum",
        "maxBytes" => "x-max-bytes",
        "not" => "x-not",
        "presence" => "x-presence",
        "check" => "x-check",
        "update" => "x-update",
        "unique" => "x-unique",
        "oneOf" => "x-one-of",
        "atMostOneOf" => "x-at-most-one-of",
        "discriminator" => "x-discriminator",
        "as" => "x-as",
        other => other,
    }
}
