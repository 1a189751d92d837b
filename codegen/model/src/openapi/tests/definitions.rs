//! Schemas of types, in both versions of the language.

use serde_json::{Value, json};

use super::api;
use crate::openapi::{Profile, v2, v3};

fn without_descriptions(mut value: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|key, member| key != "description" || !member.is_string());
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    value
}

#[test]
fn version_2() {
    let document = without_descriptions(v2::document(&api::api(), &Profile::default()));
    let definitions = &document["definitions"];
    let rows = [
        (
            "com.example.v1.ToySpec",
            json!({
                "type": "object",
                "required": ["replicas"],
                "properties": {
                    "parts": {
                        "type": "array",
                        "items": {"$ref": "#/definitions/com.example.v1.Part"},
                        "x-kubernetes-list-type": "map",
                        "x-kubernetes-list-map-keys": ["size"],
                        "x-kubernetes-patch-strategy": "merge",
                        "x-kubernetes-patch-merge-key": "size",
                    },
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}, "x-kubernetes-map-type": "granular"},
                    "replicas": {"type": "integer", "format": "int32", "minimum": 1},
                    "main": {"$ref": "#/definitions/com.example.v1.Part"},
                    "users": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
                    "seal": {"type": "array", "items": {"type": "string", "format": "byte"}, "x-kubernetes-list-type": "atomic"},
                },
            }),
        ),
        (
            "com.example.v1.Part",
            json!({
                "type": "object",
                "x-kubernetes-map-type": "atomic",
                "properties": {
                    "size": {"type": "string", "enum": ["Big", "Small"], "maxLength": 5},
                    "port": {"$ref": "#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString"},
                },
            }),
        ),
        (
            "com.example.v1.ToyList",
            json!({
                "type": "object",
                "required": ["items"],
                "properties": {
                    "apiVersion": {"type": "string"},
                    "kind": {"type": "string"},
                    "metadata": {"$ref": "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta"},
                    "items": {"type": "array", "items": {"$ref": "#/definitions/com.example.v1.Toy"}},
                },
                "x-kubernetes-group-version-kind": [
                    {"group": "", "kind": "BoxList", "version": "v1"},
                    {"group": "example.com", "kind": "ToyList", "version": "v1"},
                ],
            }),
        ),
        ("io.k8s.apimachinery.pkg.apis.meta.v1.Time", json!({"type": "string", "format": "date-time"})),
        ("io.k8s.apimachinery.pkg.util.intstr.IntOrString", json!({"type": "string", "format": "int-or-string"})),
        ("io.k8s.apimachinery.pkg.apis.meta.v1.Patch", json!({"type": "object"})),
    ];
    for (name, schema) in rows {
        assert_eq!(definitions[name], schema, "{name}");
    }
    let everywhere = &definitions["io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"]["x-kubernetes-group-version-kind"];
    let groups: Vec<&Value> = everywhere.as_array().into_iter().flatten().map(|gvk| &gvk["group"]).collect();
    assert_eq!(groups, ["", "example.com", "old.example.com"]);
}

#[test]
fn enumerations_are_described_under_the_heading() {
    let document = v2::document(&api::api(), &Profile::default());
    let size = &document["definitions"]["com.example.v1.Part"]["properties"]["size"];
    assert_eq!(size["description"], "How big.\n\nPossible enum values:\n - `\"Big\"`\n - `\"Small\"`");
    let document = v2::document(&api::api(), &Profile { enums: false, bounds: false, ..Profile::default() });
    let size = &document["definitions"]["com.example.v1.Part"]["properties"]["size"];
    assert_eq!(size, &json!({"type": "string", "description": "How big."}));
}

#[test]
fn version_3() {
    let documents = v3::documents(&api::api(), &Profile::default());
    let keys: Vec<&String> = documents.keys().collect();
    assert_eq!(keys, ["api", "api/v1", "apis", "apis/example.com", "apis/example.com/v1", "version"]);
    let document = without_descriptions(documents["apis/example.com/v1"].clone());
    let schemas = &document["components"]["schemas"];
    let part = json!({"$ref": "#/components/schemas/com.example.v1.Part"});
    let rows = [
        ("com.example.v1.ToySpec", "main", json!({"allOf": [part], "default": {}})),
        ("com.example.v1.ToySpec", "replicas", json!({"type": "integer", "format": "int32", "minimum": 1, "default": 0})),
        ("com.example.v1.Part", "size", json!({"type": "string", "enum": ["Big", "Small"], "maxLength": 5, "default": "Big"})),
        ("com.example.v1.Part", "port", json!({"$ref": "#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString"})),
    ];
    for (name, property, schema) in rows {
        assert_eq!(schemas[name]["properties"][property], schema, "{name}.{property}");
    }
    assert_eq!(
        schemas["io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent"]["x-kubernetes-group-version-kind"],
        json!([{"group": "", "kind": "WatchEvent", "version": "v1"}, {"group": "example.com", "kind": "WatchEvent", "version": "v1"}])
    );
    let patch = &document["paths"]["/apis/example.com/v1/namespaces/{namespace}/toys/{name}"]["patch"];
    assert_eq!(
        patch["requestBody"]["content"]["application/apply-patch+yaml"],
        json!({"schema": {"$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Patch"}})
    );
    assert_eq!(patch["requestBody"]["required"], true);
    assert_eq!(documents["api"]["paths"].as_object().map(serde_json::Map::len), Some(1));
}
