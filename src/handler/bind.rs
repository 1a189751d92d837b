//! POST of a Binding: the object is assigned to the node in it. Source: the pod registry of Kubernetes, as its answers show it.

use kubewright_model::{Action, Speaks};
use serde_json::{Value, json};

use crate::intake;
use crate::object::path::{get_path, metadata, metadata_mut, set};
use crate::object::{Message, Object, Value as Held};
use crate::request::Target;
use crate::server::Response;
use crate::special::Time;
use crate::status::ApiError;
use crate::store::StoreError;

use super::call::{Stored, store_failed};
use super::options::WriteOptions;
use super::{Call, connect, evict};

/// Where the assignment is written.
const NODE: &str = ".spec.nodeName";

/// Answers with a Status.
pub(super) async fn bind(call: Call, speaks: Speaks) -> Result<Response, ApiError> {
    let options = WriteOptions::read(&call.request, "CreateOptions")?;
    let binding = connect::taken(&call, &speaks, &options)?.object;
    evict::same_name(&call, &*binding, &speaks)?;
    let node = node(&*binding)?;
    loop {
        let stored = call.found(call.name()).await?;
        let hub = bound(&call, &stored, &*binding, node).map_err(|why| conflict(&call, &why))?;
        if options.dry_run || put(&call, &stored, &*hub).await? {
            return Ok(call.reply_created());
        }
    }
}

/// The call for the object that a Binding names, when bindings are posted to a collection of their own.
pub(super) fn collected(call: &Call, binding: &dyn Message) -> Option<(Call, Speaks)> {
    let own = call.kind().ty.proto_name();
    let kinds = call.api.registry.resources.iter().flat_map(|resource| &resource.versions);
    let (kind, sub, speaks) = kinds.into_iter().find_map(|version| {
        let sub = version.kind.subresources.iter().find(|sub| sub.action == Action::Bind)?;
        let speaks = sub.speaks.clone().filter(|speaks| speaks.ty.proto_name() == own)?;
        Some((&version.kind, sub, speaks))
    })?;
    let endpoint = call.api.served.lookup(&kind.group, &kind.version, &kind.plural)?;
    let target = Target {
        group: kind.group.to_string(),
        version: kind.version.to_string(),
        resource: kind.plural.to_string(),
        name: metadata(binding).map(|meta| meta.name.clone()),
        subresource: Some(sub.name.to_string()),
        ..call.target.clone()
    };
    let (api, request, output) = (call.api.clone(), call.request.clone(), call.output.clone());
    Some((Call { api, endpoint, target, request, output }, speaks))
}

/// The node that a binding names.
fn node(binding: &dyn Message) -> Result<&str, ApiError> {
    let text = |path: &str| match get_path(binding, path) {
        Some(Held::Str(text)) => text,
        _ => "",
    };
    match (text(".target.kind"), text(".target.name")) {
        ("" | "Node", "") => Err(ApiError::internal("target.name: Required value")),
        ("" | "Node", node) => Ok(node),
        (kind, _) => Err(ApiError::internal(format!("target.kind: Unsupported value: {kind:?}: supported values: \"Node\", \"<empty>\""))),
    }
}

/// The object on its node, or why it cannot be there.
fn bound(call: &Call, stored: &Stored, binding: &dyn Message, node: &str) -> Result<Object, String> {
    let name = call.name();
    let mut hub = stored.hub.boxed_clone();
    let (Some(meta), Some(asked)) = (metadata_mut(&mut *hub), metadata(binding)) else { return Ok(hub) };
    if !asked.uid.is_empty() && asked.uid != meta.uid {
        return Err(format!("Precondition failed: UID in precondition: {}, UID in object meta: {}", asked.uid, meta.uid));
    }
    if meta.deletion_timestamp.is_some() {
        return Err(format!("pod {name} is being deleted, cannot be assigned to a host"));
    }
    meta.annotations.extend(asked.annotations.clone());
    if let Some(Held::Str(there)) = get_path(&*hub, NODE)
        && !there.is_empty()
    {
        return Err(format!("pod {name} is already assigned to node {there:?}"));
    }
    write(&mut *hub, NODE, &node.into())?;
    schedule(&mut *hub)?;
    Ok(hub)
}

/// Makes the condition `PodScheduled` true.
fn schedule(hub: &mut dyn Message) -> Result<(), String> {
    let mut status = get_path(hub, ".status").map(crate::object::path::to_json).unwrap_or_default();
    let conditions = status.get_mut("conditions").and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
    let (old, mut conditions): (Vec<Value>, Vec<Value>) = conditions.into_iter().partition(|condition| condition["type"] == "PodScheduled");
    let since = match old.first() {
        Some(old) if old["status"] == "True" => old["lastTransitionTime"].clone(),
        _ => Value::from(Time::now().to_string()),
    };
    conditions.push(json!({"type": "PodScheduled", "status": "True", "lastTransitionTime": since}));
    write(hub, ".status.conditions", &Value::Null)?;
    write(hub, ".status.conditions", &conditions.into())
}

fn write(object: &mut dyn Message, path: &str, value: &Value) -> Result<(), String> {
    let path = path.parse().map_err(|_| format!("{path} is no path"))?;
    set(object, &path, value).map_err(|error| error.to_string())
}

/// Whether the object could be written; not when someone else was faster.
async fn put(call: &Call, stored: &Stored, hub: &dyn Message) -> Result<bool, ApiError> {
    let bytes = intake::encode_stored(call.resource(), hub)?;
    match call.api.store.put_if(&stored.entry.key, bytes.into(), stored.entry.modified).await {
        Ok(_) => Ok(true),
        Err(StoreError::Conflict { .. }) => Ok(false),
        Err(error) => Err(store_failed(&error)),
    }
}

fn conflict(call: &Call, why: &str) -> ApiError {
    let part = call.target.subresource.as_deref().unwrap_or_default();
    ApiError::conflict_because(&call.kind().group, &format!("{}/{part}", call.kind().plural), call.name(), why)
}
