//! What `kubectl get` shows of the kinds of Kubernetes, and that every table has the columns of a real server.

#[path = "cells/admission.rs"]
mod admission;
#[path = "cells/network.rs"]
mod network;
#[path = "cells/node.rs"]
mod node;
#[path = "cells/pod.rs"]
mod pod;
#[path = "cells/storage.rs"]
mod storage;
#[path = "cells/workload.rs"]
mod workload;

use std::sync::OnceLock;

use kubewright::codec::json;
use kubewright::model::Column;
use kubewright::printer::Cell;
use kubewright::registry::{Registry, Resource};
use kubewright::table;
use serde_json::Value;

fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let mut registry = Registry::default();
        kubernetes_types::install(&mut registry);
        registry
    })
}

/// Evaluates the columns of an object as a server does that holds it: hours and days count from noon of the second day of 2030.
fn row(object: &Value) -> Vec<(String, Value)> {
    let (api_version, kind) = (object["apiVersion"].as_str().unwrap_or_default(), object["kind"].as_str().unwrap_or_default());
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let (resource, at) = registry().kind(group, version, kind).unwrap_or_else(|| panic!("{api_version} {kind} is no resource"));
    let shown = shown(resource, at, object);
    let now = "2030-01-02T12:00:00Z".parse().expect("a time");
    let (held, desc) = (json::to_value(&*shown), shown.descriptor());
    let cell = |column: &Column| {
        let cell: Cell = column.cell.parse().unwrap_or_else(|fault| panic!("{kind} {}: {fault}", column.name));
        (column.name.to_string(), cell.evaluate(&held, Some(desc), now))
    };
    table::columns(resource, at).iter().map(cell).collect()
}

/// The object that cells are taken from: the hub's, when the version has no columns of its own.
fn shown(resource: &Resource, at: usize, written: &Value) -> kubewright::Object {
    let version = &resource.versions[at];
    let mut object = (version.new)();
    json::from_value(written, &mut *object, None).unwrap_or_else(|fault| panic!("{written}: {fault}"));
    match &version.conversion {
        Some(conversion) if version.kind.columns.is_empty() => conversion.put(object, None).unwrap_or_else(|fault| panic!("{fault}")),
        _ => object,
    }
}

/// One cell of an object.
fn cell(object: &Value, name: &str) -> Value {
    row(object).into_iter().find(|cell| cell.0 == name).unwrap_or_else(|| panic!("no column {name}")).1
}

/// Holds columns of an object, written as `[[name, cell], ..]`, against what they should be.
fn assert_cells(object: &Value, expected: &Value) {
    for pair in expected.as_array().expect("pairs") {
        let name = pair[0].as_str().expect("a name");
        assert_eq!(cell(object, name), pair[1], "{name} of {object}");
    }
}

#[test]
fn every_cell_is_an_expression() {
    for version in registry().resources.iter().flat_map(|resource| &resource.versions) {
        for column in &*version.kind.columns {
            assert!(column.cell.parse::<Cell>().is_ok(), "{} {}: {}", version.kind.kind, column.name, column.cell);
        }
    }
}

/// The columns of the tables of a default server, by group-version and resource.
#[test]
fn tables_have_the_columns_of_a_real_server() {
    let Some(corpora) = kubewright_tests::corpora() else { return };
    let text = std::fs::read_to_string(corpora.join("kubernetes-1.36/live/table-columns.json")).expect("the recorded columns");
    let recorded: Value = serde_json::from_str(&text).expect("JSON");
    let mut wrong = Vec::new();
    for (key, columns) in recorded.as_object().expect("an object") {
        let (group_version, plural) = key.split_once(' ').expect("two words");
        let (group, version) = group_version.split_once('/').expect("a group and a version");
        let group = if group == "core" { "" } else { group };
        let ours = registry().resource(group, version, plural).map(|(resource, at)| definitions(&table::columns(resource, at)));
        if ours.as_ref() != Some(columns) {
            wrong.push(format!("{key}: {} instead of {columns}", ours.unwrap_or_default()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The columns of kinds that a default server does not serve, too. Scale and Status are no resources.
#[test]
fn tables_have_the_columns_of_every_kind() {
    let Some(corpora) = kubewright_tests::corpora() else { return };
    let text = std::fs::read_to_string(corpora.join("kubernetes-1.36/printers.json")).expect("the recorded printers");
    let recorded: Value = serde_json::from_str(&text).expect("JSON");
    let printed = |kind: &Value| (kind["group"].clone(), kind["kind"].clone(), kind["columns"].clone());
    let plain = |kind: &Value| (kind["group"].clone(), kind["kind"].clone(), recorded["default"].clone());
    let kinds = recorded["kinds"].as_array().into_iter().flatten().map(printed);
    let mut wrong = Vec::new();
    for (group, name, columns) in kinds.chain(recorded["defaultTable"].as_array().into_iter().flatten().map(plain)) {
        let filled = columns.as_array().into_iter().flatten().map(|column| {
            let or = |key: &str, otherwise: Value| column.get(key).cloned().unwrap_or(otherwise);
            serde_json::json!({"format": or("format", "".into()), "name": column["name"], "priority": or("priority", 0.into()), "type": column["type"]})
        });
        let expected: Value = filled.collect();
        let of_kind = |kind: &kubewright::model::Kind| group == *kind.group && name == *kind.kind;
        let versions = registry().resources.iter().flat_map(|resource| (0..resource.versions.len()).map(move |at| (resource, at)));
        let ours: Vec<_> = versions.filter(|(resource, at)| of_kind(&resource.versions[*at].kind)).collect();
        let known = !ours.is_empty() || name == "Scale" || name == "Status";
        if !known || ours.iter().any(|(resource, at)| definitions(&table::columns(resource, *at)) != expected) {
            wrong.push(format!("{group} {name} in {} versions", ours.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A running server says the same in empty lists.
#[test]
fn a_server_sends_the_columns() {
    let server = kubewright_tests::Server::start("kubernetes", &[]);
    let accept = [("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")];
    for (path, group, version, plural) in [
        ("/api/v1/pods", "", "v1", "pods"),
        ("/api/v1/limitranges", "", "v1", "limitranges"),
        ("/apis/apps/v1/daemonsets", "apps", "v1", "daemonsets"),
        ("/apis/autoscaling/v1/horizontalpodautoscalers", "autoscaling", "v1", "horizontalpodautoscalers"),
        ("/apis/events.k8s.io/v1/events", "events.k8s.io", "v1", "events"),
        ("/apis/storage.k8s.io/v1/storageclasses", "storage.k8s.io", "v1", "storageclasses"),
    ] {
        let (resource, at) = registry().resource(group, version, plural).expect("a resource");
        let answer = server.send("GET", path, &accept, b"");
        let mut sent = answer.at("/columnDefinitions");
        for column in sent.as_array_mut().into_iter().flatten() {
            let described = column.as_object_mut().and_then(|column| column.remove("description"));
            assert_ne!(described, Some(Value::from("")), "{path}: {column}");
        }
        assert_eq!(sent, definitions(&table::columns(resource, at)), "{path}: {}", answer.text());
    }
}

/// Columns without what they are good for, which is in our own words.
fn definitions(columns: &[Column]) -> Value {
    let definition =
        |column: &Column| serde_json::json!({"format": column.format, "name": column.name, "priority": column.priority, "type": column.ty});
    columns.iter().map(definition).collect()
}
