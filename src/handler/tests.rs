//! Every verb over a store in memory: a kind in two versions, and namespaces.

mod connected;
mod gadget;

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use http_body_util::BodyExt;
use kubewright_model::facts::PLAIN;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::options::Serve;
use crate::request::{Request, Route, route};
use crate::server::{Api, App, Response, Server};
use crate::status::{ApiError, status_json};
use crate::store::Store;
use crate::store::embedded::Embedded;

pub(crate) const V1: &str = "/apis/gadgets.example.com/v1/namespaces/default/gadgets";
const OLD: &str = "/apis/gadgets.example.com/v1beta1/namespaces/default/gadgets";

async fn api() -> Arc<Api> {
    api_over(Arc::new(Embedded::in_memory().expect("a store"))).await
}

/// A server over a store.
pub(crate) async fn api_over(store: Arc<dyn Store>) -> Arc<Api> {
    let app = App { set: "gadgets", title: "Gadgets", release: "1", facts: &PLAIN, install: gadget::install };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = Server::with(&app, &Serve::of(&[]), store, listener).await.expect("a server");
    // A server that is gone ends every stream; this one lives as long as the tests.
    Arc::clone(Box::leak(Box::new(server)).api())
}

async fn send(api: &Arc<Api>, method: Method, url: &str, headers: &[(&'static str, &str)], body: &str) -> Result<Response, ApiError> {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let Route::Resource(target) = route(path) else { panic!("{path} is no resource") };
    let endpoint = api.served.lookup(&target.group, &target.version, &target.resource).expect("served");
    let headers: HeaderMap =
        headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"))).collect();
    super::handle(Arc::clone(api), endpoint, target, Request::new(method, path, query, headers, body.to_owned().into())).await
}

/// The code and the JSON of an answer.
pub(crate) async fn ask(api: &Arc<Api>, line: &str, body: Value) -> (u16, Value) {
    let (method, url) = line.split_once(' ').expect("method and path");
    let patch = [("content-type", "application/merge-patch+json")];
    let headers: &[_] = if method == "PATCH" { &patch } else { &[] };
    let body = if body.is_null() { String::new() } else { body.to_string() };
    match send(api, method.parse().expect("a method"), url, headers, &body).await {
        Ok(response) => {
            let code = response.status().as_u16();
            let bytes = response.into_body().collect().await.expect("a body").to_bytes();
            (code, serde_json::from_slice(&bytes).expect("JSON"))
        }
        Err(error) => (error.code, status_json(&error)),
    }
}

pub(crate) fn named(name: &str, spec: impl Into<Value>) -> Value {
    json!({"metadata": {"name": name}, "spec": spec.into()})
}

#[tokio::test]
async fn an_old_version_keeps_what_it_cannot_say() {
    let api = api().await;
    let (code, made) = ask(&api, &format!("POST {V1}"), named("a", json!({"color": "red"}))).await;
    assert_eq!((code, &made["spec"]), (201, &json!({"size": 1, "color": "red"})));
    let (code, old) = ask(&api, &format!("GET {OLD}/a"), Value::Null).await;
    assert_eq!((code, &old["apiVersion"], &old["spec"]), (200, &json!("gadgets.example.com/v1beta1"), &json!({"size": 1})));
    let mut changed = old.clone();
    changed["spec"]["size"] = json!(7);
    let (code, _) = ask(&api, &format!("PUT {OLD}/a"), changed).await;
    assert_eq!(code, 200);
    let (_, new) = ask(&api, &format!("GET {V1}/a"), Value::Null).await;
    assert_eq!(new["spec"], json!({"size": 7, "color": "red"}));
    assert_eq!(new["metadata"]["generation"], 2);
    let (code, _) = ask(&api, &format!("PUT {OLD}/a"), old).await;
    assert_eq!(code, 409);
}

#[tokio::test]
async fn writes_that_change_nothing_keep_the_revision() {
    let api = api().await;
    let (_, made) = ask(&api, &format!("POST {V1}"), named("a", json!({"size": 3}))).await;
    for patch in [json!({}), json!({"spec": {"size": 3}}), json!({"status": {"ready": 9}})] {
        let (code, patched) = ask(&api, &format!("PATCH {V1}/a"), patch).await;
        assert_eq!((code, &patched), (200, &made));
    }
    let (_, patched) = ask(&api, &format!("PATCH {V1}/a?dryRun=All"), json!({"spec": {"size": 4}})).await;
    assert_eq!((&patched["spec"]["size"], &patched["metadata"]["resourceVersion"]), (&json!(4), &made["metadata"]["resourceVersion"]));
    assert_eq!(ask(&api, &format!("GET {V1}/a"), Value::Null).await.1, made);
}

#[tokio::test]
async fn subresources_write_their_part() {
    let api = api().await;
    ask(&api, &format!("POST {V1}"), named("a", json!({"size": 3, "color": "red"}))).await;
    let (code, status) = ask(&api, &format!("PATCH {V1}/a/status"), json!({"spec": {"size": 9}, "status": {"ready": 2}})).await;
    assert_eq!((code, &status["spec"]["size"], &status["status"]), (200, &json!(3), &json!({"ready": 2})));
    assert_eq!(status["metadata"]["generation"], 1);
    let (code, scale) = ask(&api, &format!("PATCH {OLD}/a/scale"), json!({"spec": {"replicas": 5}})).await;
    assert_eq!(
        (code, &scale["kind"], &scale["spec"], &scale["status"]),
        (200, &json!("Scale"), &json!({"replicas": 5}), &json!({"replicas": 2}))
    );
    let (_, gadget) = ask(&api, &format!("GET {V1}/a"), Value::Null).await;
    assert_eq!((&gadget["spec"], &gadget["metadata"]["generation"]), (&json!({"size": 5, "color": "red"}), &json!(2)));
    let (code, _) = ask(&api, &format!("PATCH {V1}/a/scale"), json!({"spec": {"replicas": -1}})).await;
    assert_eq!(code, 422);
}

#[tokio::test]
async fn a_scale_of_another_object_is_refused() {
    let api = api().await;
    let (_, made) = ask(&api, &format!("POST {V1}"), named("a", json!({"size": 3}))).await;
    let url = format!("{V1}/a/scale");
    for (member, value, expected) in [("uid", "other", 409), ("namespace", "other", 400), ("name", "other", 400)] {
        let (_, mut scale) = ask(&api, &format!("GET {url}"), Value::Null).await;
        scale["spec"]["replicas"] = json!(9);
        scale["metadata"][member] = json!(value);
        let (code, status) = ask(&api, &format!("PUT {url}"), scale).await;
        assert_eq!(code, expected, "PUT {member}: {status}");
        let (code, status) = ask(&api, &format!("PATCH {url}"), json!({"metadata": {member: value}, "spec": {"replicas": 9}})).await;
        assert_eq!(code, expected, "PATCH {member}: {status}");
    }
    assert_eq!(ask(&api, &format!("GET {V1}/a"), Value::Null).await.1, made);
    let own = json!({"metadata": {"name": "a", "uid": made["metadata"]["uid"]}, "spec": {"replicas": 4}});
    assert_eq!(ask(&api, &format!("PUT {url}"), own).await.0, 200);
}

#[tokio::test]
async fn refusals() {
    let api = api().await;
    ask(&api, &format!("POST {V1}"), named("a", json!({}))).await;
    let cases = [
        (format!("POST {V1}"), named("a", json!({})), 409, "gadgets.gadgets.example.com \"a\" already exists"),
        (format!("POST {V1}"), named("b", json!({"size": 101})), 422, "Gadget.gadgets.example.com \"b\" is invalid: "),
        (
            format!("POST {V1}?fieldValidation=Strict"),
            named("b", json!({"shape": 1})),
            400,
            "Gadget in version \"v1\" cannot be handled as a Gadget: strict",
        ),
        (format!("POST {V1}"), json!({"apiVersion": "gadgets.example.com/v1beta1", "kind": "Gadget"}), 400, "the API version in the data"),
        (
            format!("POST {V1}"),
            json!({"apiVersion": "v1", "kind": "Namespace"}),
            400,
            "Namespace in version \"v1\" cannot be handled as a Gadget: converting",
        ),
        (format!("POST {V1}?dryRun=Some"), named("b", json!({})), 422, "CreateOptions.meta.k8s.io \"\" is invalid: dryRun"),
        (format!("PUT {V1}/a"), named("a", json!({})), 422, "gadgets.gadgets.example.com \"a\" is invalid: metadata.resourceVersion"),
        (format!("PUT {V1}/b"), named("b", json!({})), 404, "gadgets.gadgets.example.com \"b\" not found"),
        (format!("PATCH {V1}/a"), json!({"spec": {"size": "x"}}), 422, " \"\" is invalid: patch: Invalid value"),
        (format!("GET {V1}?fieldSelector=spec.shape=x"), Value::Null, 400, "field label not supported: spec.shape"),
        (format!("GET {V1}?resourceVersionMatch=Exact"), Value::Null, 422, "ListOptions.meta.k8s.io \"\" is invalid"),
        (V1.replace("default", "nosuch").replace("/apis", "POST /apis"), named("a", json!({})), 404, "namespaces \"nosuch\" not found"),
        (format!("GET {V1}/a/nosuch"), Value::Null, 404, "the server could not find the requested resource"),
    ];
    for (line, body, code, message) in cases {
        let (found, status) = ask(&api, &line, body).await;
        assert_eq!(found, code, "{line}: {status}");
        assert!(status["message"].as_str().is_some_and(|text| text.starts_with(message)), "{line}: {status}");
    }
}

#[tokio::test]
async fn lists_page_by_page_show_one_revision() {
    let api = api().await;
    for name in ["a", "b", "c", "d"] {
        ask(&api, &format!("POST {V1}"), named(name, json!({"color": if name == "c" { "red" } else { "blue" }}))).await;
    }
    let (_, first) = ask(&api, &format!("GET {V1}?limit=3"), Value::Null).await;
    assert_eq!((first["items"].as_array().map(Vec::len), &first["metadata"]["remainingItemCount"]), (Some(3), &json!(1)));
    ask(&api, &format!("DELETE {V1}/d"), Value::Null).await;
    let token = first["metadata"]["continue"].as_str().expect("a token");
    let (_, second) = ask(&api, &format!("GET {V1}?limit=3&continue={token}"), Value::Null).await;
    assert_eq!(second["items"][0]["metadata"]["name"], "d");
    assert_eq!(second["metadata"], json!({"resourceVersion": first["metadata"]["resourceVersion"]}));
    let (_, red) = ask(&api, &format!("GET {V1}?fieldSelector=spec.color=red&limit=1"), Value::Null).await;
    assert_eq!((red["items"].as_array().map(Vec::len), &red["items"][0]["metadata"]["name"]), (Some(1), &json!("c")));
    let (_, gone) = ask(&api, &format!("DELETE {V1}"), Value::Null).await;
    assert_eq!(gone["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(ask(&api, &format!("GET {V1}"), Value::Null).await.1["items"], json!([]));
}

#[tokio::test]
async fn finalizers_hold_deleted_objects() {
    let api = api().await;
    let held = json!({"metadata": {"name": "a", "finalizers": ["example.org/hold"]}});
    ask(&api, &format!("POST {V1}"), held).await;
    let (code, marked) = ask(&api, &format!("DELETE {V1}/a"), Value::Null).await;
    assert_eq!((code, &marked["kind"], &marked["metadata"]["generation"]), (200, &json!("Gadget"), &json!(2)));
    assert_eq!(ask(&api, &format!("DELETE {V1}/a"), Value::Null).await.1, marked);
    let (code, last) = ask(&api, &format!("PATCH {V1}/a"), json!({"metadata": {"finalizers": null}})).await;
    assert_eq!((code, &last["metadata"]["resourceVersion"]), (200, &marked["metadata"]["resourceVersion"]));
    assert_eq!(ask(&api, &format!("GET {V1}/a"), Value::Null).await.0, 404);
}

#[tokio::test]
async fn watches_see_objects_come_and_go() {
    let api = api().await;
    let (_, made) = ask(&api, &format!("POST {V1}"), named("a", json!({"color": "red"}))).await;
    let url = format!("{V1}?watch=1&fieldSelector=spec.color=red&allowWatchBookmarks=true&timeoutSeconds=20");
    let mut body = send(&api, Method::GET, &url, &[], "").await.expect("a stream").into_body();
    let mut next = async || {
        let frame = body.frame().await.expect("an event").expect("no error").into_data().expect("data");
        let event: Value = serde_json::from_slice(&frame).expect("JSON");
        (event["type"].as_str().expect("a type").to_owned(), event["object"]["spec"]["color"].clone())
    };
    // The present state has been sent before anything changes.
    let mut seen = vec![next().await, next().await];
    ask(&api, &format!("PATCH {V1}/a"), json!({"spec": {"color": "blue"}})).await;
    ask(&api, &format!("PATCH {V1}/a"), json!({"spec": {"size": 2}})).await;
    ask(&api, &format!("PATCH {V1}/a"), json!({"spec": {"color": "red"}})).await;
    ask(&api, &format!("DELETE {V1}/a"), Value::Null).await;
    for _ in 0..3 {
        seen.push(next().await);
    }
    let expected =
        [("ADDED", json!("red")), ("BOOKMARK", Value::Null), ("DELETED", json!("red")), ("ADDED", json!("red")), ("DELETED", json!("red"))];
    assert_eq!(seen, expected.map(|(event, color)| (event.to_owned(), color)));
    let old = made["metadata"]["resourceVersion"].as_str().expect("a revision");
    assert_eq!(
        ask(&api, &format!("GET {V1}?resourceVersion={old}&resourceVersionMatch=Exact"), Value::Null).await.1["items"][0]["spec"]["color"],
        "red"
    );
}

#[tokio::test]
async fn namespaces_go_with_their_content() {
    let api = api().await;
    tokio::spawn(crate::namespace::run(Arc::clone(&api)));
    let (_, made) = ask(&api, "POST /api/v1/namespaces", json!({"metadata": {"name": "ns"}})).await;
    assert_eq!((&made["spec"]["finalizers"], &made["status"]["phase"]), (&json!(["kubernetes"]), &json!("Active")));
    assert_eq!(made["metadata"]["labels"]["kubernetes.io/metadata.name"], "ns");
    let gadgets = V1.replace("default", "ns");
    ask(&api, &format!("POST {gadgets}"), named("a", json!({}))).await;
    let (code, going) = ask(&api, "DELETE /api/v1/namespaces/ns", Value::Null).await;
    assert_eq!((code, &going["status"]["phase"]), (200, &json!("Terminating")));
    assert_eq!(ask(&api, &format!("POST {gadgets}"), named("b", json!({}))).await.0, 403);
    let gone = async {
        while ask(&api, "GET /api/v1/namespaces/ns", Value::Null).await.0 != 404 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), gone).await.expect("the namespace goes");
    assert_eq!(ask(&api, &format!("GET {gadgets}/a"), Value::Null).await.0, 404);
    assert_eq!(ask(&api, "DELETE /api/v1/namespaces/default", Value::Null).await.0, 403);
}

#[tokio::test]
async fn other_forms() {
    let api = api().await;
    ask(&api, &format!("POST {V1}"), named("a", json!({}))).await;
    let get = async |url: String, accept: &'static str| {
        let response = send(&api, Method::GET, &url, &[("accept", accept)], "").await.expect("an answer");
        response.into_body().collect().await.expect("a body").to_bytes()
    };
    let table: Value = serde_json::from_slice(&get(V1.to_owned(), "application/json;as=Table;v=v1;g=meta.k8s.io").await).expect("JSON");
    assert_eq!((&table["rows"][0]["cells"][0], &table["rows"][0]["object"]["kind"]), (&json!("a"), &json!("PartialObjectMetadata")));
    let yaml = get(format!("{V1}/a"), "application/yaml").await;
    assert!(yaml.starts_with(b"apiVersion: gadgets.example.com/v1\nkind: Gadget\nmetadata:\n  creationTimestamp: \""));
    let packed = get(format!("{OLD}/a"), "application/vnd.kubernetes.protobuf").await;
    let opened = crate::codec::envelope::unwrap(&packed).expect("an envelope");
    assert_eq!((opened.api_version.as_str(), opened.kind.as_str()), ("gadgets.example.com/v1beta1", "Gadget"));
    let partial = send(&api, Method::GET, V1, &[("accept", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")], "").await;
    assert_eq!(partial.err().map(|error| error.code), Some(406));
}
