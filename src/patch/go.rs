//! JSON values as Go's `%v` shows them, which is how Kubernetes' patch errors name parts of a patch.

use std::fmt;

use serde_json::Value;

/// Shows a JSON value as Go's `%v` does: `map[a:1 b:[x y]]`.
pub struct Go<'a>(pub &'a Value);

impl fmt::Display for Go<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("<nil>"),
            Value::String(text) => f.write_str(text),
            Value::Bool(_) | Value::Number(_) => self.0.fmt(f),
            Value::Array(items) => list(f, items),
            Value::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_unstable_by_key(|(name, _)| *name);
                f.write_str("map[")?;
                for (at, (name, value)) in members.into_iter().enumerate() {
                    write!(f, "{}{name}:{}", if at > 0 { " " } else { "" }, Go(value))?;
                }
                f.write_str("]")
            }
        }
    }
}

/// Shows a list of JSON values as Go's `%v` does: `[a b]`.
pub struct GoList<'a>(pub &'a [Value]);

impl fmt::Display for GoList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, self.0)
    }
}

fn list(f: &mut fmt::Formatter<'_>, items: &[Value]) -> fmt::Result {
    f.write_str("[")?;
    for (at, item) in items.iter().enumerate() {
        write!(f, "{}{}", if at > 0 { " " } else { "" }, Go(item))?;
    }
    f.write_str("]")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Go;

    #[test]
    fn as_go_shows_it() {
        for (value, expected) in [
            (json!(null), "<nil>"),
            (json!({"b": [1, "x y", true], "a": null}), "map[a:<nil> b:[1 x y true]]"),
            (json!([]), "[]"),
            (json!({}), "map[]"),
        ] {
            assert_eq!(Go(&value).to_string(), expected);
        }
    }
}
