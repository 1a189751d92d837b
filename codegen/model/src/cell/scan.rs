//! The characters of cell expressions: a place in the text, and the small pieces that are read from it.

use super::CellError;

/// Deepest nesting of calls, parentheses, templates and filters.
const MAX_DEPTH: usize = 16;

/// A place in the text of a cell.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scanner = Self { text: text.trim_end(), at: 0, depth: 0 };
        scanner.skip_blank();
        scanner
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn wrong(&self, message: impl Into<String>) -> CellError {
        CellError { at: self.at, message: message.into() }
    }

    pub(super) fn expected(&self, what: &str) -> CellError {
        self.wrong(format!("expected {what}"))
    }

    pub(super) fn skip_blank(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Reads a piece of text, if it comes next.
    pub(super) fn eat(&mut self, piece: &str) -> bool {
        let found = self.rest().starts_with(piece);
        if found {
            self.at += piece.len();
        }
        found
    }

    pub(super) fn need(&mut self, piece: &str) -> Result<(), CellError> {
        if self.eat(piece) { Ok(()) } else { Err(self.expected(&format!("`{piece}`"))) }
    }

    /// Reads as long as characters fit.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The word that comes next, without reading it; empty when there is none.
    pub(super) fn word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { &rest[..end] }
    }

    /// What comes after the next word and blanks.
    pub(super) fn after_word(&self) -> &'a str {
        self.rest()[self.word().len()..].trim_start()
    }

    /// A member's name, where a backslash takes what would end it.
    pub(super) fn name(&mut self) -> String {
        let mut name = String::new();
        loop {
            name.push_str(self.take_while(|c| !(c.is_whitespace() || ".[],;(){}=!<>&|\\\"'".contains(c))));
            if !self.eat("\\") {
                return name;
            }
            name.extend(self.take());
        }
    }

    /// Reads a character.
    pub(super) fn take(&mut self) -> Option<char> {
        let next = self.next()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Reads the quote that starts a text.
    pub(super) fn open_quote(&mut self) -> Result<char, CellError> {
        if self.eat("'") { Ok('\'') } else { self.need("\"").map(|()| '"') }
    }

    /// Text in single or double quotes, where a backslash takes the quote.
    pub(super) fn quoted(&mut self) -> Result<String, CellError> {
        let quote = self.open_quote()?;
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| c != quote && c != '\\'));
            let next = self.take();
            let next = if next == Some('\\') {
                self.take()
            } else if next.is_some() {
                return Ok(text);
            } else {
                None
            };
            text.push(next.ok_or_else(|| self.expected("the closing quote"))?);
        }
    }

    /// Goes a level deeper.
    pub(super) fn enter(&mut self) -> Result<(), CellError> {
        if self.depth == MAX_DEPTH {
            return Err(self.wrong(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        Ok(())
    }

    /// Comes back from a level.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
