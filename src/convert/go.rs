//! JSON as Go writes a struct that states no names: the fields' names begin with a capital, and every field is there. Reading, case does not matter.

use serde_json::{Map, Value};

use super::text::html_escaped;
use crate::codec::json;
use crate::model::{Desc, Field};
use crate::object::{ApiType, Message};

/// A message with Go's names.
pub fn to_go_json<T: ApiType>(message: Option<&T>) -> Option<String> {
    let message: &dyn Message = message?;
    let value = named(&json::to_value(message), message.descriptor());
    serde_json::to_string(&value).ok().map(html_escaped)
}

/// The message that such JSON holds; `None` without text, and when it is none of the type.
pub fn from_go_json<T: ApiType>(text: Option<String>) -> Option<T> {
    let value: Value = serde_json::from_str(&text?).ok()?;
    let mut message = T::default();
    json::from_value(&unnamed(&value, T::desc()), &mut message, None).ok()?;
    Some(message)
}

fn named(value: &Value, desc: &Desc) -> Value {
    if !value.is_object() {
        return value.clone();
    }
    let of = |field: &Field| {
        let inner = value.get(&*field.name).unwrap_or(&Value::Null);
        (capital(&field.name), inside(inner, field, &named))
    };
    Value::Object(desc.fields.iter().map(of).collect())
}

fn unnamed(value: &Value, desc: &Desc) -> Value {
    let Value::Object(entries) = value else { return value.clone() };
    let mut known = Map::new();
    for (name, value) in entries {
        if let Some(field) = desc.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)) {
            known.insert(field.name.clone().into_owned(), inside(value, field, &unnamed));
        }
    }
    Value::Object(known)
}

/// The same of the messages in a field.
fn inside(value: &Value, field: &Field, apply: &dyn Fn(&Value, &Desc) -> Value) -> Value {
    let desc = field.element().and_then(|element| element.desc()).filter(|desc| desc.special.is_none());
    match (desc, value) {
        (Some(desc), Value::Array(items)) => items.iter().map(|item| apply(item, desc)).collect(),
        (Some(desc), Value::Object(_)) => apply(value, desc),
        _ => value.clone(),
    }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::v1::OwnerReference;

    #[test]
    fn every_field_is_written_and_case_does_not_matter() {
        let owner = OwnerReference { name: "a<b".to_owned(), ..OwnerReference::default() };
        let text = to_go_json(Some(&owner));
        assert!(
            text.as_ref().is_some_and(|text| text.contains(r#""Name":"a\u003cb""#) && text.contains(r#""Controller":null"#)),
            "{text:?}"
        );
        assert_eq!(from_go_json::<OwnerReference>(text), Some(owner.clone()));
        assert_eq!(from_go_json::<OwnerReference>(Some(r#"{"NAME":"a<b","more":1}"#.to_owned())), Some(owner));
        for text in [None, Some("no".to_owned())] {
            assert_eq!(from_go_json::<OwnerReference>(text), None);
        }
    }
}
