//! The rules of conversions keep their laws: what was written is what is read, and what is written back unchanged changes nothing.

use kubewright::Message;
use kubewright::object::ApiType;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::from;

fn json_of(object: &dyn Message) -> Value {
    let mut out = Vec::new();
    kubewright::codec::json::encode(object, &mut out);
    serde_json::from_slice(&out).unwrap_or_default()
}

/// The hub after a write, once the version was seen to show what was written.
fn written<H: ApiType + Clone + DeserializeOwned, S: ApiType + Clone + DeserializeOwned>(
    view: fn(H) -> S,
    put: fn(S, Option<H>) -> H,
    stored: Option<&Value>,
    object: &Value,
) -> Value {
    let spoke: S = from(object);
    let hub = put(spoke.clone(), stored.map(from));
    assert_eq!(json_of(&view(hub.clone())), json_of(&spoke), "what was written is what is read");
    json_of(&hub)
}

/// What the version shows of an object, once writing it back was seen to change nothing.
fn shown<H: ApiType + Clone + DeserializeOwned, S: ApiType + Clone + DeserializeOwned>(
    view: fn(H) -> S,
    put: fn(S, Option<H>) -> H,
    object: &Value,
) -> Value {
    let hub: H = from(object);
    let spoke = view(hub.clone());
    assert_eq!(json_of(&put(view(hub.clone()), Some(hub.clone()))), json_of(&hub), "what is written back changes nothing");
    json_of(&spoke)
}

macro_rules! laws {
    ($name:ident) => {
        mod $name {
            use super::super::$name::$name::convert::v1beta1::{thing_put, thing_view};
            use super::*;

            pub(super) fn written(stored: Option<&Value>, object: &Value) -> Value {
                super::written(thing_view, thing_put, stored, object)
            }
            pub(super) fn shown(object: &Value) -> Value {
                super::shown(thing_view, thing_put, object)
            }
        }
    };
}

laws!(hoist);
laws!(notes);
laws!(values);

fn spec(spec: &Value) -> Value {
    json!({"metadata": {}, "spec": spec})
}

#[test]
fn hoisted_messages_are_there_when_something_in_them_is() {
    let hub = spec(&json!({
        "requests": [{"name": "a", "exactly": {"class": "gpu", "count": 2}}, {"name": "b", "firstAvailable": ["x"]}, {"name": "c", "exactly": {"class": ""}}],
        "devices": [{"name": "d", "node": "n", "labels": {"k": "v"}}, {"name": "e"}],
    }));
    let seen = hoist::shown(&hub);
    assert_eq!(seen["spec"]["requests"][0], json!({"name": "a", "class": "gpu", "count": 2}));
    assert_eq!(seen["spec"]["devices"], json!([{"name": "d", "basic": {"node": "n", "labels": {"k": "v"}}}, {"name": "e", "basic": {}}]));

    let requests = json!([{"name": "a", "firstAvailable": ["y"]}, {"name": "c", "class": "cpu", "admin": false}]);
    let after = hoist::written(Some(&hub), &spec(&json!({ "requests": requests })));
    let expected = json!([{"name": "a", "firstAvailable": ["y"]}, {"name": "c", "exactly": {"class": "cpu", "admin": false}}]);
    assert_eq!(after["spec"]["requests"], expected, "a message goes with the last that is set in it");
}

#[test]
fn rules_inside_lists_and_messages() {
    let hub = spec(&json!({"ports": [{"name": "a", "number": 1, "protocol": "UDP"}], "net": {"address": "::1", "mask": 8}}));
    let seen = hoist::shown(&hub);
    assert_eq!(seen["spec"]["sockets"], json!([{"name": "a", "port": 1}]));
    assert_eq!(seen["spec"]["network"], json!({"ip": "::1", "mask": 8}));
    let after = hoist::written(Some(&hub), &spec(&json!({"sockets": [{"name": "a", "port": 2}, {"name": "b", "port": 3}]})));
    assert_eq!(after["spec"]["ports"], json!([{"name": "a", "number": 2, "protocol": "UDP"}, {"name": "b", "number": 3}]));
}

#[test]
fn rules_by_the_value_of_a_tag() {
    let hub = spec(&json!({"mode": "Static", "fixed": {"value": "x", "hint": "h"}, "source": "kept"}));
    assert_eq!(hoist::shown(&hub)["spec"]["value"], "x");
    for (written, expected) in [
        (json!({"mode": "Static", "value": "y"}), json!({"mode": "Static", "fixed": {"value": "y", "hint": "h"}, "source": "kept"})),
        (json!({"mode": "Dynamic", "value": "y"}), json!({"mode": "Dynamic", "source": "y"})),
    ] {
        assert_eq!(hoist::written(Some(&hub), &spec(&written))["spec"], expected);
    }
}

#[test]
fn annotations_hold_what_the_other_side_cannot_say() {
    let hub = json!({
        "metadata": {"annotations": {"example.com/tier": "gold", "own": "1"}, "labels": {"l": "m"}},
        "spec": {"limits": {"cpu": "2"}, "zone": "z", "metrics": {"cpu": "1", "disk": "3"}, "target": {"type": "Value", "value": "5"}, "other": {"value": "1"}},
        "status": {"conditions": [{"type": "Ready", "reason": "Because"}]},
    });
    let seen = notes::shown(&hub);
    let annotations = json!({"example.com/conditions": r#"[{"type":"Ready"}]"#, "example.com/limits": r#"{"cpu":"2"}"#, "own": "1"});
    assert_eq!(seen["metadata"], json!({"annotations": annotations, "labels": {"example.com/zone": "z", "l": "m"}}));
    assert_eq!(seen["spec"], json!({"tier": "gold", "cpu": "1", "target": {"value": "5"}, "other": {"type": "Value", "value": "1"}}));

    let mut written = seen.clone();
    written["metadata"]["annotations"]["example.com/conditions"] = r#"[{"type":"Ready"},{"type":"New"}]"#.into();
    written["spec"] = json!({"memory": "9", "target": {"utilization": 3}});
    let after = notes::written(Some(&hub), &written);
    assert_eq!(after["status"]["conditions"], json!([{"type": "Ready", "reason": "Because"}, {"type": "New"}]));
    assert_eq!(after["metadata"], json!({"annotations": {"own": "1"}, "labels": {"l": "m"}}));
    assert_eq!(after["spec"]["metrics"], json!({"disk": "3", "memory": "9"}));
    assert_eq!(after["spec"]["target"], json!({"type": "Utilization", "utilization": 3}));
}

#[test]
fn an_item_of_a_list_is_a_field() {
    let gauge = |name: &str, target: Value| json!({"type": "Resource", "resource": {"name": name, "target": target}});
    let memory = || gauge("memory", json!({"type": "Value", "value": "1Gi"}));
    let cpu = |percent: i32| gauge("cpu", json!({"type": "Utilization", "utilization": percent}));
    let bare_cpu = gauge("cpu", json!({"type": "", "utilization": 40}));
    let hub = json!({
        "spec": {"gauges": [memory(), bare_cpu], "flags": [{"name": "debug", "value": "on", "hint": "h"}, {"name": "z"}], "rules": {"scaleUp": {"policies": [{"type": "<", "value": 1}]}}},
        "status": {"gauges": [cpu(50)]},
    });
    let seen = notes::shown(&hub);
    assert_eq!(
        (&seen["spec"]["cpuPercent"], &seen["spec"]["debug"], &seen["status"]["cpuPercent"]),
        (&json!(40), &json!("on"), &json!(50))
    );
    let annotations = &seen["metadata"]["annotations"];
    assert_eq!(annotations["example.com/gauges"], r#"[{"type":"Resource","resource":{"name":"memory","targetValue":"1Gi"}}]"#);
    assert_eq!(
        annotations["example.com/rules"],
        r#"{"ScaleUp":{"Seconds":null,"Policies":[{"Type":"\u003c","Value":1}]},"ScaleDown":null}"#
    );

    let mut written = seen.clone();
    written["spec"]["cpuPercent"] = 55.into();
    written["spec"]["debug"] = "off".into();
    let after = notes::written(Some(&hub), &written);
    assert_eq!(after["spec"]["gauges"], json!([memory(), gauge("cpu", json!({"type": "", "utilization": 55}))]));
    assert_eq!(after["spec"]["flags"], json!([{"name": "debug", "value": "off", "hint": "h"}, {"name": "z"}]));
    assert_eq!(after["spec"]["rules"], hub["spec"]["rules"]);

    let made = notes::written(None, &json!({"spec": {"debug": "on", "cpuPercent": 1}}));
    assert_eq!(
        (&made["spec"]["flags"], &made["spec"]["gauges"][0]["resource"]["name"]),
        (&json!([{"name": "debug", "value": "on"}]), &json!("cpu"))
    );
}

#[test]
fn one_value_in_two_notations() {
    let set = json!({
        "replicas": -1, "history": 3, "grace": 30, "commands": ["a", "b"], "policy": {"name": "p"}, "restart": "OnFailure", "enabled": true,
        "timeoutMillis": 1500, "delay": "1.5s", "size": "1500u", "port": "http", "since": "2030-01-01T00:00:00Z",
        "env": [{"name": "B", "value": "2"}, {"name": "A", "value": "1"}], "parts": [{"name": "y", "rule": "r"}, {"name": "x"}],
        "extra": {"k": 1}, "host": "a:b", "hostPort": 80, "resources": {"cpu": "1", "disk": "2"}, "priority": 7, "wide": 5_000_000_000_i64,
    });
    let seen = values::shown(&spec(&set));
    let expected = json!({
        "replicas": -1, "history": 3, "grace": 30, "command": "a", "policies": [{"name": "p"}], "restartMode": "failed", "state": "On",
        "timeoutSeconds": 1, "delaySeconds": 1, "sizeMilli": 1, "port": 0, "sinceText": "2030-01-01T00:00:00Z",
        "env": {"A": "1", "B": "2"}, "parts": {"x": {"name": "x"}, "y": {"name": "y", "rule": "r"}},
        "extra": {"k": 1}, "address": "a:b:80", "cpu": "1", "mode": "classic", "wide": i32::MAX,
    });
    assert_eq!(seen["spec"], expected);
    let bare = values::shown(&spec(&json!({"history": 0, "wide": 0, "priority": 5})));
    assert_eq!(bare["spec"], json!({"replicas": -1, "grace": 30, "state": "Off", "mode": "classic", "wide": 0}));

    let mut edited = expected.clone();
    for (name, value) in [
        ("command", json!("c")),
        ("timeoutSeconds", json!(2)),
        ("address", json!("h:81")),
        ("env", json!({"A": "3", "C": "4"})),
        ("memory", json!("1Gi")),
    ] {
        edited[name] = value;
    }
    let after = values::written(Some(&spec(&set)), &spec(&edited));
    let hub = &after["spec"];
    assert_eq!(hub["commands"], json!(["c", "b"]));
    assert_eq!((&hub["timeoutMillis"], &hub["delay"], &hub["port"]), (&json!(2000), &json!("1.5s"), &json!("http")));
    assert_eq!((&hub["host"], &hub["hostPort"]), (&json!("h"), &json!(81)));
    assert_eq!(hub["env"], json!([{"name": "A", "value": "3"}, {"name": "C", "value": "4"}]));
    assert_eq!(hub["resources"], json!({"cpu": "1", "disk": "2", "memory": "1Gi"}));

    let created = values::written(None, &spec(&edited));
    assert_eq!(created["spec"]["priority"], 5, "a field that only the hub has gets its value");
}
