//! What releases left behind: every fixture is read, goes to every other version, and is written again as it was, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kubewright::registry::Registry;
use kubewright::transcode::{self, Form};

const FORMS: [(&str, Form); 3] = [("json", Form::Json), ("yaml", Form::Yaml), ("pb", Form::Protobuf)];

fn registry() -> Registry {
    let mut registry = Registry::default();
    kubernetes_types::install(&mut registry);
    wardle_types::install(&mut registry);
    registry
}

/// Directories of the releases of every set.
fn releases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../releases/fixtures");
    let below = |path: &Path| {
        fs::read_dir(path).map(|entries| entries.map(|entry| entry.expect("an entry").path()).collect::<Vec<_>>()).unwrap_or_default()
    };
    below(&root).iter().flat_map(|set| below(set)).collect()
}

/// Objects by name, in every form.
fn objects(release: &Path) -> BTreeMap<String, [Vec<u8>; 3]> {
    let entries = fs::read_dir(release).expect("fixtures").map(|entry| entry.expect("an entry").path());
    let json = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let of = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, FORMS.map(|(extension, _)| fs::read(path.with_extension(extension)).expect("a fixture in every form")))
    };
    json.map(of).collect()
}

#[test]
fn every_release_is_read_and_written_as_it_was() {
    let registry = registry();
    let mut wrong = Vec::new();
    let mut count = 0;
    for release in releases() {
        for (name, object) in objects(&release) {
            count += 1;
            for (bytes, (from, _)) in object.iter().zip(FORMS) {
                for (expected, (to, form)) in object.iter().zip(FORMS) {
                    match transcode::transcode(&registry, bytes, form, None) {
                        Ok(found) if found.findings.is_empty() && found.bytes == *expected => {}
                        Ok(found) => wrong.push(format!("{name}: {from} to {to} differs: {:?}", found.findings)),
                        Err(problem) => wrong.push(format!("{name}: {from} to {to}: {problem}")),
                    }
                }
            }
            versions(&registry, &name, &object, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 0, "there is no fixture of any release");
}

/// To every version that the object's kind has now: the same from every form, also with nothing but its name.
fn versions(registry: &Registry, name: &str, object: &[Vec<u8>; 3], wrong: &mut Vec<String>) {
    let value: serde_json::Value = serde_json::from_slice(&object[0]).expect("JSON");
    let bare = serde_json::json!({"apiVersion": value["apiVersion"], "kind": value["kind"], "metadata": {"name": "bare"}}).to_string();
    let kinds = registry
        .resources
        .iter()
        .filter(|resource| resource.versions.iter().any(|seen| seen.kind.kind == value["kind"].as_str().unwrap_or_default()));
    for kind in kinds.flat_map(|resource| &resource.versions).map(|seen| seen.kind.api_version()) {
        let Ok(version) = kind.parse() else { continue };
        let to = |bytes: &[u8]| {
            transcode::transcode(registry, bytes, Form::Json, Some(&version))
                .map(|found| found.bytes)
                .map_err(|problem| problem.to_string())
        };
        let found: Vec<_> = object.iter().map(|bytes| to(bytes)).collect();
        if found.windows(2).any(|pair| pair[0] != pair[1]) || found[0].is_err() {
            wrong.push(format!("{name} to {kind}: {:?}", found[0].as_ref().err()));
        }
        if let Err(problem) = to(bare.as_bytes()) {
            wrong.push(format!("{name} with nothing but its name to {kind}: {problem}"));
        }
    }
}
