//! Schema files that are there already, entry by entry, with the text and the comments that people gave them.

use crate::diagnostic::{Collector, Diagnostics};
use crate::source::{Source, Sources};
use crate::yaml::{self, Entry, Node, Yaml};

use super::write;

/// A file.
#[derive(Debug)]
pub(super) struct File {
    /// Its path below `schemas/`.
    pub(super) path: String,
    /// Its entries.
    pub(super) entries: Vec<Old>,
}

/// An entry of a block mapping.
#[derive(Clone, Debug)]
pub(super) struct Old {
    /// The key.
    pub(super) key: String,
    /// Comment lines above it.
    pub(super) above: Vec<String>,
    /// What stands after the colon, up to the comments of the next entry.
    pub(super) rest: String,
    /// Offset of `rest` in its file.
    start: usize,
    /// Column of the key.
    pub(super) column: usize,
    /// What it says.
    pub(super) value: Node,
    /// The entries below it, where it is a block mapping.
    pub(super) below: Vec<Old>,
    /// The comment at the end of its line, where it has entries below or stands in one line.
    pub(super) beside: String,
}

/// The files below a directory of `schemas/`.
pub(super) fn files(sources: &Sources, directory: &str) -> Result<Vec<File>, Diagnostics> {
    let mut problems = Collector::new();
    let mut files = Vec::new();
    for (at, (path, source)) in sources.iter().enumerate() {
        if !path.starts_with(&format!("{directory}/")) {
            continue;
        }
        if let Some(node) = yaml::parse(at, source, &mut problems) {
            files.push(File { path: path.to_owned(), entries: olds(source, node.entries(), source.text.len()) });
        }
    }
    problems.finish()?;
    Ok(files)
}

impl File {
    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Old> {
        find(&self.entries, key)
    }
}

/// The entry of a key.
pub(super) fn find<'a>(olds: &'a [Old], key: &str) -> Option<&'a Old> {
    olds.iter().find(|old| old.key == key)
}

fn olds(source: &Source, entries: &[Entry], end: usize) -> Vec<Old> {
    let starts: Vec<usize> = entries.iter().map(|entry| line_start(&source.text, entry.span.start as usize)).collect();
    let mut out = Vec::new();
    let mut previous = starts.first().copied().map_or(0, |first| comments_start(&source.text, first, 0));
    for (at, entry) in entries.iter().enumerate() {
        let next = starts.get(at + 1).map_or(end, |next| comments_start(&source.text, *next, entry.span.end as usize));
        out.push(old(source, entry, previous, starts[at], next));
        previous = next;
    }
    out
}

fn old(source: &Source, entry: &Entry, above: usize, start: usize, end: usize) -> Old {
    let text = &source.text;
    let key_end = entry.span.end as usize;
    let colon = text[key_end..end].find(':').map_or(key_end, |at| key_end + at + 1);
    let rest = text[colon..end].to_owned();
    let block =
        matches!(entry.value.value, Yaml::Map(_)) && !text[colon..].trim_start().starts_with('{') && !entry.value.entries().is_empty();
    let below = if block { olds(source, entry.value.entries(), end) } else { Vec::new() };
    let beside = if block {
        comment(rest.lines().next().unwrap_or_default())
    } else {
        let after = value_end(text, &entry.value).clamp(colon, end);
        comment(text[after..end].lines().next().unwrap_or_default())
    };
    let column = (entry.span.start as usize).saturating_sub(start);
    Old {
        key: entry.key.clone(),
        above: comment_lines(&text[above..start]),
        rest,
        start: colon,
        column,
        value: entry.value.clone(),
        below,
        beside,
    }
}

/// Where a value ends: a scalar where its place says, brackets where they are closed.
fn value_end(text: &str, node: &Node) -> usize {
    let start = node.span.start as usize;
    let rest = text.get(start..).unwrap_or_default();
    if rest.starts_with(['[', '{']) { start + flow_length(rest) } else { node.span.end as usize }
}

/// Length of a list or mapping in brackets that a text starts with.
fn flow_length(text: &str) -> usize {
    let (mut open, mut quote, mut escaped) = (0_usize, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(end), c) if c == end && !escaped => quote = None,
            // An apostrophe within a word is no quote.
            (None, '"' | '\'') if text[..at].ends_with([' ', '[', '{', ',', ':', '\n']) => quote = Some(c),
            (None, '[' | '{') => open += 1,
            (None, ']' | '}') => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        escaped = false;
    }
    text.len()
}

/// A comment, where a rest of a line is nothing else.
fn comment(rest: &str) -> String {
    rest.trim_start().strip_prefix('#').map(|comment| comment.trim().to_owned()).unwrap_or_default()
}

fn comment_lines(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.contains("yaml-language-server:"));
    lines
        .filter_map(|line| line.trim().strip_prefix('#'))
        .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned())
        .collect()
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset.min(text.len())].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the comment lines directly above a line begin.
fn comments_start(text: &str, line: usize, not_before: usize) -> usize {
    let mut start = line;
    while start > not_before {
        let before = line_start(text, start - 1);
        let content = text[before..start].trim();
        if before < not_before || !content.starts_with('#') {
            break;
        }
        start = before;
    }
    start
}

impl Old {
    /// The entries below it, also those of a mapping in one line.
    pub(super) fn children(&self) -> Vec<Self> {
        if self.below.is_empty() { self.value.entries().iter().map(|entry| self.child(entry)).collect() } else { self.below.clone() }
    }

    fn child(&self, entry: &Entry) -> Self {
        let rest = format!(" {}", self.slice(&entry.value).unwrap_or_default());
        let start = (entry.value.span.start as usize).saturating_sub(1);
        Self {
            key: entry.key.clone(),
            above: Vec::new(),
            rest,
            start,
            column: 0,
            value: entry.value.clone(),
            below: Vec::new(),
            beside: String::new(),
        }
    }

    /// A value as it was written, where it stands in one line.
    pub(super) fn written(&self, node: &Node) -> write::Node {
        match self.slice(node) {
            Some(text) if !text.contains('\n') && !text.starts_with(['|', '>']) && !text.is_empty() => write::Node::Raw(text.to_owned()),
            _ => write::Node::json(&node.json()),
        }
    }

    fn slice(&self, node: &Node) -> Option<&str> {
        let start = (node.span.start as usize).checked_sub(self.start)?;
        let rest = self.rest.get(start..)?;
        let length = if rest.starts_with(['[', '{']) { flow_length(rest) } else { node.span.end.saturating_sub(node.span.start) as usize };
        rest.get(..length)
    }

    /// The text after the colon, for a key that stands in another column.
    pub(super) fn kept(&self, column: usize) -> String {
        if column == self.column {
            return self.rest.clone();
        }
        let mut lines = self.rest.split('\n');
        let mut out = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            out.push('\n');
            let indent = line.len() - line.trim_start_matches(' ').len();
            let moved = (indent + column).saturating_sub(self.column);
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', moved));
                out.push_str(&line[indent..]);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# head\n\nkind: A   # what\n# above\nfields:  # all\n  # of b\n  b: {x: 1, y: {z: [2]}}  # beside b\n  c: # block\n    d: |\n      # no comment\n      e\n\ntypes: {T: {f: \"#\"}}\n";

    #[test]
    fn comments_are_found_where_they_belong() {
        let mut sources = Sources::new();
        sources.insert("s/a.yaml", TEXT);
        let files = files(&sources, "s").expect("this is YAML");
        let entries = &files[0].entries;
        let describe = |old: &Old| format!("{}|{}|{}|{}", old.above.join(";"), old.key, old.rest, old.beside);
        let found: Vec<String> = entries.iter().chain(&entries[1].below).chain(&entries[1].below[1].below).map(describe).collect();
        let expected = [
            "|kind|  A   # what\n|what",
            "above|fields|  # all\n  # of b\n  b: {x: 1, y: {z: [2]}}  # beside b\n  c: # block\n    d: |\n      # no comment\n      e\n\n|all",
            "|types| {T: {f: \"#\"}}\n|",
            "of b|b| {x: 1, y: {z: [2]}}  # beside b\n|beside b",
            "|c| # block\n    d: |\n      # no comment\n      e\n\n|block",
            "|d| |\n      # no comment\n      e\n\n|",
        ];
        assert_eq!(found, expected.map(|text| text.replacen("  A", " A", 1)));
        assert_eq!(entries[2].children()[0].children()[0].rest, " \"#\"");
    }
}
