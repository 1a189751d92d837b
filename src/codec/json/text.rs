//! Texts and numbers as Go's encoder writes them.

use super::scan::{is_plain, is_suspect};

/// Appends a text with its quotes. `<`, `>`, `&`, U+2028 and U+2029 are escaped too, as Go does for HTML.
#[inline]
pub(crate) fn string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    if !plain(bytes) {
        return escaped(bytes, out);
    }
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    out.extend_from_slice(bytes);
    out.push(b'"');
}

/// Digits of the longest whole number, with its sign.
pub(super) const DIGITS: usize = 20;

/// A whole number in decimal.
#[inline]
pub(super) fn digits(value: i64, room: &mut [u8; DIGITS]) -> &[u8] {
    let mut at = room.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        room[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        at -= 1;
        room[at] = b'-';
    }
    &room[at..]
}

/// Appends a whole number.
pub(crate) fn integer(value: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(digits(value, &mut [0; DIGITS]));
}

/// Appends a double: shortest digits, exponent form below 1e-6 and from 1e21 on. What JSON cannot say is `null`.
pub(super) fn float(value: f64, out: &mut Vec<u8>) {
    if !value.is_finite() {
        return out.extend_from_slice(b"null");
    }
    let size = value.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return out.extend_from_slice(value.to_string().as_bytes());
    }
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    out.extend_from_slice(format!("{digits}e{sign}{exponent}").as_bytes());
}

/// Whether a text needs no escapes.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk() {
        let (words, _) = bytes.as_chunks();
        return is_plain(u64::from_le_bytes(*last)) && words.iter().all(|word| is_plain(u64::from_le_bytes(*word)));
    }
    if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return is_plain(u64::from(u32::from_le_bytes(*head)) << 32 | u64::from(u32::from_le_bytes(*tail)));
    }
    !bytes.iter().any(|&byte| is_suspect(byte))
}

#[cold]
#[inline(never)]
fn escaped(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    html_escaped(bytes, true, out);
    out.push(b'"');
}

/// Appends bytes with escapes; inside of JSON that is already escaped (`quotes` off), quotes and backslashes stay.
pub(super) fn html_escaped(bytes: &[u8], quotes: bool, out: &mut Vec<u8>) {
    let mut start = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if !is_suspect(byte) || at < start {
            continue;
        }
        let (escape, width): (&[u8], usize) = match (byte, bytes.get(at + 1..at + 3)) {
            (b'"' | b'\\', _) if !quotes => continue,
            (b'"', _) => (b"\\\"", 1),
            (b'\\', _) => (b"\\\\", 1),
            (b'\n', _) => (b"\\n", 1),
            (b'\r', _) => (b"\\r", 1),
            (b'\t', _) => (b"\\t", 1),
            (8, _) => (b"\\b", 1),
            (12, _) => (b"\\f", 1),
            (0xE2, Some([0x80, 0xA8])) => (b"\\u2028", 3),
            (0xE2, Some([0x80, 0xA9])) => (b"\\u2029", 3),
            (0xE2, _) => continue,
            _ => (b"", 1),
        };
        out.extend_from_slice(&bytes[start..at]);
        if escape.is_empty() {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(escape);
        }
        start = at + width;
    }
    out.extend_from_slice(&bytes[start..]);
}

/// Appends JSON that is already text: without space, and with the escapes of [`string`].
pub(crate) fn compact(json: &[u8], out: &mut Vec<u8>) {
    if plain_json(json) {
        return out.extend_from_slice(json);
    }
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        if byte == b'"' {
            let end = string_end(json, at);
            html_escaped(&json[at..end], false, out);
            at = end;
            continue;
        }
        if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            out.push(byte);
        }
        at += 1;
    }
}

/// JSON that is already text, without the space between its tokens.
pub(crate) fn without_space(json: &str) -> Vec<u8> {
    let json = json.as_bytes();
    if !json.iter().any(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')) {
        return json.to_vec();
    }
    let mut out = Vec::with_capacity(json.len());
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        let end = if byte == b'"' { string_end(json, at) } else { at + 1 };
        if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            out.extend_from_slice(&json[at..end]);
        }
        at = end;
    }
    out
}

fn plain_json(json: &[u8]) -> bool {
    !json.iter().any(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'<' | b'>' | b'&' | 0xE2))
}

/// The position after the text that starts at a quote.
fn string_end(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}
