//! Generated code compiles without warnings, and its conversions keep their laws. The modules are the generator's golden files.
#![allow(dead_code, reason = "goldens are whole; the tests use parts of them")]
#![allow(unreachable_pub, clippy::pedantic, clippy::module_inception, reason = "generated")]

#[rustfmt::skip]
#[path = "../../codegen/tests/golden/enums/lib.rs"]
mod enums;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/fields/lib.rs"]
mod fields;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/hoist/lib.rs"]
mod hoist;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/kinds/lib.rs"]
mod kinds;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/lists/lib.rs"]
mod lists;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/lookup/lib.rs"]
mod lookup;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/moves/lib.rs"]
mod moves;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/notes/lib.rs"]
mod notes;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/union/lib.rs"]
mod union;
#[rustfmt::skip]
#[path = "../../codegen/tests/golden/values/lib.rs"]
mod values;
#[path = "generated/steps.rs"]
mod steps;

use kubewright::Message;
use kubewright::model::Verb;
use kubewright::object::ApiType;
use kubewright::registry::Registry;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn from<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn spec_of(object: &dyn Message) -> Value {
    let bytes = {
        let mut out = Vec::new();
        kubewright::codec::json::encode(object, &mut out);
        out
    };
    serde_json::from_slice::<Value>(&bytes).unwrap_or_default()["spec"].take()
}

/// A write through the version over a stored object: what the hub then holds, and what the version then shows.
macro_rules! write {
    ($module:ident, $stored:expr, $written:expr) => {{
        use $module::example::convert::v1beta1::{thing_put, thing_view};
        let stored: Option<$module::example::v1::Thing> = $stored.map(|spec: Value| from(&json!({ "spec": spec })));
        let written: $module::example::v1beta1::Thing = from(&json!({ "spec": $written }));
        let shown = spec_of(&written);
        let hub = thing_put(written, stored);
        let seen = spec_of(&thing_view(hub.clone()));
        assert_eq!(seen, shown, "what was written is what is read");
        spec_of(&hub)
    }};
}

/// What the version shows, written back unchanged, leaves the hub as it was.
macro_rules! write_back {
    ($module:ident, $stored:expr) => {{
        use $module::example::convert::v1beta1::{thing_put, thing_view};
        let stored: $module::example::v1::Thing = from(&json!({ "spec": $stored }));
        let back = thing_put(thing_view(stored.clone()), Some(stored.clone()));
        assert!(back == stored, "{back:?} is not {stored:?}");
    }};
}

#[test]
fn unions() {
    let stored = || Some(json!({"flunder": "a", "fischer": "hidden", "referenceType": "Flunder"}));
    for (stored, written, hub) in [
        (
            stored(),
            json!({"reference": "b", "referenceType": "Flunder"}),
            json!({"flunder": "b", "fischer": "hidden", "referenceType": "Flunder"}),
        ),
        (stored(), json!({"reference": "b", "referenceType": "Fischer"}), json!({"fischer": "b", "referenceType": "Fischer"})),
        (None, json!({"reference": "b", "referenceType": "Fischer"}), json!({"fischer": "b", "referenceType": "Fischer"})),
        (stored(), json!({}), json!({})),
    ] {
        assert_eq!(write!(union, stored, written), hub);
    }
    write_back!(union, json!({"flunder": "a", "fischer": "b", "referenceType": "Fischer"}));
}

#[test]
fn values_that_move() {
    let stored = json!({"replicas": 1, "zone": "z", "network": {"port": 80, "host": "h"}, "hidden": "x", "wide": 9});
    let hub = write!(moves, Some(stored.clone()), json!({"size": 2, "port": 81, "network": {"host": "i", "zone": "y"}, "wide": 3}));
    assert_eq!(hub, json!({"replicas": 2, "zone": "y", "network": {"port": 81, "host": "i"}, "hidden": "x", "wide": 3}));
    write_back!(moves, stored);
    write_back!(moves, json!({"replicas": 1, "zone": "", "hidden": "", "wide": 1}));
}

#[test]
fn items_keep_their_hidden_parts() {
    let port = |name: &str, number: i32, protocol: &str| json!({"name": name, "number": number, "protocol": protocol});
    let bare = |name: &str, number: i32| json!({"name": name, "number": number});
    let stored = json!({
        "ports": [port("a", 1, "TCP"), port("b", 2, "UDP")], "rules": [port("r", 1, "TCP")],
        "byName": {"k": port("x", 1, "TCP")}, "main": port("m", 1, "TCP"), "first": port("f", 1, "TCP"), "plain": [{"text": "t"}],
    });
    write_back!(lists, stored);
    let written = json!({
        "ports": [bare("b", 2), bare("c", 3)], "rules": [bare("s", 1)], "byName": {"k": bare("y", 2), "l": bare("z", 1)},
        "main": null, "first": bare("g", 1), "plain": null, "plainByName": null,
    });
    let hub = write!(lists, Some(stored), written);
    assert_eq!(hub["ports"], json!([port("b", 2, "UDP"), port("c", 3, "")]));
    assert_eq!(hub["rules"], json!([port("s", 1, "TCP")]));
    assert_eq!(hub["byName"], json!({"k": port("y", 2, "TCP"), "l": port("z", 1, "")}));
    assert_eq!((&hub["main"], &hub["first"]), (&Value::Null, &port("g", 1, "TCP")));
}

#[test]
fn texts_by_table() {
    for (written, hub) in [
        (json!({"kind": "User", "apiVersion": "rbac.authorization.k8s.io/v1alpha1"}), "rbac.authorization.k8s.io"),
        (json!({"kind": "ServiceAccount", "apiVersion": "v1"}), ""),
        (json!({"kind": "Other", "apiVersion": "o/v1"}), "o/v1"),
    ] {
        let found = write!(lookup, None, written);
        assert_eq!(found["apiGroup"].as_str().unwrap_or_default(), hub);
    }
}

#[test]
fn kinds_say_what_the_schema_says() {
    let mut registry = Registry::default();
    kinds::install(&mut registry);
    let (resource, version) = registry.resource("example.com", "v1", "things").expect("installed");
    let kind = &resource.versions[version].kind;
    assert_eq!(kind.verbs.iter().count(), 7);
    assert!(!kind.verbs.has(Verb::DeleteCollection));
    assert_eq!(kind.columns[0].name, "Age");
    assert_eq!((resource.versions[version].new)().descriptor().name, "Thing");
    assert_eq!(enums::example::v1::ServiceType::CLUSTER_IP, "ClusterIP");
}

#[test]
fn every_shape_of_a_field_reads_and_writes() {
    let text = json!({
        "name": "n", "ready": false, "replicas": 3, "generation": 4, "data": "AQI=", "inner": {"type": "t"}, "maybe": {"type": ""},
        "podIPs": [{"type": "p"}], "byName": {"k": {"type": "v"}}, "finalizers": ["f"], "labels": {"a": "b"}, "extra": {"e": ["1", "2"]},
        "capacity": {"cpu": "1"}, "type": "inlined", "verbs": ["get"], "parent": {"name": "", "replicas": 0, "generation": 0, "inner": {"type": ""}, "type": "", "verbs": null},
        "$ref": "r", "certificates": {"c": "AA=="},
    });
    let all: fields::example::v1::All = from(&text);
    assert_eq!((all.ready, all.pod_ips.len(), all.embedded.type_.as_str()), (Some(false), 1, "inlined"));
    assert_eq!(serde_json::to_value(&all).ok(), Some(text));
    assert_eq!(fields::example::v1::Column_::desc().name, "Column");
}
