//! YAML as Kubernetes reads it (YAML 1.1: `yes` and `on` are booleans), by way of JSON.

pub mod emit;
mod locate;
mod scalar;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::Value;

use super::json::{self, MAX_DEPTH};
use crate::object::Message;

pub use locate::locate;

/// How many values a document may have after its aliases are followed; a longer document has one for each byte.
const VALUES: usize = 100_000;

/// How many bytes of text a document may have after its aliases are followed: twice what a request may be long
/// (3 MiB), as what is written out without aliases fits and is doubled at most. A longer document has twice its length.
const BYTES: usize = 2 * 3 * 1024 * 1024;

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlError {
    line: usize,
    column: usize,
    text: String,
}

impl YamlError {
    /// The line it happened in, from 1; 0 when it concerns the document as a whole.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column it happened in, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    fn new(text: impl Into<String>) -> Self {
        Self { line: 0, column: 0, text: text.into() }
    }

    fn at(self, at: Span) -> Self {
        Self { line: at.start.line(), column: at.start.col() + 1, ..self }
    }
}

impl fmt::Display for YamlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "yaml: {}", self.text),
            line => write!(f, "yaml: line {line}: {}", self.text),
        }
    }
}

impl std::error::Error for YamlError {}

/// The first document as a JSON value. Of a key given twice the last value counts.
pub fn to_json(bytes: &[u8]) -> Result<Value, YamlError> {
    let tree = read(bytes)?;
    let mut left = Budget::of(bytes);
    value(&tree, &mut left)
}

/// The first document as JSON text, keys given twice included, so that [`json::decode`] finds them.
pub fn to_json_text(bytes: &[u8]) -> Result<Vec<u8>, YamlError> {
    let tree = read(bytes)?;
    let mut left = Budget::of(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    text(&tree, &mut left, &mut out)?;
    Ok(out)
}

/// Every document of a file that holds something, as [`to_json_text`] gives it.
pub fn documents(bytes: &[u8]) -> Result<Vec<Vec<u8>>, YamlError> {
    let (mut reader, mut left) = (Reader::new(bytes)?, Budget::of(bytes));
    let mut documents = Vec::new();
    while let Some(tree) = reader.document()? {
        if !matches!(&*tree, Node::Scalar(Value::Null)) {
            let mut out = Vec::new();
            text(&tree, &mut left, &mut out)?;
            documents.push(out);
        }
    }
    Ok(documents)
}

/// Appends an object of a kind as a YAML document.
pub fn encode_object(message: &dyn Message, api_version: &str, kind: &str, out: &mut Vec<u8>) -> Result<(), YamlError> {
    let value = json::to_object_value(message, api_version, kind);
    out.extend_from_slice(emit::document(&value).as_bytes());
    Ok(())
}

/// A document before its aliases are followed.
enum Node {
    Scalar(Value),
    /// With its height: aliases nest what the text does not.
    List(u32, Vec<Rc<Node>>),
    Map(u32, Vec<(String, Rc<Node>)>),
}

impl Node {
    fn list(items: Vec<Rc<Node>>) -> Self {
        Self::List(1 + items.iter().map(|item| item.height()).max().unwrap_or_default(), items)
    }

    fn map(entries: Vec<(String, Rc<Node>)>) -> Self {
        Self::Map(1 + entries.iter().map(|(_, item)| item.height()).max().unwrap_or_default(), entries)
    }

    /// How many lists and maps stand within each other.
    fn height(&self) -> u32 {
        match self {
            Self::Scalar(_) => 0,
            Self::List(height, _) | Self::Map(height, _) => *height,
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: HashMap<usize, Rc<Node>>,
    /// What aliases used as keys and merges, of the whole document, may still copy while it is read.
    left: Budget,
}

fn read(bytes: &[u8]) -> Result<Rc<Node>, YamlError> {
    Ok(Reader::new(bytes)?.document()?.unwrap_or_else(|| Rc::new(Node::Scalar(Value::Null))))
}

fn problem(at: Span, text: &str) -> YamlError {
    YamlError::new(text).at(at)
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, YamlError> {
        let text = std::str::from_utf8(bytes).map_err(|_| YamlError::new("invalid UTF-8"))?;
        Ok(Self { parser: Parser::new_from_str(text), anchors: HashMap::new(), left: Budget::of(bytes) })
    }

    /// The next document; `None` at the end of the file.
    fn document(&mut self) -> Result<Option<Rc<Node>>, YamlError> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(None),
                (Event::DocumentStart(_), _) => self.anchors.clear(),
                (Event::Nothing | Event::StreamStart | Event::DocumentEnd, _) => {}
                (event, at) => return self.node(event, at, 0).map(Some),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), YamlError> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = error.marker();
                Err(YamlError { line: at.line(), column: at.col() + 1, text: error.info().to_owned() })
            }
            None => Err(YamlError::new("the document ends too early")),
        }
    }

    fn node(&mut self, event: Event<'a>, at: Span, depth: u32) -> Result<Rc<Node>, YamlError> {
        if depth > MAX_DEPTH {
            return Err(problem(at, "exceeded max depth"));
        }
        let (anchor, node) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_ref().filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
                (anchor, Node::Scalar(scalar::resolve(&text, style == ScalarStyle::Plain, tag)))
            }
            Event::SequenceStart(anchor, _) => (anchor, Node::list(self.items(depth)?)),
            Event::MappingStart(anchor, _) => (anchor, Node::map(self.entries(depth)?)),
            Event::Alias(anchor) => return self.anchors.get(&anchor).cloned().ok_or_else(|| problem(at, "unknown anchor")),
            _ => return Err(problem(at, "a value was expected")),
        };
        // What is walked, and dropped, by recursion must not be deeper than the stack.
        if node.height() > MAX_DEPTH {
            return Err(problem(at, "exceeded max depth"));
        }
        let node = Rc::new(node);
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        Ok(node)
    }

    fn items(&mut self, depth: u32) -> Result<Vec<Rc<Node>>, YamlError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(items),
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    fn entries(&mut self, depth: u32) -> Result<Vec<(String, Rc<Node>)>, YamlError> {
        let (mut entries, mut merged) = (Vec::new(), Vec::new());
        loop {
            let (event, at) = match self.next()? {
                (Event::MappingEnd, _) => break,
                next => next,
            };
            let merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, ..) if text == "<<");
            let alias = matches!(event, Event::Alias(_));
            let key = match &*self.node(event, at, depth + 1)? {
                Node::Scalar(Value::String(key)) if alias => {
                    self.left.text(key).map_err(|error| error.at(at))?;
                    key.clone()
                }
                Node::Scalar(Value::String(key)) => key.clone(),
                Node::Scalar(Value::Null) => "null".to_owned(),
                Node::Scalar(key) => key.to_string(),
                _ => return Err(problem(at, "a key must be a scalar")),
            };
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            if merge { merge_into(&mut merged, &value, &mut self.left, at)? } else { entries.push((key, value)) }
        }
        // What the map says itself wins over what it merges in, and earlier merges over later ones.
        let mut seen: HashSet<&str> = HashSet::new();
        if !merged.is_empty() {
            seen.extend(entries.iter().map(|(key, _)| key.as_str()));
        }
        let new: Vec<bool> = merged.iter().map(|(key, _)| seen.insert(key)).collect();
        entries.extend(merged.into_iter().zip(new).filter_map(|(entry, new)| new.then_some(entry)));
        Ok(entries)
    }
}

/// `<<`: the entries of a map, or of each map of a list.
fn merge_into(merged: &mut Vec<(String, Rc<Node>)>, value: &Node, left: &mut Budget, at: Span) -> Result<(), YamlError> {
    let items = match value {
        Node::List(_, items) => items.iter().map(|item| &**item).collect(),
        value => vec![value],
    };
    for item in items {
        let Node::Map(_, entries) = item else {
            return Err(problem(at, "map merge requires map or sequence of maps as the value"));
        };
        left.value().map_err(|error| error.at(at))?;
        for (key, value) in entries {
            left.value().and_then(|()| left.text(key)).map_err(|error| error.at(at))?;
            merged.push((key.clone(), Rc::clone(value)));
        }
    }
    Ok(())
}

/// What a document may still grow to: aliases of aliases, or of long texts, may stand for more than memory holds.
struct Budget {
    values: usize,
    bytes: usize,
}

impl Budget {
    fn of(document: &[u8]) -> Self {
        Self { values: VALUES.max(document.len()), bytes: BYTES.max(document.len().saturating_mul(2)) }
    }

    /// Takes one value off, whatever it holds.
    fn value(&mut self) -> Result<(), YamlError> {
        take(&mut self.values, 1)
    }

    /// Takes a text or a key off, before it is copied.
    fn text(&mut self, text: &str) -> Result<(), YamlError> {
        take(&mut self.bytes, text.len() + 1)
    }
}

fn take(left: &mut usize, count: usize) -> Result<(), YamlError> {
    *left = left.checked_sub(count).ok_or_else(|| YamlError::new("document contains excessive aliasing"))?;
    Ok(())
}

fn value(node: &Node, left: &mut Budget) -> Result<Value, YamlError> {
    left.value()?;
    Ok(match node {
        Node::Scalar(scalar) => {
            if let Value::String(text) = scalar {
                left.text(text)?;
            }
            scalar.clone()
        }
        Node::List(_, items) => Value::Array(items.iter().map(|item| value(item, left)).collect::<Result<_, _>>()?),
        Node::Map(_, entries) => {
            let mut members = serde_json::Map::new();
            for (key, item) in entries {
                left.text(key)?;
                members.insert(key.clone(), value(item, left)?);
            }
            Value::Object(members)
        }
    })
}

fn text(node: &Node, left: &mut Budget, out: &mut Vec<u8>) -> Result<(), YamlError> {
    left.value()?;
    match node {
        Node::Scalar(Value::String(text)) => {
            left.text(text)?;
            json::write_string(text, out);
        }
        Node::Scalar(scalar) => out.extend_from_slice(scalar.to_string().as_bytes()),
        Node::List(_, items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                text(item, left, out)?;
            }
            out.push(b']');
        }
        Node::Map(_, entries) => {
            out.push(b'{');
            for (at, (key, item)) in entries.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                left.text(key)?;
                json::write_string(key, out);
                out.push(b':');
                text(item, left, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{to_json, to_json_text};

    #[test]
    fn aliases_do_not_nest_deeper_than_text_may() {
        let lines = (1..20_000).map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1));
        let text = std::iter::once("a0: &a0 [x]\n".to_owned()).chain(lines).collect::<String>();
        let error = to_json(text.as_bytes()).expect_err("too deep");
        assert!(error.to_string().contains("exceeded max depth"), "{error}");
    }

    #[test]
    fn documents_read_as_yaml_1_1() {
        let table = [
            ("", json!(null)),
            ("a: yes\nb: 'yes'\nc: On\nd: n\ne: ~\nf:\n", json!({"a": true, "b": "yes", "c": true, "d": false, "e": null, "f": null})),
            ("[1, 0x10, 010, 0b11, 1_000, -5, +5]", json!([1, 16, 8, 3, 1000, -5, 5])),
            ("[1.5, 1e3, .5, 12:30:00, 2001-01-01, 1.2.3]", json!([1.5, 1000.0, 0.5, "12:30:00", "2001-01-01", "1.2.3"])),
            ("1: a\ntrue: b\n", json!({"1": "a", "true": "b"})),
            ("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3\n", json!({"a": {"b": 1, "c": 2}, "d": {"b": 3, "c": 2}})),
            ("a: !!str 1\nb: |\n  x\n  y\n", json!({"a": "1", "b": "x\ny\n"})),
            ("---\na: 1\n---\nb: 2\n", json!({"a": 1})),
            ("{\"a\": [\"b\"]}", json!({"a": ["b"]})),
        ];
        for (yaml, expected) in table {
            assert_eq!(to_json(yaml.as_bytes()), Ok(expected), "{yaml}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..12 {
            let item = format!("*a{}", at - 1);
            bomb = format!("{bomb}a{at}: &a{at} [{}]\n", vec![item; 9].join(", "));
        }
        assert!(to_json(bomb.as_bytes()).is_err_and(|error| error.to_string().contains("excessive aliasing")));
        assert!(to_json("[".repeat(5000).as_bytes()).is_err());
    }

    fn refused(yaml: &str) {
        let excessive = |error: super::YamlError| error.to_string().contains("excessive aliasing");
        assert!(to_json(yaml.as_bytes()).is_err_and(excessive));
        assert!(to_json_text(yaml.as_bytes()).is_err_and(excessive));
    }

    #[test]
    fn aliases_of_long_texts_are_refused() {
        let (long, items) = ("x".repeat(50_000), vec!["*a"; 200].join(", "));
        refused(&format!("a: &a {long}\nb: [{items}]\n"));
        refused(&format!("a: &a\n  ? {long}\n  : 1\nb: [{items}]\n"));
        // As keys, of which the last counts, and as keys merged and then overridden.
        refused(&format!("a: &a {long}\nb:\n{}", "  *a : 1\n".repeat(200)));
        refused(&format!("a: &a\n  ? {long}\n  : 1\nb:\n  <<: [{items}]\n"));
    }

    #[test]
    fn merges_count_for_the_whole_document() {
        let members: Vec<String> = (0..100).map(|at| format!("k{at}: 1")).collect();
        let merge = format!("  - <<: [{}]\n", vec!["*a"; 900].join(", "));
        refused(&format!("a: &a {{{}}}\nb:\n{}", members.join(", "), merge.repeat(12)));
        // Merging nothing takes time too.
        let nothing = format!("a: &a [{}]\nb:\n{}", vec!["{}"; 2000].join(", "), "  - <<: *a\n".repeat(2000));
        refused(&nothing);
    }

    #[test]
    fn a_merge_takes_time_by_its_length() {
        let members = |prefix| (0..15_000).map(|at| format!("  {prefix}{at}: 1\n")).collect::<Vec<_>>().concat();
        let yaml = format!("a: &a\n{}b:\n  <<: *a\n{}", members("j"), members("k"));
        let read = to_json(yaml.as_bytes());
        assert_eq!(read.ok().and_then(|read| read["b"].as_object().map(serde_json::Map::len)), Some(30_000));
    }

    #[test]
    fn what_is_written_out_is_never_excessive() {
        let long = "x".repeat(7 << 20);
        assert_eq!(to_json(format!("a: {long}").as_bytes()), Ok(json!({ "a": long })));
        let yaml = format!("a: &a {}\nb: [{}]\n", "x".repeat(10_000), vec!["*a"; 300].join(", "));
        assert!(to_json(yaml.as_bytes()).is_ok() && to_json_text(yaml.as_bytes()).is_ok());
    }

    #[test]
    fn keys_given_twice_reach_the_json() {
        assert_eq!(
            to_json_text(b"a: 1\na: \"<\"\n").map(|text| String::from_utf8_lossy(&text).into_owned()),
            Ok(r#"{"a":1,"a":"\u003c"}"#.to_owned())
        );
    }
}
