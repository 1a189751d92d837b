//! The JSON grammar alone: whether bytes are a document, and Go's words for where they stop being one.

use super::error::JsonError;

/// Raw JSON may nest as deep as Go lets it.
const MAX_NESTING: usize = 10_000;

/// Whether the bytes are one JSON document; the error is in the words of Go's encoding/json.
pub(crate) fn check(bytes: &[u8]) -> Result<(), JsonError> {
    let mut scanner = Scanner { bytes, at: 0, open: Vec::new() };
    scanner.document()
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// What is open, the innermost last: `{` or `[`.
    open: Vec<u8>,
}

impl Scanner<'_> {
    fn document(&mut self) -> Result<(), JsonError> {
        self.value(false)?;
        loop {
            let Some(byte) = self.next() else {
                return if self.open.is_empty() { Ok(()) } else { Err(self.cut_short()) };
            };
            match (self.open.last(), byte) {
                (None, _) => return Err(self.unexpected(byte, "after top-level value")),
                (Some(b'['), b',') => self.advance_to_value()?,
                (Some(b'{'), b',') => {
                    self.at += 1;
                    match self.next() {
                        Some(b'"') => self.member()?,
                        other => return Err(self.unexpected_or_cut(other, "looking for beginning of object key string")),
                    }
                }
                (Some(b'['), b']') | (Some(b'{'), b'}') => {
                    self.at += 1;
                    self.open.pop();
                }
                (Some(b'['), _) => return Err(self.unexpected(byte, "after array element")),
                (Some(_), _) => return Err(self.unexpected(byte, "after object key:value pair")),
            }
        }
    }

    /// The next byte that is not space.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn advance_to_value(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        self.value(false)
    }

    /// A value up to its end, or into the first value of lists and objects. An empty list may end where a value is looked for.
    fn value(&mut self, mut may_close: bool) -> Result<(), JsonError> {
        loop {
            match self.next() {
                Some(b'{') => {
                    self.enter(b'{')?;
                    return match self.next() {
                        Some(b'}') => {
                            self.at += 1;
                            self.open.pop();
                            Ok(())
                        }
                        Some(b'"') => self.member(),
                        other => Err(self.unexpected_or_cut(other, "looking for beginning of object key string")),
                    };
                }
                Some(b'[') => {
                    self.enter(b'[')?;
                    may_close = true;
                }
                Some(b']') if may_close => {
                    self.at += 1;
                    self.open.pop();
                    return Ok(());
                }
                Some(b'"') => return self.text(),
                Some(b't') => return self.word(b"true"),
                Some(b'f') => return self.word(b"false"),
                Some(b'n') => return self.word(b"null"),
                Some(b'-' | b'0'..=b'9') => return self.number(),
                other => return Err(self.unexpected_or_cut(other, "looking for beginning of value")),
            }
        }
    }

    fn enter(&mut self, byte: u8) -> Result<(), JsonError> {
        self.at += 1;
        self.open.push(byte);
        if self.open.len() > MAX_NESTING { Err(JsonError::text(self.at, "exceeded max depth")) } else { Ok(()) }
    }

    /// A member from its name into its value.
    fn member(&mut self) -> Result<(), JsonError> {
        loop {
            self.text()?;
            match self.next() {
                Some(b':') => self.at += 1,
                other => return Err(self.unexpected_or_cut(other, "after object key")),
            }
            if self.next() != Some(b'{') {
                return self.value(false);
            }
            // An object opens an object: stay in the loop instead of calling down.
            self.enter(b'{')?;
            match self.next() {
                Some(b'"') => {}
                Some(b'}') => {
                    self.at += 1;
                    self.open.pop();
                    return Ok(());
                }
                other => return Err(self.unexpected_or_cut(other, "looking for beginning of object key string")),
            }
        }
    }

    fn text(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        loop {
            let Some(&byte) = self.bytes.get(self.at) else { return Err(self.cut_short()) };
            match byte {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.escape()?,
                ..0x20 => return Err(self.unexpected(byte, "in string literal")),
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        self.at += 1;
        match self.bytes.get(self.at).copied() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    match self.bytes.get(self.at).copied() {
                        Some(byte) if byte.is_ascii_hexdigit() => self.at += 1,
                        other => return Err(self.unexpected_or_cut(other, "in \\u hexadecimal character escape")),
                    }
                }
            }
            other => return Err(self.unexpected_or_cut(other, "in string escape code")),
        }
        Ok(())
    }

    fn word(&mut self, word: &'static [u8]) -> Result<(), JsonError> {
        for (at, expected) in word.iter().enumerate() {
            match self.bytes.get(self.at).copied() {
                Some(byte) if byte == *expected => self.at += 1,
                other => {
                    let place = format!("in literal {} (expecting {})", String::from_utf8_lossy(word), quoted(word[at]));
                    return Err(self.unexpected_or_cut(other, &place));
                }
            }
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), JsonError> {
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits("in numeric literal")?;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            self.digits("in exponent of numeric literal")?;
        }
        Ok(())
    }

    fn digits(&mut self, place: &str) -> Result<(), JsonError> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.bytes.get(self.at) {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected_or_cut(self.bytes.get(self.at).copied(), place)) } else { Ok(()) }
    }

    fn unexpected_or_cut(&self, byte: Option<u8>, place: &str) -> JsonError {
        byte.map_or_else(|| self.cut_short(), |byte| self.unexpected(byte, place))
    }

    fn unexpected(&self, byte: u8, place: &str) -> JsonError {
        JsonError::text(self.at, format!("invalid character {} {place}", quoted(byte)))
    }

    fn cut_short(&self) -> JsonError {
        JsonError::text(self.at, "unexpected end of JSON input")
    }
}

/// A byte as Go quotes it in these errors: as a character of Latin-1.
fn quoted(byte: u8) -> String {
    match byte {
        b'\'' => r"'\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        b'\\' => r"'\\'".to_owned(),
        b'\n' => r"'\n'".to_owned(),
        b'\r' => r"'\r'".to_owned(),
        b'\t' => r"'\t'".to_owned(),
        7 => r"'\a'".to_owned(),
        8 => r"'\b'".to_owned(),
        0xB => r"'\v'".to_owned(),
        0xC => r"'\f'".to_owned(),
        ..0x20 | 0x7F => format!("'\\x{byte:02x}'"),
        0x80..0xA0 | 0xAD => format!("'\\u{:04x}'", u32::from(byte)),
        _ => format!("'{}'", byte as char),
    }
}
