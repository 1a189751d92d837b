//! The directives of a patch: what their keys look like, `$retainKeys`, and taking directives out of values that are used as they are.

use serde_json::{Map, Value};

use super::super::PatchError;
use super::super::go::Go;
use super::{bad_format, failed};

/// Replaces or deletes the map or list item it stands in.
pub(super) const PATCH: &str = "$patch";
const RETAIN_KEYS: &str = "$retainKeys";
const DELETE_FROM: &str = "$deleteFromPrimitiveList";
const ORDER: &str = "$setElementOrder";

/// A key of a patch that speaks about a list beside it.
pub(super) enum Directive<'a> {
    /// Scalars to take out of the list.
    DeleteFrom(&'a str),
    /// The wanted order of the list.
    Order(&'a str),
}

impl<'a> Directive<'a> {
    /// The directive a key is; `None` for ordinary members.
    pub(super) fn of(key: &'a str) -> Result<Option<Self>, PatchError> {
        if let Some(rest) = key.strip_prefix(ORDER) {
            return list_name(rest).map(Self::Order).map(Some).ok_or_else(|| bad_format("setElementOrder list"));
        }
        if let Some(rest) = key.strip_prefix(DELETE_FROM) {
            return list_name(rest).map(Self::DeleteFrom).map(Some).ok_or_else(|| bad_format("primitive list"));
        }
        Ok(None)
    }
}

fn list_name(rest: &str) -> Option<&str> {
    rest.strip_prefix('/').filter(|name| !name.is_empty())
}

/// A `$patch` of neither `replace` nor `delete`; `map` is what it stands in.
pub(super) fn unknown(how: Value, mut map: Map<String, Value>) -> PatchError {
    let text = Go(&how).to_string();
    map.insert(PATCH.to_owned(), how);
    failed(format!("unknown patch type: {text} in map: {}", Go(&Value::Object(map))))
}

/// Carries out `$retainKeys`: members of the target that it does not list go. Each member of the patch must be listed.
pub(super) fn retain_keys(target: &mut Map<String, Value>, patch: &mut Map<String, Value>) -> Result<(), PatchError> {
    let keys = match patch.shift_remove(RETAIN_KEYS) {
        None => return Ok(()),
        Some(Value::Array(keys)) => keys,
        Some(_) => return Err(bad_format("retainKeys")),
    };
    let listed = |name: &str| keys.iter().any(|key| key == name);
    let stray = |name: &str, value: &Value| !(value.is_null() || name.starts_with(DELETE_FROM) || name.starts_with(ORDER) || listed(name));
    if patch.iter().any(|(name, value)| stray(name, value)) {
        return Err(bad_format("retainKeys"));
    }
    target.retain(|name, _| listed(name));
    Ok(())
}

/// The value without directives and nulls; `None` when a directive says that it should not be.
pub(super) fn stripped(value: Value) -> Option<Value> {
    match value {
        Value::Object(mut members) => {
            let deleted = members.shift_remove(PATCH).is_some_and(|how| how == "delete");
            (!deleted).then(|| {
                let kept = members.into_iter().filter(|(name, value)| !(value.is_null() || is_directive(name)));
                Value::Object(kept.filter_map(|(name, value)| Some((name, stripped(value)?))).collect())
            })
        }
        Value::Array(items) => {
            let is_marker = |item: &Value| item.as_object().is_some_and(|members| members.len() == 1 && members.contains_key(PATCH));
            Some(Value::Array(items.into_iter().filter(|item| !is_marker(item)).filter_map(stripped).collect()))
        }
        scalar => Some(scalar),
    }
}

fn is_directive(name: &str) -> bool {
    name == RETAIN_KEYS || name.starts_with(DELETE_FROM) || name.starts_with(ORDER)
}
