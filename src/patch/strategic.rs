//! Strategic merge patch: a merge patch that knows from the descriptor which lists merge, and by which key.
//!
//! Maps merge unless told otherwise; lists are replaced unless their field has the patch strategy `merge`. Directives in the patch
//! (`$patch`, `$retainKeys`, `$deleteFromPrimitiveList/x`, `$setElementOrder/x`) say what a plain merge cannot.
//! Source: the Kubernetes documentation of strategic merge patch, and apimachinery's test tables.

mod directive;
mod list;
mod order;
mod schema;

use kubewright_model::Desc;
use serde_json::{Map, Value};

use super::{PatchError, PatchErrorKind};
use directive::Directive;
use schema::Node;

/// The target, an object of the described type, with the patch applied.
pub fn apply(target: Value, patch: &Value, desc: &Desc) -> Result<Value, PatchError> {
    let Value::Object(patch) = patch else {
        return Err(PatchError::mistyped(patch, "value of type map[string]interface {}"));
    };
    let target = match target {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    merge_map(target, patch.clone(), Node::Message(desc)).map(Value::Object)
}

fn failed(message: impl Into<String>) -> PatchError {
    PatchError::new(PatchErrorKind::Failed, message)
}

fn bad_format(what: &str) -> PatchError {
    PatchError::new(PatchErrorKind::BadRequest, format!("invalid patch format of {what}"))
}

/// Merges the members of `patch` into `target`.
fn merge_map(mut target: Map<String, Value>, mut patch: Map<String, Value>, node: Node<'_>) -> Result<Map<String, Value>, PatchError> {
    match patch.shift_remove(directive::PATCH) {
        None => {}
        Some(Value::String(how)) if how == "replace" => return Ok(patch),
        Some(Value::String(how)) if how == "delete" => return Ok(Map::new()),
        Some(other) => return Err(directive::unknown(other, patch)),
    }
    directive::retain_keys(&mut target, &mut patch)?;
    order::merge_ordered(&mut target, &mut patch, node)?;
    for (key, change) in patch {
        match Directive::of(&key)? {
            Some(Directive::DeleteFrom(list)) => merge_member(&mut target, list, change, node, true)?,
            Some(Directive::Order(_)) => {}
            None => merge_member(&mut target, &key, change, node, false)?,
        }
    }
    Ok(target)
}

/// Merges one member; with `delete`, the change is a list of scalars to take out of the target's list.
fn merge_member(target: &mut Map<String, Value>, key: &str, change: Value, node: Node<'_>, delete: bool) -> Result<(), PatchError> {
    if change.is_null() {
        target.shift_remove(key);
        return Ok(());
    }
    let Some(slot) = target.get_mut(key) else {
        if let (false, Some(value)) = (delete, directive::stripped(change)) {
            target.insert(key.to_owned(), value);
        }
        return Ok(());
    };
    let (sub, rule) = node.child(key);
    match (std::mem::take(slot), change) {
        (Value::Object(old), Value::Object(change)) if !rule.replaces() => *slot = Value::Object(merge_map(old, change, sub)?),
        (Value::Array(old), Value::Array(change)) => *slot = Value::Array(list::merge(old, change, sub, rule, delete)?),
        (old, _) if delete => *slot = old,
        (Value::Object(_), change @ Value::Object(_)) => *slot = change,
        // Another type, or a scalar: the patch wins.
        (_, change) => match directive::stripped(change) {
            Some(value) => *slot = value,
            None => drop(target.shift_remove(key)),
        },
    }
    Ok(())
}

#[cfg(test)]
mod tests;
