//! From a routed request to the verb that answers it. One verb per file; `intake` and `reply` hold the order of steps.

mod bind;
mod body;
mod call;
mod change;
mod connect;
mod create;
mod credit;
mod delete;
mod deletecollection;
mod evict;
mod get;
mod list;
mod list_options;
mod options;
mod patch;
#[cfg(test)]
pub(crate) mod tests;
mod token;
mod update;
mod validation;
mod watch;

use std::sync::Arc;

use http::Method;
use kubewright_model::{Action, Verb};

use crate::negotiate::Forms;
use crate::request::{Request, Target};
use crate::served::Endpoint;
use crate::server::{Api, Response};
use crate::status::ApiError;

pub(crate) use body::take_as;
pub(crate) use call::{Call, Stored, store_failed};
pub(crate) use change::{Outcome, Scope, apply};
pub(crate) use create::insert;
pub(crate) use delete::{DeleteOptions, Fate, remove};
pub(crate) use options::WriteOptions;
pub(crate) use patch::Patch;
pub(crate) use update::check_uid;

/// Answers a request about a resource.
pub async fn handle(api: Arc<Api>, endpoint: Endpoint, target: Target, request: Request) -> Result<Response, ApiError> {
    let kind = api.version(endpoint).kind.clone();
    let subresource = target.subresource.as_deref().and_then(|name| kind.subresource(name));
    let action = subresource.map(|subresource| &subresource.action);
    if matches!(action, Some(Action::Connect { .. } | Action::Read { .. })) {
        return connect::reach(api, endpoint, target, request).await;
    }
    let verb = verb(&target, &request)?;
    let forms = if verb == Verb::Watch { Forms::Watch } else { Forms::Object };
    let call = Call::new(api, endpoint, target, request, forms)?;
    call.allow(verb)?;
    match verb {
        Verb::Create => match (action, subresource.and_then(|subresource| subresource.speaks.clone())) {
            (Some(Action::Evict), Some(speaks)) => evict::evict(call, speaks).await,
            (Some(Action::Bind), Some(speaks)) => bind::bind(call, speaks).await,
            (None, _) if kind.is_stored() => create::create(call).await,
            _ => connect::ask(call).await,
        },
        Verb::Delete => delete::delete(call).await,
        Verb::DeleteCollection => deletecollection::delete_collection(call).await,
        Verb::Get => get::get(call).await,
        Verb::List => list::list(call).await,
        Verb::Patch => patch::patch(call).await,
        Verb::Update => update::update(call).await,
        Verb::Watch => watch::watch(call),
    }
}

/// What a method means on a path. A watch of one object is only what the old path form asks for.
fn verb(target: &Target, request: &Request) -> Result<Verb, ApiError> {
    let object = target.name.is_some();
    match (&request.method, object) {
        (&Method::GET, _) if target.watch => Ok(Verb::Watch),
        (&Method::GET, true) => Ok(Verb::Get),
        (&Method::GET, false) if request.query.flag("watch") => Ok(Verb::Watch),
        (&Method::GET, false) => Ok(Verb::List),
        (&Method::POST, object) if object == target.subresource.is_some() => Ok(Verb::Create),
        (&Method::PUT, true) => Ok(Verb::Update),
        (&Method::PATCH, true) => Ok(Verb::Patch),
        (&Method::DELETE, true) => Ok(Verb::Delete),
        (&Method::DELETE, false) => Ok(Verb::DeleteCollection),
        _ => Err(ApiError::method_not_allowed()),
    }
}
