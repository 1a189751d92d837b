//! Points in time as Kubernetes writes them: RFC 3339 in whole seconds, or with exactly six fractional digits. Source: Go's `time.Parse`.

mod civil;

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime, Time};

pub use civil::SECOND;

/// Seconds since 1970 of Go's zero time, `0001-01-01T00:00:00Z`.
pub const ZERO: i64 = -62_135_596_800;

const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// Reads RFC 3339 text as Go does: seconds and nanoseconds. The error is Go's text.
pub fn parse(text: &str) -> Result<(i64, u32), String> {
    if let Some(seconds) = civil::read(text.as_bytes()) {
        return Ok((seconds, 0));
    }
    Cursor { text, rest: text, layout: "2006-01-02T15:04:05Z07:00", fraction: Fraction::Optional }.read()
}

/// As [`parse`], with exactly six fractional digits.
pub fn parse_micro(text: &str) -> Result<(i64, u32), String> {
    Cursor { text, rest: text, layout: "2006-01-02T15:04:05.000000Z07:00", fraction: Fraction::Six }.read()
}

/// A point in time in whole seconds as text.
pub fn text(seconds: i64) -> [u8; SECOND] {
    civil::write(seconds)
}

/// Appends a point in time in whole seconds.
pub fn write(seconds: i64, out: &mut String) {
    out.extend(text(seconds).map(char::from));
}

/// Appends a point in time with six fractional digits; finer ones are cut off.
pub fn write_micro(seconds: i64, nanos: u32, out: &mut String) {
    write(seconds, out);
    out.pop();
    let micros = nanos.min(999_999_999) / 1000;
    // Writing to a `String` does not fail.
    let _ = write!(out, ".{micros:06}Z");
}

#[derive(Clone, Copy, PartialEq)]
enum Fraction {
    Optional,
    Six,
}

struct Cursor<'a> {
    text: &'a str,
    rest: &'a str,
    layout: &'static str,
    fraction: Fraction,
}

impl Cursor<'_> {
    fn read(mut self) -> Result<(i64, u32), String> {
        let year = self.digits(4, "2006")?;
        self.literal("-")?;
        let month = self.ranged("01", 1..=12, "month")?;
        self.literal("-")?;
        let day = self.digits(2, "02")?;
        self.literal("T")?;
        let hour = self.hour()?;
        self.literal(":")?;
        let minute = self.ranged("04", 0..=59, "minute")?;
        self.literal(":")?;
        let second = self.ranged("05", 0..=59, "second")?;
        let nanos = self.nanos()?;
        let offset = self.offset()?;
        if !self.rest.is_empty() {
            return Err(format!("parsing time {:?}: extra text: {:?}", self.text, self.rest));
        }
        let small = |number: i64| i8::try_from(number).unwrap_or(-1);
        let date = Date::new(year as i16, small(month), small(day)).map_err(|_| self.out_of_range("day"))?;
        let time = Time::new(small(hour), small(minute), small(second), 0).map_err(|_| self.out_of_range("hour"))?;
        Ok((date.to_datetime(time).duration_since(EPOCH).as_secs() - offset, nanos))
    }

    fn cannot(&self, element: &str) -> String {
        format!("parsing time {:?} as {:?}: cannot parse {:?} as {element:?}", self.text, self.layout, self.rest)
    }

    fn out_of_range(&self, what: &str) -> String {
        format!("parsing time {:?}: {what} out of range", self.text)
    }

    fn literal(&mut self, literal: &str) -> Result<(), String> {
        self.rest = self.rest.strip_prefix(literal).ok_or_else(|| self.cannot(literal))?;
        Ok(())
    }

    /// Exactly so many digits.
    fn digits(&mut self, count: usize, element: &str) -> Result<i64, String> {
        let number =
            self.rest.get(..count).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())).and_then(|digits| digits.parse().ok());
        let number = number.ok_or_else(|| self.cannot(element))?;
        self.rest = &self.rest[count..];
        Ok(number)
    }

    fn ranged(&mut self, element: &str, range: std::ops::RangeInclusive<i64>, what: &str) -> Result<i64, String> {
        let number = self.digits(2, element)?;
        if range.contains(&number) { Ok(number) } else { Err(self.out_of_range(what)) }
    }

    /// One or two digits, as Go reads hours.
    fn hour(&mut self) -> Result<i64, String> {
        let count = self.rest.bytes().take(2).take_while(u8::is_ascii_digit).count().max(1);
        let hour = self.digits(count, "15")?;
        if hour < 24 { Ok(hour) } else { Err(self.out_of_range("hour")) }
    }

    fn nanos(&mut self) -> Result<u32, String> {
        let digits = self.rest.strip_prefix(['.', ',']).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        let count = match self.fraction {
            Fraction::Optional => digits,
            Fraction::Six if digits >= 6 && self.rest.starts_with('.') => 6,
            Fraction::Six => return Err(self.cannot(".000000")),
        };
        if count == 0 {
            return Ok(0);
        }
        let text = &self.rest[1..=count];
        self.rest = &self.rest[count + 1..];
        Ok(text.bytes().chain(std::iter::repeat(b'0')).take(9).fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')))
    }

    /// Seconds east of UTC.
    fn offset(&mut self) -> Result<i64, String> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(0);
        }
        let bytes = self.rest.as_bytes();
        let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, ..] = bytes else { return Err(self.cannot("Z07:00")) };
        if ![h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit()) {
            return Err(self.cannot("Z07:00"));
        }
        let two = |tens: &u8, ones: &u8| i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
        let (hours, minutes) = (two(h1, h2), two(m1, m2));
        if hours > 24 {
            return Err(self.out_of_range("time zone offset hour"));
        }
        if minutes > 60 {
            return Err(self.out_of_range("time zone offset minute"));
        }
        let offset = hours * 3600 + minutes * 60;
        let offset = if *sign == b'-' { -offset } else { offset };
        self.rest = &self.rest[6..];
        Ok(offset)
    }
}
