//! JSON pointers (RFC 6901), and what operations do at the place they name.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::PatchError;
use super::rejected;

/// The way to a place in a document; without steps it is the document itself.
pub(super) struct Pointer<'a> {
    text: &'a str,
    steps: Vec<Cow<'a, str>>,
}

impl<'a> Pointer<'a> {
    /// `None` when the text neither is empty nor starts with a slash.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self { text, steps: Vec::new() });
        }
        Some(Self { text, steps: text.strip_prefix('/')?.split('/').map(unescaped).collect() })
    }

    /// Number of steps.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The pointers to everything the place lies in.
    pub(super) fn parents(&self) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        text.match_indices('/').map(move |(at, _)| &text[..at])
    }

    /// The value at the place, to change, if there is one.
    pub(super) fn get_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        self.steps.iter().try_fold(root, |value, step| child(value, step))
    }

    /// The value at the place, if there is one.
    pub(super) fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        self.steps.iter().try_fold(root, |value, step| match value {
            Value::Object(members) => members.get(&**step),
            Value::Array(items) => items.get(index(step, items.len())?),
            _ => None,
        })
    }

    /// Puts a value at the place: a new member or another value of it, a new item before the index or, for `-`, at the end.
    pub(super) fn add(&self, root: &mut Value, value: Value) -> Result<(), PatchError> {
        let Some((last, parent)) = self.parent(root)? else {
            *root = value;
            return Ok(());
        };
        match parent {
            Place::Members(members) => {
                members.insert(last.to_owned(), value);
            }
            // The new item is counted too: -1 is behind the last one.
            Place::Items(items) => {
                let at = if last == "-" { items.len() } else { index(last, items.len() + 1).ok_or_else(|| bad_index(last))? };
                items.insert(at, value);
            }
        }
        Ok(())
    }

    /// Puts another value at the place; a missing member is added, a missing item is not.
    pub(super) fn replace(&self, root: &mut Value, value: Value) -> Result<(), PatchError> {
        let Some((last, parent)) = self.parent(root)? else {
            *root = value;
            return Ok(());
        };
        match parent {
            Place::Members(members) => {
                members.insert(last.to_owned(), value);
            }
            Place::Items(items) => *index(last, items.len()).and_then(|at| items.get_mut(at)).ok_or_else(|| bad_index(last))? = value,
        }
        Ok(())
    }

    /// Takes the value away from the place.
    pub(super) fn remove(&self, root: &mut Value) -> Result<Value, PatchError> {
        let Some((last, parent)) = self.parent(root)? else {
            return Err(rejected("the whole document cannot be removed"));
        };
        match parent {
            Place::Members(members) => members.swap_remove(last).ok_or_else(|| rejected(format!("remove: no member `{last}`"))),
            Place::Items(items) => index(last, items.len()).map(|at| items.remove(at)).ok_or_else(|| bad_index(last)),
        }
    }

    /// The last step, and the object or list it is taken in; `None` for the document itself.
    fn parent<'v>(&self, root: &'v mut Value) -> Result<Option<(&str, Place<'v>)>, PatchError> {
        let Some((last, steps)) = self.steps.split_last() else {
            return Ok(None);
        };
        let mut value = root;
        for step in steps {
            value = child(value, step).ok_or_else(|| rejected(format!("nothing is at `{step}` of the path")))?;
        }
        match value {
            Value::Object(members) => Ok(Some((last, Place::Members(members)))),
            Value::Array(items) => Ok(Some((last, Place::Items(items)))),
            _ => Err(rejected(format!("`{last}` of the path is in neither object nor list"))),
        }
    }
}

enum Place<'v> {
    Members(&'v mut Map<String, Value>),
    Items(&'v mut Vec<Value>),
}

fn child<'v>(value: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match value {
        Value::Object(members) => members.get_mut(step),
        Value::Array(items) => index(step, items.len()).and_then(|at| items.get_mut(at)),
        _ => None,
    }
}

fn bad_index(step: &str) -> PatchError {
    rejected(format!("`{step}` is no index of the list"))
}

/// The position a step names in a list of this length. Negative ones count from the end, as in Kubernetes.
fn index(step: &str, len: usize) -> Option<usize> {
    let digits = step.strip_prefix('-').unwrap_or(step);
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && (digits.len() == 1 || !digits.starts_with('0'));
    let number: usize = digits.parse().ok().filter(|_| plain)?;
    let at = if digits.len() == step.len() { number } else { len.checked_sub(number)? };
    (at < len).then_some(at)
}

fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}
