//! Importing the facts format, and importing over files that people wrote.

use kubewright_codegen::import::facts::{catalog, is_facts};
use kubewright_codegen::import::input;
use kubewright_codegen::import::merge::{Changes, merge};
use kubewright_codegen::import::report::Report;
use kubewright_codegen::source::Sources;
use serde_json::{Value, json};

/// A group with one version: a kind with two types, and a list message of its own.
fn facts() -> Value {
    let field = |name: &str, ty: &str, number: i64| json!({"json": name, "go": name, "type": ty, "proto": {"number": number, "type": ty}});
    let with = |mut field: Value, more: Value| {
        field.as_object_mut().expect("a field").extend(more.as_object().expect("keys").clone());
        field
    };
    let metadata = with(field("metadata", "meta/v1.ObjectMeta", 1), json!({"omitempty": true, "optional": true}));
    let inline = |ty: &str| json!({"json": "", "go": "TypeMeta", "type": ty, "inline": true});
    json!({
        "kubernetes": "1.36",
        "groups": [
            {
                "key": "demo.example.com/v1", "group": "demo.example.com", "version": "v1",
                "protoPackage": "com.example.api.demo.v1", "openapiPrefix": "com.example.api.demo.v1", "served": true,
                "resources": [{
                    "plural": "rockets", "singular": "rocket", "kind": "Rocket", "namespaced": false, "shortNames": ["rk"], "categories": [],
                    "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"],
                    "subresources": [{"name": "status", "verbs": ["get", "patch", "update"], "kind": "Rocket", "group": "demo.example.com", "version": "v1"}]
                }],
                "types": [
                    {"name": "Rocket", "kind": "struct", "topLevel": true, "proto": true, "lifecycle": {"introduced": "1.2"}, "fields": [
                        inline("meta/v1.TypeMeta"), metadata.clone(), with(field("spec", "RocketSpec", 2), json!({"omitempty": true, "optional": true})), field("status", "Lone", 3)
                    ]},
                    {"name": "RocketList", "kind": "struct", "topLevel": true, "list": true, "proto": true, "lifecycle": {"introduced": "1.2"}, "fields": [
                        inline("meta/v1.TypeMeta"), field("items", "[]Rocket", 2)
                    ]},
                    {"name": "RocketSpec", "kind": "struct", "proto": true, "fields": [
                        field("name", "string", 1),
                        with(field("mode", "string", 2), json!({"alias": "Mode", "omitempty": true, "optional": true, "default": "Fast"})),
                        with(field("crew", "[]Astronaut", 4), json!({"omitempty": true, "optional": true, "listType": "map", "listMapKeys": ["name"], "patchStrategy": "merge", "patchMergeKey": "name"})),
                        with(field("extra", "map[string][]string", 5), json!({"alias": "map[string]Words", "omitempty": true, "optional": true})),
                        with(field("stages", "int32", 3), json!({"pointer": true, "omitempty": true, "optional": true, "format": "int32", "featureGates": ["Stages"], "validation": ["+k8s:minimum=1"]})),
                        with(field("launch", "meta/v1.Time", 7), json!({"omitempty": true, "optional": true})),
                        with(field("tower", "Tower", 6), json!({"json": "", "go": "Tower", "inline": true, "proto": {"number": 6, "name": "tower", "type": "Tower"}}))
                    ]},
                    {"name": "Astronaut", "kind": "struct", "proto": true, "x-kubernetes-map-type": "atomic", "fields": [
                        with(field("name", "string", 1), json!({"required": true, "omitempty": true})),
                        with(field("seats", "[]string", 2), json!({"proto": {"number": 2, "name": "Seats", "type": "string"}, "listType": "atomic"}))
                    ]},
                    {"name": "Tower", "kind": "struct", "proto": true, "fields": [with(field("site", "string", 1), json!({"omitempty": true, "optional": true}))]},
                    {"name": "Mode", "kind": "alias", "type": "string", "enum": ["Fast", "*"], "markers": ["+enum"]},
                    {"name": "Words", "kind": "alias", "type": "[]string", "proto": true, "protoFields": []},
                    {"name": "Lone", "kind": "struct", "proto": true, "fields": []},
                    {"name": "Free", "kind": "struct", "proto": true, "fields": []}
                ]
            },
            {
                "key": "meta/v1", "protoPackage": "k8s.io.apimachinery.pkg.apis.meta.v1", "openapiPrefix": "io.k8s.apimachinery.pkg.apis.meta.v1",
                "packageMarkers": ["+groupName=meta.k8s.io"],
                "types": [
                    {"name": "ObjectMeta", "kind": "struct", "proto": true, "fields": [field("name", "string", 1)]},
                    {"name": "Time", "kind": "struct", "proto": true, "fields": []}
                ]
            }
        ]
    })
}

const ROCKET: &str = "\
# yaml-language-server: $schema=../../../schema.json
kind: Rocket
scope: Cluster
shortNames: [rk]
verbs: [create, delete, get, list, patch, update, watch]
key: rockets
unconditionalUpdate: true
subresources:
  status: {}
fields:
  spec: {tag: 2, type: RocketSpec, omit: empty}
  status: {tag: 3, type: Lone}
types:
  RocketSpec:
    fields:
      name: {tag: 1, type: string}
      mode: {tag: 2, type: Mode, omit: empty, default: Fast}
      crew: {tag: 4, type: list(Astronaut), keys: [name], patch: merge}
      extra: {tag: 5, type: map(list(string)), wrapped: Words}
      stages: {tag: 3, type: int32?, gate: Stages, rules: [{min: 1}]}
      launch: {tag: 7, type: Time, omit: empty}
      tower: {tag: 6, type: Tower, inline: true}
  Lone: {}
  Astronaut:
    atomic: true
    fields:
      name: {tag: 1, type: string, omit: empty, required: true}
      seats: {tag: 2, type: list(string), omit: never, proto: Seats, list: atomic}
  Tower:
    fields:
      site: {tag: 1, type: string, omit: empty}
  Mode: {enum: [Fast, \"*\"], open: true}
";

const PATH: &str = "demo/demo/v1/rocket.yaml";

fn import(facts: &Value, sources: &Sources) -> (Changes, Report) {
    assert!(is_facts(facts));
    merge(&catalog(facts, "demo"), sources).expect("what is there can be read")
}

fn files(changes: Changes) -> Sources {
    let mut sources = Sources::new();
    for (path, text) in changes {
        sources.insert(path, text.unwrap_or_default());
    }
    sources
}

fn text(sources: &Sources, path: &str) -> String {
    sources.iter().find(|(known, _)| *known == path).map(|(_, source)| source.text.clone()).unwrap_or_default()
}

#[test]
fn facts_become_schemas() {
    let sources = files(import(&facts(), &Sources::new()).0);
    assert_eq!(text(&sources, PATH), ROCKET);
    let group = "# yaml-language-server: $schema=../../schema.json\ngroup: demo.example.com\nversions:\n  v1: {introduced: \"1.2\", storage: true, hub: true, proto: com.example.api.demo.v1, openapi: com.example.api.demo.v1}\n";
    assert_eq!(text(&sources, "demo/demo/group.yaml"), group);
    assert_eq!(text(&sources, "demo/demo/v1/types.yaml"), "# yaml-language-server: $schema=../../../schema.json\ntypes:\n  Free: {}\n");
    assert_eq!(text(&sources, "demo/set.yaml"), "# yaml-language-server: $schema=../schema.json\nset: demo\nrelease: \"1.36\"\n");
    let paths: Vec<&str> = sources.iter().map(|(path, _)| path).collect();
    assert_eq!(paths.len(), 7, "{paths:?}");
    if let Err(problems) = kubewright_codegen::read(&sources) {
        panic!("{}", kubewright_codegen::report::text(&problems, &sources));
    }
}

#[test]
fn facts_that_say_nothing_new_change_nothing() {
    let mut sources = files(import(&facts(), &Sources::new()).0);
    for text in [
        ROCKET.to_owned(),
        // Another order of keys, blank lines, comments, quotes of somebody's own.
        ROCKET.replace("tag: 1, type: string}", "type: \"string\",  tag: 1 }  # first").replace("types:\n", "\n# all of them\ntypes:\n"),
        ROCKET.replace("  Tower:\n", "\n  # Where it stands.\n  Tower:\n    doc: |\n      Two\n      lines.\n"),
        ROCKET.replace("subresources:\n  status: {}\n", "subresources: {status: {}}\nselectable: [.spec.mode]\nunknown: [to, us]\n"),
    ] {
        sources.insert(PATH, text.as_str());
        assert_eq!(import(&facts(), &sources).0, Changes::new(), "{text}");
    }
}

#[test]
fn what_people_wrote_stays() {
    let mut sources = files(import(&facts(), &Sources::new()).0);
    let written = ROCKET
        .replace("key: rockets\n", "doc: Flies.                                # higher\nkey: rk\nselectable: [.spec.mode]\n")
        .replace(
            "mode: {tag: 2, type: Mode, omit: empty, default: Fast}",
            "mode: {tag: 2, type: Mode, omit: empty, default: {value: Slow, when: .name}, doc: \"How, mostly.\"}  # slowly",
        )
        .replace("rules: [{min: 1}]", "rules: [{min: 1}, {gate: Many, max: 9}]")
        .replace("      launch:", "      # when\n      launch:")
        .replace(
            "  Mode: {enum: [Fast, \"*\"], open: true}\n",
            "  Mode: {enum: {Fast: Soon., Slow: Later., \"*\": Any.}}\n  Extra: {fields: {x: {tag: 1, type: string}}}\n",
        );
    sources.insert(PATH, written.as_str());
    assert_eq!(import(&facts(), &sources).0, Changes::new());

    let mut newer = facts();
    let spec = &mut newer["groups"][0]["types"][2]["fields"];
    spec[1]["pointer"] = json!(true);
    spec[4]["validation"] = json!(["+k8s:minimum=2"]);
    spec[5]["proto"]["number"] = json!(8);
    let fields = spec.as_array_mut().expect("fields");
    fields.remove(0);
    fields.insert(3, json!({"json": "fuel", "go": "Fuel", "type": "string", "omitempty": true, "optional": true, "proto": {"number": 9}}));
    let (changes, report) = import(&newer, &sources);
    let expected = written
        .replace("      name: {tag: 1, type: string}\n      mode", "      mode")
        .replace("mode: {tag: 2, type: Mode, omit: empty, default", "mode: {tag: 2, type: Mode?, default")
        .replace("rules: [{min: 1}, {gate: Many, max: 9}]", "rules: [{min: 2}, {min: 1}, {gate: Many, max: 9}]")
        .replace("launch: {tag: 7,", "launch: {tag: 8,")
        .replace("      stages:", "      fuel: {tag: 9, type: string, omit: empty}\n      stages:");
    assert_eq!(changes.get(PATH).cloned().flatten().unwrap_or_default(), expected);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(report.text(true).contains("removed, since the source has it no more: RocketSpec.name"), "{}", report.text(true));
    assert!(report.text(true).contains("kept, though the source does not have it: Extra"), "{}", report.text(true));
}

#[test]
fn a_type_that_several_kinds_need_moves_with_what_was_written() {
    let sources = files(import(&facts(), &Sources::new()).0);
    let mut sources = sources;
    sources.insert(PATH, ROCKET.replace("  Tower:\n", "  # tall\n  Tower:\n    doc: Holds it.\n").as_str());
    let mut newer = facts();
    let types = newer["groups"][0]["types"].as_array_mut().expect("types");
    types.push(json!({"name": "Pad", "kind": "struct", "topLevel": true, "proto": true, "fields": [
        {"json": "tower", "go": "Tower", "type": "Tower", "proto": {"number": 1}}
    ]}));
    let (changes, _) = import(&newer, &sources);
    let shared = changes["demo/demo/v1/types.yaml"].clone().unwrap_or_default();
    assert!(shared.contains("  # tall\n  Tower:\n    doc: Holds it.\n    fields:\n"), "{shared}");
    assert!(!changes[PATH].clone().unwrap_or_default().contains("  Tower:\n"), "{changes:#?}");
    assert!(
        changes["demo/demo/v1/pad.yaml"]
            .clone()
            .unwrap_or_default()
            .contains("resource: false\nmetadata: false\nfields:\n  tower: {tag: 1, type: Tower}\n")
    );
}

/// The schemas of the repository say what the facts of Kubernetes say, where those are at hand.
#[test]
fn the_schemas_of_kubernetes_are_what_the_facts_say() {
    let Some(corpora) = std::env::var_os("KUBEWRIGHT_CORPORA") else {
        eprintln!("SKIPPED: KUBEWRIGHT_CORPORA is not set, the schemas are not compared with the facts of Kubernetes");
        return;
    };
    let path = std::path::Path::new(&corpora).join("kubernetes-1.36/api.json");
    let facts = input::json(&input::text(&path).expect("the facts are there")).expect("the facts are JSON");
    let schemas = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let sources = Sources::load(&schemas).expect("schemas can be read");
    let (changes, _) = merge(&catalog(&facts, "kubernetes"), &sources).expect("schemas are YAML");
    let paths: Vec<&String> = changes.keys().collect();
    assert!(paths.is_empty(), "`cargo xtask import facts {}` would write {paths:?}", path.display());
}
