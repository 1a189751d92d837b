//! Merge patches (RFC 7386) between schemas: what one says that the other does not. Members that are null count as absent.

use serde_json::{Map, Value};

/// The patch that makes `from` into `to`; `None` when nothing is to be done.
pub fn between(from: &Value, to: &Value) -> Option<Value> {
    let (Value::Object(from), Value::Object(to)) = (from, to) else {
        return (!same(from, to)).then(|| to.clone());
    };
    let mut patch = Map::new();
    for key in from.keys().filter(|key| to.get(*key).is_none_or(Value::is_null)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, value) in to.iter().filter(|(_, value)| !value.is_null()) {
        let step = match from.get(key) {
            Some(known) => between(known, value),
            None => Some(value.clone()),
        };
        patch.extend(step.map(|step| (key.clone(), step)));
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// Merges a patch over a value.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.shift_remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

/// Whether two values mean the same: numbers by value, `required` as a set, members that are null as absent.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            right.iter().all(|(key, value)| value.is_null() || left.contains_key(key)) && covers(left, right)
        }
        _ => a == b,
    }
}

/// Whether each member of one is in the other.
fn covers(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.iter().filter(|(_, value)| !value.is_null()).all(|(key, value)| match other.get(key) {
        Some(twin) if key == "required" => same_set(value, twin),
        Some(twin) => same(value, twin),
        None => false,
    })
}

fn same_set(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(left), Value::Array(right)) => {
            left.iter().all(|item| right.contains(item)) && right.iter().all(|item| left.contains(item))
        }
        _ => same(a, b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_leads_from_one_to_the_other() {
        for (from, to, patch) in [
            (json!({"a": 1}), json!({"a": 1.0}), None),
            (json!({"a": 1}), json!({"a": 2, "b": {}}), Some(json!({"a": 2, "b": {}}))),
            (json!({"a": {"b": 1, "c": 2}}), json!({"a": {"c": 2}}), Some(json!({"a": {"b": null}}))),
            (json!({}), json!({"a": null}), None),
            (json!({"required": ["a", "b"]}), json!({"required": ["b", "a"]}), Some(json!({"required": ["b", "a"]}))),
            (json!({"a": [1]}), json!({"a": [1, 2]}), Some(json!({"a": [1, 2]}))),
            (json!({"a": {"x": 1}}), json!({"a": true}), Some(json!({"a": true}))),
        ] {
            let found = between(&from, &to);
            assert_eq!(found, patch, "{from} {to}");
            let mut made = from.clone();
            if let Some(patch) = &found {
                merge(&mut made, patch);
            }
            assert!(same(&made, &to), "{made} {to}");
        }
        assert!(same(&json!({"required": ["a", "b"]}), &json!({"required": ["b", "a"], "x": null})));
        assert!(!same(&json!({"required": ["a"]}), &json!({"required": ["a", "b"]})));
        assert!(!same(&json!({"enum": ["a", "b"]}), &json!({"enum": ["b", "a"]})));
    }
}
