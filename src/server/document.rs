//! Documents that are no objects of the store: one JSON value, written in the form a client asked for.

use bytes::Bytes;
use serde_json::Value;

use crate::negotiate::{Media, Output};

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
            Media::Yaml => yaml(&self.value).map(|text| (text.into(), Media::Yaml)),
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

/// YAML with sorted keys.
fn yaml(value: &Value) -> Option<String> {
    let mut value = value.clone();
    value.sort_all_objects();
    serde_yaml::to_string(&value).ok()
}

/// The enveloped message of the meta type that the value names; `None` when there is no such type.
fn protobuf(_value: &Value) -> Option<Vec<u8>> {
    None
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
}
