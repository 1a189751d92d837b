//! Paths, operations and parameters.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::api;
use crate::openapi::{Profile, gnostic, v2};

fn document() -> Value {
    v2::document(&api::api(), &Profile::default())
}

const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

fn methods(item: &Value) -> String {
    METHODS.into_iter().filter(|method| item.get(method).is_some()).collect::<Vec<_>>().join(" ")
}

#[test]
fn paths_and_methods() {
    let document = document();
    let got: Vec<(&str, String)> =
        document["paths"].as_object().into_iter().flatten().map(|(path, item)| (path.as_str(), methods(item))).collect();
    let toys = "/apis/example.com/v1/namespaces/{namespace}/toys";
    let named = format!("{toys}/{{name}}");
    let parts = ["finalize", "scale", "status"].map(|part| format!("{named}/{part}"));
    let wanted = [
        ("/api/", "get"),
        ("/api/v1/", "get"),
        ("/api/v1/boxes", "get post"),
        ("/api/v1/boxes/{name}", "get put patch delete"),
        ("/apis/", "get"),
        ("/apis/example.com/", "get"),
        ("/apis/example.com/v1/", "get"),
        (toys, "get post delete"),
        (&named, "get put patch delete"),
        (&parts[0], "put"),
        (&parts[1], "get put patch"),
        (&parts[2], "get put patch"),
        ("/apis/example.com/v1/toys", "get"),
        ("/apis/example.com/v1/watch/namespaces/{namespace}/toys", "get"),
        ("/apis/example.com/v1/watch/namespaces/{namespace}/toys/{name}", "get"),
        ("/apis/example.com/v1/watch/toys", "get"),
        ("/version/", "get"),
    ];
    assert_eq!(got, wanted.map(|(path, methods)| (path, methods.to_owned())));
}

#[test]
fn operations() {
    let document = document();
    let paths = &document["paths"];
    let item = &paths["/apis/example.com/v1/namespaces/{namespace}/toys/{name}/scale"];
    assert_eq!(item["get"]["operationId"], "readExampleComV1NamespacedToyScale");
    assert_eq!(item["get"]["x-kubernetes-group-version-kind"], json!({"group": "autoscaling", "kind": "Scale", "version": "v1"}));
    assert_eq!(
        item["put"]["responses"]["201"],
        json!({"description": "Created", "schema": {"$ref": "#/definitions/io.k8s.api.autoscaling.v1.Scale"}})
    );
    assert_eq!(item["parameters"][0]["name"], "name");
    assert_eq!(item["parameters"][0]["description"], "name of the Scale");
    assert_eq!(
        item["patch"]["consumes"],
        json!([
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml"
        ])
    );
    let delete = &paths["/api/v1/boxes/{name}"]["delete"];
    assert_eq!(delete["responses"]["202"]["schema"]["$ref"], "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Status");
    let list = &paths["/api/v1/boxes"]["get"];
    assert_eq!(list["x-kubernetes-action"], "list");
    assert_eq!(list["responses"]["200"]["schema"]["$ref"], "#/definitions/com.example.v1.ToyList");
    assert_eq!(paths["/apis/example.com/v1/toys"]["get"]["operationId"], "listExampleComV1ToyForAllNamespaces");
}

#[test]
fn cbor_is_a_matter_of_the_profile() {
    let with = v2::document(&api::api(), &Profile { cbor: true, ..Profile::default() });
    let produces = &with["paths"]["/api/v1/boxes/{name}"]["get"]["produces"];
    assert_eq!(produces, &json!(["application/json", "application/yaml", "application/vnd.kubernetes.protobuf", "application/cbor"]));
}

#[test]
fn parameters_are_hoisted_into_the_path_then_shared() {
    let document = document();
    let item = &document["paths"]["/apis/example.com/v1/namespaces/{namespace}/toys"];
    let names = |list: &Value| -> Vec<String> {
        let name = |entry: &Value| entry["name"].as_str().or(entry["$ref"].as_str()).unwrap_or_default().to_owned();
        let short = |name: String| name.strip_prefix("#/parameters/").map_or(name.clone(), |rest| rest[..rest.len() - 9].to_owned() + "*");
        list.as_array().into_iter().flatten().map(name).map(short).collect()
    };
    assert_eq!(names(&item["parameters"]), ["namespace*", "pretty*"]);
    assert_eq!(names(&item["post"]["parameters"]), ["body", "dryRun", "fieldManager*", "fieldValidation"]);
    assert_eq!(names(&item["delete"]["parameters"])[..3], ["body*", "continue*", "dryRun"]);
    assert_eq!(document["paths"]["/apis/example.com/v1/toys"]["get"].get("parameters"), None);
}

/// Every reference of the document has a target, and every shared entry a use.
#[test]
fn references_are_closed() {
    let document = document();
    let mut used = BTreeSet::new();
    collect(&document, &mut used);
    let mut there = BTreeSet::new();
    for table in ["definitions", "parameters"] {
        there.extend(document[table].as_object().into_iter().flatten().map(|(name, _)| format!("#/{table}/{name}")));
    }
    assert_eq!(used, there);
}

fn collect(value: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            used.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, used));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, used)),
        _ => {}
    }
}

#[test]
fn equal_apis_give_equal_bytes() {
    assert_eq!(document().to_string(), document().to_string());
}

#[test]
fn the_protobuf_form_refuses_what_it_cannot_hold() {
    let error = gnostic::encode_v2(&json!({"swagger": "2.0", "definitions": {"X": {"oneOf": []}}}));
    assert_eq!(error.map_err(|error| error.path), Err(vec!["definitions".to_owned(), "X".to_owned(), "oneOf".to_owned()]));
}
