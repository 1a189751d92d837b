//! The numbers of a JSON document.

use super::error::JsonError;
use super::parser::{Parser, Read};

impl<'a> Parser<'a> {
    /// The text of the next number, which must follow the JSON grammar.
    #[inline]
    pub(super) fn number(&mut self) -> Read<&'a str> {
        self.peek();
        let start = self.at;
        if self.bytes().get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let first = self.at;
        self.digits()?;
        if self.bytes()[first] == b'0' && self.at > first + 1 {
            return Err(self.malformed());
        }
        if self.bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.bytes().get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes().get(self.at) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(&self.text()[start..self.at])
    }

    #[inline]
    fn digits(&mut self) -> Read {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.bytes().get(self.at) {
            self.at += 1;
        }
        if self.at == start { Err(self.malformed()) } else { Ok(()) }
    }

    #[inline]
    fn parsed<T: std::str::FromStr>(&mut self, wanted: &str) -> Read<T> {
        if !matches!(self.peek(), b'-' | b'0'..=b'9') {
            return Err(self.mismatch(wanted));
        }
        let start = self.at;
        let text = self.number()?;
        text.parse().map_err(|_| JsonError::mismatch(start, format!("number {text}"), wanted.to_owned()))
    }

    /// The next value, which must be a whole number of 32 bits.
    pub fn int32(&mut self) -> Result<i32, JsonError> {
        self.parsed("int32")
    }

    /// The next value, which must be a whole number of 64 bits.
    pub fn int64(&mut self) -> Result<i64, JsonError> {
        self.parsed("int64")
    }

    /// The next value, which must be a number.
    pub fn float64(&mut self) -> Result<f64, JsonError> {
        let start = self.at;
        let number: f64 = self.parsed("float64")?;
        if number.is_finite() {
            return Ok(number);
        }
        Err(JsonError::mismatch(start, format!("number {}", self.text()[start..self.at].trim()), "float64".to_owned()))
    }
}
