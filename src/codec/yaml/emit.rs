//! YAML as Kubernetes writes it: block style, ascending keys, and quotes where an older reader would take text for something else.
//!
//! Source of the rules: go-yaml 2 (`encode.go`, `emitterc.go`, `resolve.go`), which Kubernetes' servers and clients use.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

/// Column after which a scalar goes on in the next line.
const WIDTH: usize = 80;

/// Texts that readers of YAML 1.1 take for booleans, nothing, numbers or the merge key.
const WORDS: [&str; 40] = [
    "", "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", "n", "N", "no", "No", "NO", "false", "False", "FALSE",
    "off", "Off", "OFF", "~", "null", "Null", "NULL", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
    "-.Inf", "-.INF", "<<",
];

/// Texts that are numbers or times: integers of every base, floats, sexagesimals, dates with or without time.
static RESOLVED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[0-9][0-9_]*)",
        r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?",
        r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{2}:[0-9]{2}))?)?)$"
    ))
    .ok()
});

/// A document with its final newline.
pub fn document(value: &Value) -> String {
    let mut out = Emitter::default();
    match value {
        Value::Object(members) if !members.is_empty() => out.members(members, 0, false),
        Value::Array(items) if !items.is_empty() => out.items(items, 0, false),
        scalar => {
            out.scalar(scalar, 0);
            out.line();
        }
    }
    out.text
}

#[derive(Default)]
struct Emitter {
    text: String,
    column: usize,
}

impl Emitter {
    /// The members of a map. `started`: the first one continues the line.
    fn members(&mut self, members: &serde_json::Map<String, Value>, indent: usize, started: bool) {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        sorted.sort_unstable_by_key(|(name, _)| *name);
        for (at, (name, value)) in sorted.into_iter().enumerate() {
            if at > 0 || !started {
                self.pad(indent);
            }
            self.key(name);
            self.push(":");
            match value {
                Value::Object(inner) if !inner.is_empty() => {
                    self.line();
                    self.members(inner, indent + 2, false);
                }
                Value::Array(items) if !items.is_empty() => {
                    self.line();
                    self.items(items, indent, false);
                }
                scalar => {
                    self.push(" ");
                    self.scalar(scalar, indent + 2);
                    self.line();
                }
            }
        }
    }

    /// The items of a list. Their dashes stand below the key that holds the list.
    fn items(&mut self, items: &[Value], indent: usize, started: bool) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 || !started {
                self.pad(indent);
            }
            self.push("- ");
            match item {
                Value::Object(inner) if !inner.is_empty() => self.members(inner, indent + 2, true),
                Value::Array(inner) if !inner.is_empty() => self.items(inner, indent + 2, true),
                scalar => {
                    self.scalar(scalar, indent + 2);
                    self.line();
                }
            }
        }
    }

    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::String(text) if text.contains('\n') && fits_block(text) => self.block(text, indent),
            Value::String(text) => match style(text) {
                Style::Plain => self.folded(text, indent),
                Style::Single => {
                    self.push("'");
                    self.folded(&text.replace('\'', "''"), indent);
                    self.push("'");
                }
                Style::Double => self.push(&double(text)),
            },
            Value::Object(_) => self.push("{}"),
            Value::Array(_) => self.push("[]"),
            other => self.push(&other.to_string()),
        }
    }

    fn key(&mut self, name: &str) {
        match style(name) {
            Style::Plain => self.push(name),
            Style::Single if !name.chars().any(is_break) => self.push(&format!("'{}'", name.replace('\'', "''"))),
            _ => self.push(&double(name)),
        }
    }

    /// Text that goes on in the next line at the first single blank after the width.
    fn folded(&mut self, text: &str, indent: usize) {
        let mut characters = text.chars().peekable();
        let mut after_blank = false;
        while let Some(character) = characters.next() {
            let breaks = character == ' ' && !after_blank && self.column > WIDTH && characters.peek().is_some_and(|next| *next != ' ');
            if breaks {
                self.line();
                self.pad(indent);
            } else {
                self.text.push(character);
                self.column += 1;
            }
            after_blank = character == ' ';
        }
    }

    /// Text of several lines as it is.
    fn block(&mut self, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        let ends = text.len() - body.len();
        self.push(match ends {
            0 => "|-",
            1 => "|",
            _ => "|+",
        });
        for line in body.split('\n') {
            self.line();
            if !line.is_empty() {
                self.pad(indent);
                self.push(line);
            }
        }
        (1..ends).for_each(|_| self.line());
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    fn pad(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    fn line(&mut self) {
        self.text.push('\n');
        self.column = 0;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// How a text of one line is written.
fn style(text: &str) -> Style {
    let unclear = RESOLVED.as_ref().is_none_or(|resolved| resolved.is_match(text));
    if WORDS.contains(&text) || unclear || text.chars().any(|c| !is_printable(c)) || has_blank_at_break(text) {
        return Style::Double;
    }
    let opens = text.starts_with(['#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`']);
    let marks =
        text.starts_with("---") || text.starts_with("...") || matches!(text, "-" | "?") || text.starts_with("- ") || text.starts_with("? ");
    let inside = text.contains(": ") || text.ends_with(':') || text.contains(" #") || text.chars().any(is_break);
    if opens || marks || inside || text.starts_with(' ') || text.ends_with(' ') { Style::Single } else { Style::Plain }
}

/// Whether a text of several lines can be written as it is.
fn fits_block(text: &str) -> bool {
    let printable = text.chars().all(|c| c == '\n' || (is_printable(c) && !is_break(c)));
    printable && !text.starts_with([' ', '\n']) && !text.ends_with(' ') && !text.contains(" \n")
}

fn has_blank_at_break(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(one, other)| (one == ' ' && is_break(other)) || (is_break(one) && other == ' '))
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// As go-yaml counts: the tab is none, and nothing beyond the basic plane.
fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{85}')
}

/// In double quotes, with escapes for what is not printable.
fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0' => out.push_str("\\0"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{b}' => out.push_str("\\v"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\u{1b}' => out.push_str("\\e"),
            '\u{85}' => out.push_str("\\N"),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            other if is_printable(other) => out.push(other),
            other => out.push_str(&escape(u32::from(other))),
        }
    }
    out.push('"');
    out
}

fn escape(code: u32) -> String {
    match code {
        0..=0xff => format!("\\x{code:02X}"),
        0x100..=0xffff => format!("\\u{code:04X}"),
        _ => format!("\\U{code:08X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::document;
    use serde_json::{Value, json};

    #[test]
    fn scalars() {
        let cases = [
            (json!("v"), "v"),
            (json!(""), "\"\""),
            (json!("12"), "\"12\""),
            (json!("1e3"), "\"1e3\""),
            (json!("yes"), "\"yes\""),
            (json!("2026-11-24T00:33:07Z"), "\"2026-11-24T00:33:07Z\""),
            (json!("11111111-2222-3333-4444-555555555555"), "11111111-2222-3333-4444-555555555555"),
            (json!("configmaps \"missing\" not found"), "configmaps \"missing\" not found"),
            (json!("a: b"), "'a: b'"),
            (json!("<a href=\"x\">&</a>"), "<a href=\"x\">&</a>"),
            (json!("é\u{2028}"), "'é\u{2028}'"),
            (json!("a\tb"), "\"a\\tb\""),
            (json!("it's: so"), "'it''s: so'"),
            (json!("*"), "'*'"),
            (json!(null), "null"),
            (json!(7), "7"),
        ];
        for (value, text) in cases {
            assert_eq!(document(&value), format!("{text}\n"));
        }
    }

    #[test]
    fn nesting_and_blocks() {
        let value = json!({"items": [{"data": {"nl": "a\nb", "end": "a\n"}, "b": []}, [1, 2]], "a": {"f:k": {}, ".": {}}, "k8s:": 1});
        let text = "a:\n  .: {}\n  f:k: {}\nitems:\n- b: []\n  data:\n    end: |\n      a\n    nl: |-\n      a\n      b\n- - 1\n  - 2\n'k8s:': 1\n";
        assert_eq!(document(&value), text);
    }

    #[test]
    fn long_texts_are_folded_as_recorded() {
        let message =
            "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch";
        let text = "message: 'only the following media types are accepted: application/json;stream=watch,\n  \
                    application/vnd.kubernetes.protobuf;stream=watch'\n";
        assert_eq!(document(&json!({"message": message})), text);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let texts = ["- a", "a #b", "a\n b", " a", "a\n\nb\n\n", "😀", "\u{feff}", "0x1f", "1:30", "&x", "%", "a: b\nc", "\u{1}", "~"];
        for text in texts {
            let value: Value = json!({"k": text});
            let read = super::super::to_json(document(&value).as_bytes()).expect(text);
            assert_eq!(read, value, "{text:?}");
        }
    }
}
