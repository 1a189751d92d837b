//! JSON patch (RFC 6902) as Kubernetes applies it: `replace` of a missing member adds it, and negative indexes count from the end.

mod pointer;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{PatchError, PatchErrorKind, same};
use pointer::Pointer;

/// Most operations of one patch.
pub const MAX_OPERATIONS: usize = 10_000;
/// Most bytes of JSON that the `copy` operations of one patch may produce together: the size limit of request bodies.
pub const MAX_COPIED: usize = 3 * 1024 * 1024;

/// Deepest nesting that operations may build; `move` could otherwise nest without end.
pub const MAX_DEPTH: usize = 500;

/// The members an operation may have; others are findings of strict decoding.
const MEMBERS: [&str; 4] = ["op", "from", "path", "value"];

/// The target with the operations applied in order; all of them, or an error.
pub fn apply(target: Value, patch: &Value) -> Result<Value, PatchError> {
    let Value::Array(operations) = patch else {
        return Err(PatchError::mistyped(patch, "value of type []handlers.jsonPatchOp"));
    };
    for operation in operations {
        check_types(operation)?;
    }
    if operations.len() > MAX_OPERATIONS {
        let message = format!("The allowed maximum operations in a JSON patch is {MAX_OPERATIONS}, got {}", operations.len());
        return Err(PatchError::new(PatchErrorKind::TooLarge, message));
    }
    let mut document = Document { depth: depth(&target), root: target, copied: 0, touched: BTreeSet::new() };
    for operation in operations {
        document.apply(operation)?;
    }
    Ok(document.finish())
}

/// Members of operations that mean nothing, as `json patch unknown field "[0].x"`, for strict decoding.
pub fn unknown_members(patch: &Value) -> Vec<String> {
    let members = patch.as_array().into_iter().flatten().enumerate().flat_map(|(at, operation)| {
        let names = operation.as_object().into_iter().flat_map(Map::keys);
        names.filter(|name| !MEMBERS.contains(&name.as_str())).map(move |name| format!("json patch unknown field \"[{at}].{name}\""))
    });
    members.collect()
}

/// An operation is an object whose `op`, `from` and `path` are text.
fn check_types(operation: &Value) -> Result<(), PatchError> {
    let Value::Object(members) = operation else {
        return Err(PatchError::mistyped(operation, "value of type handlers.jsonPatchOp"));
    };
    for name in &MEMBERS[..3] {
        match members.get(*name) {
            None | Some(Value::Null | Value::String(_)) => {}
            Some(other) => return Err(PatchError::mistyped(other, &format!("struct field jsonPatchOp.{name} of type string"))),
        }
    }
    Ok(())
}

fn rejected(message: impl Into<String>) -> PatchError {
    PatchError::new(PatchErrorKind::Rejected, message)
}

/// The document under change.
struct Document<'a> {
    root: Value,
    /// Bytes copied so far.
    copied: usize,
    /// No less than the nesting of the root.
    depth: usize,
    /// Pointers to the objects and lists that were changed, or lie above one that was.
    touched: BTreeSet<&'a str>,
}

impl<'a> Document<'a> {
    fn apply(&mut self, operation: &'a Value) -> Result<(), PatchError> {
        let path = pointer(operation, "path")?;
        match operation["op"].as_str().unwrap_or_default() {
            "add" => {
                let value = value(operation)?;
                self.deepen(&path, depth(value))?;
                path.add(&mut self.root, value.clone())?;
            }
            "remove" => drop(path.remove(&mut self.root)?),
            "replace" => {
                let value = value(operation)?;
                self.deepen(&path, depth(value))?;
                path.replace(&mut self.root, value.clone())?;
            }
            "test" => return test(path.get(&self.root), value(operation)?),
            "move" => {
                let from = pointer(operation, "from")?;
                self.deepen(&path, self.depth.saturating_sub(from.len()))?;
                let moved = from.remove(&mut self.root)?;
                path.add(&mut self.root, moved)?;
                self.touched.extend(from.parents());
            }
            "copy" => {
                let from = pointer(operation, "from")?;
                self.deepen(&path, self.depth.saturating_sub(from.len()))?;
                let copy = self.copy(&from)?;
                path.add(&mut self.root, copy)?;
            }
            other => return Err(rejected(format!("unexpected kind: {other}"))),
        }
        self.touched.extend(path.parents());
        Ok(())
    }

    fn copy(&mut self, from: &Pointer<'_>) -> Result<Value, PatchError> {
        let original = from.get(&self.root).ok_or_else(|| rejected("copy: nothing is at `from`"))?;
        self.copied = self.copied.saturating_add(size(original));
        if self.copied > MAX_COPIED {
            return Err(rejected(format!("copy: more than {MAX_COPIED} bytes were copied")));
        }
        Ok(original.clone())
    }

    /// Notes that something nested so deep goes to a place.
    fn deepen(&mut self, path: &Pointer<'_>, depth: usize) -> Result<(), PatchError> {
        self.depth = self.depth.max(path.len() + depth);
        if self.depth > MAX_DEPTH { Err(rejected(format!("the patch nests deeper than {MAX_DEPTH} levels"))) } else { Ok(()) }
    }

    /// The document. Members of touched objects come in ascending order, as Kubernetes writes them.
    fn finish(mut self) -> Value {
        for path in self.touched {
            if let Some(Value::Object(members)) = Pointer::parse(path).and_then(|path| path.get_mut(&mut self.root)) {
                members.sort_keys();
            }
        }
        self.root
    }
}

/// How many lists and objects lie in each other at most.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

fn pointer<'a>(operation: &'a Value, name: &str) -> Result<Pointer<'a>, PatchError> {
    let text = operation[name].as_str().ok_or_else(|| rejected(format!("`{name}` is missing")))?;
    Pointer::parse(text).ok_or_else(|| rejected(format!("`{name}` does not start with a slash")))
}

fn value(operation: &Value) -> Result<&Value, PatchError> {
    operation.get("value").ok_or_else(|| rejected("`value` is missing"))
}

/// Absence counts as null.
fn test(found: Option<&Value>, expected: &Value) -> Result<(), PatchError> {
    if same(found.unwrap_or(&Value::Null), expected) { Ok(()) } else { Err(rejected("test: the value is another one")) }
}

/// About how many bytes the value takes as JSON text.
fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 4,
        Value::Number(_) => 8,
        Value::String(text) => text.len() + 2,
        Value::Array(items) => 2 + items.iter().map(|item| size(item) + 1).sum::<usize>(),
        Value::Object(members) => 2 + members.iter().map(|(name, value)| name.len() + size(value) + 4).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests;
