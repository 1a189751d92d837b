//! YAML text of small JSON values, in block style: how the protobuf form carries values of any type.

use serde_json::Value;

/// The value as a YAML document with a final newline.
pub fn document(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Writes a value whose first line starts where `out` ends; further lines are indented by `depth`.
fn write(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            for (position, item) in items.iter().enumerate() {
                indent(position, depth, out);
                out.push_str("- ");
                write(item, depth + 2, out);
                end_line(out);
            }
        }
        Value::Object(members) if !members.is_empty() => {
            for (position, (key, member)) in members.iter().enumerate() {
                indent(position, depth, out);
                out.push_str(&scalar(key));
                out.push(':');
                member_value(member, depth, out);
                end_line(out);
            }
        }
        Value::String(text) => out.push_str(&scalar(text)),
        other => out.push_str(&other.to_string()),
    }
}

fn member_value(value: &Value, depth: usize, out: &mut String) {
    let block = match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => false,
    };
    if block {
        out.push('\n');
        out.push_str(&" ".repeat(depth + 4));
        write(value, depth + 4, out);
    } else {
        out.push(' ');
        write(value, depth, out);
    }
}

fn indent(position: usize, depth: usize, out: &mut String) {
    if position > 0 {
        out.push_str(&" ".repeat(depth));
    }
}

fn end_line(out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Plain where no reader can take it for anything but text, else in double quotes, whose escapes are those of JSON.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/'))
        && !matches!(text.to_ascii_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null");
    if plain { text.to_owned() } else { Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn block_style() {
        let rows = [
            (json!([{"group": "apps", "kind": "Deployment", "version": "v1"}]), "- group: apps\n  kind: Deployment\n  version: v1\n"),
            (json!("merge"), "merge\n"),
            (json!(""), "\"\"\n"),
            (json!("yes"), "\"yes\"\n"),
            (json!(["a", "b"]), "- a\n- b\n"),
            (json!({"a": ["b"], "c": {"d": 1}}), "a:\n    - b\nc:\n    d: 1\n"),
            (json!([]), "[]\n"),
            (json!([[1, 2]]), "- - 1\n  - 2\n"),
            (json!(true), "true\n"),
        ];
        for (value, text) in rows {
            assert_eq!(super::document(&value), text);
        }
    }
}
