//! What subresources of other shapes and the facts of a set add to documents.

use std::sync::Arc;

use serde_json::{Value, json};

use super::api;
use crate::api::Resource;
use crate::desc::{Desc, Field, Ref};
use crate::facts::{PlainPath, SharedName, Wart};
use crate::kind::{Action, Methods, Shared, Speaks, Subresource, Verb, Verbs};
use crate::openapi::{Profile, v2, v3};
use crate::{Api, Facts};

fn options() -> &'static Desc {
    static FIELDS: [Field; 3] =
        [Field::string("command", 1).list().doc("What to run."), Field::bool("tty", 2).doc("As a terminal."), Field::bytes("secret", 3)];
    static DESC: Desc = Desc::new("ExecOptions", "com.example.v1", "com.example.v1", &FIELDS);
    &DESC
}

/// The API with a kind that connects and is read.
fn connected() -> Api {
    let mut api = api::api();
    let speaks = Speaks { group: "example.com".into(), version: "v1".into(), kind: "ExecOptions".into(), ty: Ref::Static(options) };
    let methods = Methods::GET.and(Methods::POST);
    let below = |name: &'static str, action: Action, speaks: Option<Speaks>, options: Option<Speaks>| Subresource {
        name: name.into(),
        verbs: Verbs::NONE.with(Verb::Get),
        speaks,
        options,
        action,
    };
    let mut puppet = api::kind("example.com", "Puppet", "puppets", true, Verbs::NONE.with(Verb::Create));
    puppet.subresources = vec![
        below("exec", Action::Connect { methods, tail: true }, Some(speaks.clone()), Some(speaks.clone())),
        below("log", Action::Read { text: true }, None, Some(speaks)),
    ]
    .into();
    let kind = Shared::Made(Arc::new(puppet));
    api.resources = vec![Resource { key: "puppets".into(), hub: 0, storage: 0, versions: vec![kind] }];
    api
}

/// Names of parameters; of shared ones, what stands before the checksum.
fn names(parameters: &Value) -> Vec<&str> {
    parameters.as_array().into_iter().flatten().filter_map(name).collect()
}

fn name(parameter: &Value) -> Option<&str> {
    let shared = parameter["$ref"].as_str().and_then(|shared| shared.strip_prefix("#/parameters/")?.split('-').next());
    parameter["name"].as_str().or(shared)
}

#[test]
fn connections_and_texts() {
    let document = v2::document(&connected(), &Profile::LIVE);
    let base = "/apis/example.com/v1/namespaces/{namespace}/puppets/{name}";
    let exec = &document["paths"][format!("{base}/exec")];
    assert_eq!(names(&exec["parameters"]), ["command", "name", "namespace", "tty"]);
    assert_eq!(exec["post"]["operationId"], "connectExampleComV1PostNamespacedPuppetExec");
    assert_eq!((&exec["get"]["consumes"], &exec["get"]["x-kubernetes-action"]), (&json!(["*/*"]), &json!("connect")));
    assert_eq!(exec["get"]["responses"]["200"]["schema"], json!({"type": "string"}));
    let below = &document["paths"][format!("{base}/exec/{{path}}")];
    assert_eq!(below["get"]["operationId"], "connectExampleComV1GetNamespacedPuppetExecWithPath");
    assert_eq!(names(&below["parameters"]), ["command", "name", "namespace", "path", "tty"]);
    let log = &document["paths"][format!("{base}/log")];
    assert_eq!(log["get"]["operationId"], "readExampleComV1NamespacedPuppetLog");
    assert_eq!((&log["get"]["produces"][0], names(&log["parameters"]).len()), (&json!("text/plain"), 5));
    assert!(document["definitions"]["com.example.v1.ExecOptions"].is_null());
}

#[test]
fn facts_are_told() {
    let mut api = connected();
    api.facts = Facts {
        registered: vec![("gone.example.com".into(), "v1".into())].into(),
        parameters: vec![SharedName::new("ExecOptions", "tty", "s0flW37O")].into(),
        paths: vec![
            PlainPath::new("/logs/{file}", "logFile", "", &[], true),
            PlainPath::new("/keys/", "getKeys", "list the keys", const { &[crate::desc::text("application/jwk-set+json")] }, false),
        ]
        .into(),
        warts: vec![Wart::new("com.example.v1.Toy", "spec", r#"{"x-odd": 1, "description": null}"#)].into(),
        ..Facts::NONE
    };
    let live = v2::document(&api, &Profile::LIVE);
    assert!(live["parameters"]["tty-s0flW37O"].is_object());
    assert_eq!(live["definitions"]["com.example.v1.Toy"]["properties"]["spec"]["x-odd"], 1);
    assert!(live["paths"]["/logs/{file}"].is_null());
    assert_eq!(live["paths"]["/keys/"]["get"]["produces"], json!(["application/jwk-set+json"]));
    let published = v2::document(&api, &Profile { published: true, ..Profile::LIVE });
    let logs = &published["paths"]["/logs/{file}"];
    assert_eq!(
        logs["get"],
        json!({"operationId": "logFile", "responses": {"401": {"description": "Unauthorized"}}, "schemes": ["https"], "tags": ["logs"]})
    );
    let gvks = &published["definitions"]["io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent"];
    assert!(gvks.is_null() || gvks["x-kubernetes-group-version-kind"].to_string().contains("gone.example.com"));
    let keys = &v3::documents(&api, &Profile::LIVE)["keys"];
    assert_eq!(
        keys["paths"]["/keys/"]["get"]["responses"]["200"]["content"]["application/jwk-set+json"]["schema"],
        json!({"type": "string"})
    );
}
