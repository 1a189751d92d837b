//! Text as a YAML scalar: plain where every reader takes it for the same text, quoted otherwise.

use std::fmt::Write as _;

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a line of its own after a key.
    Block,
    /// Between brackets.
    Flow,
}

/// Words that some reader takes for a flag, nothing, a number or a merge.
const WORDS: [&str; 14] = ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "<<", "=", "nan"];

/// Characters that start something else than plain text.
const LEADING: &str = "-?:,[]{}#&*!|>'\"%@`=";

/// A text as it is written at a place.
pub(crate) fn quoted(text: &str, place: Place) -> String {
    if plain(text, place) {
        text.to_owned()
    } else if text.contains(['"', '\\']) && !text.chars().any(needs_escape) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double(text)
    }
}

fn plain(text: &str, place: Place) -> bool {
    let word = text.to_lowercase();
    !WORDS.contains(&word.as_str())
        && !looks_like_number(&word)
        && !text.starts_with(|first: char| LEADING.contains(first) || first.is_whitespace())
        && !text.starts_with("...")
        && !text.ends_with(|last: char| last == ':' || last.is_whitespace())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(needs_escape)
        && (place == Place::Block || !text.contains([',', '[', ']', '{', '}']))
}

/// Numbers, dates, times and versions; rather too many than too few.
fn looks_like_number(word: &str) -> bool {
    let digits = word.trim_start_matches(['+', '-']).trim_start_matches('.');
    digits == "inf"
        || digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_hexdigit() || "xo_.:+-tz ".contains(c))
}

fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
