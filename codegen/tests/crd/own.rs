//! What definitions say of schemas that people write: what follows from the language, without a word about definitions.

use kubewright_codegen::{crd, read, report};
use serde_json::{Value, json};

use super::round::base;

fn definition(files: &[(&str, &str)]) -> Value {
    let mut sources = base();
    for (path, text) in files {
        sources.insert(*path, *text);
    }
    let sets = read(&sources).unwrap_or_else(|problems| panic!("{}", report::text(&problems, &sources)));
    let set = sets.iter().find(|set| set.name == "demo").expect("the set is read");
    assert!(set.crds && !sets.iter().any(|set| set.name == "base" && set.crds));
    crd::definition(set, &set.resources[0], &crd::types(&sets)).expect("there is a definition")
}

#[test]
fn a_definition_follows_from_a_kind() {
    let kind = "kind: Rocket\ndoc: Flies.\nfields:\n  spec: {tag: 2, type: Spec}\nsubresources: {status: {part: .spec}, scale: {replicas: .spec.stages, observed: .spec.stages}}\n\
                columns:\n  - {name: Name, path: .metadata.name, format: name}\n  - {name: Age, cell: age(.metadata.creationTimestamp)}\n  \
                - {name: Sum, cell: \"{.spec.stages}!\"}\ntypes:\n  Mode: {enum: [Fast, Slow]}\n  Spec:\n    atomic: true\n    fields:\n      \
                stages: {tag: 1, type: int32, default: 1, immutable: true}\n      mode: {tag: 2, type: Mode?, default: {value: Fast, when: .stages}}\n      \
                parts: {tag: 3, type: map(list(string)), maxItems: 2}\n      next: {tag: 4, type: Spec?}\n      base: {tag: 5, type: Base, inline: true}\n      \
                hidden: {tag: 6, type: string, json: false}\n  Base: {fields: {site: {tag: 1, type: bytes, omit: empty}}}\n";
    let group = "group: demo.example.com\nversions:\n  v2: {hub: true, storage: true}\n  v1: {deprecated: true, warning: old}\n";
    let made = definition(&[
        ("demo/set.yaml", "set: demo\ntypeMeta: {kind: K., apiVersion: A.}\n"),
        ("demo/group.yaml", group),
        ("demo/v2/rocket.yaml", kind),
        ("demo/v1/rocket.yaml", "kind: Rocket\nconvert: none\nserved: false\nfields: {spec: {tag: 2, type: string?}}\n"),
    ]);
    assert_eq!(made.pointer("/metadata/name"), Some(&json!("rockets.demo.example.com")));
    let [v1, v2] = made.pointer("/spec/versions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default() else {
        panic!("{made:#}")
    };
    assert_eq!(
        (&v1["served"], &v1["deprecated"], &v1["deprecationWarning"], &v1["storage"]),
        (&json!(false), &json!(true), &json!("old"), &json!(false))
    );
    assert_eq!(v2["additionalPrinterColumns"], json!([{"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"}]));
    assert_eq!(v2["subresources"], json!({"scale": {"specReplicasPath": ".spec.stages", "statusReplicasPath": ".spec.stages"}}));
    let schema = &v2["schema"]["openAPIV3Schema"];
    assert_eq!(schema["required"], json!(["spec"]));
    assert_eq!(schema["properties"]["kind"], json!({"description": "K.", "type": "string"}));
    let expected = json!({
        "type": "object",
        "required": ["stages"],
        "properties": {
            "stages": {
                "type": "integer", "format": "int32", "default": 1,
                "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "the value cannot change"}],
            },
            "mode": {"type": "string", "enum": ["Fast", "Slow"]},
            "parts": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}, "maxProperties": 2},
            "next": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "site": {"type": "string", "format": "byte"},
        },
        "x-kubernetes-map-type": "atomic",
    });
    assert_eq!(schema["properties"]["spec"], expected);
}
