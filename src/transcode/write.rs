//! Objects to bytes.

use super::{Document, Form};
use crate::codec::{envelope, json, yaml};
use crate::meta::v1::List;
use crate::special::RawExtension;

/// The file with these objects. Several are YAML documents after one another, and otherwise a `List`.
pub fn write(documents: &[Document<'_>], form: Form) -> Vec<u8> {
    match (form, documents) {
        (Form::Yaml, documents) => documents.iter().map(one_yaml).collect::<Vec<_>>().join("---\n").into_bytes(),
        (Form::Json, [document]) => json::indented(&compact(document)),
        (Form::Protobuf, [document]) => envelope::wrap(&*document.object, &document.api_version, &document.kind),
        (Form::Json, documents) => {
            let mut out = Vec::new();
            json::encode_object(&list(documents), "v1", "List", &mut out);
            json::indented(&out)
        }
        (Form::Protobuf, documents) => envelope::wrap(&list(documents), "v1", "List"),
    }
}

fn one_yaml(document: &Document<'_>) -> String {
    let value = if document.kind.is_empty() {
        json::to_value(&*document.object)
    } else {
        json::to_object_value(&*document.object, &document.api_version, &document.kind)
    };
    yaml::emit::document(&value)
}

/// The JSON form without space.
pub(super) fn compact(document: &Document<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    if document.kind.is_empty() {
        json::encode(&*document.object, &mut out);
    } else {
        json::encode_object(&*document.object, &document.api_version, &document.kind, &mut out);
    }
    out
}

fn list(documents: &[Document<'_>]) -> List {
    List { items: documents.iter().map(|document| RawExtension::new(compact(document))).collect(), ..List::default() }
}
