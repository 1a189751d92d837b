//! Values as text: annotations, joined parts, tags.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as JSON text, when it is set.
pub fn to_json<T: Serialize>(value: &T, set: bool) -> Option<String> {
    set.then(|| serde_json::to_string(value).ok()).flatten().map(html_escaped)
}

/// JSON as Go writes it: with escapes for what HTML would take for its own, and for line ends of JavaScript. They stand in strings alone.
pub(super) fn html_escaped(json: String) -> String {
    let special = ['<', '>', '&', '\u{2028}', '\u{2029}'];
    if !json.contains(special) {
        return json;
    }
    let escaped = |c: char| if special.contains(&c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    json.chars().map(escaped).collect()
}

/// The value that JSON text holds. Without text, or when it is none of the type, the value is unset.
pub fn from_json<T: DeserializeOwned + Default>(text: Option<String>) -> T {
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Sets an entry of a map, or takes it away.
pub fn set_entry<V>(map: &mut BTreeMap<String, V>, key: &str, value: Option<V>) {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    };
}

/// A number as a part of a text; nothing for 0, which is a number that is not set.
pub fn digits(number: impl Into<i64>) -> String {
    let number = number.into();
    if number == 0 { String::new() } else { number.to_string() }
}

/// Parts with something between them. Parts at the end that are empty are left out with what is before them.
#[expect(clippy::needless_pass_by_value, reason = "generated code moves values along")]
pub fn join<const N: usize>(parts: [String; N], by: &str) -> String {
    let filled = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    parts.get(..filled).unwrap_or_default().join(by)
}

/// The parts of a text; the last has the rest of it.
pub fn split<const N: usize>(text: &str, by: &str) -> [String; N] {
    let mut parts = text.splitn(N.max(1), by);
    std::array::from_fn(|_| parts.next().unwrap_or_default().to_owned())
}

/// Joined parts, unless the stored text has the same parts.
pub fn join_over<const N: usize>(stored: String, parts: [String; N], by: &str) -> String {
    if split(&stored, by) == parts { stored } else { join(parts, by) }
}

/// The parts of a text, unless the stored parts make the same text.
pub fn split_over<const N: usize>(stored: [String; N], text: &str, by: &str) -> [String; N] {
    if join(stored.clone(), by) == text { stored } else { split(text, by) }
}

/// The tag of the first arm that is set. A stored tag stays as long as its arm is set, or none is.
pub fn tag(stored: String, arms: &[(&str, bool)]) -> String {
    let mut set = arms.iter().filter(|(_, set)| *set).map(|(tag, _)| *tag);
    let kept = arms.iter().all(|(_, set)| !set) || set.clone().any(|tag| tag == stored);
    if kept { stored } else { set.next().unwrap_or_default().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_hold_json() {
        assert_eq!(to_json(&vec![1], true).as_deref(), Some("[1]"));
        assert_eq!(to_json(&vec![1], false), None);
        for (text, value) in [(Some("[1,2]"), vec![1, 2]), (Some("no"), vec![]), (None, vec![])] {
            assert_eq!(from_json::<Vec<i32>>(text.map(str::to_owned)), value);
        }
    }

    #[test]
    fn parts_of_a_text() {
        let own = |parts: [&str; 2]| parts.map(str::to_owned);
        for (parts, text) in [(["h", "80"], "h:80"), (["h", ""], "h"), (["", "80"], ":80"), (["", ""], ""), (["h", "8:0"], "h:8:0")] {
            assert_eq!(join(own(parts), ":"), text);
            assert_eq!(split::<2>(text, ":"), own(parts));
        }
        assert_eq!(split_over(own(["a:b", "c"]), "a:b:c", ":"), own(["a:b", "c"]));
        assert_eq!(split_over(own(["a", "b"]), "x:y", ":"), own(["x", "y"]));
        assert_eq!(join_over("h:".to_owned(), own(["h", ""]), ":"), "h:");
        assert_eq!([digits(0), digits(7_i64)], ["", "7"]);
    }

    #[test]
    fn tags_follow_what_is_set() {
        for (stored, arms, expected) in [
            ("", [("A", false), ("B", true)], "B"),
            ("B", [("A", true), ("B", true)], "B"),
            ("A", [("A", false), ("B", true)], "B"),
            ("A", [("A", false), ("B", false)], "A"),
            ("X", [("A", true), ("B", true)], "A"),
        ] {
            assert_eq!(tag(stored.to_owned(), &arms), expected, "{stored} {arms:?}");
        }
    }
}
