//! JSON merge patch (RFC 7386): objects merge, null removes, everything else replaces.

use serde_json::{Map, Value};

use super::PatchError;

/// The target with the patch applied. Members of objects that the patch touches come in ascending order, as Kubernetes writes them.
pub fn apply(target: Value, patch: &Value) -> Result<Value, PatchError> {
    match patch {
        Value::Object(_) => Ok(merged(target, patch)),
        other => Err(PatchError::mistyped(other, "value of type map[string]interface {}")),
    }
}

/// RFC 7386's MergePatch, for patches of any type.
fn merged(target: Value, patch: &Value) -> Value {
    let Value::Object(changes) = patch else {
        return patch.clone();
    };
    let mut members = match target {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (name, change) in changes {
        if change.is_null() {
            members.shift_remove(name);
        } else {
            let old = members.get_mut(name).map(Value::take).unwrap_or_default();
            members.insert(name.clone(), merged(old, change));
        }
    }
    members.sort_keys();
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{apply, merged};
    use crate::patch::PatchErrorKind;

    #[test]
    fn conformance() {
        let file: Value =
            serde_json::from_str(include_str!("../../tests/fixtures/vectors/json_merge_patch_rfc7386.json")).expect("fixture");
        for case in file["cases"].as_array().expect("cases") {
            assert_eq!(merged(case["original"].clone(), &case["patch"]), case["expected"], "{}", case["name"]);
        }
    }

    #[test]
    fn only_objects_are_patches() {
        for (patch, name) in [(json!([1]), "array"), (json!("text"), "string"), (json!(null), "null"), (json!(1), "number")] {
            let fault = apply(json!({}), &patch).expect_err("no object");
            assert_eq!(fault.kind, PatchErrorKind::BadRequest);
            assert_eq!(
                fault.message,
                format!("error decoding patch: json: cannot unmarshal {name} into Go value of type map[string]interface {{}}")
            );
        }
    }

    #[test]
    fn touched_objects_are_in_order() {
        let target = json!({"kind": "K", "apiVersion": "v1", "metadata": {"name": "a", "labels": {}}, "data": {"z": 1}});
        let patched = apply(target, &json!({"data": {"a": 2}})).expect("patched").to_string();
        assert_eq!(patched, r#"{"apiVersion":"v1","data":{"a":2,"z":1},"kind":"K","metadata":{"name":"a","labels":{}}}"#);
    }
}
