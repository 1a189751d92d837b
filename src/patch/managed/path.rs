//! One step of a field path: a member, a list item by its keys, by its value or by its position.

use std::cmp::Ordering;
use std::fmt;

use serde_json::{Map, Value};

/// One step of a field path. The order is the one FieldsV1 is written in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathElement {
    /// A member of an object or map.
    Field(String),
    /// The item of a list with these keys, by ascending name.
    Key(Vec<(String, Json)>),
    /// The item of a set.
    Value(Json),
    /// The item at a position.
    Index(i64),
}

/// A JSON value with an order: numbers, text, booleans, lists, objects, null. `1` and `1.0` are equal.
#[derive(Clone, Debug)]
pub struct Json(pub Value);

/// A text is no path element of FieldsV1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError(pub String);

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PathError {}

impl PathElement {
    /// A list item by its keys, in any order.
    pub fn key(mut keys: Vec<(String, Value)>) -> Self {
        keys.sort_by(|a, b| a.0.cmp(&b.0));
        Self::Key(keys.into_iter().map(|(name, value)| (name, Json(value))).collect())
    }

    /// Reads a member name of FieldsV1, such as `f:spec` or `k:{"name":"a"}`. `None` for kinds of elements that are not known.
    pub fn parse(text: &str) -> Result<Option<Self>, PathError> {
        let (kind, rest) =
            text.split_once(':').filter(|(kind, _)| kind.len() == 1).ok_or_else(|| PathError(format!("{text}: no path element")))?;
        let json = || serde_json::from_str::<Value>(rest).map_err(|fault| PathError(format!("{text}: {fault}")));
        match kind {
            "f" => Ok(Some(Self::Field(rest.to_owned()))),
            "v" => Ok(Some(Self::Value(Json(json()?)))),
            "i" => rest.parse().map(|at| Some(Self::Index(at))).map_err(|_| PathError(format!("{text}: no index"))),
            "k" => match json()? {
                Value::Object(keys) => Ok(Some(Self::key(keys.into_iter().collect()))),
                _ => Err(PathError(format!("{text}: keys are no object"))),
            },
            _ => Ok(None),
        }
    }

    /// The member name of FieldsV1.
    pub fn to_fieldsv1(&self) -> String {
        match self {
            Self::Field(name) => format!("f:{name}"),
            Self::Key(keys) => {
                let keys: Map<String, Value> = keys.iter().map(|(name, Json(value))| (name.clone(), value.clone())).collect();
                format!("k:{}", Value::Object(keys))
            }
            Self::Value(Json(value)) => format!("v:{value}"),
            Self::Index(at) => format!("i:{at}"),
        }
    }
}

/// As in messages about conflicts: `.name`, `[name="a"]`, `[="a"]`, `[0]`.
impl fmt::Display for PathElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Key(keys) => {
                for (at, (name, Json(value))) in keys.iter().enumerate() {
                    write!(f, "{}{name}={value}", if at > 0 { "," } else { "[" })?;
                }
                f.write_str("]")
            }
            Self::Value(Json(value)) => write!(f, "[={value}]"),
            Self::Index(at) => write!(f, "[{at}]"),
        }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Json {}

impl PartialOrd for Json {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Json {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&self.0, &other.0)
    }
}

fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.as_i64(), b.as_i64()) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => a.as_f64().unwrap_or_default().total_cmp(&b.as_f64().unwrap_or_default()),
        },
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let unequal = a.iter().zip(b).map(|(a, b)| order(a, b)).find(|order| order.is_ne());
            unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        (Value::Object(a), Value::Object(b)) => {
            let sorted = |members: &Map<String, Value>| {
                let mut members: Vec<_> = members.iter().map(|(name, value)| (name.clone(), Json(value.clone()))).collect();
                members.sort();
                members
            };
            sorted(a).cmp(&sorted(b))
        }
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Number(_) => 0,
        Value::String(_) => 1,
        Value::Bool(_) => 2,
        Value::Array(_) => 3,
        Value::Object(_) => 4,
        Value::Null => 5,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn recorded_elements() {
        let file: Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/vectors/fieldsv1_path_elements.json")).expect("fixture");
        for case in file["cases"].as_array().expect("cases") {
            let input = case["input"].as_str().expect("input");
            let parsed = PathElement::parse(input);
            assert_eq!(parsed.is_ok(), case["valid"] == true, "{input}");
            if let Ok(element) = parsed {
                assert_eq!(element.map(|element| element.to_fieldsv1()).as_deref(), case["roundTrip"].as_str(), "{input}");
            }
        }
    }

    #[test]
    fn order_and_text() {
        let ascending = [
            (PathElement::Field("a".into()), ".a"),
            (PathElement::Field("b".into()), ".b"),
            (PathElement::key(vec![("p".into(), json!("TCP")), ("a".into(), json!(1))]), "[a=1,p=\"TCP\"]"),
            (PathElement::key(vec![("a".into(), json!(10))]), "[a=10]"),
            (PathElement::Value(Json(json!(2))), "[=2]"),
            (PathElement::Value(Json(json!(10.5))), "[=10.5]"),
            (PathElement::Value(Json(json!("a"))), "[=\"a\"]"),
            (PathElement::Value(Json(json!(null))), "[=null]"),
            (PathElement::Index(-1), "[-1]"),
            (PathElement::Index(3), "[3]"),
        ];
        for pair in ascending.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
        for (element, text) in &ascending {
            assert_eq!(&element.to_string(), text);
        }
        assert_eq!(Json(json!(1)), Json(json!(1.0)));
    }
}
