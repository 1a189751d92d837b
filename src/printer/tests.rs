//! Cells by table.

use jiff::Timestamp;
use kubewright_model::{Desc, Field};
use serde_json::{Value, json};

use super::{Cell, human_duration};

fn now() -> Timestamp {
    "2030-01-02T00:00:00Z".parse().expect("time")
}

fn status() -> &'static Desc {
    static FIELDS: [Field; 3] = [Field::int32("ready", 1), Field::string("phase", 2), Field::int32("wanted", 3).optional()];
    static DESC: Desc = Desc::new("Status", "test", "", &FIELDS);
    &DESC
}

fn thing() -> &'static Desc {
    static FIELDS: [Field; 1] = [Field::message("status", 1, status).optional()];
    static DESC: Desc = Desc::new("Thing", "test", "", &FIELDS);
    &DESC
}

fn object() -> Value {
    json!({
        "kind": "Thing",
        "metadata": {"name": "a", "creationTimestamp": "2030-01-01T21:00:00Z", "annotations": {"example.org/x": "y"}},
        "spec": {
            "replicas": 3, "zero": 0, "empty": "", "selector": {"b": "2", "a": "1"}, "labelSelector": {"matchLabels": {"a": "1"}},
            "ports": [{"port": 80, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}], "ips": ["1.1.1.1", "2.2.2.2"],
        },
        "data": {"x": 1, "y": 2}, "binaryData": {"z": 3},
        "conditions": [{"type": "Ready", "status": "True", "restarts": 2}, {"type": "Live", "restarts": 1, "ok": true}],
    })
}

#[test]
fn cells() {
    for (cell, expected) in [
        (".metadata.name", json!("a")),
        (".spec.replicas", json!(3)),
        (".spec.missing", json!(null)),
        (".spec.ips[0]", json!("1.1.1.1")),
        (".spec.ips[-1]", json!("2.2.2.2")),
        (".spec.ips[7]", json!(null)),
        (".spec.ips[*]", json!("1.1.1.1")),
        (".metadata.annotations['example.org/x']", json!("y")),
        (".metadata.annotations.example\\.org/x", json!("y")),
        (".conditions[?(@.type==\"Ready\")].status", json!("True")),
        (".conditions[?.type == \"Ready\"].status", json!("True")),
        (".conditions[?(@.type!='Ready')].type", json!("Live")),
        ("{.spec.replicas}/{.spec.missing}", json!("3/")),
        ("{lower(.kind)}/{.metadata.name}", json!("thing/a")),
        ("plain", json!("plain")),
        ("age(.metadata.creationTimestamp)", json!("3h")),
        ("age(.missing, .metadata.creationTimestamp)", json!("3h")),
        ("age(.missing)", json!("<unknown>")),
        ("age(.kind)", json!("<invalid>")),
        ("count(.data)", json!(2)),
        ("count(.data, .binaryData)", json!(3)),
        ("count(.missing)", json!(0)),
        ("count(.conditions[?.ok])", json!(1)),
        ("sum(.conditions[*].restarts)", json!(3)),
        ("{sum(.missing[*].restarts)}", json!("0")),
        ("join(.spec.ips, \",\")", json!("1.1.1.1,2.2.2.2")),
        ("join(.spec.ports[*].port, \",\")", json!("80,53")),
        ("join(.spec.ports[*], \"{.port}/{.protocol}\", \",\")", json!("80/TCP,53/UDP")),
        ("default(join(.missing[*], \",\"), .spec.empty, \"<none>\")", json!("<none>")),
        ("default(.spec.zero, 7)", json!(0)),
        ("default(.missing, 7)", json!(7)),
        ("default(.spec.missing, .kind)", json!("Thing")),
        ("labels(.spec.selector)", json!("a=1,b=2")),
        ("labels(.missing)", json!("<none>")),
        ("selector(.spec.labelSelector)", json!("a=1")),
        ("selector(.missing)", json!("<none>")),
    ] {
        let parsed: Cell = cell.parse().unwrap_or_else(|fault| panic!("{cell}: {fault}"));
        assert_eq!(parsed.evaluate(&object(), None, now()), expected, "{cell}");
    }
}

#[test]
fn zeros_that_json_leaves_out() {
    for (cell, expected) in [
        ("{.status.ready}/{.status.wanted}", json!("0/")),
        (".status.ready", json!(0)),
        (".status.wanted", json!(null)),
        (".status.phase", json!("")),
        ("default(.status.ready, 5)", json!(5)),
        ("default(.status.phase, .status.ready)", json!(0)),
        (".status", json!(null)),
        (".unknown.x", json!(null)),
    ] {
        let parsed: Cell = cell.parse().expect("cell");
        assert_eq!(parsed.evaluate(&json!({}), Some(thing()), now()), expected, "{cell}");
    }
}

#[test]
fn durations() {
    const DAY: i64 = 86_400;
    for (seconds, expected) in [
        (-2, "<invalid>"),
        (-1, "0s"),
        (0, "0s"),
        (119, "119s"),
        (120, "2m"),
        (125, "2m5s"),
        (599, "9m59s"),
        (605, "10m"),
        (10_799, "179m"),
        (10_800, "3h"),
        (11_520, "3h12m"),
        (8 * 3600 - 1, "7h59m"),
        (8 * 3600, "8h"),
        (47 * 3600, "47h"),
        (2 * DAY, "2d"),
        (2 * DAY + 4 * 3600, "2d4h"),
        (8 * DAY, "8d"),
        (15 * DAY + 4 * 3600, "15d"),
        (730 * DAY - 1, "729d"),
        (730 * DAY, "2y"),
        (740 * DAY, "2y10d"),
        (8 * 365 * DAY, "8y"),
        (20 * 365 * DAY + 50 * DAY, "20y"),
    ] {
        assert_eq!(human_duration(seconds), expected);
    }
}
