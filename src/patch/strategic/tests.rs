//! apimachinery's cases, over a descriptor that says what the struct of its tests says.

use std::sync::Arc;

use kubewright_model::{Desc, Field, Ref, Type};
use serde_json::{Value, json};

use super::apply;
use crate::patch::PatchErrorKind;

fn recorded() -> &'static Desc {
    static FIELDS: [Field; 12] = [
        Field::string("name", 1),
        Field::string("value", 2),
        Field::string("other", 3),
        Field::message("mergingList", 4, recorded).list().patch("merge", "name"),
        Field::message("nonMergingList", 5, recorded).list(),
        Field::int64("mergingIntList", 6).list().patch("merge", ""),
        Field::int64("nonMergingIntList", 7).list(),
        Field::message("mergeItemPtr", 8, recorded).list().patch("merge", "name"),
        Field::string("simpleMap", 9).map(),
        Field::message("replacingItem", 10, raw).patch("replace", ""),
        Field::message("retainKeysMap", 11, recorded).patch("retainKeys", ""),
        Field::message("retainKeysMergingList", 12, recorded).list().patch("merge,retainKeys", "name"),
    ];
    static DESC: Desc = Desc::new("MergeItem", "test", "", &FIELDS);
    &DESC
}

fn raw() -> &'static Desc {
    static DESC: Desc = Desc::special("RawExtension", "test", "", kubewright_model::Special::RawExtension);
    &DESC
}

/// List order only counts where a patch sets it.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => {
            let mut items: Vec<_> = items.iter().map(sorted).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        scalar => scalar.clone(),
    }
}

#[test]
fn recorded_cases() {
    let file: Value =
        serde_json::from_str(include_str!("../../../tests/fixtures/vectors/strategic_merge_patch_apply.json")).expect("fixture");
    let mut wrong = Vec::new();
    for case in file["cases"].as_array().expect("cases") {
        let ordered = case["patch"].to_string().contains("$setElementOrder");
        let form = |value: &Value| if ordered { value.clone() } else { sorted(value) };
        match (apply(case["original"].clone(), &case["patch"], recorded()), case["error"].as_str()) {
            (Ok(patched), None) if form(&patched) == form(&case["expected"]) => {}
            (Err(fault), Some(expected)) if fault.message == expected && fault.kind == PatchErrorKind::Failed => {}
            (got, _) => wrong.push(format!("{case}\n  got {got:?}")),
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn directives_and_their_faults() {
    let target = || json!({"simpleMap": {"a": "1", "b": "2"}, "mergingIntList": [1, 2], "mergingList": [{"name": "x"}]});
    for (patch, kind) in [
        (json!({"simpleMap": {"$patch": "shuffle"}}), PatchErrorKind::Failed),
        (json!({"simpleMap": {"$retainKeys": "a"}}), PatchErrorKind::BadRequest),
        (json!({"simpleMap": {"$retainKeys": ["a"], "b": "3"}}), PatchErrorKind::BadRequest),
        (json!({"$deleteFromPrimitiveList": [1]}), PatchErrorKind::BadRequest),
        (json!({"$setElementOrder": [1]}), PatchErrorKind::BadRequest),
        (json!({"mergingList": [{"$patch": "merge"}]}), PatchErrorKind::Failed),
        (json!({"mergingList": [{"$patch": 1}]}), PatchErrorKind::Failed),
        (json!({"mergingIntList": [{"a": 1}]}), PatchErrorKind::Failed),
        (json!({"mergingIntList": [[1]]}), PatchErrorKind::Rejected),
        (json!([]), PatchErrorKind::BadRequest),
    ] {
        assert_eq!(apply(target(), &patch, recorded()).map_err(|fault| fault.kind), Err(kind), "{patch}");
    }
    for (patch, member, expected) in [
        (json!({"simpleMap": {"$retainKeys": ["b", "c"], "c": "3"}}), "simpleMap", json!({"b": "2", "c": "3"})),
        (json!({"simpleMap": {"$patch": "replace", "c": "3"}}), "simpleMap", json!({"c": "3"})),
        (json!({"retainKeysMap": {"$patch": "unknown", "name": "a"}}), "retainKeysMap", json!({"name": "a"})),
        (json!({"$deleteFromPrimitiveList/mergingIntList": [1]}), "mergingIntList", json!([2])),
        (json!({"$setElementOrder/mergingIntList": [3, 2], "mergingIntList": [3]}), "mergingIntList", json!([3, 1, 2])),
        (json!({"simpleMap": null, "mergingIntList": null}), "simpleMap", json!(null)),
        (json!({"nonMergingIntList": [null, 1]}), "nonMergingIntList", json!([null, 1])),
        (json!({"unknown": {"a": null, "b": {"c": null}}}), "unknown", json!({"b": {}})),
    ] {
        assert_eq!(apply(target(), &patch, recorded()).expect("patched")[member], expected, "{patch}");
    }
}

#[test]
fn types_made_at_run_time_and_inlined_parts() {
    let item = Desc::owned("Item", "test", "", vec![Field::string("key", 1)]);
    let mut items = Field::new("items", 1, Type::Message(Ref::Shared(Arc::new(item)))).list();
    items = items.patch("merge", "key");
    let part = Desc::owned("Part", "test", "", vec![items]);
    let whole = Desc::owned("Whole", "test", "", vec![Field::new("part", 1, Type::Message(Ref::Shared(Arc::new(part)))).inline()]);
    let patched = apply(json!({"items": [{"key": "a", "v": 1}]}), &json!({"items": [{"key": "a", "w": 2}, {"key": "b"}]}), &whole);
    assert_eq!(patched, Ok(json!({"items": [{"key": "a", "v": 1, "w": 2}, {"key": "b"}]})));
}
