//! Schema files as text, and places in them: byte offsets to lines and columns.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// Schema files by their path below `schemas/`, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Source>,
    /// What reports put before a path, so that it leads to the file; empty, or ends with `/`.
    pub above: String,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it says.
    pub text: String,
    /// Byte offsets at which its lines start.
    lines: Vec<usize>,
    /// A character is a byte.
    ascii: bool,
}

/// A range of bytes in one of the files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Position of the file among the [`Sources`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Span {
    /// The first place of a file.
    pub fn start_of(file: usize) -> Self {
        Self { file: u32::try_from(file).unwrap_or(u32::MAX), start: 0, end: 0 }
    }
}

impl Source {
    fn new(text: String) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { ascii: text.is_ascii(), text, lines }
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines[line - 1];
        let column = self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        Position { line, column }
    }

    /// A line by its number from 1, without its end.
    pub fn line(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|at| self.lines.get(at)).copied().unwrap_or(self.text.len());
        let end = self.lines.get(number).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }

    /// Byte offset of a line from 1 and a column from 0 that counts characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = line.checked_sub(1).and_then(|at| self.lines.get(at)).copied().unwrap_or(self.text.len());
        if self.ascii {
            return (start + column).min(self.text.len());
        }
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    }
}

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), Source::new(text.into()));
    }

    /// Reads every `.yaml` file and every `functions.rs` below a directory. Hidden files and directories are left out.
    pub fn load(directory: &Path) -> io::Result<Self> {
        let mut sources = Self::new();
        sources.load_below(directory, "")?;
        sources.above = directory.file_name().map_or_else(String::new, |name| format!("{}/", name.to_string_lossy()));
        Ok(sources)
    }

    fn load_below(&mut self, directory: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(directory)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let path = format!("{prefix}{name}");
            if name.starts_with('.') {
                continue;
            }
            if entry.path().is_dir() {
                self.load_below(&entry.path(), &format!("{path}/"))?;
            } else if is_schema(&name) {
                self.insert(path, fs::read_to_string(entry.path())?);
            }
        }
        Ok(())
    }

    /// The files in the order of their paths, which is the order spans count in.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.files.iter().map(|(path, source)| (path.as_str(), source))
    }

    /// Path and text of the file a span points into.
    pub fn file(&self, span: Span) -> Option<(&str, &Source)> {
        self.iter().nth(span.file as usize)
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span).and_then(|(_, source)| source.text.get(span.start as usize..span.end as usize)).unwrap_or_default()
    }
}

/// Name of the file with the functions that a group's conversion rules name.
pub const FUNCTIONS: &str = "functions.rs";

/// Whether a file belongs to schemas, by its name or path.
pub(crate) fn is_schema(path: &str) -> bool {
    path.rsplit('/').next() == Some(FUNCTIONS) || Path::new(path).extension().is_some_and(|extension| extension == "yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_positions_agree() {
        let source = Source::new("a: é\r\nbc: d\n\nx".into());
        for (line, column, offset) in [(1, 1, 0), (1, 4, 3), (1, 5, 5), (2, 1, 7), (2, 3, 9), (3, 1, 13), (4, 1, 14), (4, 2, 15)] {
            assert_eq!(source.position(offset), Position { line, column }, "offset {offset}");
            assert_eq!(source.offset(line, column - 1), offset, "{line}:{column}");
        }
        assert_eq!([source.line(1), source.line(2), source.line(3), source.line(4), source.line(9)], ["a: é", "bc: d", "", "x", ""]);
    }
}
