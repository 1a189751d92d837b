//! What the server of the kubernetes set tells of itself, against what a live kube-apiserver tells; and what switches turn on and off.

use std::path::Path;

use kubewright_tests::{Server, corpora};
use serde_json::{Value, json};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

fn recorded(corpora: &Path, file: &str) -> Value {
    let text = std::fs::read(corpora.join("kubernetes-1.36/live").join(file)).expect("the recorded document is there");
    serde_json::from_slice(&text).expect("the recorded document is JSON")
}

/// A document without the address of the server that wrote it.
fn anywhere(mut document: Value) -> Value {
    if let Some(members) = document.as_object_mut() {
        members.remove("serverAddressByClientCIDRs");
    }
    document
}

#[test]
fn discovery_is_that_of_a_live_server() {
    let Some(corpora) = corpora() else { return };
    let server = Server::start("kubernetes", &[]);
    let legacy = recorded(&corpora, "discovery.legacy.json");
    for (path, theirs) in legacy.as_object().expect("documents by path") {
        assert_eq!(anywhere(server.get(path).json()), anywhere(theirs.clone()), "{path}");
    }
    let aggregated = recorded(&corpora, "discovery.aggregated.json");
    for (path, theirs) in aggregated.as_object().expect("documents by path") {
        assert_eq!(server.send("GET", path, &[("accept", AGGREGATED)], b"").json(), *theirs, "{path}");
    }
    let keys = server.get("/openapi/v3").json()["paths"].as_object().expect("an index").keys().cloned().collect::<Value>();
    let mut theirs = recorded(&corpora, "openapi.v3.index.json");
    theirs.as_array_mut().expect("keys").sort_by_key(Value::to_string);
    assert_eq!(keys, theirs);
}

/// The versions that answer, and those that do not, under each setting of `--runtime-config`.
#[test]
fn versions_are_switched_by_name_and_by_level() {
    let cases: [(&str, &[&str], &[&str]); 8] = [
        (
            "",
            &["apps/v1", "autoscaling/v2"],
            &["resource.k8s.io/v1beta1", "scheduling.k8s.io/v1alpha2", "rbac.authorization.k8s.io/v1beta1"],
        ),
        ("api/beta=true", &["apps/v1", "resource.k8s.io/v1beta1"], &["scheduling.k8s.io/v1alpha2", "rbac.authorization.k8s.io/v1beta1"]),
        ("api/alpha=true", &["scheduling.k8s.io/v1alpha2"], &["resource.k8s.io/v1beta1"]),
        ("api/all=true", &["resource.k8s.io/v1alpha3", "certificates.k8s.io/v1beta1"], &["rbac.authorization.k8s.io/v1beta1"]),
        ("api/all=false,apps/v1=true,v1=true", &["apps/v1"], &["autoscaling/v2", "batch/v1"]),
        ("api/ga=false,apps/v1=true,v1=true", &["apps/v1"], &["batch/v1"]),
        ("autoscaling/v2=false", &["autoscaling/v1"], &["autoscaling/v2"]),
        ("rbac.authorization.k8s.io/v1beta1=true", &["rbac.authorization.k8s.io/v1beta1"], &["rbac.authorization.k8s.io/v1alpha1"]),
    ];
    for (switches, on, off) in cases {
        let flag = format!("--runtime-config={switches}");
        let flags = if switches.is_empty() { Vec::new() } else { vec![flag.as_str()] };
        let server = Server::start("kubernetes", &flags);
        let document = server.get("/openapi/v2").json();
        for (version, wanted) in on.iter().map(|version| (version, true)).chain(off.iter().map(|version| (version, false))) {
            let path = format!("/apis/{version}");
            assert_eq!(server.get(&path).status == 200, wanted, "{path} under {switches:?}");
            let removed = version.starts_with("rbac.authorization.k8s.io/v1b");
            assert_eq!(document["paths"][format!("{path}/")].is_object(), wanted && !removed, "{path} documented under {switches:?}");
        }
        let preferred = server.get("/apis/autoscaling").at("/preferredVersion/version");
        let best = if switches.contains("v2=false") { "v1" } else { "v2" };
        assert!(preferred.is_null() || preferred == best, "{preferred} under {switches:?}");
    }
}

#[test]
fn a_resource_leaves_the_rest_of_its_version() {
    let server = Server::start("kubernetes", &["--runtime-config=batch/v1/cronjobs=false"]);
    assert_eq!(server.get("/apis/batch/v1/namespaces/default/cronjobs").status, 404);
    assert_eq!(server.get("/apis/batch/v1/namespaces/default/jobs").status, 200);
    let names: Vec<Value> =
        server.get("/apis/batch/v1").json()["resources"].as_array().expect("resources").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, [json!("jobs"), json!("jobs/status")]);
}

#[test]
fn what_was_removed_still_warns_where_it_is_asked_for() {
    let server = Server::start("kubernetes", &["--runtime-config=rbac.authorization.k8s.io/v1beta1=true"]);
    let answer = server.get("/apis/rbac.authorization.k8s.io/v1beta1/clusterroles");
    let warning = "299 - \"rbac.authorization.k8s.io/v1beta1 ClusterRole is deprecated in v1.17+, unavailable in v1.22+; use rbac.authorization.k8s.io/v1 ClusterRole\"";
    assert_eq!((answer.status, answer.header("warning")), (200, warning));
    assert_eq!(server.get("/apis/rbac.authorization.k8s.io/v1/clusterroles").header("warning"), "");
}
