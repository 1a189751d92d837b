//! The LabelSelector object of meta/v1 (`matchLabels`, `matchExpressions`) as a selector and as text.

use serde_json::Value;

use super::label::{LabelSelector, Operator, Requirement, SelectorError};

/// The selector that a LabelSelector object means. Without content it selects everything.
pub fn from_object(object: &Value) -> Result<LabelSelector, SelectorError> {
    let mut requirements = Vec::new();
    for (key, value) in object["matchLabels"].as_object().into_iter().flatten() {
        requirements.push(Requirement::new(key, Operator::Equals, [text(value)])?);
    }
    for expression in object["matchExpressions"].as_array().into_iter().flatten() {
        let values = expression["values"].as_array().into_iter().flatten().map(text);
        requirements.push(Requirement::new(expression["key"].as_str().unwrap_or_default(), operator(&expression["operator"])?, values)?);
    }
    Ok(LabelSelector::new(requirements))
}

/// A LabelSelector object as kubectl shows it: the selector's text, `<none>` without content, `<error>` when it is none.
pub fn object_text(object: &Value) -> String {
    match from_object(object) {
        Ok(selector) if selector.is_empty() => "<none>".to_owned(),
        Ok(selector) => selector.to_string(),
        Err(_) => "<error>".to_owned(),
    }
}

fn operator(value: &Value) -> Result<Operator, SelectorError> {
    match value.as_str().unwrap_or_default() {
        "In" => Ok(Operator::In),
        "NotIn" => Ok(Operator::NotIn),
        "Exists" => Ok(Operator::Exists),
        "DoesNotExist" => Ok(Operator::Absent),
        other => Err(SelectorError(format!("{} is not a valid label selector operator", crate::rule::quote::quoted(other)))),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::object_text;

    #[test]
    fn as_text() {
        for (object, expected) in [
            (json!(null), "<none>"),
            (json!({}), "<none>"),
            (json!({"matchLabels": {"b": "2", "a": "1"}}), "a=1,b=2"),
            (json!({"matchExpressions": [{"key": "x", "operator": "NotIn", "values": ["b", "a"]}]}), "x notin (a,b)"),
            (
                json!({"matchLabels": {"z": ""}, "matchExpressions": [{"key": "a", "operator": "DoesNotExist"}, {"key": "q", "operator": "Exists"}]}),
                "!a,q,z=",
            ),
            (json!({"matchExpressions": [{"key": "x", "operator": "In"}]}), "<error>"),
            (json!({"matchExpressions": [{"key": "x", "operator": "Gt", "values": ["1"]}]}), "<error>"),
        ] {
            assert_eq!(object_text(&object), expected, "{object}");
        }
    }
}
