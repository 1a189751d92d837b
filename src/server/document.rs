//! Documents that are no objects of the store: one JSON value, written in the form a client asked for.

use bytes::Bytes;
use serde_json::Value;

use crate::codec::{envelope, json};
use crate::meta::v1;
use crate::negotiate::{Media, Output};
use crate::object::{ApiType, Object};

/// A document. Its members are in the order in which Kubernetes writes them.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    value: Value,
    json: Bytes,
}

impl Document {
    /// The document of a value.
    pub fn new(value: Value) -> Self {
        let json = compact(&value).into();
        Self { value, json }
    }

    /// The value itself.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// One line of JSON.
    pub fn json(&self) -> Bytes {
        self.json.clone()
    }

    /// The bytes and media type of a form. What cannot be written in it is written as JSON.
    pub fn encode(&self, output: &Output) -> (Bytes, Media) {
        match output.media {
            Media::Yaml => Some((crate::codec::yaml::emit::document(&self.value).into(), Media::Yaml)),
            Media::Protobuf => protobuf(&self.value).map(|bytes| (bytes.into(), Media::Protobuf)),
            Media::Json if output.pretty => Some((pretty(&self.value).into(), Media::Json)),
            Media::Json => None,
        }
        .unwrap_or_else(|| (self.json(), Media::Json))
    }
}

/// One line of JSON with its newline.
fn compact(value: &Value) -> String {
    let mut text = escape(&value.to_string());
    text.push('\n');
    text
}

/// JSON indented by two spaces, without a final newline.
pub fn pretty(value: &Value) -> String {
    // Writing a value to text has no way to fail; the compact form is as good.
    escape(&serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string()))
}

/// The characters that Go writes as escapes; outside of strings JSON has none of them.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            other => out.push(other),
        }
    }
    out
}

/// The enveloped message of the meta type that the value names; `None` when there is no such type.
fn protobuf(value: &Value) -> Option<Vec<u8>> {
    let kind = value.get("kind")?.as_str()?;
    let mut message: Object = match kind {
        "Status" => v1::Status::boxed(),
        "APIVersions" => v1::APIVersions::boxed(),
        "APIGroupList" => v1::APIGroupList::boxed(),
        "APIGroup" => v1::APIGroup::boxed(),
        "APIResourceList" => v1::APIResourceList::boxed(),
        _ => return None,
    };
    json::from_value(value, &mut *message, None).ok()?;
    Some(envelope::wrap(&*message, "v1", kind))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Document;
    use crate::negotiate::{Media, Output};

    #[test]
    fn every_form_is_written_as_kubernetes_does() {
        let document =
            Document::new(json!({"kind": "Status", "apiVersion": "v1", "message": "<a> & \"b\"\u{2028}", "causes": [{"b": 1, "a": true}]}));
        let form = |media, pretty| {
            let (bytes, _) = document.encode(&Output { media, pretty, transform: None });
            String::from_utf8(bytes.to_vec()).expect("text")
        };
        assert_eq!(
            form(Media::Json, false),
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"\\u003ca\\u003e \\u0026 \\\"b\\\"\\u2028\",\"causes\":[{\"b\":1,\"a\":true}]}\n"
        );
        assert!(form(Media::Json, true).starts_with("{\n  \"kind\": \"Status\",\n") && form(Media::Json, true).ends_with("\n}"));
        assert!(form(Media::Yaml, false).starts_with("apiVersion: v1\ncauses:\n- a: true\n  b: 1\nkind: Status\nmessage: "));
    }

    #[test]
    fn meta_types_have_a_protobuf_form_and_others_fall_back() {
        let output = Output { media: Media::Protobuf, pretty: false, transform: None };
        let (bytes, media) = Document::new(json!({"kind": "APIVersions", "versions": ["v1"]})).encode(&output);
        assert_eq!((media, &bytes[..4]), (Media::Protobuf, &b"k8s\0"[..]));
        let envelope = crate::codec::envelope::unwrap(&bytes).expect("an envelope");
        assert_eq!((envelope.api_version.as_ref(), envelope.kind.as_ref(), envelope.raw), ("v1", "APIVersions", &b"\x0a\x02v1"[..]));
        let all = [
            json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": [{"name": "g", "versions": [], "preferredVersion": {"groupVersion": "g/v1", "version": "v1"}}]}),
            json!({"kind": "APIGroup", "apiVersion": "v1", "name": "g", "versions": [{"groupVersion": "g/v1", "version": "v1"}]}),
            json!({"kind": "APIResourceList", "groupVersion": "v1", "resources": [{"name": "a", "namespaced": true, "verbs": ["get"], "storageVersionHash": "x"}]}),
            crate::status::status_json(&crate::status::ApiError::too_large_resource_version(2, 1)),
        ];
        for value in all {
            assert_eq!(Document::new(value.clone()).encode(&output).1, Media::Protobuf, "{value}");
        }
        let (_, media) = Document::new(json!({"kind": "Other"})).encode(&output);
        assert_eq!(media, Media::Json);
    }
}
