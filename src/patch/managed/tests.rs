//! Recorded updates of a server, and the rules of ownership one by one.

use kubewright_model::{Desc, Field, MapType};
use serde_json::{Value, json};

use super::*;

fn meta() -> &'static Desc {
    static FIELDS: [Field; 5] = [
        Field::string("name", 1),
        Field::string("namespace", 2),
        Field::string("uid", 3),
        Field::string("labels", 4).map(),
        Field::string("finalizers", 5).list().set_list(),
    ];
    static DESC: Desc = Desc::new("ObjectMeta", "test", "", &FIELDS);
    &DESC
}

fn lease_spec() -> &'static Desc {
    static FIELDS: [Field; 2] = [Field::string("holderIdentity", 1), Field::int32("leaseDurationSeconds", 2)];
    static DESC: Desc = Desc::new("LeaseSpec", "test", "", &FIELDS);
    &DESC
}

fn lease() -> &'static Desc {
    static FIELDS: [Field; 2] = [Field::message("metadata", 1, meta), Field::message("spec", 2, lease_spec)];
    static DESC: Desc = Desc::new("Lease", "test", "", &FIELDS);
    &DESC
}

fn port() -> &'static Desc {
    static FIELDS: [Field; 3] =
        [Field::int32("port", 1), Field::string("protocol", 2).default(r#"[{"value":"TCP"}]"#), Field::string("name", 3)];
    static DESC: Desc = Desc::new("Port", "test", "", &FIELDS);
    &DESC
}

fn reference() -> &'static Desc {
    static FIELDS: [Field; 1] = [Field::string("name", 1)];
    static DESC: Desc = Desc::new("Reference", "test", "", &FIELDS).atomic();
    &DESC
}

fn raw() -> &'static Desc {
    static DESC: Desc = Desc::special("RawExtension", "test", "", kubewright_model::Special::RawExtension);
    &DESC
}

fn thing() -> &'static Desc {
    static FIELDS: [Field; 8] = [
        Field::message("metadata", 1, meta),
        Field::message("ports", 2, port).list().map_list("port,protocol"),
        Field::message("plain", 3, port).list(),
        Field::message("ref", 4, reference),
        Field::string("selector", 5).map().map_type(MapType::Atomic),
        Field::message("raw", 6, raw),
        Field::message("byName", 7, port).map(),
        Field::int32("count", 8),
    ];
    static DESC: Desc = Desc::new("Thing", "test", "", &FIELDS);
    &DESC
}

fn writer<'a>(manager: &'a str, now: &'a str) -> Writer<'a> {
    Writer { manager, api_version: "v1", subresource: "", now, create: false, reset: Set::default() }
}

fn write(entries: Vec<Entry>, old: &Value, new: &Value, writer: &Writer<'_>) -> Vec<Entry> {
    let objects = Versions { old: old.clone(), new: new.clone(), node: Node::object(thing()) };
    update(entries, &objects, writer, |_| None)
}

fn fields(entries: &[Entry], manager: &str) -> Value {
    entries.iter().find(|entry| entry.manager == manager).map_or(Value::Null, |entry| fieldsv1::to_value(&entry.fields))
}

#[test]
fn recorded_updates() {
    let file: Value = serde_json::from_str(include_str!("../../../tests/fixtures/vectors/managed_fields_updates.json")).expect("fixture");
    let mut old = json!({"metadata": {}, "spec": {}});
    let mut entries = Vec::new();
    for (at, case) in file["cases"].as_array().expect("cases").iter().enumerate() {
        let mut new = case["object"].clone();
        let expected = new["metadata"].as_object_mut().and_then(|metadata| metadata.shift_remove("managedFields")).expect("managedFields");
        let now = format!("2030-01-01T00:00:0{at}Z");
        let writer =
            Writer { api_version: "coordination.k8s.io/v1", create: at == 0, ..writer(case["manager"].as_str().expect("manager"), &now) };
        let objects = Versions { old, new: new.clone(), node: Node::object(lease()) };
        entries = update(entries, &objects, &writer, |_| None);
        let mut got = to_untimed(&entries);
        for (got, expected) in got.iter_mut().zip(expected.as_array().expect("list")) {
            got["time"] = expected["time"].clone();
        }
        assert_eq!(Value::Array(got), expected, "write {at}");
        old = new;
    }
}

fn to_untimed(entries: &[Entry]) -> Vec<Value> {
    match entry::to_value(entries) {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

#[test]
fn what_a_create_owns() {
    for (empty, new, expected) in [
        (
            json!({}),
            json!({"ports": [{"port": 80}]}),
            json!({"f:ports": {".": {}, "k:{\"port\":80,\"protocol\":\"TCP\"}": {".": {}, "f:port": {}}}}),
        ),
        (
            json!({"ports": null}),
            json!({"ports": [{"port": 80, "protocol": "UDP"}]}),
            json!({"f:ports": {"k:{\"port\":80,\"protocol\":\"UDP\"}": {".": {}, "f:port": {}, "f:protocol": {}}}}),
        ),
        (
            json!({}),
            json!({"plain": [{"port": 80}], "ref": {"name": "a"}, "selector": {"a": "b"}}),
            json!({"f:plain": {}, "f:ref": {}, "f:selector": {}}),
        ),
        (json!({"ref": {}}), json!({"ref": {"name": "a"}}), json!({"f:ref": {}})),
        (json!({}), json!({"raw": {"a": {"b": [1], "c": {}}}}), json!({"f:raw": {".": {}, "f:a": {".": {}, "f:b": {}, "f:c": {}}}})),
        (json!({}), json!({"byName": {"x": {"port": 1}}}), json!({"f:byName": {".": {}, "f:x": {".": {}, "f:port": {}}}})),
        (json!({"count": 0}), json!({"count": 3}), json!({"f:count": {}})),
        (
            json!({"metadata": {}}),
            json!({"metadata": {"name": "a", "uid": "u", "finalizers": ["a/b"]}}),
            json!({"f:metadata": {"f:finalizers": {".": {}, "v:\"a/b\"": {}}}}),
        ),
        (json!({}), json!({"unknown": {"a": 1}}), json!({"f:unknown": {".": {}, "f:a": {}}})),
        (json!({}), json!({"metadata": {"name": "a"}}), json!(null)),
    ] {
        let entries = write(Vec::new(), &empty, &new, &Writer { create: true, ..writer("m", "t") });
        assert_eq!(fields(&entries, "m"), expected, "{new}");
    }
}

#[test]
fn ownership_moves_with_the_value() {
    let first = json!({"count": 1, "ports": [{"port": 1}, {"port": 2}]});
    let entries = write(Vec::new(), &json!({}), &first, &Writer { create: true, ..writer("a", "1") });
    let second = json!({"count": 2, "ports": [{"port": 2}, {"port": 1, "name": "x"}]});
    let entries = write(entries, &first, &second, &writer("b", "2"));
    assert_eq!(fields(&entries, "b"), json!({"f:count": {}, "f:ports": {"k:{\"port\":1,\"protocol\":\"TCP\"}": {"f:name": {}}}}));
    assert_eq!(fields(&entries, "a")["f:count"], Value::Null);
    let third = json!({"count": 2, "ports": [{"port": 2}]});
    let entries = write(entries, &second, &third, &writer("c", "3"));
    assert_eq!(fields(&entries, "b"), json!({"f:count": {}}));
    assert_eq!(fields(&entries, "c"), json!(null), "a remover owns nothing");
    let again = write(entries.clone(), &third, &third, &writer("a", "4"));
    assert_eq!(again, entries, "nothing changes, not even a time");
}

#[test]
fn duplicates_count_as_one() {
    let set = |items: Value| json!({"metadata": {"finalizers": items}});
    let entries = write(Vec::new(), &json!({"metadata": {}}), &set(json!(["a", "a", "b"])), &Writer { create: true, ..writer("one", "1") });
    assert_eq!(fields(&entries, "one")["f:metadata"]["f:finalizers"], json!({".": {}, "v:\"a\"": {}, "v:\"b\"": {}}));
    let entries = write(entries, &set(json!(["a", "a", "b"])), &set(json!(["a", "b"])), &writer("two", "2"));
    assert_eq!(fields(&entries, "one")["f:metadata"]["f:finalizers"], json!({".": {}, "v:\"b\"": {}}));
    assert_eq!(fields(&entries, "two")["f:metadata"]["f:finalizers"], json!({"v:\"a\"": {}}));
}

#[test]
fn entries_of_other_versions_are_compared_in_theirs() {
    let owned = |manager: &str, version: &str, path: &str| Entry {
        manager: manager.into(),
        operation: Operation::Update,
        api_version: version.into(),
        time: "1".into(),
        fields: Set::of(&[path]),
        subresource: String::new(),
    };
    let entries = vec![owned("old", "v0", ".number"), owned("gone", "v9", ".count"), owned("same", "v0", ".other")];
    let objects = Versions { old: json!({"count": 1}), new: json!({"count": 2}), node: Node::object(thing()) };
    let convert = |version: &str| {
        (version == "v0").then(|| Versions {
            old: json!({"number": 1, "other": 1}),
            new: json!({"number": 2, "other": 1}),
            node: Node::Untyped,
        })
    };
    let after = update(entries, &objects, &writer("me", "2"), convert);
    assert_eq!(after.iter().map(|entry| entry.manager.as_str()).collect::<Vec<_>>(), ["same", "me"]);
    assert_eq!(after[0].fields, Set::of(&[".other"]));
}

#[test]
fn reset_fields_and_subresources_keep_apart() {
    let (old, new) = (json!({"count": 1, "raw": {"a": 1}}), json!({"count": 2, "raw": {"a": 2}}));
    let entries = write(Vec::new(), &json!({}), &old, &Writer { create: true, reset: Set::of(&[".count"]), ..writer("m", "1") });
    assert_eq!(fields(&entries, "m"), json!({"f:raw": {".": {}, "f:a": {}}}));
    let status = Writer { subresource: "status", reset: Set::of(&[".raw"]), ..writer("m", "2") };
    let entries = write(entries, &old, &new, &status);
    assert_eq!(entries.len(), 2);
    assert_eq!((entries[1].subresource.as_str(), fieldsv1::to_value(&entries[1].fields)), ("status", json!({"f:count": {}})));
    assert_eq!(entry::parse(&entry::to_value(&entries)), Ok(entries));
}

#[test]
fn an_object_without_entries_stays_without() {
    assert!(write(Vec::new(), &json!({}), &json!({"count": 1}), &writer("m", "1")).is_empty());
}

#[test]
fn the_oldest_updates_are_merged() {
    let mut entries = Vec::new();
    let mut old = json!({"raw": {}});
    for at in 0..13 {
        let mut new = old.clone();
        new["raw"][format!("k{at:02}")] = json!(at);
        let (manager, now) = (format!("m{at:02}"), format!("{at:02}"));
        entries = write(entries, &old, &new, &Writer { create: at == 0, ..writer(&manager, &now) });
        old = new;
    }
    assert_eq!(entries.len(), MAX_UPDATERS);
    assert_eq!(fields(&entries, ANCIENT), json!({"f:raw": {"f:k00": {}, "f:k01": {}, "f:k02": {}, "f:k03": {}}}));
    assert_eq!((entries[0].manager.as_str(), entries[0].time.as_str()), (ANCIENT, "03"));
}

#[test]
fn entries_that_are_none() {
    for (value, valid) in [
        (json!(null), true),
        (json!([]), true),
        (json!([{}]), false),
        (json!([{"operation": "Apply", "fieldsV1": {"spec": {}}}]), false),
        (json!([{"operation": "Merge"}]), false),
        (json!([{"operation": "Update", "manager": "m"}]), true),
    ] {
        assert_eq!(entry::parse(&value).is_ok(), valid, "{value}");
    }
}
