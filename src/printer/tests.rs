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
            "letters": ["b", "a", "b", ""],
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
fn conditions() {
    for (condition, expected) in [
        (".kind == \"Thing\"", true),
        (".kind != 'Thing'", false),
        (".spec.replicas == 3", true),
        (".spec.replicas > 2 && .spec.replicas <= 3", true),
        (".spec.replicas < 3 || .spec.replicas >= 4", false),
        (".missing > 0", false),
        (".missing == ''", true),
        (".spec.zero", true),
        (".spec.empty", false),
        (".missing", false),
        (".conditions", true),
        (".conditions[1].ok && !.conditions[0].ok", true),
        (".conditions[1].ok == true", true),
        ("!(.kind && .missing)", true),
        ("\"2.2.2.2\" in .spec.ips", true),
        ("\"2.2.2\" in .spec.ips", false),
        (".kind in list(\"That\", \"Thing\")", true),
        (".kind like \"Th*\"", true),
        (".kind like \"*in*\"", true),
        (".kind like \"*g\" && .kind like \"*\" && .kind like \"T*h*g\"", true),
        (".kind like \"Th\" || .kind like \"h*\" || .kind like \"*in\" || .kind like \"T*x*g\"", false),
        (".spec.ports[?.port > 60 && .protocol == \"TCP\"]", true),
        (".spec.ports[?.port > 90]", false),
        (".spec.ports[?.protocol == $.missing]", false),
        ("count(.spec.ports[?.port in $.spec.numbers]) == 0", true),
    ] {
        let parsed: Cell = format!("if({condition}, 'yes', 'no')").parse().unwrap_or_else(|fault| panic!("{condition}: {fault}"));
        let expected = if expected { "yes" } else { "no" };
        assert_eq!(parsed.evaluate(&object(), None, now()), json!(expected), "{condition}");
    }
}

#[test]
fn functions_over_lists_and_maps() {
    for (cell, expected) in [
        ("if(.missing, 1)", json!(null)),
        ("case(.missing, 1, .kind, 2, 3)", json!(2)),
        ("case(.missing, 1, .other, 2, 3)", json!(3)),
        ("case(.missing, 1, .other, 2)", json!(null)),
        ("first(.spec.ips)", json!("1.1.1.1")),
        ("first(.spec.ports, \"{.port}\")", json!("80")),
        ("first(.missing, \"{.port}\")", json!(null)),
        ("first(.spec.ports[?.protocol == \"UDP\"]).port", json!(53)),
        ("join(each(.spec.ports, .protocol), \"+\")", json!("TCP+UDP")),
        ("join(each(list(.spec, .spec), .ips), \",\")", json!("[\"1.1.1.1\",\"2.2.2.2\"],[\"1.1.1.1\",\"2.2.2.2\"]")),
        ("join(each(list(.spec, .spec), .ips[*]), \",\")", json!("1.1.1.1,2.2.2.2,1.1.1.1,2.2.2.2")),
        ("join(.spec.letters, ., \",\", 2)", json!("b,a + 2 more...")),
        ("join(.spec.letters, ., \",\", 4)", json!("b,a,b,")),
        ("join(.missing, ., \",\", 4)", json!("")),
        ("join(unique(.spec.letters), \",\")", json!("a,b")),
        ("count(unique(.spec.letters))", json!(2)),
        ("join(list(.spec.ips, .missing, .spec.empty, .kind, .spec.letters[?. == \"a\"]), \",\")", json!("1.1.1.1,2.2.2.2,Thing,a")),
        ("join(keys(.spec.selector), \",\")", json!("a,b")),
        ("join(keys(.metadata.annotations, \"example.org/\"), \",\")", json!("x")),
        ("join(entries(.spec.selector, .data), \"{.key}{.first}{.second}\", \",\")", json!("a1,b2")),
        ("join(entries(.data, .data)[?.key != \"x\"], \"{.key}{.first}{.second}\", \",\")", json!("y22")),
        ("join(zip(.spec.ports, .conditions), \"{.index}{.first.port}{.second.type}\", \",\")", json!("080Ready,153Live")),
        ("join(zip(.spec.letters, .spec.ips)[?.index > 0], \"{.first}{.second}\", \",\")", json!("a2.2.2.2,b,")),
        ("zip(.spec.ips).index", json!(0)),
        ("join(cross(.spec.ips, .spec.ports), \"{.first}:{.second.port}\", \",\")", json!("1.1.1.1:80,1.1.1.1:53,2.2.2.2:80,2.2.2.2:53")),
        ("join(pick(.spec.letters, \"a\", \"A\", \"c\", \"C\", \"b\", \"B\"), \",\")", json!("A,B")),
        ("split(\"a/b/c\", \"/\")[1]", json!("b")),
        ("split(.missing, \"/\")[1]", json!(null)),
        ("max(.spec.ports[*].port)", json!(80)),
        ("max(.spec.letters)", json!("b")),
        ("max(.missing)", json!(null)),
        ("trim(\"  a b \")", json!("a b")),
        ("seconds(3600)", json!("60m")),
        ("seconds(.missing)", json!(null)),
        ("duration(\"2030-01-01T00:00:00Z\", \"2030-01-01T02:00:00Z\")", json!("120m")),
        ("duration(.metadata.creationTimestamp, .missing)", json!("3h")),
        ("duration(.metadata.creationTimestamp)", json!("3h")),
        ("duration(.missing, .metadata.creationTimestamp)", json!("")),
        ("duration(.kind)", json!("<invalid>")),
        ("many = .spec.ports[?.port > 1]; \"{$many[1].port} {count($many)} {join($many.port, '-')}\"", json!("53 2 80-53")),
        ("one = .spec; two = $one.replicas; \"{$two}{$one.zero}{first(.spec.ips, $two)}\"", json!("303")),
        ("join(.spec.ports, \"{$.kind}{.port}{@.port}\", \" \")", json!("Thing8080 Thing5353")),
        ("\"{if(.kind, \"<{.kind}>\", \"\")}\"", json!("<Thing>")),
        ("true", json!("true")),
        ("(true)", json!(true)),
        (".a == .b", json!(true)),
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
