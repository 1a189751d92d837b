//! The words and symbols of protobuf IDL.

use std::fmt;

/// A part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name, a number or a keyword, with the dots in it.
    Word(&'a str),
    /// Text in quotes.
    Text,
    /// Anything else.
    Symbol(char),
}

/// Cuts a text into tokens.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The line it has come to.
    pub(super) fn line(&self) -> usize {
        self.text[..self.at].matches('\n').count() + 1
    }

    /// The next token; `None` at the end.
    pub(super) fn token(&mut self) -> Result<Option<Token<'a>>, String> {
        self.blank()?;
        let Some(first) = self.rest().chars().next() else { return Ok(None) };
        if is_word(first) {
            let rest = self.rest();
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            self.at += length;
            return Ok(Some(Token::Word(&rest[..length])));
        }
        if matches!(first, '"' | '\'') {
            return self.quoted(first).map(Some);
        }
        self.at += first.len_utf8();
        Ok(Some(Token::Symbol(first)))
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips white space and comments.
    fn blank(&mut self) -> Result<(), String> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.at += rest.find("*/").ok_or("a comment is never closed")? + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn quoted(&mut self, quote: char) -> Result<Token<'a>, String> {
        let mut escaped = false;
        for (at, c) in self.rest().char_indices().skip(1) {
            if c == quote && !escaped {
                self.at += at + 1;
                return Ok(Token::Text);
            }
            escaped = c == '\\' && !escaped;
        }
        Err("text in quotes is never closed".into())
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '+')
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "`{word}`"),
            Self::Text => f.write_str("text"),
            Self::Symbol(symbol) => write!(f, "`{symbol}`"),
        }
    }
}
