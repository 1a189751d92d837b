//! Definitions as YAML: block style, the keys in their order, long texts as blocks.

use serde_json::{Map, Value};

/// A document with its final newline.
pub(super) fn document(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => self::members(members, 0, &mut out),
        other => {
            inline(other, &mut out);
            out.push('\n');
        }
    }
    out
}

/// The first member goes on in the line; the others are indented.
fn members(members: &Map<String, Value>, indent: usize, out: &mut String) {
    for (at, (key, value)) in members.iter().enumerate() {
        if at > 0 {
            pad(indent, out);
        }
        out.push_str(&scalar_text(key));
        out.push(':');
        below(value, indent, out);
    }
}

/// What stands behind a key.
fn below(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(inner) if !inner.is_empty() => {
            out.push('\n');
            pad(indent + 2, out);
            members(inner, indent + 2, out);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                pad(indent + 2, out);
                out.push_str("- ");
                self::item(item, indent + 4, out);
            }
        }
        Value::String(text) if is_block(text) => block(text, indent + 2, out),
        other => {
            out.push(' ');
            inline(other, out);
            out.push('\n');
        }
    }
}

fn item(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(inner) if !inner.is_empty() => members(inner, indent, out),
        other => {
            inline(other, out);
            out.push('\n');
        }
    }
}

/// Whether a text has lines that a block shows as they are.
fn is_block(text: &str) -> bool {
    let odd = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'));
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && !text.trim_end_matches('\n').is_empty()
        && !text.contains(odd)
}

fn block(text: &str, indent: usize, out: &mut String) {
    out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
    for line in text.trim_end_matches('\n').split('\n') {
        if !line.is_empty() {
            pad(indent, out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn inline(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(&scalar_text(text)),
        other => out.push_str(&other.to_string()),
    }
}

/// A text after a key: plain where no reader can take it for anything else, in double quotes otherwise, whose escapes are those of JSON.
fn scalar_text(text: &str) -> String {
    let word = matches!(text.to_ascii_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null");
    let safe = |c: char| c.is_alphanumeric() || " ._/-(),;'\"+=<>$*&|!?@^~`[]{}%\\:#".contains(c);
    let plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '$' | '^' | '('))
        && text.chars().all(safe)
        && !word
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([' ', ':']);
    if plain { text.to_owned() } else { Value::from(text).to_string() }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_back() {
        let value = json!({
            "a": {"b": [1, "2", {"c": [], "d": {}}, [1, [2]], "x: y"], "on": null},
            "text": "one\n\n  two\nthree", "end": "one\ntwo\n", "odd": "a\r\nb", "lead": " a\nb", "ends": "a\n\n", "colon": "a: b # c", "number": "010",
            "trail": "one \ntwo\t",
        });
        let text = document(&value);
        assert_eq!(crate::import::crd::documents(&text), Ok(vec![value]), "{text}");
        assert!(text.starts_with("a:\n  b:\n    - 1\n    - \"2\"\n    - c: []\n      d: {}\n"), "{text}");
    }
}
