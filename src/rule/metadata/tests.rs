//! Recorded checks of new objects, and changes by table.

use std::borrow::Cow;

use kubewright_model::{Enabled, Kind, Lifecycle, NameRule, Ref, Strategy, Verbs};
use serde_json::{Value, json};

use super::*;
use crate::codec::json::from_value;
use crate::object::ApiType;

fn kind(namespaced: bool, group: &'static str) -> Kind {
    Kind {
        group: group.into(),
        version: "v1".into(),
        kind: "Thing".into(),
        list_kind: "ThingList".into(),
        plural: "things".into(),
        singular: "thing".into(),
        namespaced,
        short_names: Cow::Borrowed(&[]),
        categories: Cow::Borrowed(&[]),
        verbs: Verbs::ALL,
        subresources: Cow::Borrowed(&[]),
        columns: Cow::Borrowed(&[]),
        selectable: Cow::Borrowed(&[]),
        ty: Ref::Static(ObjectMeta::desc),
        list_ty: Ref::Static(ObjectMeta::desc),
        lifecycle: Lifecycle::default(),
        enabled: Enabled::On,
        strategy: Strategy { names: NameRule::Subdomain, ..Strategy::CUSTOM },
    }
}

fn meta(value: &Value) -> ObjectMeta {
    let mut meta = ObjectMeta::default();
    from_value(value, &mut meta, None).expect("metadata");
    meta
}

fn messages(found: &[FieldError]) -> Vec<String> {
    found.iter().map(|fault| format!("{}: {fault}", fault.path)).collect()
}

#[test]
fn recorded_checks() {
    let file: Value = serde_json::from_str(include_str!("../../../tests/fixtures/vectors/object_meta_validation.json")).expect("fixture");
    for case in file["cases"].as_array().expect("cases") {
        let mut document = case["metadata"].clone();
        if case["name"] == "huge annotation" {
            document["annotations"]["a"] = Value::from("x".repeat(MAX_ANNOTATIONS));
        }
        let found = check_create(&meta(&document), &kind(case["requiresNamespace"] == true, "example.com"));
        let expected: Vec<&str> = case["errors"].as_array().into_iter().flatten().filter_map(|fault| fault["message"].as_str()).collect();
        let mut got = messages(&found);
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        // Labels come in no order there.
        got.sort_unstable();
        expected.sort_unstable();
        assert_eq!(got, expected, "{}", case["name"]);
        let reasons: Vec<&str> = found.iter().map(FieldError::reason).collect();
        assert!(
            case["errors"].as_array().into_iter().flatten().all(|fault| reasons.iter().any(|reason| fault["type"] == *reason)),
            "{}",
            case["name"]
        );
    }
}

#[test]
fn finalizers_of_kubernetes_need_a_domain() {
    let document = json!({"name": "a", "namespace": "b", "finalizers": ["orphan", "mine", "example.org/x"]});
    for (group, expected) in [
        ("", vec!["metadata.finalizers[1]: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully qualified"]),
        (
            "rbac.authorization.k8s.io",
            vec!["metadata.finalizers[1]: Invalid value: \"mine\": name is neither a standard finalizer name nor is it fully qualified"],
        ),
        ("example.org", vec![]),
    ] {
        assert_eq!(messages(&check_create(&meta(&document), &kind(true, group))), expected, "{group}");
    }
}

#[test]
fn managers_are_short_and_printable() {
    for (name, expected) in
        [("kubectl", vec![]), ("tab\there", vec!["m: Invalid value: \"tab\\there\": invalid character U+0009 (at position 3)"])]
    {
        assert_eq!(messages(&field_manager(name, "m")), expected, "{name:?}");
    }
    assert_eq!(messages(&field_manager(&"x".repeat(129), "m")), ["m: Too long: may not be more than 128 bytes"]);
    let document = json!({"name": "a", "namespace": "b", "managedFields": [{"operation": "Merge", "fieldsType": "V2"}]});
    assert_eq!(
        messages(&check_create(&meta(&document), &kind(true, ""))),
        [
            "metadata.managedFields[0].operation: Invalid value: \"Merge\": must be `Apply` or `Update`",
            "metadata.managedFields[0].fieldsType: Invalid value: \"V2\": must be `FieldsV1`",
        ]
    );
}

#[test]
fn changes() {
    let base = json!({"name": "a", "namespace": "b", "uid": "u", "creationTimestamp": "2030-01-01T00:00:00Z", "finalizers": ["a/b"]});
    let with = |changes: Value| {
        let mut document = base.clone();
        for (name, value) in changes.as_object().into_iter().flatten() {
            document[name] = value.clone();
        }
        meta(&document)
    };
    let deleted = json!({"deletionTimestamp": "2030-01-02T00:00:00Z"});
    for (old, new, expected) in [
        (json!({}), json!({}), vec![]),
        (json!({}), json!({"uid": "v"}), vec!["metadata.uid: Invalid value: \"v\": field is immutable"]),
        (json!({}), json!({"name": "c"}), vec!["metadata.name: Invalid value: \"c\": field is immutable"]),
        (json!({}), deleted.clone(), vec!["metadata.deletionTimestamp: Invalid value: \"2030-01-02T00:00:00Z\": field is immutable"]),
        (
            json!({}),
            json!({"deletionGracePeriodSeconds": 3}),
            vec!["metadata.deletionGracePeriodSeconds: Invalid value: 3: field is immutable"],
        ),
        (deleted.clone(), json!({"deletionTimestamp": "2030-01-02T00:00:00Z", "finalizers": []}), vec![]),
        (
            deleted,
            json!({"deletionTimestamp": "2030-01-02T00:00:00Z", "finalizers": ["a/b", "a/d", "a/c"]}),
            vec![
                "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"a/c\", \"a/d\"}",
            ],
        ),
    ] {
        assert_eq!(messages(&check_update(&with(new.clone()), &with(old), &kind(true, "example.com"))), expected, "{new}");
    }
    let twice = check_update(&with(json!({"labels": {"x": "not valid!"}})), &with(json!({})), &kind(true, ""));
    assert_eq!(twice.len(), 2);
}

#[test]
fn many_controllers_are_one_fault() {
    let owner = |at: usize| json!({"apiVersion": "v1", "kind": "P", "name": at.to_string(), "uid": at.to_string(), "controller": true});
    let owners: Vec<Value> = (0..20_000).map(owner).collect();
    let found = check_create(&meta(&json!({"name": "a", "namespace": "b", "ownerReferences": owners})), &kind(true, "example.com"));
    let [fault] = found.as_slice() else { panic!("{} faults", found.len()) };
    assert!(fault.detail.ends_with("references for P/0 and P/1"), "{}", fault.detail);
    assert_eq!(fault.value, Value::from(owners));
}
