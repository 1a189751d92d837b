//! Requests that code of the program answers: for subresources of an object, and for kinds that are only posted.

use std::sync::Arc;

use http::StatusCode;
use kubewright_model::{Desc, Ref, Shared, Speaks};

use crate::connect::{Answer, Asked};
use crate::intake::Expected;
use crate::metadata;
use crate::negotiate::Output;
use crate::object::path::metadata_mut;
use crate::object::{Dyn, Message, Object};
use crate::request::{Request, Target};
use crate::served::Endpoint;
use crate::server::{Api, Response};
use crate::status::ApiError;

use super::options::WriteOptions;
use super::{Call, bind, body};

/// Connects to what an object stands for, or reads what something else holds of it. Nothing about the form of the answer is ours to settle.
pub(super) async fn reach(api: Arc<Api>, endpoint: Endpoint, target: Target, request: Request) -> Result<Response, ApiError> {
    if request.query.get("dryRun").is_some_and(|value| !value.is_empty()) {
        return Err(ApiError::bad_request("dryRun is not supported"));
    }
    let call = Call { api, endpoint, target, request, output: Output::default() };
    let object = parent(&call).await?;
    answer(&call, object, None, &[]).await
}

/// Takes what is posted to a subresource, or of a kind that is answered and never stored.
pub(super) async fn ask(call: Call) -> Result<Response, ApiError> {
    let options = WriteOptions::read(&call.request, "CreateOptions")?;
    let (object, sent) = match call.subresource().and_then(|subresource| subresource.speaks.as_ref()) {
        Some(speaks) => (parent(&call).await?, taken(&call, speaks, &options)?),
        None => (None, body::take(&call, &options)?),
    };
    let mut posted = sent.object;
    if let Some((call, speaks)) = bind::collected(&call, &*posted).filter(|_| object.is_none()) {
        return bind::bind(call, speaks).await;
    }
    if let Some(meta) = metadata_mut(&mut *posted) {
        metadata::adopt_namespace(meta, call.kind(), call.target.namespace.as_deref())?;
    }
    answer(&call, object, Some(posted), &sent.warnings).await
}

/// Reads a body of the kind that a subresource speaks.
pub(super) fn taken(call: &Call, speaks: &Speaks, options: &WriteOptions) -> Result<body::Body, ApiError> {
    let unknown = || ApiError::internal(format!("nothing is known of the type of {}", speaks.kind));
    let desc = described(&speaks.ty).ok_or_else(unknown)?;
    let new = move || -> Object { Box::new(Dyn::new(desc.clone())) };
    let api_version = kubewright_model::kind::api_version(&speaks.group, &speaks.version);
    let expected = Expected { registry: &call.api.registry, resource: None, api_version, kind: &speaks.kind, new: &new };
    body::take_as(call, &expected, options)
}

/// The type that a reference names.
fn described(ty: &Ref) -> Option<Shared<Desc>> {
    match ty {
        Ref::Static(desc) => Some(Shared::Static(desc())),
        Ref::Shared(desc) => Some(Shared::Made(Arc::clone(desc))),
        Ref::Named(_) => None,
    }
}

/// The object that a subresource belongs to, in the version of the path.
async fn parent(call: &Call) -> Result<Option<Object>, ApiError> {
    if call.target.subresource.is_none() {
        return Ok(None);
    }
    let stored = call.found(call.name()).await?;
    call.view(stored.hub).map(Some)
}

async fn answer(call: &Call, object: Option<Object>, sent: Option<Object>, warnings: &[String]) -> Result<Response, ApiError> {
    let kind = call.kind();
    let resource = call.target.subresource.as_ref().map_or_else(|| kind.plural.to_string(), |part| format!("{}/{part}", kind.plural));
    let Some(connector) = call.api.connectors.find(&kind.group, &resource) else {
        return Err(ApiError::not_implemented(&kind.group, &resource, call.name()));
    };
    let asked = Asked { target: call.target.clone(), request: call.request.clone(), object, sent };
    match connector.connect(asked).await? {
        Answer::Response(response) => Ok(response),
        Answer::Object(object) => posted(call, &*object, warnings),
    }
}

fn posted(call: &Call, object: &dyn Message, warnings: &[String]) -> Result<Response, ApiError> {
    let (api_version, kind) = match call.subresource().and_then(|subresource| subresource.speaks.as_ref()) {
        Some(speaks) => (kubewright_model::kind::api_version(&speaks.group, &speaks.version), &speaks.kind),
        None => (call.kind().api_version(), &call.kind().kind),
    };
    call.reply_other(StatusCode::CREATED, object, &api_version, kind, warnings)
}
