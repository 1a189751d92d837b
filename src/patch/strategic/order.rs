//! The order of merged lists: as the patch says, else as the patch has them, else as they were.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::super::PatchError;
use super::super::go::GoList;
use super::directive::{self, Directive, PATCH};
use super::failed;
use super::list::{self, merge_value};
use super::schema::Node;

/// Merges the lists that have a `$setElementOrder` in the patch, and takes both out of the patch.
pub(super) fn merge_ordered(target: &mut Map<String, Value>, patch: &mut Map<String, Value>, node: Node<'_>) -> Result<(), PatchError> {
    let mut orders = Vec::new();
    for key in patch.keys() {
        if let Some(Directive::Order(field)) = Directive::of(key)? {
            orders.push((key.clone(), field.to_owned()));
        }
    }
    for (key, field) in orders {
        let order = as_list(patch.shift_remove(&key).unwrap_or_default())?;
        let change = patch.shift_remove(&field).map(as_list).transpose()?;
        let old = target.get_mut(&field).map(|old| as_list(old.take())).transpose()?;
        let (item, rule) = node.child(&field);
        let merge_key = rule.merge_key();
        check_order(change.as_deref().unwrap_or_default(), &order, merge_key)?;
        let before = before(old.as_deref().unwrap_or_default(), change.as_deref().unwrap_or_default(), merge_key);
        let merged = match (&old, change) {
            (None, None) => continue,
            (Some(old), None) => old.clone(),
            (Some(old), Some(change)) => list::merge(old.clone(), change, item, rule, false)?,
            (None, Some(change)) => match directive::stripped(Value::Array(change)) {
                Some(Value::Array(items)) => items,
                _ => Vec::new(),
            },
        };
        let arranged = arrange(merged, &order, &before, merge_key)?;
        target.insert(field, Value::Array(arranged));
    }
    Ok(())
}

/// The order that counts as the old one. Kubernetes deletes in place and appends into the room that this leaves, so that new items count as
/// old ones there, behind the rest.
fn before(old: &[Value], patch: &[Value], key: &str) -> Vec<Value> {
    let name = |item: &Value| item.get(key).map(Value::to_string);
    let names = |items: &[&Value]| items.iter().filter_map(|item| name(item)).collect::<HashSet<_>>();
    let (deletes, changes): (Vec<&Value>, Vec<&Value>) = patch.iter().partition(|item| item.get(PATCH).is_some_and(|how| how == "delete"));
    if deletes.is_empty() || key.is_empty() {
        return old.to_vec();
    }
    let (gone, known) = (names(&deletes), names(&old.iter().collect::<Vec<_>>()));
    let mut order: Vec<Value> = old.iter().filter(|item| !name(item).is_some_and(|name| gone.contains(&name))).cloned().collect();
    let new = changes.into_iter().filter(|item| !name(item).is_some_and(|name| known.contains(&name)));
    let room = old.len() - order.len();
    order.extend(new.take(room).cloned());
    order
}

fn as_list(value: Value) -> Result<Vec<Value>, PatchError> {
    match value {
        Value::Array(items) => Ok(items),
        Value::Null => Ok(Vec::new()),
        other => Err(failed(format!("expected a []interface {{}}, but received a {}", super::super::type_name(&other)))),
    }
}

/// The patch's items, but for those it deletes, must appear in the order, and in that order.
fn check_order(patch: &[Value], order: &[Value], key: &str) -> Result<(), PatchError> {
    let mut ordered = order.iter();
    for item in patch.iter().filter(|item| item.get(PATCH).is_none_or(|how| how != "delete")) {
        let name = if key.is_empty() { item } else { merge_value(item, key)? };
        if !ordered.any(|next| (if key.is_empty() { Some(next) } else { next.get(key) }) == Some(name)) {
            let message =
                format!("The order in patch list:\n{}\n doesn't match $setElementOrder list:\n{}\n", GoList(patch), GoList(order));
            return Err(failed(message));
        }
    }
    Ok(())
}

/// Puts the items that `wanted` names in its order; the others keep their `old` order, each before the wanted items that came after it.
pub(super) fn arrange(items: Vec<Value>, wanted: &[Value], old: &[Value], key: &str) -> Result<Vec<Value>, PatchError> {
    let (wanted, old) = (positions(wanted, key)?, positions(old, key)?);
    let mut named = Vec::new();
    let mut others = Vec::new();
    for item in items {
        let id = identity(&item, key)?;
        let before = old.get(&id).copied();
        match wanted.get(&id) {
            Some(&at) => named.push((at, before, item)),
            None => others.push((before.unwrap_or(usize::MAX), before, item)),
        }
    }
    named.sort_by_key(|(at, ..)| *at);
    others.sort_by_key(|(at, ..)| *at);
    Ok(zip(others, named))
}

/// Merges two lists, each in its own order: the left item goes first where both were there before and it came first.
fn zip(left: Vec<(usize, Option<usize>, Value)>, right: Vec<(usize, Option<usize>, Value)>) -> Vec<Value> {
    let mut all = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        let left_first = match (left.peek(), right.peek()) {
            (None, None) => return all,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some((_, l, _)), Some((_, r, _))) => matches!((l, r), (Some(l), Some(r)) if l < r),
        };
        let next = if left_first { left.next() } else { right.next() };
        all.extend(next.map(|(.., item)| item));
    }
}

/// First position of each item of a list.
fn positions(items: &[Value], key: &str) -> Result<HashMap<String, usize>, PatchError> {
    let mut positions = HashMap::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        positions.entry(identity(item, key)?).or_insert(at);
    }
    Ok(positions)
}

/// What tells an item from others: its merge key's value, or a scalar itself.
fn identity(item: &Value, key: &str) -> Result<String, PatchError> {
    let value = if key.is_empty() { item } else { merge_value(item, key)? };
    Ok(value.to_string())
}
