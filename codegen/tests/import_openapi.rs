//! Schemas to documents and back: importing what was generated from schemas gives schemas from which the same is generated.

use std::path::Path;

use kubewright_codegen::emit;
use kubewright_codegen::files::Files;
use kubewright_codegen::import::idl::Idl;
use kubewright_codegen::import::merge::{Changes, merge};
use kubewright_codegen::import::openapi::{Wish, catalog, is_openapi};
use kubewright_codegen::import::{facts, input};
use kubewright_codegen::set::Set;
use kubewright_codegen::source::Sources;
use kubewright_codegen::{load, read};

const WISH: Wish<'_> = Wish { set: "wardle", descriptions: true };

fn schemas() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

/// The schemas of the repository.
fn repository() -> (Sources, Vec<Set>) {
    let (sources, sets) = load(&schemas()).expect("schemas can be read");
    (sources, sets.expect("schemas are right"))
}

/// The documents of a set by path, but for definitions of kinds: they say what no OpenAPI document does.
fn documents(sets: &[Set], name: &str) -> Vec<(String, String)> {
    let mut files = Files::default();
    sets.iter().filter(|set| set.name == name).for_each(|set| emit::documents(&mut files, set, sets));
    files.iter().filter(|(path, _)| !path.contains("/crds/")).map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn idl(documents: &[(String, String)]) -> Idl {
    let mut idl = Idl::default();
    for (path, text) in documents.iter().filter(|(path, _)| path.contains("/proto/")) {
        assert_eq!(idl.add(text), Ok(()), "{path}");
    }
    idl
}

fn openapi(documents: &[(String, String)]) -> serde_json::Value {
    let text = documents.iter().find(|(path, _)| path.ends_with("openapi/v2.json")).map(|(_, text)| text.as_str());
    input::json(text.unwrap_or_default()).expect("the document is JSON")
}

fn apply(sources: &mut Sources, changes: &Changes) {
    for (path, text) in changes {
        sources.insert(path.clone(), text.clone().unwrap_or_default());
    }
}

#[test]
fn generated_documents_import_to_schemas_that_generate_them() {
    let (sources, sets) = repository();
    let before = documents(&sets, "wardle");
    let document = openapi(&before);
    assert!(is_openapi(&document));
    let mut kept = Sources::new();
    // What no document says is taken from people: conversion rules and life cycles.
    for (path, source) in sources.iter().filter(|(path, _)| !path.starts_with("wardle/") || *path == "wardle/group.yaml") {
        kept.insert(path, source.text.as_str());
    }
    let (changes, report) = merge(&catalog(&document, &idl(&before), &kept, WISH), &kept).expect("what is there can be read");
    apply(&mut kept, &changes);
    let flunder = changes.get("wardle/v1beta1/flunder.yaml").cloned().flatten().unwrap_or_default();
    assert!(flunder.contains("      flunderReference: {tag: 1, type: string, omit: empty, doc: Name of another flunder.}\n"), "{flunder}");
    assert!(!changes.contains_key("wardle/group.yaml"), "{changes:?}");
    assert!(changes["wardle/set.yaml"].as_deref().unwrap_or_default().contains("kubernetes: [core/v1 ConfigMap, "), "{changes:?}");
    assert!(report.iter().all(|(remark, _)| remark.starts_with("described by the set")), "{}", report.text(true));

    let sets = read(&kept).expect("what was imported is right");
    let after = documents(&sets, "wardle");
    for ((path, before), (_, after)) in before.iter().zip(&after) {
        let differing = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        assert_eq!(differing, None, "{path}");
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn a_document_that_says_nothing_new_changes_nothing() {
    let (sources, sets) = repository();
    let before = documents(&sets, "wardle");
    for idl in [idl(&before), Idl::default()] {
        let (changes, _) = merge(&catalog(&openapi(&before), &idl, &sources, WISH), &sources).expect("schemas can be read");
        assert!(changes.is_empty(), "{changes:#?}");
    }
}

/// The whole Kubernetes API, where it is at hand.
#[test]
fn the_whole_kubernetes_api_is_imported() {
    let Some(corpora) = std::env::var_os("KUBEWRIGHT_CORPORA") else {
        eprintln!("SKIPPED: KUBEWRIGHT_CORPORA is not set, the documents of Kubernetes are not imported");
        return;
    };
    let directory = Path::new(&corpora).join("kubernetes-1.36");
    let read = |name: &str| input::json(&input::text(&directory.join(name)).expect("the corpus is there")).expect("the corpus is JSON");
    let wish = Wish { set: "kubernetes", descriptions: false };
    let documents =
        [catalog(&read("swagger.nodesc.json"), &Idl::default(), &Sources::new(), wish), facts::catalog(&read("api.json"), "kubernetes")];
    for (imported, files) in documents.iter().zip([130, 240]) {
        let mut sources = Sources::new();
        let (changes, report) = merge(imported, &sources).expect("nothing is there yet");
        assert!(changes.len() > files, "{} files", changes.len());
        assert!(!report.is_empty());
        apply(&mut sources, &changes);
        let (again, _) = merge(imported, &sources).expect("what was written can be read");
        assert!(again.is_empty(), "{again:#?}");
    }
}

/// A document names the files that are written; none of them lies elsewhere.
#[test]
fn hostile_documents_write_nothing_elsewhere() {
    let names = ["../../x", "/etc/passwd", "..", "a/b", "C:\\x", "", ".hidden", "a\n"];
    for name in names {
        let definition = serde_json::json!({"type": "object", "properties": {"metadata": {"$ref": "#/definitions/x.ObjectMeta"}, "a": {"type": "array"}}, "x-kubernetes-group-version-kind": [{"group": name, "kind": name, "version": "v1"}]});
        let paths = serde_json::json!({format!("/apis/{name}/v1/{name}"): {"get": {"x-kubernetes-group-version-kind": {"group": name, "kind": name, "version": "v1"}}}});
        let document = serde_json::json!({"swagger": "2.0", "paths": paths, "definitions": {
            format!("{name}.v1.{name}"): definition, format!("a.{name}.v1.Foo"): definition, format!("a.b.v1/{name}.Foo"): definition, "a.b.v1.Ok": definition
        }});
        let (changes, _) =
            merge(&catalog(&document, &Idl::default(), &Sources::new(), WISH), &Sources::new()).expect("nothing is there yet");
        for path in changes.keys() {
            let fine = path.split('/').all(|part| !part.is_empty() && part != ".." && part != "." && !part.contains(['\\', '\n', ':']));
            assert!(fine && path.starts_with("wardle/"), "{name:?}: {path}");
        }
    }
}
