//! JSON as people read it.

/// Indents compact JSON by two spaces, keeping every token as it is.
pub fn indented(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        at += 1;
        match byte {
            b'"' => at = string(json, at - 1, &mut out),
            b'{' | b'[' => {
                out.push(byte);
                if matches!(json.get(at), Some(b'}' | b']')) {
                    out.push(json[at]);
                    at += 1;
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            b'}' | b']' => {
                depth -= 1;
                line(&mut out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                line(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            other => out.push(other),
        }
    }
    out
}

/// Copies the string that starts at a position, and answers with the position after it.
fn string(json: &[u8], start: usize, out: &mut Vec<u8>) -> usize {
    let mut at = start + 1;
    while at < json.len() && json[at] != b'"' {
        at += if json[at] == b'\\' { 2 } else { 1 };
    }
    let end = (at + 1).min(json.len());
    out.extend_from_slice(&json[start..end]);
    end
}

fn line(out: &mut Vec<u8>, depth: usize) {
    out.push(b'\n');
    out.extend(std::iter::repeat_n(b' ', depth * 2));
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn indented_json_keeps_its_tokens() {
        let cases = [
            ("{}", "{}"),
            ("[]", "[]"),
            (r#"{"a":{},"b":[1,"x, {\"y\":1}"]}"#, "{\n  \"a\": {},\n  \"b\": [\n    1,\n    \"x, {\\\"y\\\":1}\"\n  ]\n}"),
        ];
        for (compact, expected) in cases {
            assert_eq!(String::from_utf8(indented(compact.as_bytes())).expect("text"), expected);
        }
    }
}
