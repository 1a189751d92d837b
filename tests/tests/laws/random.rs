//! Random objects of a kind: every field is set or not, within the values it allows.

use kubewright::model::{Desc, Field, ListType, Shape, Special, Type};
use kubewright::registry::Version;
use serde_json::{Map, Value, json};

/// Deepest nesting of messages.
const DEPTH: u32 = 9;

/// A small generator of numbers that look random; the same seed gives the same.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit.max(1)
    }

    /// The fields of an object of a version.
    pub(crate) fn object(&mut self, version: &Version) -> Value {
        let object = (version.new)();
        let mut value = self.message(object.descriptor(), 0);
        value["metadata"] = json!({"name": "n", "annotations": {"own": self.text()}, "labels": {"l": "m"}});
        value
    }

    fn message(&mut self, desc: &Desc, depth: u32) -> Value {
        let mut entries = Map::new();
        for field in desc.fields.iter().filter(|field| field.number != 0 && !field.no_json) {
            if field.inline {
                if let (Some(part), true) = (field.element().and_then(|element| element.desc()), depth < DEPTH)
                    && let Value::Object(part) = self.message(part, depth + 1)
                {
                    entries.extend(part);
                }
            } else if self.below(10) < 6 && depth < DEPTH {
                let value = self.field(field, depth);
                entries.insert(field.name.clone().into_owned(), value);
            }
        }
        Value::Object(entries)
    }

    fn field(&mut self, field: &Field, depth: u32) -> Value {
        let rules: Value = serde_json::from_str(&field.rules).unwrap_or_default();
        let most = rules["maxItems"].as_u64().unwrap_or(3).min(3);
        let count = self.below(most + 1);
        match field.shape {
            Shape::One => self.one(field, &rules, depth),
            Shape::List => {
                let items = (0..count).map(|at| {
                    let mut item = self.one(field, &rules, depth);
                    if field.list_type == Some(ListType::Map) {
                        distinguish(field, &mut item, at);
                    }
                    item
                });
                items.collect()
            }
            Shape::Map => Value::Object((0..count).map(|at| (format!("k{at}"), self.one(field, &rules, depth))).collect()),
            Shape::MapOfLists => json!({"k": [self.text()]}),
        }
    }

    fn one(&mut self, field: &Field, rules: &Value, depth: u32) -> Value {
        if let Some(values) = rules["enum"].as_array().filter(|values| !values.is_empty()) {
            let at = usize::try_from(self.below(values.len() as u64)).unwrap_or_default();
            return values[at].clone();
        }
        let (low, high) = (rules["minimum"].as_i64().unwrap_or(-3), rules["maximum"].as_i64().unwrap_or(5000));
        let number =
            low.saturating_add(i64::try_from(self.below((high.saturating_sub(low)).unsigned_abs().saturating_add(1))).unwrap_or_default());
        match &field.ty {
            Type::Bool => json!(self.below(2) == 1),
            Type::I32 | Type::I64 => json!(number),
            Type::F64 => json!(0.5),
            Type::String => self.text(),
            Type::Bytes => json!("AQID"),
            Type::Message(element) => match element.desc() {
                Some(desc) if desc.special.is_some() => self.special(desc),
                Some(desc) => self.message(desc, depth + 1),
                None => Value::Null,
            },
        }
    }

    fn special(&mut self, desc: &Desc) -> Value {
        match desc.special {
            Some(Special::Time) => json!("2030-01-01T00:00:00Z"),
            Some(Special::MicroTime) => json!("2030-01-01T00:00:00.000001Z"),
            Some(Special::Duration) => json!("1m30s"),
            Some(Special::Quantity) => json!(["1500m", "2", "1Gi"][usize::try_from(self.below(3)).unwrap_or_default()]),
            Some(Special::IntOrString) => {
                if self.below(2) == 0 {
                    json!(80)
                } else {
                    json!("http")
                }
            }
            Some(Special::RawExtension | Special::FieldsV1 | Special::Json) => json!({"a": 1}),
            _ => Value::Null,
        }
    }

    fn text(&mut self) -> Value {
        json!(["", "a", "b<c", "long text", "1"][usize::try_from(self.below(5)).unwrap_or_default()])
    }
}

/// Items of a list with keys have different ones.
fn distinguish(field: &Field, item: &mut Value, at: u64) {
    let desc = field.element().and_then(|element| element.desc());
    let text =
        |key: &&str| desc.is_some_and(|desc| desc.fields.iter().any(|field| field.name == **key && matches!(field.ty, Type::String)));
    if let Some(key) = field.keys().find(text) {
        item[key] = json!(format!("n{at}"));
    }
}

/// The same object with less in it, one part at a time.
pub(crate) fn smaller(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(entries) => {
            let without = entries.keys().map(|gone| {
                let kept = entries.iter().filter(|(key, _)| *key != gone);
                Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
            });
            let within = entries.iter().flat_map(|(key, inner)| {
                smaller(inner).into_iter().map(|less| {
                    let mut entries = entries.clone();
                    entries.insert(key.clone(), less);
                    Value::Object(entries)
                })
            });
            without.chain(within).collect()
        }
        Value::Array(items) => {
            let without =
                (0..items.len()).map(|gone| items.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, item)| item.clone()).collect());
            let within = items.iter().enumerate().flat_map(|(at, inner)| {
                smaller(inner).into_iter().map(move |less| (at, less)).map(|(at, less)| {
                    let mut items = items.clone();
                    items[at] = less;
                    Value::Array(items)
                })
            });
            without.chain(within).collect()
        }
        _ => Vec::new(),
    }
}
