//! Feature gates: what rules depend on, and `--feature-gates` that switches it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use kubewright_model::{Desc, Text};
use serde_json::Value as Json;

/// Rules marked `alpha` are checked. Off: such rules are on trial, and the servers they come from only count what they would refuse.
pub const ALPHA: &str = "DeclarativeValidationAlpha";
/// Rules marked `beta` are checked. On.
pub const BETA: &str = "DeclarativeValidationBeta";

/// Gates and whether they are on; one that is not named is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gates(BTreeMap<Text, bool>);

impl Default for Gates {
    fn default() -> Self {
        Self([(ALPHA.into(), false), (BETA.into(), true)].into())
    }
}

impl Gates {
    /// States what a gate is unless it is switched.
    pub fn declare(&mut self, gates: &[(&'static str, bool)]) {
        self.0.extend(gates.iter().map(|(name, on)| (Text::Borrowed(*name), *on)));
    }

    /// Whether a gate is on.
    pub fn on(&self, name: &str) -> bool {
        self.0.get(name).copied().unwrap_or(false)
    }

    /// Switches gates. Those that neither were declared nor are `named` by rules are refused.
    pub fn switch(&mut self, switches: &FeatureGates, named: &BTreeSet<String>) -> Result<(), GateError> {
        for (name, on) in &switches.0 {
            if !self.0.contains_key(name.as_str()) && !named.contains(name) {
                return Err(GateError(format!("unrecognized feature gate: {name}")));
            }
            self.0.insert(name.clone().into(), *on);
        }
        Ok(())
    }
}

/// What `--feature-gates` says: `Name=true,Other=false`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeatureGates(Vec<(String, bool)>);

impl FeatureGates {
    /// Reads `NAME=BOOL,...`; of repeated names the last holds.
    pub fn parse(text: &str) -> Result<Self, GateError> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(switch).collect::<Result<_, _>>().map(Self)
    }

    /// These switches and, winning, `later`.
    pub fn merge(mut self, later: &Self) -> Self {
        self.0.extend_from_slice(&later.0);
        self
    }

    /// Whether nothing is switched.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn switch(text: &str) -> Result<(String, bool), GateError> {
    let (name, value) = text.split_once('=').ok_or_else(|| GateError(format!("missing bool value for {text}")))?;
    match value.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "1" => Ok((name.trim().to_owned(), true)),
        "false" | "f" | "0" => Ok((name.trim().to_owned(), false)),
        _ => Err(GateError(format!("invalid value of {name}={value}: expected true or false"))),
    }
}

/// A text switches no gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateError(String);

impl fmt::Display for GateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GateError {}

/// Adds the gates that the fields and rules of a type and of everything below it name. `seen` holds the types that were looked at.
pub fn named(desc: &Desc, seen: &mut BTreeSet<String>, gates: &mut BTreeSet<String>) {
    if !seen.insert(desc.proto_name()) {
        return;
    }
    for field in desc.fields.iter() {
        if field.rules.contains("\"x-gate\"") || field.rules.contains("\"x-unless\"") {
            let rules: Json = serde_json::from_str(&field.rules).unwrap_or_default();
            collect(&rules, gates);
        }
        if let Some(part) = field.element().and_then(kubewright_model::Ref::desc) {
            named(part, seen, gates);
        }
    }
}

fn collect(rules: &Json, gates: &mut BTreeSet<String>) {
    for key in ["x-gate", "x-unless"] {
        match rules.get(key) {
            Some(Json::String(gate)) => _ = gates.insert(gate.clone()),
            Some(Json::Array(several)) => gates.extend(several.iter().filter_map(Json::as_str).map(str::to_owned)),
            _ => {}
        }
    }
    for rule in rules.get("x-rules").and_then(Json::as_array).into_iter().flatten() {
        collect(rule, gates);
    }
}

#[cfg(test)]
mod tests {
    use kubewright_model::Field;

    use super::*;

    #[test]
    fn later_switches_win_and_unknown_gates_are_refused() {
        let switches = |text| FeatureGates::parse(text).expect(text);
        let mut gates = Gates::default();
        gates.declare(&[("A", true), ("B", false)]);
        let named = BTreeSet::from(["C".to_owned()]);
        assert_eq!((gates.on("A"), gates.on("B"), gates.on("C"), gates.on(ALPHA), gates.on(BETA)), (true, false, false, false, true));
        gates.switch(&switches("A=false, B=true").merge(&switches("B=false,C=t")), &named).expect("known");
        assert_eq!((gates.on("A"), gates.on("B"), gates.on("C")), (false, false, true));
        for (text, why) in [
            ("D=true", "unrecognized feature gate: D"),
            ("A", "missing bool value for A"),
            ("A=maybe", "invalid value of A=maybe: expected true or false"),
        ] {
            let done = FeatureGates::parse(text).and_then(|switches| gates.switch(&switches, &named));
            assert_eq!(done.expect_err(text).to_string(), why);
        }
    }

    #[test]
    fn gates_are_found_in_fields_and_rules() {
        let rules = r#"{"x-gate":["A","B"],"x-rules":[{"x-gate":"C","minimum":1},{"x-unless":"D","x-presence":"forbidden"}]}"#;
        let desc = Desc::owned("T", "p", "", vec![Field::int32("n", 1).rules(rules)]);
        let mut gates = BTreeSet::new();
        named(&desc, &mut BTreeSet::new(), &mut gates);
        assert_eq!(gates.into_iter().collect::<Vec<_>>(), ["A", "B", "C", "D"]);
    }
}
