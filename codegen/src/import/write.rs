//! The schema writer: an ordered tree to the text of a schema file, in the layout that the schemas of this repository have. Blocks for kinds
//! and types, one line per field, quotes only where a reader would take text for something else.

mod layout;
mod scalar;

use serde_json::Value;

pub use layout::schema_file;

/// A value of a schema file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text; quoted where it has to be.
    Text(String),
    /// A number, a flag, or a value in one line that is YAML already.
    Raw(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Map),
    /// What stands after a key, as lines that somebody else laid out: the rest of the key's own line, then the lines below.
    Kept(String),
}

/// A mapping in the order of writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// A key with its value and the comments at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Comment lines above it, without `# `.
    pub above: Vec<String>,
    /// The key.
    pub key: String,
    /// The value.
    pub value: Node,
    /// A comment at the end of its line, without `# `; may be empty.
    pub beside: String,
}

impl Node {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A flag.
    pub fn flag(flag: bool) -> Self {
        Self::Raw(flag.to_string())
    }

    /// An integer.
    pub fn whole(number: impl Into<i64>) -> Self {
        Self::Raw(number.into().to_string())
    }

    /// A list of texts.
    pub fn words<T: Into<String>>(words: impl IntoIterator<Item = T>) -> Self {
        Self::List(words.into_iter().map(Self::text).collect())
    }

    /// A JSON value.
    pub fn json(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::text(text),
            Value::Array(items) => Self::List(items.iter().map(Self::json).collect()),
            Value::Object(members) => Self::Map(members.iter().map(|(key, value)| Entry::new(key, Self::json(value))).collect()),
            other => Self::Raw(other.to_string()),
        }
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl Entry {
    /// An entry without comments.
    pub fn new(key: impl Into<String>, value: impl Into<Node>) -> Self {
        Self { above: Vec::new(), key: key.into(), value: value.into(), beside: String::new() }
    }

    /// Adds a comment line above it.
    pub fn comment(mut self, line: impl Into<String>) -> Self {
        self.above.push(line.into());
        self
    }
}

impl FromIterator<Entry> for Map {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

impl Map {
    /// An empty mapping.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, key: impl Into<String>, value: impl Into<Node>) {
        self.entries.push(Entry::new(key, value));
    }

    /// Adds an entry at the end.
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Node>) -> Self {
        self.push(key, value);
        self
    }

    /// Adds text at the end, unless it is empty.
    pub fn push_text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.push(key, Node::text(text));
        }
    }

    /// Adds a flag at the end, if it is set.
    pub fn push_flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.push(key, Node::flag(true));
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

#[cfg(test)]
mod tests;
