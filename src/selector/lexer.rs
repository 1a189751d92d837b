//! The tokens of label selectors.

/// What a piece of a selector is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Key or value.
    Word,
    /// The word `in`.
    In,
    /// The word `notin`.
    NotIn,
    Not,
    Equals,
    DoubleEquals,
    NotEquals,
    Greater,
    Less,
    Open,
    Close,
    Comma,
    End,
}

const SYMBOLS: [(&str, Token); 9] = [
    ("==", Token::DoubleEquals),
    ("!=", Token::NotEquals),
    ("=", Token::Equals),
    ("!", Token::Not),
    (">", Token::Greater),
    ("<", Token::Less),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
];

/// Splits a selector; the rest of the text is what is left to read.
pub(super) struct Lexer<'a> {
    rest: &'a str,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// The next token with its text, without reading past it.
    pub(super) fn peek(&self) -> (Token, &'a str) {
        self.scan().0
    }

    /// As [`Lexer::peek`], where `in` and `notin` are words like any other.
    pub(super) fn peek_word(&self) -> (Token, &'a str) {
        as_word(self.peek())
    }

    /// Reads the next token.
    pub(super) fn take(&mut self) -> (Token, &'a str) {
        let (token, rest) = self.scan();
        self.rest = rest;
        token
    }

    /// As [`Lexer::take`], where `in` and `notin` are words like any other.
    pub(super) fn take_word(&mut self) -> (Token, &'a str) {
        as_word(self.take())
    }

    fn scan(&self) -> ((Token, &'a str), &'a str) {
        let text = self.rest.trim_start_matches(is_blank);
        if text.is_empty() {
            return ((Token::End, ""), "");
        }
        if let Some((symbol, token)) = SYMBOLS.into_iter().find(|(symbol, _)| text.starts_with(symbol)) {
            return ((token, symbol), &text[symbol.len()..]);
        }
        let end = text.find(|c| is_blank(c) || "=!(),><".contains(c)).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let token = match word {
            "in" => Token::In,
            "notin" => Token::NotIn,
            _ => Token::Word,
        };
        ((token, word), rest)
    }
}

fn as_word((token, text): (Token, &str)) -> (Token, &str) {
    (if matches!(token, Token::In | Token::NotIn) { Token::Word } else { token }, text)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}
