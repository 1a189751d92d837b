//! Rules and defaults as they are written, and what the descriptors hold of them.

use kubewright_codegen::read;
use kubewright_codegen::report;
use kubewright_codegen::source::Sources;
use kubewright_model::Field;
use serde_json::{Value, json};

const TYPES: &str = "
types:
  Part:
    fields:
      name: {tag: 1, type: string}
      count: {tag: 2, type: int32, omit: empty}
      labels: {tag: 3, type: map(string)}
  Mode: {enum: [Auto, Manual], open: true, rules: [{alpha: \"1.0\", closed: true}]}
";

/// The field `f` of a kind, whose line ends like this.
fn field(line: &str) -> Field {
    let mut sources = Sources::new();
    sources.insert("demo/set.yaml", "set: demo\ngates: {On: true, Off: false}\n");
    sources.insert("demo/group.yaml", "group: demo.example.com\nversions:\n  v1: {}\n");
    let kind = "kind: Foo\nmetadata: {default: {fill: {labels: {from: .l}}}, rules: [{at: .name, check: k8s-short-name}]}\nfields:\n";
    sources.insert("demo/v1/foo.yaml", format!("{kind}  f: {{tag: 2, {line}}}\n  l: {{tag: 3, type: map(string)}}{TYPES}"));
    sources.insert("meta/set.yaml", "set: meta\n");
    let sets = read(&sources).unwrap_or_else(|problems| panic!("{}", report::text(&problems, &sources)));
    let set = sets.iter().find(|set| set.name == "demo").expect("the set");
    assert_eq!(set.gates, [("On".to_owned(), true), ("Off".to_owned(), false)]);
    let desc = &set.groups[0].versions[0].types[0].desc;
    let metadata = &desc.fields[desc.field("metadata").expect("metadata")];
    assert_eq!(&*metadata.rules, r#"{"x-rules":[{"x-at":".name","x-check":"k8s-short-name"}]}"#);
    assert_eq!(&*metadata.default, r#"[{"fill":{"labels":{"from":".l"}}}]"#);
    desc.fields[desc.field("f").expect("the field")].clone()
}

#[test]
fn rules_of_a_line() {
    for (line, rules) in [
        ("type: int32, min: 1, presence: required", json!({"minimum": 1, "x-presence": "required"})),
        ("type: string, maxBytes: 3, not: x, immutable: true", json!({"x-max-bytes": 3, "x-not": "x", "immutable": true})),
        ("type: string, check: k8s-uuid, update: [NoUnset]", json!({"x-check": "k8s-uuid", "x-update": ["NoUnset"]})),
        ("type: string, gate: On, choice: source?", json!({"x-gate": ["On"], "x-choice": "source?"})),
        ("type: string, oneOf: true, as: Eff", json!({"x-one-of": "", "x-as": "Eff"})),
        (
            "type: string, discriminator: u, rules: [{arm: A, presence: forbidden}]",
            json!({"x-discriminator": "u", "x-rules": [{"x-arm": "A", "x-presence": "forbidden"}]}),
        ),
        (
            "type: list(Part), unique: [name], rules: [{at: \"[name=a]\", atMostOneOf: true}]",
            json!({"x-unique": ["name"], "x-rules": [{"x-at": "[name=a]", "x-at-most-one-of": ""}]}),
        ),
        (
            "type: int32, rules: [{beta: \"1.0\", gate: On, max: 3}, {unless: Off, min: 0}]",
            json!({"x-rules": [{"x-beta": "1.0", "x-gate": "On", "maximum": 3}, {"x-unless": "Off", "minimum": 0}]}),
        ),
        ("type: Mode", json!({"knownValues": ["Auto", "Manual"], "x-rules": [{"x-alpha": "1.0", "enum": ["Auto", "Manual"]}]})),
    ] {
        let found: Value = serde_json::from_str(&field(line).rules).expect("JSON");
        assert_eq!(found, rules, "{line}");
    }
}

#[test]
fn defaults_of_a_line() {
    for (line, default) in [
        ("type: int32, default: 1, gate: On", json!([{"value": 1}])),
        ("type: Part, default: {fill: {count: 1, labels: {from: .l}}}", json!([{"fill": {"count": 1, "labels": {"from": ".l"}}}])),
        (
            "type: list(Part), default: [{fill: {count: 1}, when: .l}, {fill: {labels: {beside: .labels}}}]",
            json!([{"fill": {"count": 1}, "when": ".l"}, {"fill": {"labels": {"beside": ".labels"}}}]),
        ),
    ] {
        let found: Value = serde_json::from_str(&field(line).default).expect("JSON");
        assert_eq!(found, default, "{line}");
    }
    for gate in ["Off", "Unheard", "[On, Off]"] {
        assert_eq!(field(&format!("type: int32, default: 1, gate: {gate}")).default, "", "{gate}");
    }
}
