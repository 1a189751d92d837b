//! One operation: its facts, and how they are written in each version of the language.

use serde_json::{Map, Value, json};

use super::media::Media;
use super::parameters::{Parameter, Place, Shared};
use super::{Dialect, GVK_KEY, Gvk};

/// One method at one path.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) tag: String,
    pub(super) description: String,
    /// `x-kubernetes-action`; `None` outside resources.
    pub(super) action: Option<&'static str>,
    pub(super) gvk: Option<Gvk>,
    pub(super) consumes: Media,
    pub(super) produces: Media,
    pub(super) parameters: Vec<Parameter>,
    /// Definition name of what it answers with.
    pub(super) answer: String,
    /// Status codes of success.
    pub(super) codes: &'static [u16],
}

impl Operation {
    /// The object in a version 2 document.
    pub(super) fn to_v2(&self, shared: &mut Shared) -> Value {
        let mut out = self.common();
        out.insert("consumes".to_owned(), json!(self.consumes));
        out.insert("produces".to_owned(), json!(self.produces));
        out.insert("schemes".to_owned(), json!(["https"]));
        if !self.parameters.is_empty() {
            out.insert("parameters".to_owned(), self.parameters.iter().map(|parameter| shared.place(parameter)).collect());
        }
        let schema = json!({"$ref": Dialect::V2.reference(&self.answer)});
        out.insert("responses".to_owned(), self.responses("schema", &schema));
        Value::Object(out)
    }

    /// The object in a version 3 document.
    pub(super) fn to_v3(&self) -> Value {
        let mut out = self.common();
        let (body, others): (Vec<&Parameter>, Vec<&Parameter>) =
            self.parameters.iter().partition(|parameter| parameter.place == Place::Body);
        if !others.is_empty() {
            out.insert("parameters".to_owned(), others.into_iter().map(Parameter::to_v3).collect());
        }
        if let Some(body) = body.first() {
            let mut request = json!({"content": content(&self.consumes, &body.schema)});
            if body.required {
                request["required"] = Value::Bool(true);
            }
            out.insert("requestBody".to_owned(), request);
        }
        out.insert("responses".to_owned(), self.responses("content", &content(&self.produces, &self.answer)));
        Value::Object(out)
    }

    fn common(&self) -> Map<String, Value> {
        let mut out = Map::new();
        out.insert("description".to_owned(), self.description.clone().into());
        out.insert("operationId".to_owned(), self.id.clone().into());
        out.insert("tags".to_owned(), json!([self.tag]));
        if let Some(action) = self.action {
            out.insert("x-kubernetes-action".to_owned(), action.into());
        }
        if let Some(gvk) = &self.gvk {
            out.insert(GVK_KEY.to_owned(), gvk.to_json());
        }
        out
    }

    fn responses(&self, key: &str, answer: &Value) -> Value {
        let mut out = Map::new();
        for code in self.codes {
            out.insert(code.to_string(), json!({"description": reason(*code), key: answer}));
        }
        out.insert("401".to_owned(), json!({"description": reason(401)}));
        Value::Object(out)
    }

    /// Definition names of the body and the answer.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|parameter| parameter.schema.as_str()).chain([self.answer.as_str()]).filter(|name| !name.is_empty())
    }
}

fn content(media: &Media, definition: &str) -> Value {
    let schema = json!({"schema": {"$ref": Dialect::V3.reference(definition)}});
    Value::Object(media.iter().map(|name| ((*name).to_owned(), schema.clone())).collect())
}

const fn reason(code: u16) -> &'static str {
    match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        _ => "Unauthorized",
    }
}
