//! Text in quotes as Go writes it, which is how Kubernetes' messages show values.

use std::fmt::Write;

/// `text` in double quotes, with Go's escapes for what is not printable.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        push(&mut out, c);
    }
    out.push('"');
    out
}

fn push(out: &mut String, c: char) {
    let short = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\u{c}' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{b}' => "\\v",
        c if is_printable(c) => return out.push(c),
        _ => "",
    };
    let code = u32::from(c);
    // Writing to a String cannot fail.
    let _ = match (short, code) {
        ("", ..0x20 | 0x7f) => write!(out, "\\x{code:02x}"),
        ("", ..0x1_0000) => write!(out, "\\u{code:04x}"),
        ("", _) => write!(out, "\\U{code:08x}"),
        (short, _) => write!(out, "{short}"),
    };
}

/// Whether a character shows, approximately as Go sees it: no controls, no blanks but the space, no invisible format marks, no private use.
pub fn is_printable(c: char) -> bool {
    let hidden = matches!(u32::from(c),
        0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb | 0xe000..=0xf8ff | 0xe0000..=0x10_ffff);
    c == ' ' || !(c.is_control() || c.is_whitespace() || hidden)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn as_go_writes_it() {
        for (text, expected) in [
            ("", r#""""#),
            ("a b", r#""a b""#),
            ("a\"\\", r#""a\"\\""#),
            ("\n\t\u{1}\u{7f}", r#""\n\t\x01\x7f""#),
            ("é목😀", "\"é목😀\""),
            ("\u{a0}\u{200b}\u{feff}", r#""\u00a0\u200b\ufeff""#),
            ("\u{10ffff}", r#""\U0010ffff""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
