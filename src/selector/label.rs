//! Label selectors: requirements on labels that all must hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::rule::names;
use crate::rule::quote::quoted;

/// Requirements on labels, all of which must hold; without any it selects everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelSelector {
    requirements: Vec<Requirement>,
}

/// What one label must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    key: String,
    operator: Operator,
    values: BTreeSet<String>,
}

/// How a label is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The label exists.
    Exists,
    /// The label does not exist.
    Absent,
    /// `=`: exists with the one value.
    Equals,
    /// `==`: as `=`, told apart only in text.
    DoubleEquals,
    /// `!=`: does not exist, or has another value.
    NotEquals,
    /// Exists with one of the values.
    In,
    /// Does not exist, or has none of the values.
    NotIn,
    /// Is an integer above the value.
    Greater,
    /// Is an integer below the value.
    Less,
}

/// Why a selector is none, in Kubernetes' words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError(pub(super) String);

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SelectorError {}

impl LabelSelector {
    /// A selector of requirements that must all hold.
    pub fn new(mut requirements: Vec<Requirement>) -> Self {
        requirements.sort_by(|a, b| a.key.cmp(&b.key));
        Self { requirements }
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether an object with these labels is selected.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        self.matches_with(|key| labels.get(key).map(String::as_str))
    }

    /// Whether an object is selected whose labels are looked up by key.
    pub fn matches_with<'a>(&self, label: impl Fn(&str) -> Option<&'a str>) -> bool {
        self.requirements.iter().all(|requirement| requirement.matches(label(&requirement.key)))
    }

    /// The requirements by ascending key.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }
}

impl Requirement {
    /// Checks that key, operator and values fit each other and the rules for labels.
    pub fn new(key: &str, operator: Operator, values: impl IntoIterator<Item = String>) -> Result<Self, SelectorError> {
        let values: BTreeSet<String> = values.into_iter().collect();
        let mut faults: Vec<String> = Vec::new();
        faults.extend(key_fault(key));
        faults.extend(count_fault(operator, values.len()));
        for (at, value) in values.iter().enumerate() {
            if matches!(operator, Operator::Greater | Operator::Less) && value.parse::<i64>().is_err() {
                faults.push(format!(
                    "values[{at}]: Invalid value: {}: for 'Gt', 'Lt' operators, the value must be an integer",
                    quoted(value)
                ));
            }
        }
        for (at, value) in values.iter().enumerate() {
            let wrong = names::label_value(value);
            if !wrong.is_empty() {
                faults.push(format!("values[{at}][{key}]: Invalid value: {}: {}", quoted(value), wrong.join("; ")));
            }
        }
        match faults.as_slice() {
            [] => Ok(Self { key: key.to_owned(), operator, values }),
            [one] => Err(SelectorError(one.clone())),
            many => Err(SelectorError(format!("[{}]", many.join(", ")))),
        }
    }

    /// Whether a label with this value, or an absent one, is as required.
    pub fn matches(&self, label: Option<&str>) -> bool {
        let among = label.is_some_and(|label| self.values.contains(label));
        match self.operator {
            Operator::Exists => label.is_some(),
            Operator::Absent => label.is_none(),
            Operator::Equals | Operator::DoubleEquals | Operator::In => among,
            Operator::NotEquals | Operator::NotIn => !among,
            Operator::Greater => self.numbers(label).is_some_and(|(label, bound)| label > bound),
            Operator::Less => self.numbers(label).is_some_and(|(label, bound)| label < bound),
        }
    }

    fn numbers(&self, label: Option<&str>) -> Option<(i64, i64)> {
        Some((label?.parse().ok()?, self.values.first()?.parse().ok()?))
    }

    /// The label it is about.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How the label is compared.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// What the label is compared with, in ascending order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(String::as_str)
    }
}

pub(super) fn key_fault(key: &str) -> Option<String> {
    let wrong = names::qualified_name(key);
    (!wrong.is_empty()).then(|| format!("<nil>: Invalid value: {}: {}", quoted(key), wrong.join("; ")))
}

fn count_fault(operator: Operator, count: usize) -> Option<String> {
    let (fits, detail) = match operator {
        Operator::In | Operator::NotIn => (count > 0, "for 'in', 'notin' operators, values set can't be empty"),
        Operator::Exists | Operator::Absent => (count == 0, "values set must be empty for exists and does not exist"),
        Operator::Greater | Operator::Less => (count == 1, "for 'Gt', 'Lt' operators, exactly one value is required"),
        _ => (count == 1, "exact-match compatibility requires one single value"),
    };
    (!fits).then(|| format!("values: Invalid value: []: {detail}"))
}

impl fmt::Display for LabelSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, requirement) in self.requirements.iter().enumerate() {
            if at > 0 {
                f.write_str(",")?;
            }
            requirement.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, between) = match self.operator {
            Operator::Exists => ("", ""),
            Operator::Absent => ("!", ""),
            Operator::Equals => ("", "="),
            Operator::DoubleEquals => ("", "=="),
            Operator::NotEquals => ("", "!="),
            Operator::In => ("", " in ("),
            Operator::NotIn => ("", " notin ("),
            Operator::Greater => ("", ">"),
            Operator::Less => ("", "<"),
        };
        write!(f, "{before}{}{between}", self.key)?;
        for (at, value) in self.values.iter().enumerate() {
            write!(f, "{}{value}", if at > 0 { "," } else { "" })?;
        }
        f.write_str(if matches!(self.operator, Operator::In | Operator::NotIn) { ")" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn recorded_selectors() {
        let file: Value = serde_json::from_str(include_str!("../../tests/fixtures/vectors/label_selectors.json")).expect("fixture");
        let sets: Vec<BTreeMap<String, String>> = serde_json::from_value(file["labelSets"].clone()).expect("label sets");
        for case in file["cases"].as_array().expect("cases") {
            let input = case["input"].as_str().expect("input");
            match (input.parse::<LabelSelector>(), case["error"].as_str()) {
                (Ok(selector), None) => {
                    let canonical = case["canonical"].as_str().expect("canonical");
                    assert_eq!(selector.to_string(), canonical, "{input:?}");
                    assert_eq!(canonical.parse().as_ref(), Ok(&selector), "{input:?} again");
                    let matching: Vec<usize> = (0..sets.len()).filter(|&at| selector.matches(&sets[at])).collect();
                    let expected: Vec<usize> = serde_json::from_value(case["matchesLabelSets"].clone()).expect("indexes");
                    assert_eq!(matching, expected, "{input:?}");
                }
                (Err(fault), Some(expected)) => assert_eq!(fault.to_string(), expected, "{input:?}"),
                (got, expected) => panic!("{input:?}: {got:?}, expected {expected:?}"),
            }
        }
    }

    #[test]
    fn several_faults_are_told_together() {
        let fault = "x>a-".parse::<LabelSelector>().expect_err("neither number nor label").to_string();
        assert!(fault.starts_with("unable to parse requirement: [values[0]: Invalid value: \"a-\""), "{fault}");
        assert!(fault.contains(", values[0][x]: Invalid value: "), "{fault}");
    }
}
