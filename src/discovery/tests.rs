//! Documents against excerpts of what a live kube-apiserver 1.36 sends.

use http::{HeaderMap, HeaderValue, Method, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use super::{AGGREGATED_TYPE, Discovery};
use crate::request::{Request, route};
use crate::sample;
use crate::served::{RuntimeConfig, Served};
use crate::server::Response;

fn serve(path: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let registry = sample::registry();
    let (served, _) = Served::new(&registry, &RuntimeConfig::default()).expect("valid");
    let headers: HeaderMap = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("text"))).collect();
    let request = Request::new(Method::GET, path, "", headers, bytes::Bytes::new());
    Discovery::new(&registry, &served, &kubewright_model::facts::PLAIN, "127.0.0.1:1")
        .serve(&route(path), &request)
        .expect("known")
        .expect("accepted")
}

async fn body(response: Response) -> Value {
    let bytes = response.into_body().collect().await.expect("whole").to_bytes();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

#[tokio::test]
async fn legacy_documents_are_those_of_kubernetes() {
    let all = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    let status = ["get", "patch", "update"];
    let cases = [
        (
            "/api",
            json!({"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1:1"}]}),
        ),
        (
            "/apis/autoscaling/",
            json!({"kind": "APIGroup", "apiVersion": "v1", "name": "autoscaling",
                "versions": [{"groupVersion": "autoscaling/v2", "version": "v2"}, {"groupVersion": "autoscaling/v1", "version": "v1"}],
                "preferredVersion": {"groupVersion": "autoscaling/v2", "version": "v2"}}),
        ),
        (
            "/apis/apps/v1",
            json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "apps/v1", "resources": [
                {"name": "deployments", "singularName": "deployment", "namespaced": true, "kind": "Deployment", "verbs": all,
                    "shortNames": ["deploy"], "categories": ["all"], "storageVersionHash": "8aSe+NMegvE="},
                {"name": "deployments/scale", "singularName": "", "namespaced": true, "group": "autoscaling", "version": "v1", "kind": "Scale", "verbs": status},
                {"name": "deployments/status", "singularName": "", "namespaced": true, "kind": "Deployment", "verbs": status}]}),
        ),
        (
            "/apis/events.k8s.io/v1",
            json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "events.k8s.io/v1", "resources": [
                {"name": "events", "singularName": "event", "namespaced": true, "kind": "Event", "verbs": all, "storageVersionHash": "r2yiGXH7wu8="}]}),
        ),
    ];
    for (path, want) in cases {
        // Compared as text: the order of members counts.
        assert_eq!(body(serve(path, &[])).await.to_string(), want.to_string(), "{path}");
    }
    let core = body(serve("/api/v1", &[])).await;
    assert_eq!((core.get("apiVersion"), &core["resources"][0]["storageVersionHash"]), (None, &json!("qFsyl6wFWjQ=")));
}

#[tokio::test]
async fn aggregated_discovery_is_told_by_its_content_type() {
    let accept = format!("{AGGREGATED_TYPE},application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json");
    let response = serve("/apis", &[(header::ACCEPT, &accept)]);
    assert_eq!(response.headers()[header::CONTENT_TYPE], AGGREGATED_TYPE);
    assert_eq!(
        (&response.headers()[header::VARY], &response.headers()[header::CACHE_CONTROL]),
        (&"Accept".parse().expect("text"), &"public".parse().expect("text"))
    );
    let tag = response.headers()[header::ETAG].to_str().expect("text").to_owned();
    let document = body(response).await;
    let deployments = &document["items"][0]["versions"][0]["resources"][0];
    let want = json!({"resource": "deployments", "responseKind": {"group": "", "version": "", "kind": "Deployment"}, "scope": "Namespaced",
        "singularResource": "deployment", "verbs": ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        "shortNames": ["deploy"], "categories": ["all"], "subresources": [
            {"subresource": "scale", "responseKind": {"group": "autoscaling", "version": "v1", "kind": "Scale"}, "verbs": ["get", "patch", "update"]},
            {"subresource": "status", "responseKind": {"group": "", "version": "", "kind": "Deployment"}, "verbs": ["get", "patch", "update"]}]});
    assert_eq!(deployments.to_string(), want.to_string());
    assert_eq!(document["items"][0]["metadata"], json!({"name": "apps"}));

    let again = serve("/apis", &[(header::ACCEPT, &accept), (header::IF_NONE_MATCH, &tag)]);
    assert_eq!((again.status().as_u16(), again.headers().get(header::CONTENT_TYPE)), (304, None));
    let other = serve("/apis", &[(header::ACCEPT, &accept), (header::IF_NONE_MATCH, "\"0\"")]);
    assert_eq!(other.status().as_u16(), 200);
}

#[tokio::test]
async fn plain_alternatives_get_the_legacy_form() {
    for accept in ["application/json", "*/*", "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"]
    {
        let response = serve("/api", &[(header::ACCEPT, accept)]);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json", "{accept}");
        assert_eq!(body(response).await["kind"], "APIVersions", "{accept}");
    }
}
