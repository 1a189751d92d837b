//! The golden gate: Kubernetes' own fixtures go through the codecs in every direction, typed and dynamic, and come out byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kubewright::codec::{envelope, json, protobuf, yaml};
use kubewright::object::Dyn;
use kubewright::registry::Registry;
use kubewright::transcode::{self, Form};
use kubewright_tests::corpora;

const FORMS: [(&str, Form); 3] = [("json", Form::Json), ("yaml", Form::Yaml), ("pb", Form::Protobuf)];

fn registry() -> Registry {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    registry
}

/// The fixtures of a directory by name: JSON, YAML, protobuf.
fn goldens(directory: &Path) -> BTreeMap<String, [Vec<u8>; 3]> {
    let entries = fs::read_dir(directory).expect("fixtures").map(|entry| entry.expect("an entry").path());
    let json = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let of = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, FORMS.map(|(extension, _)| fs::read(path.with_extension(extension)).expect("a fixture")))
    };
    json.map(of).collect()
}

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/golden")
}

/// From every form to every form.
fn check(registry: &Registry, name: &str, golden: &[Vec<u8>; 3], wrong: &mut Vec<String>) {
    for (source, (from, _)) in golden.iter().zip(FORMS) {
        for (expected, (to, form)) in golden.iter().zip(FORMS) {
            match transcode::transcode(registry, source, form, None) {
                Ok(found) if found.findings.is_empty() && found.bytes == *expected => {}
                Ok(found) => wrong.push(format!("{name}: {from} to {to}: {:?}\n{}", found.findings, difference(&found.bytes, expected))),
                Err(problem) => wrong.push(format!("{name}: {from} to {to}: {problem}")),
            }
        }
    }
}

/// The same with an object that knows its type only from the description.
fn check_dynamic(registry: &Registry, name: &str, [json, yaml, framed]: &[Vec<u8>; 3], wrong: &mut Vec<String>) {
    let documents = transcode::read(registry, json).unwrap_or_else(|problem| panic!("{name}: {problem}"));
    let document = documents.first().expect("an object");
    let opened = envelope::unwrap(framed).expect("a frame");
    let text = yaml::to_json_text(yaml).expect("YAML");
    let mut objects = [(); 3].map(|()| Dyn::made(std::sync::Arc::new(document.object.descriptor().clone())));
    let [a, b, c] = &mut objects;
    json::decode(json, a, None).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    json::decode(&text, b, None).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    protobuf::decode(opened.raw, c).unwrap_or_else(|error| panic!("{name}: {error}"));
    for (object, (from, _)) in objects.iter().zip(FORMS) {
        if envelope::wrap(object, &document.api_version, &document.kind) != *framed {
            wrong.push(format!("{name}: dynamic {from} to pb"));
        }
        let mut out = Vec::new();
        if document.kind.is_empty() {
            json::encode(object, &mut out);
        } else {
            json::encode_object(object, &document.api_version, &document.kind, &mut out);
        }
        if json::indented(&out) != *json {
            wrong.push(format!("{name}: dynamic {from} to json\n{}", difference(&json::indented(&out), json)));
        }
    }
}

/// The first lines that are not the same.
fn difference(found: &[u8], expected: &[u8]) -> String {
    let (found, expected) = (String::from_utf8_lossy(found), String::from_utf8_lossy(expected));
    let lines = found.lines().chain(std::iter::once("(end)")).zip(expected.lines().chain(std::iter::once("(end)")));
    let first = lines.enumerate().find(|(_, (found, expected))| found != expected);
    first.map(|(at, (found, expected))| format!("  line {}: {found:?}, expected {expected:?}", at + 1)).unwrap_or_default()
}

fn check_all(directory: &Path, least: usize) {
    let registry = registry();
    let goldens = goldens(directory);
    let mut wrong = Vec::new();
    for (name, golden) in &goldens {
        check(&registry, name, golden, &mut wrong);
        check_dynamic(&registry, name, golden, &mut wrong);
    }
    assert!(goldens.len() >= least, "only {} fixtures", goldens.len());
    assert!(wrong.is_empty(), "{} of {} kinds and more:\n{}", wrong.len(), goldens.len(), wrong.join("\n"));
}

#[test]
fn own_fixtures_go_through_byte_for_byte() {
    check_all(&own(), 20);
}

#[test]
fn kubernetes_fixtures_go_through_byte_for_byte() {
    if let Some(corpora) = corpora() {
        check_all(&corpora.join("kubernetes-1.36/testdata/HEAD"), 113);
    }
}
