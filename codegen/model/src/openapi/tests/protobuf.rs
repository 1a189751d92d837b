//! The protobuf form, read by an independent decoder, holds what the JSON holds.

use serde_json::{Value, json};

use super::{api, decode};
use crate::openapi::{Profile, gnostic, v2, v3};

fn decode(version: &str, bytes: &[u8]) -> Value {
    decode::document(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures"), version, bytes)
}

#[test]
fn holds_what_the_json_holds() {
    let mut document = v2::document(&api::api(), &Profile::default());
    let mut decoded = decode("v2", &gnostic::encode_v2(&document).expect("the form has a place for everything"));
    document.sort_all_objects();
    decoded.sort_all_objects();
    assert_eq!(decoded, document);
}

/// What documents of this crate do not hold, but custom resources bring.
#[test]
fn rarer_keys() {
    let document = json!({
        "swagger": "2.0",
        "info": {"title": "T", "version": "1", "contact": {"name": "C", "x-a": {"b": [1, "yes", null]}}},
        "paths": {
            "/a": {"head": {"responses": {"default": {"$ref": "#/responses/R"}}, "parameters": [{"in": "header", "name": "h", "type": "string", "enum": ["a", ""]}]}}
        },
        "definitions": {
            "A": {
                "type": ["string", "null"], "minimum": 0.5, "maxLength": 300, "example": {"a": 1}, "x-kubernetes-validations": [{"rule": "self > 1"}],
                "externalDocs": {"url": "u"}, "additionalProperties": false, "allOf": [{"$ref": "#/definitions/B"}]
            },
            "B": {}
        },
        "securityDefinitions": {"Basic": {"type": "basic"}}
    });
    assert_eq!(decode("v2", &gnostic::encode_v2(&document).expect("encodes")), document);
}

#[test]
fn version_3_too() {
    for (key, document) in v3::documents(&api::api(), &Profile::default()) {
        let mut decoded = decode("v3", &gnostic::encode_v3(&document).expect("the form has a place for everything"));
        decoded.sort_all_objects();
        assert_eq!(decoded, document, "{key}");
    }
}
