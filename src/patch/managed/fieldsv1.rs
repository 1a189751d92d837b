//! Sets of field paths in their JSON form, FieldsV1.

use serde_json::{Map, Value};

use super::path::{PathElement, PathError};
use super::set::{Branch, Set};

/// The member that says that the path it stands in is in the set itself.
const SELF: &str = ".";

/// Reads FieldsV1; elements of unknown kinds are left out.
pub fn parse(value: &Value) -> Result<Set, PathError> {
    let Value::Object(members) = value else {
        return Err(PathError("FieldsV1 is no object".to_owned()));
    };
    let mut set = Set::default();
    for (name, below) in members.iter().filter(|(name, _)| *name != SELF) {
        if let Some(element) = PathElement::parse(name)? {
            let below_set = parse(below)?;
            let member = below_set.is_empty() || below.get(SELF).is_some();
            set.nodes.insert(element, Branch { member, below: below_set });
        }
    }
    Ok(set)
}

/// Writes FieldsV1, with the elements in order.
pub fn to_value(set: &Set) -> Value {
    Value::Object(members(set))
}

fn members(set: &Set) -> Map<String, Value> {
    set.nodes.iter().map(|(element, branch)| (element.to_fieldsv1(), Value::Object(below(branch)))).collect()
}

fn below(branch: &Branch) -> Map<String, Value> {
    let mut members = members(&branch.below);
    if branch.member && !members.is_empty() {
        members.shift_insert(0, SELF.to_owned(), Value::Object(Map::new()));
    }
    members
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn there_and_back_in_order() {
        let written =
            r#"{"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:l":{"k:{\"a\":1,\"b\":2}":{".":{},"f:a":{}},"v:1":{},"i:0":{}}}}"#;
        let set = parse(&serde_json::from_str(written).expect("JSON")).expect("FieldsV1");
        assert_eq!(to_value(&set).to_string(), written);
        let shuffled = json!({"f:spec": {"f:l": {"i:0": {}, "v:1": {}, "k:{\"b\":2,\"a\":1}": {"f:a": {}, ".": {}}}}, "f:metadata": {"f:labels": {"f:a": {}, ".": {}}}});
        assert_eq!(parse(&shuffled), Ok(set));
    }

    #[test]
    fn what_is_none() {
        for value in [json!(null), json!([]), json!({"spec": {}}), json!({"f:a": 1}), json!({"i:x": {}})] {
            assert!(parse(&value).is_err(), "{value}");
        }
        assert_eq!(parse(&json!({"x:new": {}})), Ok(Set::default()));
    }
}
