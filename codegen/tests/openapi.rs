//! The documents of the Kubernetes slice against those of a live server, unit by unit, without descriptions.
//!
//! Needs the recorded document: `KUBEWRIGHT_CORPORA` names the directory that holds `kubernetes-1.36/live/openapi.v2.nodesc.json`.

mod compare;

use std::path::{Path, PathBuf};

use compare::Tables;
use kubewright_codegen::{api, load};
use kubewright_model::openapi::{Profile, v2};
use kubewright_model::{Api, Enabled};

fn recorded() -> Option<PathBuf> {
    let Some(facts) = std::env::var_os("KUBEWRIGHT_CORPORA") else {
        let _ = std::io::Write::write_all(
            &mut std::io::stderr(),
            b"SKIPPED: the comparison with a live server's document needs KUBEWRIGHT_CORPORA\n",
        );
        return None;
    };
    Some(Path::new(&facts).join("kubernetes-1.36/live/openapi.v2.nodesc.json"))
}

fn slice() -> Api {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let (_, sets) = load(&directory).expect("schemas/ can be read");
    let sets = sets.unwrap_or_else(|_| panic!("the schemas are sound"));
    let set = sets.iter().find(|set| set.name == "kubernetes").expect("the kubernetes set");
    let mut api = api::of_set(set, &sets);
    api.retain(|kind| kind.enabled == Enabled::On);
    api
}

/// Differences that lie in what the schemas state, not in how documents are made of it.
const KNOWN: [&str; 3] = [
    // The slice leaves out subresources that connect, or speak kinds outside it.
    "paths: /api/v1/namespaces/{namespace}/pods/{name}/",
    "paths: /api/v1/namespaces/{namespace}/services/{name}/proxy",
    "paths: /api/v1/namespaces/{namespace}/serviceaccounts/{name}/token",
];

/// Constraints on values are ours to state: the live server's version 2 document has none.
#[test]
fn the_kubernetes_slice_is_what_a_live_server_shows() {
    let Some(path) = recorded() else { return };
    let text = std::fs::read(&path).expect("the recorded document is there");
    let theirs = serde_json::from_slice(&text).expect("the recorded document is JSON");
    let profile = Profile { bounds: false, ..Profile::default() };
    let ours = v2::document(&slice(), &profile);
    let mut differences = Tables::of(&ours, true).differences(&Tables::of(&theirs, true));
    differences.retain(|line| !KNOWN.iter().any(|known| line.contains(known)));
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}
