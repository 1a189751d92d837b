//! Which parts of a schema file are blocks, and which stand in one line.

use std::fmt::Write as _;

use super::scalar::{Place, quoted};
use super::{Entry, Map, Node};

/// How the value of a key is laid out.
#[derive(Clone, Copy, Debug)]
enum Layout {
    /// In one line.
    Line,
    /// A mapping with a line per entry, or a list with a line per item.
    Lines,
    /// The mapping of types.
    Types,
    /// The rules of conversion: by type, by version, a line per step.
    Convert,
}

/// Keys whose values are blocks, wherever they stand in a block.
const BLOCKS: [(&str, Layout); 11] = [
    ("fields", Layout::Lines),
    ("types", Layout::Types),
    ("subresources", Layout::Lines),
    ("columns", Layout::Lines),
    ("versions", Layout::Lines),
    ("use", Layout::Lines),
    ("convert", Layout::Convert),
    ("rules", Layout::Lines),
    ("cel", Layout::Lines),
    ("gates", Layout::Lines),
    ("parameters", Layout::Lines),
];

/// The text of a schema file that lies `depth` directories below `schemas/`.
pub fn schema_file(depth: usize, tree: &Map) -> String {
    let mut out = Writer { text: format!("# yaml-language-server: $schema={}schema.json\n", "../".repeat(depth)) };
    out.block(tree, 0);
    out.text
}

struct Writer {
    text: String,
}

impl Writer {
    /// A mapping in which every key has a layout of its own.
    fn block(&mut self, map: &Map, indent: usize) {
        for entry in &map.entries {
            let layout = BLOCKS.iter().find(|(key, _)| *key == entry.key).map_or(Layout::Line, |(_, layout)| *layout);
            self.entry(entry, layout, indent);
        }
    }

    fn entry(&mut self, entry: &Entry, layout: Layout, indent: usize) {
        self.comments(entry, indent);
        self.pad(indent);
        self.text.push_str(&quoted(&entry.key, Place::Block));
        self.text.push(':');
        match (&entry.value, layout) {
            (Node::Kept(lines), _) => self.text.push_str(lines.strip_suffix('\n').unwrap_or(lines)),
            (Node::Map(map), Layout::Lines) if !map.is_empty() => {
                return self.below(entry, |out| map.entries.iter().for_each(|entry| out.entry(entry, Layout::Line, indent + 2)));
            }
            (Node::Map(map), Layout::Types) if !map.is_empty() => {
                return self.below(entry, |out| map.entries.iter().for_each(|entry| out.one_type(entry, indent + 2)));
            }
            (Node::Map(map), Layout::Convert) if !map.is_empty() => {
                return self.below(entry, |out| map.entries.iter().for_each(|entry| out.entry(entry, Layout::Convert, indent + 2)));
            }
            (Node::List(items), Layout::Lines | Layout::Convert) if !items.is_empty() => {
                return self.below(entry, |out| items.iter().for_each(|item| out.item(item, layout, indent + 2)));
            }
            (value, _) => {
                self.text.push(' ');
                inline(&mut self.text, value, Place::Block);
            }
        }
        self.end(entry);
    }

    /// A type is a block when it has fields; anything shorter fits a line.
    fn one_type(&mut self, entry: &Entry, indent: usize) {
        match &entry.value {
            Node::Map(map) if is_block(map) => {
                self.comments(entry, indent);
                self.pad(indent);
                self.text.push_str(&quoted(&entry.key, Place::Block));
                self.text.push(':');
                self.below(entry, |out| out.block(map, indent + 2));
            }
            _ => self.entry(entry, Layout::Line, indent),
        }
    }

    fn item(&mut self, item: &Node, layout: Layout, indent: usize) {
        self.pad(indent);
        self.text.push_str("- ");
        match (item, layout) {
            (Node::Map(map), Layout::Convert) if map.entries.len() == 1 => {
                let mut step = Self { text: String::new() };
                map.entries.iter().for_each(|entry| step.entry(entry, Layout::Line, 0));
                self.text.push_str(&step.text);
            }
            _ => {
                inline(&mut self.text, item, Place::Block);
                self.text.push('\n');
            }
        }
    }

    fn below(&mut self, entry: &Entry, lines: impl FnOnce(&mut Self)) {
        self.end(entry);
        lines(self);
    }

    fn comments(&mut self, entry: &Entry, indent: usize) {
        for line in &entry.above {
            self.pad(indent);
            self.text.push_str(format!("# {line}").trim_end());
            self.text.push('\n');
        }
    }

    fn end(&mut self, entry: &Entry) {
        if !entry.beside.is_empty() {
            let _ = write!(self.text, "  # {}", entry.beside);
        }
        self.text.push('\n');
    }

    fn pad(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }
}

/// Whether a type needs more than a line.
fn is_block(map: &Map) -> bool {
    let filled = |entry: &Entry| match &entry.value {
        Node::Map(inner) => !inner.is_empty(),
        Node::Kept(_) => true,
        _ => false,
    };
    map.entries.iter().any(|entry| (matches!(entry.key.as_str(), "fields" | "rules") && filled(entry)) || !entry.above.is_empty())
}

/// A value in one line.
fn inline(out: &mut String, value: &Node, place: Place) {
    match value {
        Node::Text(text) => out.push_str(&quoted(text, place)),
        Node::Raw(text) | Node::Kept(text) => out.push_str(text.trim()),
        Node::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                inline(out, item, Place::Flow);
            }
            out.push(']');
        }
        Node::Map(map) => {
            out.push('{');
            for (at, entry) in map.entries.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                out.push_str(&quoted(&entry.key, Place::Flow));
                out.push_str(": ");
                inline(out, &entry.value, Place::Flow);
            }
            out.push('}');
        }
    }
}
