//! Values with their places, taken from a tree that fits the grammar.

use serde_json::Value;

use crate::source::Span;
use crate::yaml::{Entry, Node, Yaml};

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// Text and where it was written.
pub type Words = Located<String>;

impl Entry {
    /// The key as located text.
    pub(crate) fn name(&self) -> Words {
        Located { value: self.key.clone(), span: self.span }
    }
}

impl Node {
    /// A scalar's text.
    pub(crate) fn words(&self) -> Option<Words> {
        match &self.value {
            Yaml::Scalar(scalar) => Some(Located { value: scalar.text.clone(), span: self.span }),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> &[Node] {
        if let Yaml::List(items) = &self.value { items } else { &[] }
    }

    /// The text at a key.
    pub(crate) fn text(&self, key: &str) -> Option<Words> {
        self.get(key).and_then(Self::words)
    }

    /// The text at a key without its place; empty when there is none.
    pub(crate) fn plain(&self, key: &str) -> String {
        self.text(key).map(|text| text.value.trim_end().to_owned()).unwrap_or_default()
    }

    /// The flag at a key.
    pub(crate) fn flag(&self, key: &str) -> Option<Located<bool>> {
        let node = self.get(key)?;
        Some(Located { value: node.json().as_bool()?, span: node.span })
    }

    /// Whether the flag at a key is set to true.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.flag(key).is_some_and(|flag| flag.value)
    }

    /// The integer at a key.
    pub(crate) fn whole(&self, key: &str) -> Option<Located<i64>> {
        let node = self.get(key)?;
        Some(Located { value: node.json().as_i64()?, span: node.span })
    }

    /// The value at a key as JSON.
    pub(crate) fn any(&self, key: &str) -> Option<Located<Value>> {
        let node = self.get(key)?;
        Some(Located { value: node.json(), span: node.span })
    }

    /// The list of text at a key.
    pub(crate) fn texts(&self, key: &str) -> Option<Vec<Words>> {
        Some(self.get(key)?.items().iter().filter_map(Self::words).collect())
    }

    /// The entries of the mapping at a key.
    pub(crate) fn map(&self, key: &str) -> &[Entry] {
        self.get(key).map(Self::entries).unwrap_or_default()
    }
}
