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
mod tests {
    use super::*;
    use crate::diagnostic::Collector;
    use crate::source::Sources;
    use crate::yaml;

    #[test]
    fn a_kind_is_laid_out_as_people_write_it() {
        let spec = Map::new().with("tag", Node::whole(2)).with("type", Node::text("list(Part)")).with("keys", Node::words(["name"]));
        let kind = Map::new()
            .with("kind", Node::text("Rocket"))
            .with("doc", Node::text("Flies: mostly, up."))
            .with("shortNames", Node::words(["rk", "y"]))
            .with("fields", Map::new().with("spec", spec))
            .with("subresources", Map::new().with("status", Map::new()))
            .with("columns", Node::List(vec![Map::new().with("name", Node::text("Age")).with("priority", Node::whole(1)).into()]))
            .with(
                "types",
                Map::new()
                    .with("Part", Map::new().with("doc", Node::text("One.")).with("fields", Map::new().with("name", Map::new())))
                    .with("Empty", Map::new())
                    .with("Mode", Map::new().with("enum", Node::words(["A", "*", ""])).with("open", Node::flag(true))),
            );
        let expected = "\
# yaml-language-server: $schema=../../schema.json
kind: Rocket
doc: \"Flies: mostly, up.\"
shortNames: [rk, \"y\"]
fields:
  spec: {tag: 2, type: list(Part), keys: [name]}
subresources:
  status: {}
columns:
  - {name: Age, priority: 1}
types:
  Part:
    doc: One.
    fields:
      name: {}
  Empty: {}
  Mode: {enum: [A, \"*\", \"\"], open: true}
";
        assert_eq!(schema_file(2, &kind), expected);
    }

    #[test]
    fn groups_have_versions_rules_and_comments() {
        let mut v1 = Entry::new("v1", Map::new().with("introduced", Node::text("1.0")).with("hub", Node::flag(true)));
        v1.above.push("first".into());
        v1.beside = "best".into();
        let step = Map::new().with("move", Map::new().with("hub", Node::text("a.b")).with("spoke", Node::text("c")));
        let group = Map::new()
            .with("group", Node::text(""))
            .with("versions", Node::Map(Map { entries: vec![v1] }))
            .with("convert", Map::new().with("Spec", Map::new().with("v1beta1", Node::List(vec![step.into()]))))
            .with("kept", Node::Kept("  # as it was\n  a: b\n".into()));
        let expected = "\
# yaml-language-server: $schema=../../schema.json
group: \"\"
versions:
  # first
  v1: {introduced: \"1.0\", hub: true}  # best
convert:
  Spec:
    v1beta1:
      - move: {hub: a.b, spoke: c}
kept:  # as it was
  a: b
";
        assert_eq!(schema_file(2, &group), expected);
    }

    /// What is written is read back as it was, in a flow line and as the value of a block.
    #[test]
    fn text_survives() {
        for text in [
            "",
            "a",
            "a b",
            "a: b",
            "a:b",
            "a #b",
            "a#b",
            "#a",
            "- a",
            "-a",
            "? a",
            "a, b",
            "[a]",
            "{a}",
            "a]",
            "'a",
            "it's",
            "\"a\"",
            "a\"b",
            "&a",
            "*",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "true",
            "no",
            "null",
            "~",
            "1",
            "1.5",
            "1.36",
            "-1",
            "+1",
            "0x1f",
            "1_000",
            "1e3",
            ".5",
            ".inf",
            "2020-01-01",
            "12:30:45",
            " a",
            "a ",
            "a\nb",
            "a\n",
            "\ta",
            "\u{7}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "é",
            "a:",
            ":a",
            "<<",
            "=",
            "--- a",
            "...",
            ".a.b",
            "a\\b",
            "'",
            "^[a-z]+$",
            "/x/(y)?",
            "list(string)",
            "T?",
            "$ref",
            "x-y",
            "null and void",
            "=x",
            "\u{1f680}",
            "a\r\nb",
            "on",
        ] {
            let line = Map::new().with("x", Node::text(text)).with("y", Node::words([text]));
            let mut tree = Map::new().with("doc", Node::text(text)).with("fields", Map::new().with("f", line.clone()));
            tree.push("types", Map::new().with("T", Map::new().with("doc", Node::text(text)).with("fields", Map::new().with(text, line))));
            let written = schema_file(0, &tree);
            let mut sources = Sources::new();
            sources.insert("x", written.as_str());
            let mut problems = Collector::new();
            let read = sources.iter().next().and_then(|(_, source)| yaml::parse(0, source, &mut problems));
            assert!(problems.finish().is_ok(), "{text:?}: {written}");
            let json = read.map(|node| node.json()).unwrap_or_default();
            assert_eq!(json["doc"], text, "{written}");
            assert_eq!(json["fields"]["f"]["x"], text, "{written}");
            assert_eq!(json["fields"]["f"]["y"][0], text, "{written}");
            assert_eq!(json["types"]["T"]["doc"], text, "{written}");
            assert_eq!(json["types"]["T"]["fields"][text]["x"], text, "{written}");
        }
    }

    #[test]
    fn json_values_are_written_in_flow() {
        for (json, expected) in [
            (r#"{"a":[1,"1",true,null,{}],"b c":"x"}"#, "{a: [1, \"1\", true, null, {}], b c: x}"),
            ("[]", "[]"),
            ("1.5", "1.5"),
            (r#"" ""#, "\" \""),
        ] {
            let value: Value = serde_json::from_str(json).unwrap_or_default();
            let written = schema_file(0, &Map::new().with("default", Node::json(&value)));
            assert_eq!(written.lines().nth(1), Some(format!("default: {expected}").as_str()));
        }
    }
}
