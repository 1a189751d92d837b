//! The forms names, label keys and label values may have, with Kubernetes' words for what is wrong.
//!
//! Each check gives one message per violated rule, in Kubernetes' order; an empty list means valid. Lengths are in bytes.
//! Source: apimachinery `util/validation` and `api/validation`, recorded in `tests/fixtures/vectors/name_validation.json`.

use std::borrow::Cow;

use kubewright_model::NameRule;

/// Longest DNS label, and longest name part and value of a label.
pub const MAX_LABEL: usize = 63;
/// Longest DNS subdomain.
pub const MAX_SUBDOMAIN: usize = 253;

const LABEL_TEXT: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_TEXT: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL1035_TEXT: &str = "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const NAME_PART: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE_TEXT: &str = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// What is wrong with `name` as the name of an object whose kind has this rule.
pub fn object_name(rule: NameRule, name: &str) -> Vec<String> {
    match rule {
        NameRule::Subdomain => subdomain(name),
        NameRule::Label => label(name),
        NameRule::Label1035 => label1035(name),
        NameRule::PathSegment => path_segment(name),
    }
}

/// What is wrong with `base` as a `generateName`: the rule for names, where a dash at the end is no fault because characters follow.
pub fn generate_name(rule: NameRule, base: &str) -> Vec<String> {
    match rule {
        NameRule::PathSegment => reserved_characters(base),
        rule => object_name(rule, &dash_masked(base)),
    }
}

/// Kubernetes puts a letter in place of the dash at the end *and* of the character before it.
fn dash_masked(base: &str) -> Cow<'_, str> {
    match base.strip_suffix('-').and_then(|head| head.char_indices().last().map(|(at, c)| (&head[..at], c))) {
        Some((head, last)) if last.is_ascii() => Cow::Owned(format!("{head}a")),
        _ => Cow::Borrowed(base),
    }
}

/// RFC 1123 label: lower case letters, digits and inner dashes, at most 63.
pub fn label(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    too_long(text, MAX_LABEL, "characters", &mut found);
    if !is_label(text) {
        let only_dots = is_subdomain(text);
        found.push(if only_dots { "must not contain dots" } else { LABEL_TEXT }.to_owned());
    }
    found
}

/// RFC 1123 subdomain: labels joined by dots, at most 253 characters in all.
pub fn subdomain(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    too_long(text, MAX_SUBDOMAIN, "characters", &mut found);
    if !is_subdomain(text) {
        found.push(SUBDOMAIN_TEXT.to_owned());
    }
    found
}

/// RFC 1035 label: an RFC 1123 label that starts with a letter.
pub fn label1035(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    too_long(text, MAX_LABEL, "characters", &mut found);
    if !is_label(text) || !text.starts_with(|c: char| c.is_ascii_lowercase()) {
        found.push(LABEL1035_TEXT.to_owned());
    }
    found
}

/// Fits one segment of a URL path. Only the first fault is told for `.` and `..`.
pub fn path_segment(text: &str) -> Vec<String> {
    if matches!(text, "." | "..") {
        return vec![format!("may not be '{text}'")];
    }
    reserved_characters(text)
}

fn reserved_characters(text: &str) -> Vec<String> {
    ['/', '%'].into_iter().filter(|c| text.contains(*c)).map(|c| format!("may not contain '{c}'")).collect()
}

/// `[prefix/]name`, the form of label keys, annotation keys and finalizers.
pub fn qualified_name(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let name = match text.split_once('/') {
        None => text,
        Some((_, name)) if name.contains('/') => {
            return vec![format!(
                "a valid label key {NAME_PART} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            )];
        }
        Some((prefix, name)) => {
            if prefix.is_empty() {
                found.push("prefix part must be non-empty".to_owned());
            } else {
                found.extend(prefix_faults(prefix).into_iter().map(|fault| format!("prefix part {fault}")));
            }
            name
        }
    };
    if name.is_empty() {
        found.push("name part must be non-empty".to_owned());
    } else if name.len() > MAX_LABEL {
        found.push(format!("name part must be no more than {MAX_LABEL} bytes"));
    }
    if !is_name_part(name) {
        found.push(format!("name part {NAME_PART}"));
    }
    found
}

fn prefix_faults(prefix: &str) -> Vec<String> {
    let mut found = Vec::new();
    too_long(prefix, MAX_SUBDOMAIN, "bytes", &mut found);
    if !is_subdomain(prefix) {
        found.push(SUBDOMAIN_TEXT.to_owned());
    }
    found
}

/// The value of a label: empty, or the form of a name part.
pub fn label_value(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    too_long(text, MAX_LABEL, "bytes", &mut found);
    if !text.is_empty() && !is_name_part(text) {
        found.push(LABEL_VALUE_TEXT.to_owned());
    }
    found
}

fn too_long(text: &str, most: usize, unit: &str, found: &mut Vec<String>) {
    if text.len() > most {
        found.push(format!("must be no more than {most} {unit}"));
    }
}

fn is_label(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    framed(text, inner, |b| inner(b) || b == b'-')
}

fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

fn is_name_part(text: &str) -> bool {
    framed(text, |b| b.is_ascii_alphanumeric(), |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// Whether the ends are of one class, and everything between of another.
fn framed(text: &str, end: impl Fn(u8) -> bool, inner: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(&first), Some(&last)) => end(first) && end(last) && bytes.iter().all(|&b| inner(b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    type Check = fn(&str) -> Vec<String>;

    #[test]
    fn recorded_names() {
        let file: Value = serde_json::from_str(include_str!("../../tests/fixtures/vectors/name_validation.json")).expect("fixture");
        let checks: [(&str, Check); 6] = [
            ("dns1123Label", label),
            ("dns1123Subdomain", subdomain),
            ("dns1035Label", label1035),
            ("pathSegmentName", path_segment),
            ("qualifiedName", qualified_name),
            ("labelValue", label_value),
        ];
        for case in file["cases"].as_array().expect("cases") {
            let input = case["input"].as_str().expect("input");
            for (key, check) in checks {
                let expected: Vec<&str> = case[key].as_array().into_iter().flatten().map(text_of(&file)).collect();
                assert_eq!(check(input), expected, "{key} of {input:?}");
            }
        }
    }

    /// The fixture holds each message once and refers to it by number.
    fn text_of<'a>(file: &'a Value) -> impl Fn(&'a Value) -> &'a str {
        move |number| number.as_u64().and_then(|at| file["texts"][at as usize].as_str()).expect("text")
    }

    #[test]
    fn generated_names_may_end_in_a_dash() {
        for (rule, base, valid) in [
            (NameRule::Subdomain, "a-", true),
            (NameRule::Subdomain, "a--", true),
            (NameRule::Subdomain, "-", false),
            (NameRule::Subdomain, "A", false),
            (NameRule::Label, "a.b-", false),
            (NameRule::Label1035, "1a-", false),
            (NameRule::Label1035, "1-", true),
            (NameRule::PathSegment, "a:-", true),
        ] {
            assert_eq!(generate_name(rule, base).is_empty(), valid, "{base}");
        }
    }
}
