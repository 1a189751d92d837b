//! YAML text to a tree whose every node knows its place. Only what schemas need: one document, text keys, no anchors, aliases or tags.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use serde_json::Value;

use crate::diagnostic::{Collector, Diagnostic};
use crate::source::{Source, Span};

/// Deepest nesting that is read.
const DEPTH: usize = 64;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands; of a block mapping or list, where its first part stands.
    pub span: Span,
    /// What it is.
    pub value: Yaml,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Yaml {
    /// Text, a number, a flag or null, which the reader of the place tells apart.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Map(Vec<Entry>),
}

/// A scalar as it was written.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// Its text.
    pub text: String,
    /// Neither quoted nor a block: it may mean a number, a flag or null.
    pub plain: bool,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        if let Yaml::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The value of a mapping's key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Whether nothing was written, or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Yaml::Scalar(scalar) if scalar.plain && matches!(scalar.text.as_str(), "" | "~" | "null"))
    }

    /// The value as JSON, by the core schema of YAML 1.2.
    pub fn json(&self) -> Value {
        match &self.value {
            Yaml::Scalar(scalar) => scalar.json(),
            Yaml::List(items) => items.iter().map(Self::json).collect(),
            Yaml::Map(entries) => Value::Object(entries.iter().map(|entry| (entry.key.clone(), entry.value.json())).collect()),
        }
    }
}

impl Scalar {
    fn json(&self) -> Value {
        if !self.plain {
            return Value::String(self.text.clone());
        }
        match self.text.as_str() {
            "" | "~" | "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
        }
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let digits = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    digits.then(|| text.parse::<f64>().ok()).flatten().and_then(|number| serde_json::Number::from_f64(number).map(Value::Number))
}

/// Reads one file. `None` when it holds nothing, or when something was reported.
pub fn parse(file: usize, source: &Source, problems: &mut Collector) -> Option<Node> {
    let mut reader = Reader { source, file: Span::start_of(file).file, parser: Parser::new_from_str(&source.text), problems };
    match reader.stream() {
        Ok(node) => node.filter(|node| !node.is_null()),
        Err(Stop) => None,
    }
}

/// Something was reported after which reading makes no sense.
struct Stop;

struct Reader<'a, 'p> {
    source: &'a Source,
    file: u32,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    problems: &'p mut Collector,
}

impl<'a> Reader<'a, '_> {
    fn stream(&mut self) -> Result<Option<Node>, Stop> {
        let mut document = None;
        loop {
            let (event, span) = self.event()?;
            match event {
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(_) if document.is_some() => {
                    self.problems.report(Diagnostic::new("yaml-documents", span, "a schema file holds one document").help("move what follows `---` to a file of its own"));
                    return Err(Stop);
                }
                Event::DocumentStart(_) => {
                    let (event, span) = self.event()?;
                    document = Some(self.node(event, span, 0)?);
                }
                _ => return Ok(document),
            }
        }
    }

    fn event(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.span(span.start, span.end))),
            Some(Err(error)) => {
                self.syntax(&error);
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, Span { file: self.file, ..Span::default() })),
        }
    }

    fn syntax(&mut self, error: &ScanError) {
        let span = self.span(*error.marker(), *error.marker());
        self.problems.report(Diagnostic::new("yaml-syntax", span, format!("this is not YAML: {}", error.info())));
    }

    fn span(&self, start: Marker, end: Marker) -> Span {
        let offset = |marker: Marker| self.source.offset(marker.line(), marker.col());
        let (start, end) = (offset(start), offset(end));
        let text = self.source.text.get(start..end).unwrap_or_default();
        Span { file: self.file, start: start as u32, end: (start + text.trim_end().len()) as u32 }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        if depth > DEPTH {
            self.problems.report(Diagnostic::new("yaml-depth", span, format!("nested more than {DEPTH} levels deep")));
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_yaml(anchor != 0 || tag.is_some(), span);
                let scalar = Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                Ok(Node { span, value: Yaml::Scalar(scalar) })
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_yaml(anchor != 0 || tag.is_some(), span);
                self.list(span, depth)
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_yaml(anchor != 0 || tag.is_some(), span);
                self.map(span, depth)
            }
            Event::Alias(_) => {
                self.plain_yaml(true, span);
                Ok(Node { span, value: Yaml::Scalar(Scalar { text: String::new(), plain: true }) })
            }
            _ => Ok(Node { span, value: Yaml::Scalar(Scalar { text: String::new(), plain: true }) }),
        }
    }

    fn plain_yaml(&mut self, fancy: bool, span: Span) {
        if fancy {
            let problem = Diagnostic::new("yaml-alias", span, "schemas use no anchors, aliases or tags");
            self.problems.report(problem.help("write the value out, or give what is shared a name under `types:`"));
        }
    }

    fn list(&mut self, span: Span, depth: usize) -> Result<Node, Stop> {
        let mut items = Vec::new();
        loop {
            match self.event()? {
                (Event::SequenceEnd, end) => return Ok(Node { span: closed(span, end), value: Yaml::List(items) }),
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    fn map(&mut self, span: Span, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, at) = self.event()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(Node { span: closed(span, at), value: Yaml::Map(entries) });
            }
            let key = self.node(event, at, depth + 1)?;
            let (event, value_at) = self.event()?;
            let value = self.node(event, value_at, depth + 1)?;
            let Yaml::Scalar(Scalar { text: key, .. }) = key.value else {
                self.problems.report(Diagnostic::new("yaml-key", at, "keys are text"));
                continue;
            };
            if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                let problem = Diagnostic::new("yaml-duplicate-key", at, format!("`{key}` stands here twice"));
                self.problems.report(problem.other(first.span, "first here"));
            }
            entries.push(Entry { key, span: at, value });
        }
    }
}

/// From the opening bracket to the closing one; block mappings and lists have none, and stay a point.
fn closed(start: Span, end: Span) -> Span {
    if start.end > start.start && end.end > end.start { Span { end: end.end, ..start } } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Option<Node>, Vec<&'static str>) {
        let mut sources = Sources::new();
        sources.insert("x", text);
        let mut problems = Collector::new();
        let node = sources.iter().next().and_then(|(_, source)| parse(0, source, &mut problems));
        let rules = problems.finish().err().map(|found| found.0.iter().map(|problem| problem.rule).collect()).unwrap_or_default();
        (node, rules)
    }

    #[test]
    fn scalars_mean_what_the_core_schema_says() {
        for (text, expected) in [
            ("a: 1", r#"{"a":1}"#),
            ("a: -1.5", r#"{"a":-1.5}"#),
            ("a: '1'", r#"{"a":"1"}"#),
            ("a: true", r#"{"a":true}"#),
            ("a: yes", r#"{"a":"yes"}"#),
            ("a:", r#"{"a":null}"#),
            ("a: [x, {b: ~}]", r#"{"a":["x",{"b":null}]}"#),
            ("a: 1.2.3", r#"{"a":"1.2.3"}"#),
            ("a: infinity", r#"{"a":"infinity"}"#),
        ] {
            let (node, rules) = read(text);
            assert_eq!(node.map(|node| node.json().to_string()).unwrap_or_default(), expected, "{text} {rules:?}");
        }
    }

    #[test]
    fn what_schemas_do_not_use_is_refused() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        for (text, rule) in [
            ("a: &x 1\nb: *x", "yaml-alias"),
            ("a: 1\na: 2", "yaml-duplicate-key"),
            ("a: [", "yaml-syntax"),
            ("{[a]: 1}", "yaml-key"),
            ("a: 1\n---\nb: 2", "yaml-documents"),
            ("a: !x 1", "yaml-alias"),
            (deep.as_str(), "yaml-depth"),
        ] {
            assert_eq!(read(text).1.first(), Some(&rule), "{text}");
        }
    }

    #[test]
    fn places_are_exact() {
        let text = "é: x\nlist:\n  - {name: ab}\n";
        let (node, _) = read(text);
        let name = node.as_ref().and_then(|node| match &node.get("list")?.value {
            Yaml::List(items) => items[0].get("name").map(|name| name.span),
            _ => None,
        });
        assert_eq!(name.map(|span| &text[span.start as usize..span.end as usize]), Some("ab"));
    }
}
