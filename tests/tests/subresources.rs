//! Subresources of pods that write something else than a part of them: evictions, bindings; and those that need something behind the server.

use kubewright_tests::Server;
use serde_json::{Value, json};

const PODS: &str = "/api/v1/namespaces/default/pods";

fn pod(server: &Server, name: &str) {
    let spec = json!({"containers": [{"name": "main", "image": "example.com/app:1"}]});
    let made = server.request("POST", PODS, &json!({"metadata": {"name": name}, "spec": spec}));
    assert_eq!(made.status, 201, "{}", made.text());
}

#[test]
fn an_eviction_deletes_with_the_options_inside() {
    let server = Server::start("kubernetes", &[]);
    pod(&server, "a");
    let post = |body: Value| server.request("POST", &format!("{PODS}/a/eviction"), &body);
    let named =
        |options: Value| json!({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": "a"}, "deleteOptions": options});
    let other = post(json!({"metadata": {"name": "b"}}));
    assert_eq!((other.status, other.at("/message")), (400, json!("name in URL does not match name in Eviction object")));
    assert_eq!(post(named(json!({"preconditions": {"uid": "other"}}))).status, 409);
    assert_eq!(post(named(json!({"dryRun": ["All"]}))).status, 201);
    assert_eq!(server.get(&format!("{PODS}/a")).status, 200);
    let done = post(named(json!({"gracePeriodSeconds": 0})));
    let status = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "code": 201});
    assert_eq!((done.status, done.json()), (201, status));
    assert_eq!(server.get(&format!("{PODS}/a")).status, 404);
    assert_eq!(post(named(json!({}))).status, 404);
}

#[test]
fn a_binding_assigns_a_pod_once() {
    let server = Server::start("kubernetes", &[]);
    pod(&server, "a");
    pod(&server, "b");
    let binding = |name: &str, node: &str| json!({"metadata": {"name": name, "annotations": {"by": "test"}}, "target": {"kind": "Node", "name": node}});
    let missing = server.request("POST", &format!("{PODS}/a/binding"), &binding("a", ""));
    assert_eq!((missing.status, missing.at("/message")), (500, json!("target.name: Required value")));
    let done = server.request("POST", &format!("{PODS}/a/binding"), &binding("a", "one"));
    assert_eq!((done.status, done.at("/status"), done.at("/code")), (201, json!("Success"), json!(201)));
    let found = server.get(&format!("{PODS}/a"));
    assert_eq!((found.at("/spec/nodeName"), found.at("/metadata/annotations/by")), (json!("one"), json!("test")));
    let condition = found.at("/status/conditions/0");
    assert_eq!((&condition["type"], &condition["status"]), (&json!("PodScheduled"), &json!("True")));
    let again = server.request("POST", &format!("{PODS}/a/binding"), &binding("a", "two"));
    let why = "Operation cannot be fulfilled on pods/binding \"a\": pod a is already assigned to node \"one\"";
    assert_eq!((again.status, again.at("/message")), (409, json!(why)));
    let collected = server.request("POST", "/api/v1/namespaces/default/bindings", &binding("b", "two"));
    assert_eq!((collected.status, server.get(&format!("{PODS}/b")).at("/spec/nodeName")), (201, json!("two")));
}

#[test]
fn parts_of_a_spec_have_subresources_of_their_own() {
    let server = Server::start("kubernetes", &[]);
    pod(&server, "a");
    let mut whole = server.get(&format!("{PODS}/a")).json();
    whole["spec"]["ephemeralContainers"] = json!([{"name": "debug", "image": "example.com/shell:1"}]);
    whole["spec"]["nodeName"] = json!("elsewhere");
    let put = server.request("PUT", &format!("{PODS}/a/ephemeralcontainers"), &whole);
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(put.at("/spec/ephemeralContainers/0/name"), "debug");
    assert_eq!(put.at("/spec/nodeName"), Value::Null);
}

/// Nothing is behind this server: what would need it says so, once the object is there.
#[test]
fn what_nothing_answers_for_is_not_implemented() {
    let server = Server::start("kubernetes", &[]);
    pod(&server, "a");
    server.request("POST", "/api/v1/nodes", &json!({"metadata": {"name": "n"}}));
    let cases = [
        ("GET", "/api/v1/namespaces/default/pods/a/exec?command=sh", 501),
        ("POST", "/api/v1/namespaces/default/pods/a/attach", 501),
        ("GET", "/api/v1/namespaces/default/pods/a/log?follow=true", 501),
        ("GET", "/api/v1/namespaces/default/pods/b/log", 404),
        ("GET", "/api/v1/namespaces/default/pods/a/exec?dryRun=All", 400),
        ("DELETE", "/api/v1/namespaces/default/pods/a/exec", 405),
        ("GET", "/api/v1/namespaces/default/pods/a/exec/below", 404),
        ("PUT", "/api/v1/namespaces/default/pods/a/proxy/some/where", 501),
        ("OPTIONS", "/api/v1/nodes/n/proxy/metrics", 501),
        ("POST", "/api/v1/namespaces/default/pods/a/log", 405),
        ("POST", "/apis/authentication.k8s.io/v1/tokenreviews", 501),
        ("GET", "/apis/authentication.k8s.io/v1/tokenreviews", 405),
        ("POST", "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews", 501),
        ("GET", "/api/v1/componentstatuses", 200),
        ("GET", "/api/v1/componentstatuses/etcd-0", 404),
        ("POST", "/api/v1/componentstatuses", 405),
        ("GET", "/openid/v1/jwks", 501),
        ("GET", "/.well-known/openid-configuration/", 501),
        ("PUT", "/openid/v1/jwks", 405),
        ("GET", "/logs/", 404),
    ];
    for (method, path, status) in cases {
        let body = if method == "POST" { json!({"spec": {}}) } else { Value::Null };
        let answer = server.request(method, path, &body);
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
    }
    let told = server.get("/api/v1/namespaces/default/pods/a/exec");
    assert_eq!(told.at("/reason"), "NotImplemented");
    assert_eq!(told.at("/details"), json!({"name": "a", "kind": "pods/exec"}));
}

/// One stored form: what is written in one group is read, listed and deleted in the other.
#[test]
fn events_are_the_same_in_both_groups() {
    let server = Server::start("kubernetes", &[]);
    let (old, new) = ("/api/v1/namespaces/default/events", "/apis/events.k8s.io/v1/namespaces/default/events");
    let regarding = json!({"kind": "Pod", "name": "p", "namespace": "default"});
    let made =
        server.request("POST", old, &json!({"metadata": {"name": "e"}, "involvedObject": regarding, "message": "hello", "reason": "Test"}));
    assert_eq!(made.status, 201, "{}", made.text());
    let seen = server.get(&format!("{new}/e"));
    assert_eq!((seen.at("/note"), seen.at("/regarding"), seen.at("/apiVersion")), (json!("hello"), regarding, json!("events.k8s.io/v1")));
    assert_eq!(server.get(&format!("{new}?fieldSelector=regarding.name=p")).at("/items/0/metadata/name"), "e");
    assert_eq!(server.get(&format!("{new}?fieldSelector=regarding.name=q")).at("/items"), json!([]));
    assert_eq!(server.request("DELETE", &format!("{new}/e"), &Value::Null).status, 200);
    assert_eq!(server.get(&format!("{old}/e")).status, 404);
}
