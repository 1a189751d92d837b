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
    pub(super) answer: Answer,
    /// Status codes of success.
    pub(super) codes: &'static [u16],
}

/// What an operation answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A definition.
    Definition(String),
    /// Text of any form.
    Text,
    /// Nothing that the document tells.
    Untold,
}

impl Answer {
    fn schema(&self, dialect: Dialect) -> Option<Value> {
        match self {
            Self::Definition(name) => Some(json!({"$ref": dialect.reference(name)})),
            Self::Text => Some(json!({"type": "string"})),
            Self::Untold => None,
        }
    }
}

impl Operation {
    /// The object in a version 2 document.
    pub(super) fn to_v2(&self, shared: &mut Shared<'_>) -> Value {
        let mut out = self.common();
        for (key, media) in [("consumes", &self.consumes), ("produces", &self.produces)] {
            if !media.is_empty() {
                out.insert(key.to_owned(), json!(media));
            }
        }
        out.insert("schemes".to_owned(), json!(["https"]));
        if !self.parameters.is_empty() {
            out.insert("parameters".to_owned(), self.parameters.iter().map(|parameter| shared.place(parameter)).collect());
        }
        out.insert("responses".to_owned(), self.responses("schema", self.answer.schema(Dialect::V2).as_ref()));
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
            let schema = json!({"$ref": Dialect::V3.reference(&body.schema)});
            let mut request = json!({"content": content(&self.consumes, &schema)});
            if body.required {
                request["required"] = Value::Bool(true);
            }
            out.insert("requestBody".to_owned(), request);
        }
        let answer = self.answer.schema(Dialect::V3).map(|schema| content(&self.produces, &schema));
        out.insert("responses".to_owned(), self.responses("content", answer.as_ref()));
        Value::Object(out)
    }

    fn common(&self) -> Map<String, Value> {
        let mut out = Map::new();
        if !self.description.is_empty() {
            out.insert("description".to_owned(), self.description.clone().into());
        }
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

    fn responses(&self, key: &str, answer: Option<&Value>) -> Value {
        let mut out = Map::new();
        for (code, answer) in self.codes.iter().filter_map(|code| Some((code, answer?))) {
            out.insert(code.to_string(), json!({"description": reason(*code), key: answer}));
        }
        out.insert("401".to_owned(), json!({"description": reason(401)}));
        Value::Object(out)
    }

    /// Definition names of the body and the answer.
    pub(super) fn definitions(&self) -> impl Iterator<Item = &str> {
        let answer = if let Answer::Definition(name) = &self.answer { Some(name.as_str()) } else { None };
        self.parameters.iter().map(|parameter| parameter.schema.as_str()).chain(answer).filter(|name| !name.is_empty())
    }
}

fn content(media: &Media, schema: &Value) -> Value {
    Value::Object(media.iter().map(|name| (name.clone().into_owned(), json!({"schema": schema}))).collect())
}

const fn reason(code: u16) -> &'static str {
    match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        _ => "Unauthorized",
    }
}
