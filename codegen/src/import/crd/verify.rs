//! Whether schemas say what definitions said: the definitions that are made of them, next to those that came in.

use kubewright_model::crd::Definition;
use kubewright_model::crd::patch::same;
use serde_json::{Value, json};

use crate::crd;
use crate::set::Set;

/// Where the definitions that are made of a set differ from others: by name, the places and what became of them.
pub fn differences(definitions: &[Definition], set: &Set, sets: &[Set]) -> Vec<(String, Vec<String>)> {
    let types = crd::types(sets);
    let made: Vec<Value> = set.resources.iter().filter_map(|resource| crd::definition(set, resource, &types)).collect();
    let mut found = Vec::new();
    for definition in definitions {
        let name = definition.name();
        let mut places = Vec::new();
        match made.iter().find(|made| made.pointer("/metadata/name").and_then(Value::as_str) == Some(&name)) {
            None => places.push("it is missing".to_owned()),
            Some(made) => differ(&definition.whole, made, "", &mut places),
        }
        if !places.is_empty() {
            found.push((name, places));
        }
    }
    found
}

/// The places where two values differ.
fn differ(one: &Value, other: &Value, place: &str, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            for key in left.keys().chain(right.keys().filter(|key| !left.contains_key(*key))) {
                let (left, right) = (left.get(key).unwrap_or(&Value::Null), right.get(key).unwrap_or(&Value::Null));
                if key != "required" || !same(&json!({"required": left}), &json!({"required": right})) {
                    differ(left, right, &format!("{place}.{key}"), found);
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).enumerate().for_each(|(at, (left, right))| differ(left, right, &format!("{place}[{at}]"), found));
        }
        _ if same(one, other) => {}
        _ => found.push(format!("{place}: {} became {}", short(one), short(other))),
    }
}

fn short(value: &Value) -> String {
    format!("{value:.120}").chars().take(120).collect()
}
