//! What expressions come to: parts of the object, lists of them, and pairs.

use std::borrow::Cow;

use serde_json::Value;

/// The value of an expression over an object.
#[derive(Clone, Debug)]
pub(super) enum Found<'v> {
    /// A part of the object, or a value made from it.
    Json(Cow<'v, Value>),
    /// What a path with several ends met, or the items of a list.
    Many(Vec<Found<'v>>),
    /// An item of `entries` or `zip`.
    Pair(Box<Pair<'v>>),
}

/// Two values under a key or at a position.
#[derive(Clone, Debug)]
pub(super) struct Pair<'v> {
    /// What the label is called: `key` or `index`.
    pub(super) named: &'static str,
    pub(super) label: Value,
    pub(super) first: Found<'v>,
    pub(super) second: Found<'v>,
}

impl<'v> Found<'v> {
    pub(super) const NOTHING: Self = Self::Json(Cow::Borrowed(&Value::Null));

    pub(super) fn of(value: &'v Value) -> Self {
        Self::Json(Cow::Borrowed(value))
    }

    pub(super) fn made(value: impl Into<Value>) -> Self {
        Self::Json(Cow::Owned(value.into()))
    }

    /// The value, the first that is not null of several.
    pub(super) fn one(&self) -> Cow<'_, Value> {
        match self {
            Self::Json(value) => Cow::Borrowed(value),
            Self::Many(found) => found.iter().map(Self::one).find(|value| !value.is_null()).unwrap_or_default(),
            Self::Pair(_) => Cow::Owned(Value::Null),
        }
    }

    /// Its items; nothing has none, and a single value is an item itself.
    pub(super) fn items(self) -> Vec<Self> {
        match self {
            Self::Many(items) => items,
            Self::Json(Cow::Borrowed(Value::Array(items))) => items.iter().map(Self::of).collect(),
            Self::Json(Cow::Owned(Value::Array(items))) => items.into_iter().map(Self::made).collect(),
            Self::Json(value) if value.is_null() => Vec::new(),
            single => vec![single],
        }
    }

    /// How many items or members it has.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Many(items) => items.len(),
            Self::Json(value) => match &**value {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                _ => 0,
            },
            Self::Pair(_) => 0,
        }
    }

    /// Nothing, and text, lists and objects without content.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Json(value) => match &**value {
                Value::Null => true,
                Value::String(text) => text.is_empty(),
                Value::Array(items) => items.is_empty(),
                Value::Object(members) => members.is_empty(),
                Value::Bool(_) | Value::Number(_) => false,
            },
            Self::Many(items) => items.iter().all(Self::is_empty),
            Self::Pair(_) => false,
        }
    }

    /// Whether it holds as a condition: neither empty nor false.
    pub(super) fn holds(&self) -> bool {
        !self.is_empty() && *self.one() != Value::Bool(false)
    }

    /// As text: text as it is, nothing for null, JSON for the rest.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self.one() {
            Cow::Borrowed(Value::String(text)) => Cow::Borrowed(text),
            Cow::Owned(Value::String(text)) => Cow::Owned(text),
            value if value.is_null() => Cow::Borrowed(""),
            other => Cow::Owned(other.to_string()),
        }
    }

    /// As a number, also when it is written as text.
    pub(super) fn number(&self) -> Option<f64> {
        match &*self.one() {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A member of it, or of each of several.
    pub(super) fn member(&self, name: &str) -> Vec<Self> {
        match self {
            Self::Json(Cow::Borrowed(value)) => value.get(name).map(Self::of).into_iter().collect(),
            Self::Json(Cow::Owned(value)) => value.get(name).cloned().map(Self::made).into_iter().collect(),
            Self::Many(items) => items.iter().flat_map(|item| item.member(name)).collect(),
            Self::Pair(pair) => pair.member(name).into_iter().collect(),
        }
    }

    /// An item of it; negative positions count from the end.
    pub(super) fn item(self, at: i64) -> Vec<Self> {
        if !self.is_list() {
            return Vec::new();
        }
        let mut items = self.items();
        let at = if at < 0 { at + items.len() as i64 } else { at };
        match usize::try_from(at) {
            Ok(at) if at < items.len() => vec![items.swap_remove(at)],
            _ => Vec::new(),
        }
    }

    /// Every item, or the value of every member.
    pub(super) fn all(self) -> Vec<Self> {
        match self {
            Self::Json(Cow::Borrowed(Value::Object(members))) => members.values().map(Self::of).collect(),
            Self::Json(Cow::Owned(Value::Object(members))) => members.into_iter().map(|(_, value)| Self::made(value)).collect(),
            list if list.is_list() => list.items(),
            _ => Vec::new(),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::Many(_) => true,
            Self::Json(value) => value.is_array(),
            Self::Pair(_) => false,
        }
    }
}

impl<'v> Pair<'v> {
    fn member(&self, name: &str) -> Option<Found<'v>> {
        match name {
            "first" => Some(self.first.clone()),
            "second" => Some(self.second.clone()),
            _ => (name == self.named).then(|| Found::made(self.label.clone())),
        }
    }
}
