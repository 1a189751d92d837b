//! RFC 6902's conformance cases, and where Kubernetes departs from them.

use serde_json::{Value, json};

use super::{MAX_OPERATIONS, apply, unknown_members};
use crate::patch::PatchErrorKind;

/// Cases of the suite that Kubernetes answers otherwise.
const DEPARTURES: [&str; 1] = ["tests.json#19 "];

#[test]
fn conformance() {
    let file: Value = serde_json::from_str(include_str!("../../../tests/fixtures/vectors/json_patch_rfc6902.json")).expect("fixture");
    for case in file["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("name");
        if case["disabled"] == true || DEPARTURES.contains(&name) {
            continue;
        }
        match apply(case["doc"].clone(), &case["patch"]) {
            Ok(patched) if case.get("error").is_none() => assert_eq!(&patched, case.get("expected").unwrap_or(&patched), "{name}"),
            Err(_) if case.get("error").is_some() => {}
            other => panic!("{name}: {other:?} for {case}"),
        }
    }
}

#[test]
fn as_kubernetes_does() {
    for (target, patch, expected) in [
        (json!({"a": {}}), json!([{"op": "replace", "path": "/a/new", "value": 1}]), Some(json!({"a": {"new": 1}}))),
        (json!({"a": [1, 2, 3]}), json!([{"op": "remove", "path": "/a/-1"}]), Some(json!({"a": [1, 2]}))),
        (json!({"a": [1, 2]}), json!([{"op": "add", "path": "/a/-1", "value": 3}]), Some(json!({"a": [1, 2, 3]}))),
        (json!({"a": [1, 2]}), json!([{"op": "replace", "path": "/a/-2", "value": 3}]), Some(json!({"a": [3, 2]}))),
        (json!({"a": []}), json!([{"op": "remove", "path": "/a/-1"}]), None),
        (json!({"a": []}), json!([{"op": "remove", "path": "/a/0"}]), None),
        (json!({"a": [1]}), json!([{"op": "remove", "path": "/a/-0"}]), None),
        (json!({"a": 1}), json!([{"op": "replace", "path": "", "value": {"b": 1}}]), Some(json!({"b": 1}))),
        (json!({}), json!([{"op": "test", "path": "/a", "value": null}]), Some(json!({}))),
        (json!({}), json!([{"op": "remove", "path": "/a"}]), None),
        (json!({}), json!([{"path": "/a", "value": 1}]), None),
        (json!({}), json!([{"op": "frobnicate", "path": "/a"}]), None),
        (json!({"a": 1}), json!([{"op": "add", "path": "/a/b", "value": 1}]), None),
    ] {
        match (apply(target, &patch), expected) {
            (Ok(patched), Some(expected)) => assert_eq!(patched, expected, "{patch}"),
            (Err(fault), None) => assert_eq!(fault.kind, PatchErrorKind::Rejected, "{patch}"),
            (got, expected) => panic!("{patch}: {got:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn what_is_no_patch() {
    for (patch, message) in [
        (json!({"op": "add"}), "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp"),
        (json!([1]), "error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp"),
        (json!([{"op": 1}]), "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string"),
    ] {
        let fault = apply(json!({}), &patch).expect_err("no patch");
        assert_eq!((fault.kind, fault.message.as_str()), (PatchErrorKind::BadRequest, message));
    }
}

#[test]
fn limits() {
    let many = Value::Array(vec![json!({"op": "test", "path": "/a", "value": 1}); MAX_OPERATIONS + 1]);
    let fault = apply(json!({"a": 1}), &many).expect_err("too many");
    assert_eq!(fault.kind, PatchErrorKind::TooLarge);
    assert_eq!(fault.message, "The allowed maximum operations in a JSON patch is 10000, got 10001");

    let doubling: Vec<Value> = (0..30).map(|_| json!({"op": "copy", "from": "", "path": "/a/-"})).collect();
    let fault = apply(json!({"a": ["x"]}), &Value::Array(doubling)).expect_err("too much copied");
    assert_eq!(fault.kind, PatchErrorKind::Rejected);
}

#[test]
fn nesting_is_bounded() {
    let wrapping: Vec<Value> = (0..2000)
        .flat_map(|_| {
            [
                json!({"op": "add", "path": "/w", "value": {}}),
                json!({"op": "move", "from": "/d", "path": "/w/d"}),
                json!({"op": "move", "from": "/w", "path": "/d"}),
            ]
        })
        .collect();
    let fault = apply(json!({"d": 1}), &Value::Array(wrapping)).expect_err("too deep");
    assert_eq!(fault.kind, PatchErrorKind::Rejected);
    let renaming: Vec<Value> = (0..2000)
        .flat_map(|_| [json!({"op": "move", "from": "/a/b", "path": "/a/c"}), json!({"op": "move", "from": "/a/c", "path": "/a/b"})])
        .collect();
    assert_eq!(apply(json!({"a": {"b": {"x": [1]}}}), &Value::Array(renaming)), Ok(json!({"a": {"b": {"x": [1]}}})));
}

#[test]
fn members_without_meaning() {
    let patch = json!([{"op": "test", "path": "/a", "value": 1}, {"op": "test", "path": "/a", "x": 1}]);
    assert_eq!(unknown_members(&patch), ["json patch unknown field \"[1].x\""]);
}

#[test]
fn touched_objects_are_in_order() {
    let target = json!({"kind": "K", "apiVersion": "v1", "metadata": {"name": "a", "labels": {}}, "data": {"z": 1}});
    let patched = apply(target, &json!([{"op": "add", "path": "/data/a", "value": 2}])).expect("patched").to_string();
    assert_eq!(patched, r#"{"apiVersion":"v1","data":{"a":2,"z":1},"kind":"K","metadata":{"name":"a","labels":{}}}"#);
}
