//! The tokens of a JSON document.

use super::error::JsonError;
use super::findings::Finding;
use super::scan;

/// Reads one document, front to back.
pub struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pub(super) at: usize,
    pub(super) depth: u32,
    pub(super) strict: bool,
    pub(super) found: Vec<Finding>,
    scratch: String,
}

/// A result of reading.
pub(super) type Read<T = ()> = Result<T, JsonError>;

impl<'a> Parser<'a> {
    /// A parser at the start of a document.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, depth: 0, strict: false, found: Vec::new(), scratch: String::new() }
    }

    #[inline]
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    #[inline]
    pub(super) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The next byte that is not space; 0 at the end.
    #[inline]
    pub fn peek(&mut self) -> u8 {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(byte) => return *byte,
                None => return 0,
            }
        }
    }

    /// Position in bytes.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// A problem here, as a text says it.
    #[cold]
    pub fn problem(&self, text: impl Into<std::borrow::Cow<'static, str>>) -> JsonError {
        JsonError::text(self.at, text)
    }

    /// The document breaks the grammar here; the caller's caller finds the words for it.
    #[cold]
    pub(super) fn malformed(&self) -> JsonError {
        self.problem("invalid JSON")
    }

    /// The next value is of another type than the one wanted (a Go type; empty when the field is to say it).
    #[cold]
    pub(super) fn mismatch(&mut self, wanted: &str) -> JsonError {
        let found = match self.peek() {
            b'"' => "string",
            b'{' => "object",
            b'[' => "array",
            b't' | b'f' => "bool",
            b'-' | b'0'..=b'9' => "number",
            _ => return self.malformed(),
        };
        JsonError::mismatch(self.at, found.to_owned(), wanted.to_owned())
    }

    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> Read {
        if self.peek() == byte {
            self.at += 1;
            Ok(())
        } else {
            Err(self.malformed())
        }
    }

    /// Whether the next value is `null`, which is then read.
    #[inline]
    pub fn null(&mut self) -> Result<bool, JsonError> {
        if self.peek() != b'n' {
            return Ok(false);
        }
        self.word("null").map(|()| true)
    }

    pub(super) fn word(&mut self, word: &str) -> Read {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.malformed())
        }
    }

    /// From just after the opening quote to the next quote, backslash or control character.
    #[inline]
    fn scan(&self) -> usize {
        let mut at = self.at;
        while let Some(chunk) = self.bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            if let Some(end) = scan::end_of_plain(chunk) {
                return at + end;
            }
            at += scan::WIDTH;
        }
        self.scan_end(at)
    }

    /// As [`Parser::scan`], close to the end of the document.
    #[cold]
    fn scan_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|&byte| scan::ends_plain(byte)).unwrap_or(rest.len())
    }

    /// The next text: a slice of the document, or `None` when it has escapes and lies in the scratch buffer.
    #[inline]
    pub(super) fn slice(&mut self) -> Read<Option<&'a str>> {
        self.eat(b'"')?;
        let start = self.at;
        let end = self.scan();
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Some(&self.text[start..end]));
        }
        self.escaped(start, end).map(|()| None)
    }

    #[cold]
    #[inline(never)]
    fn escaped(&mut self, mut start: usize, mut end: usize) -> Read {
        self.scratch.clear();
        loop {
            self.scratch.push_str(&self.text[start..end]);
            self.at = end + 1;
            match self.bytes.get(end) {
                Some(b'"') => return Ok(()),
                Some(b'\\') => {
                    let escaped = self.escape()?;
                    self.scratch.push(escaped);
                }
                _ => return Err(self.malformed()),
            }
            start = self.at;
            end = self.scan();
        }
    }

    fn escape(&mut self) -> Read<char> {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return Err(self.malformed()),
        })
    }

    /// A `\u` escape after its `u`, with the second half of a surrogate pair. A lone half becomes U+FFFD.
    fn unicode(&mut self) -> Read<char> {
        let first = self.hex4()?;
        if (0xD800..0xDC00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let after_first = self.at;
            self.at += 2;
            let second = self.hex4()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = after_first;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex4(&mut self) -> Read<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.bytes.get(self.at).and_then(|byte| (*byte as char).to_digit(16)).ok_or_else(|| self.malformed())?;
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// The next value, which must be text.
    #[inline]
    pub fn string(&mut self) -> Result<String, JsonError> {
        if self.peek() != b'"' {
            return Err(self.mismatch("string"));
        }
        Ok(match self.slice()? {
            Some(text) => text.to_owned(),
            None => self.scratch.clone(),
        })
    }

    /// What `read` makes of the next value, which must be text. An error of `read` is reported at the value.
    #[inline]
    pub fn with_str<T, E: Into<std::borrow::Cow<'static, str>>>(
        &mut self,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, JsonError> {
        if self.peek() != b'"' {
            return Err(self.mismatch("string"));
        }
        let start = self.at;
        let result = match self.slice()? {
            Some(text) => read(text),
            None => read(&self.scratch),
        };
        result.map_err(|text| JsonError::text(start, text))
    }

    /// The name of a member and its colon; `read` gets the name.
    #[inline]
    pub(super) fn key<T>(&mut self, read: impl FnOnce(&str) -> T) -> Read<T> {
        self.peek();
        let result = match self.slice()? {
            Some(text) => read(text),
            None => read(&self.scratch),
        };
        self.eat(b':')?;
        Ok(result)
    }

    /// The name of the member that starts at a position. Only for names already read.
    #[cold]
    pub(super) fn key_at(&mut self, at: usize) -> String {
        let here = std::mem::replace(&mut self.at, at);
        let name = self.key(str::to_owned).unwrap_or_default();
        self.at = here;
        name
    }

    /// The next value, which must be `true` or `false`.
    #[inline]
    pub fn bool(&mut self) -> Result<bool, JsonError> {
        match self.peek() {
            b't' => self.word("true").map(|()| true),
            b'f' => self.word("false").map(|()| false),
            _ => Err(self.mismatch("bool")),
        }
    }
}
