//! The golden gate: Kubernetes' own fixtures go through the codecs in every direction, typed and dynamic, and come out byte for byte.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kubewright::codec::{envelope, json, protobuf, yaml};
use kubewright::object::{Dyn, Message, Object};
use kubewright::registry::Registry;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/golden");

struct Golden {
    api_version: String,
    kind: String,
    json: Vec<u8>,
    yaml: Option<Vec<u8>>,
    protobuf: Vec<u8>,
}

fn goldens() -> Vec<Golden> {
    let mut files: Vec<_> = fs::read_dir(GOLDEN).expect("fixtures").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &Path| fs::read(path).expect("a fixture");
    let of_json = |path: &Path| {
        let json = read(path);
        let meta = json::type_meta(&json).expect("a document");
        let yaml = path.with_extension("yaml");
        Golden {
            api_version: meta.api_version,
            kind: meta.kind,
            json,
            yaml: yaml.exists().then(|| read(&yaml)),
            protobuf: read(&path.with_extension("pb")),
        }
    };
    files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")).map(|path| of_json(path)).collect()
}

/// The document without the space between its tokens.
fn compacted(json: &[u8]) -> Vec<u8> {
    let value: serde_json::Value = serde_json::from_slice(json).expect("JSON");
    value.to_string().into_bytes()
}

fn check(golden: &Golden, new: impl Fn() -> Object) {
    let Golden { api_version, kind, .. } = golden;
    let encode = |object: &dyn Message| {
        let mut out = Vec::new();
        json::encode_object(object, api_version, kind, &mut out);
        String::from_utf8(out).expect("UTF-8")
    };
    let text = String::from_utf8(compacted(&golden.json)).expect("UTF-8");
    let mut findings = json::Findings::default();
    let mut from_json = new();
    json::decode(&golden.json, &mut *from_json, Some(&mut findings)).unwrap_or_else(|error| panic!("{api_version} {kind}: {error:?}"));
    assert!(findings.is_empty(), "{api_version} {kind}: {findings}");
    assert_eq!(encode(&*from_json), text, "{api_version} {kind}: JSON to JSON");
    // The object itself holds kind and apiVersion now; they are not on the protobuf wire.
    assert_eq!(envelope::wrap(&*from_json, api_version, kind), golden.protobuf, "{api_version} {kind}: JSON to protobuf");
    let framed = envelope::unwrap(&golden.protobuf).expect("a frame");
    assert_eq!((&framed.api_version, &framed.kind), (api_version, kind));
    let mut from_protobuf = new();
    protobuf::decode(framed.raw, &mut *from_protobuf).unwrap_or_else(|error| panic!("{api_version} {kind}: {error} at {}", error.path()));
    assert_eq!(encode(&*from_protobuf), text, "{api_version} {kind}: protobuf to JSON");
    assert_eq!(envelope::wrap(&*from_protobuf, api_version, kind), golden.protobuf, "{api_version} {kind}: protobuf to protobuf");
    if let Some(document) = &golden.yaml {
        let mut from_yaml = new();
        let value = yaml::to_json(document).unwrap_or_else(|error| panic!("{api_version} {kind}: {error}"));
        json::from_value(&value, &mut *from_yaml, None).unwrap_or_else(|error| panic!("{api_version} {kind}: {error:?}"));
        assert_eq!(encode(&*from_yaml), text, "{api_version} {kind}: YAML to JSON");
    }
}

#[test]
fn kubernetes_fixtures_go_through_byte_for_byte_typed_and_dynamic() {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    let mut checked = 0;
    for golden in goldens() {
        let (group, version) = golden.api_version.split_once('/').unwrap_or(("", &golden.api_version));
        let Some((resource, at)) = registry.kind(group, version, &golden.kind) else { continue };
        let version = &resource.versions[at];
        check(&golden, || (version.new)());
        let desc = Arc::new((version.new)().descriptor().clone());
        check(&golden, || Box::new(Dyn::made(Arc::clone(&desc))));
        checked += 1;
    }
    assert!(checked >= 18, "only {checked} kinds of the fixtures are known");
}
