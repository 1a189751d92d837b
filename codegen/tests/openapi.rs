//! The documents of the kubernetes set against upstream's own, unit by unit, without descriptions: the published one and that of a live server.
//!
//! Needs the recorded documents: `KUBEWRIGHT_CORPORA` names the directory that holds `kubernetes-1.36/`.

mod compare;
#[path = "../model/src/openapi/tests/decode.rs"]
mod decode;

use std::path::{Path, PathBuf};

use compare::{Tables, first_difference};
use kubewright_codegen::{api, load};
use kubewright_model::openapi::{gnostic, v2, v3};
use kubewright_model::{Api, Enabled, Kind};
use serde_json::Value;

fn corpora() -> Option<PathBuf> {
    let facts = std::env::var_os("KUBEWRIGHT_CORPORA").map(|facts| Path::new(&facts).join("kubernetes-1.36"));
    if facts.is_none() {
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the comparison with upstream's documents needs KUBEWRIGHT_CORPORA\n",
        );
    }
    facts
}

fn kubernetes(shows: impl Fn(&Kind) -> bool) -> Api {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let (_, sets) = load(&directory).expect("schemas/ can be read");
    let sets = sets.unwrap_or_else(|_| panic!("the schemas are sound"));
    let set = sets.iter().find(|set| set.name == "kubernetes").expect("the kubernetes set");
    let mut api = api::of_set(set, &sets);
    api.retain(shows);
    api
}

/// Compares, and leaves our document where `KUBEWRIGHT_KEEP` says.
fn agrees(name: &str, ours: &Value, theirs: &Path) {
    if let Some(keep) = std::env::var_os("KUBEWRIGHT_KEEP") {
        std::fs::write(Path::new(&keep).join(name), ours.to_string()).expect("the document can be kept");
    }
    let text = std::fs::read(theirs).expect("the recorded document is there");
    let theirs = serde_json::from_slice(&text).expect("the recorded document is JSON");
    let differences = Tables::of(ours).differences(&Tables::of(&theirs));
    let shown = differences.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(differences.is_empty(), "{} differences:\n{shown}", differences.len());
}

#[test]
fn the_published_document_is_upstreams() {
    let Some(corpora) = corpora() else { return };
    let api = kubernetes(|kind| kind.enabled != Enabled::Removed);
    agrees("published.json", &v2::document(&api, &api.facts.published), &corpora.join("swagger.nodesc.json"));
}

#[test]
fn the_live_document_is_upstreams() {
    let Some(corpora) = corpora() else { return };
    let api = kubernetes(|kind| kind.enabled == Enabled::On);
    agrees("live.json", &v2::document(&api, &api.facts.live), &corpora.join("live/openapi.v2.nodesc.json"));
}

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/model/tests/fixtures");

#[test]
fn the_protobuf_form_holds_what_the_json_holds() {
    let api = kubernetes(|kind| kind.enabled != Enabled::Removed);
    for face in [&api.facts.published, &api.facts.live] {
        let document = v2::document(&api, face);
        let decoded = decode::document(FIXTURES, "v2", &gnostic::encode_v2(&document).expect("the form has a place for everything"));
        assert_eq!(first_difference(&decoded, &document), None);
    }
}

/// The form holds a default that is an object or a list as an empty one, as Kubernetes' does.
#[test]
fn so_does_that_of_version_3() {
    let api = kubernetes(|kind| kind.enabled != Enabled::Removed);
    let documents = v3::documents(&api, &api.facts.live);
    assert!(documents.len() > 60, "{} documents", documents.len());
    for (key, document) in documents {
        let decoded = decode::document(FIXTURES, "v3", &gnostic::encode_v3(&document).expect("the form has a place for everything"));
        assert_eq!(first_difference(&decoded, &emptied(document)), None, "{key}");
    }
}

/// A document with what its protobuf form cannot hold left out. A property may well be called `default`.
fn emptied(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let keep = |(key, value): (String, Value)| match value {
                Value::Object(properties) if key == "properties" => {
                    (key, properties.into_iter().map(|(name, schema)| (name, emptied(schema))).collect())
                }
                Value::Object(_) | Value::Array(_) if key == "default" => (key, serde_json::json!({})),
                value => (key, emptied(value)),
            };
            Value::Object(members.into_iter().map(keep).collect())
        }
        Value::Array(items) => items.into_iter().map(emptied).collect(),
        other => other,
    }
}
