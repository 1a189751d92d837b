//! Merging of lists: scalars as a set, maps by their merge key.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::super::PatchError;
use super::super::go::Go;
use super::directive::{self, PATCH};
use super::order;
use super::schema::{Node, Rule};
use super::{failed, merge_map};

/// Merges `patch` into `target`, two lists of the field with this rule; with `delete`, takes the patch's scalars out.
pub(super) fn merge(target: Vec<Value>, patch: Vec<Value>, item: Node<'_>, rule: Rule<'_>, delete: bool) -> Result<Vec<Value>, PatchError> {
    if !rule.merges() && !delete {
        return Ok(patch);
    }
    if target.is_empty() && patch.is_empty() {
        return Ok(target);
    }
    match (is_of_maps(target.iter().chain(&patch))?, rule.merge_key()) {
        (false, _) if delete => {
            let gone: HashSet<String> = patch.iter().map(Value::to_string).collect();
            Ok(target.into_iter().filter(|item| !gone.contains(&item.to_string())).collect())
        }
        (false, _) => {
            let merged = unique(target.iter().chain(&patch).cloned());
            order::arrange(merged, &patch, &target, "")
        }
        (true, "") => Err(failed("cannot merge lists without merge key")),
        (true, key) => {
            let (target, patch) = special_items(target, patch, key)?;
            let merged = merge_items(target.clone(), &patch, key, item)?;
            order::arrange(merged, &patch, &target, key)
        }
    }
}

/// Whether the items are maps. Lists may hold either maps or scalars of one type.
fn is_of_maps<'a>(items: impl Iterator<Item = &'a Value>) -> Result<bool, PatchError> {
    let mut kind = None;
    for item in items {
        if item.is_array() {
            return Err(PatchError::new(super::PatchErrorKind::Rejected, "lists of lists are not supported"));
        }
        let this = std::mem::discriminant(item);
        if kind.is_some_and(|kind| kind != this) {
            return Err(failed("list element types are not identical"));
        }
        kind = Some(this);
    }
    Ok(kind == Some(std::mem::discriminant(&Value::Object(Map::new()))))
}

fn unique(items: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.to_string())).collect()
}

/// Carries out the patch items with `$patch`: deletes the items they name, or empties the list. What is left of target and patch.
fn special_items(mut target: Vec<Value>, patch: Vec<Value>, key: &str) -> Result<(Vec<Value>, Vec<Value>), PatchError> {
    let mut rest = Vec::with_capacity(patch.len());
    let mut replace = false;
    let mut gone = HashSet::new();
    for item in patch {
        match item.get(PATCH).and_then(Value::as_str) {
            None if item.get(PATCH).is_none() => rest.push(item),
            Some("delete") => drop(gone.insert(merge_value(&item, key)?.to_string())),
            Some("replace") => replace = true,
            Some("merge") => return Err(failed("merging lists cannot yet be specified in the patch")),
            _ => return Err(unknown(item)),
        }
    }
    if !gone.is_empty() {
        target.retain(|old| !old.get(key).is_some_and(|name| gone.contains(&name.to_string())));
    }
    if replace {
        target.clear();
        rest = rest.into_iter().filter_map(directive::stripped).collect();
    }
    Ok((target, rest))
}

fn unknown(item: Value) -> PatchError {
    match item {
        Value::Object(mut members) => directive::unknown(members.shift_remove(PATCH).unwrap_or_default(), members),
        other => failed(format!("unknown patch type in {}", Go(&other))),
    }
}

/// Merges each patch item into the target's item with its merge key, or appends it.
fn merge_items(mut target: Vec<Value>, patch: &[Value], key: &str, node: Node<'_>) -> Result<Vec<Value>, PatchError> {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, old) in target.iter().enumerate() {
        if let Some(name) = old.get(key) {
            places.entry(name.to_string()).or_insert(at);
        }
    }
    for item in patch {
        let name = merge_value(item, key)?.to_string();
        if let (Some(slot), Value::Object(change)) = (places.get(&name).and_then(|at| target.get_mut(*at)), item) {
            if let Value::Object(old) = slot.take() {
                *slot = Value::Object(merge_map(old, change.clone(), node)?);
            }
        } else {
            places.insert(name, target.len());
            target.extend(directive::stripped(item.clone()));
        }
    }
    Ok(target)
}

/// The value of an item's merge key, which it must have.
pub(super) fn merge_value<'a>(item: &'a Value, key: &str) -> Result<&'a Value, PatchError> {
    item.get(key).ok_or_else(|| failed(format!("map: {} does not contain declared merge key: {key}", Go(item))))
}
