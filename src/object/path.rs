//! Parts of an object by path, such as `.spec.containers[0].image` or `.metadata.labels['a/b']`.

use std::fmt;

use kubewright_model::Shape;
use serde_json::Value as Json;

pub use super::metadata::{metadata, metadata_mut};
use super::{Message, Slot, Value, with_values};
use crate::codec::json::{self, JsonError};

/// A path through an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// A field, or an entry of a map.
    Member(String),
    /// An item of a list.
    Item(usize),
}

/// A text is no path, or leads nowhere in this object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError(String);

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PathError {}

impl From<JsonError> for PathError {
    fn from(error: JsonError) -> Self {
        Self(error.to_string())
    }
}

impl std::str::FromStr for Path {
    type Err = PathError;

    /// Steps are `.name`, `[0]`, `['any name']` or `["any name"]`; the first dot may be missing.
    fn from_str(text: &str) -> Result<Self, PathError> {
        let malformed = || PathError(format!("{text:?} is no path"));
        let mut steps = Vec::new();
        let mut rest = text.strip_prefix('.').unwrap_or(text);
        let mut bracket = rest.starts_with('[');
        while !rest.is_empty() {
            if bracket {
                let inner = rest.strip_prefix('[').ok_or_else(malformed)?;
                rest = if let Some(quote @ ('\'' | '"')) = inner.chars().next() {
                    let (name, after) = inner[1..].split_once(quote).ok_or_else(malformed)?;
                    steps.push(Step::Member(name.to_owned()));
                    after.strip_prefix(']').ok_or_else(malformed)?
                } else {
                    let (number, after) = inner.split_once(']').ok_or_else(malformed)?;
                    steps.push(Step::Item(number.parse().map_err(|_| malformed())?));
                    after
                };
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end == 0 {
                    return Err(malformed());
                }
                steps.push(Step::Member(rest[..end].to_owned()));
                rest = &rest[end..];
            }
            bracket = rest.starts_with('[');
            if !bracket && !rest.is_empty() {
                rest = rest.strip_prefix('.').filter(|rest| !rest.is_empty()).ok_or_else(malformed)?;
            }
        }
        Ok(Self(steps))
    }
}

/// What lies at a path; `None` when the path leads nowhere, [`Value::None`] when it leads to an unset optional field.
pub fn get_path<'a>(message: &'a dyn Message, path: &str) -> Option<Value<'a>> {
    get(message, &path.parse().ok()?)
}

/// As [`get_path`].
pub fn get<'a>(message: &'a dyn Message, path: &Path) -> Option<Value<'a>> {
    follow(Value::Msg(message), &path.0)
}

/// Whether something is set at a path: an optional field that is there, a list, map or text with content, a number or `true`,
/// a message with anything set in it.
pub fn is_set(message: &dyn Message, path: &Path) -> bool {
    let Some((last, parents)) = path.0.split_last() else { return true };
    let Some(parent) = follow(Value::Msg(message), parents) else { return false };
    let optional = match (parent, last) {
        (Value::Msg(parent), Step::Member(name)) => parent
            .descriptor()
            .field(name)
            .and_then(|at| parent.descriptor().fields.get(at))
            .is_some_and(|field| field.optional && field.shape == Shape::One),
        _ => false,
    };
    match step(parent, last) {
        None | Some(Value::None) => false,
        Some(Value::Msg(part)) => optional || !is_zero(part),
        Some(Value::Str(text)) => !text.is_empty(),
        Some(value) => optional || !value.is_empty(),
    }
}

/// Whether nothing is set in a message.
pub(crate) fn is_zero(message: &dyn Message) -> bool {
    if let Some(special) = message.special() {
        return special.is_zero();
    }
    let desc = message.descriptor();
    with_values(message, desc, |values| {
        values.iter().zip(&*desc.fields).all(|(value, field)| match value {
            Value::None => true,
            _ if field.optional && field.shape == Shape::One => false,
            Value::Msg(part) => is_zero(*part),
            value => value.is_empty(),
        })
    })
}

/// The value of a field by its position.
pub fn field(message: &dyn Message, at: usize) -> Value<'_> {
    with_values(message, message.descriptor(), |values| values.get(at).copied().unwrap_or(Value::None))
}

fn follow<'a>(start: Value<'a>, steps: &[Step]) -> Option<Value<'a>> {
    steps.iter().try_fold(start, step)
}

fn step<'a>(value: Value<'a>, step: &Step) -> Option<Value<'a>> {
    Some(match (value, step) {
        (Value::Msg(message), Step::Member(name)) => return member(message, name),
        (Value::StrMap(map), Step::Member(key)) => Value::Str(map.get(key)?),
        (Value::BytesMap(map), Step::Member(key)) => Value::Bytes(map.get(key)?),
        (Value::StrsMap(map), Step::Member(key)) => Value::Strs(map.get(key)?),
        (Value::Map(map), Step::Member(key)) => Value::Msg(map.get(key)?),
        (Value::List(list), Step::Item(at)) => Value::Msg(list.get(*at)?),
        (Value::Strs(list), Step::Item(at)) => Value::Str(list.get(*at)?),
        (Value::I32s(list), Step::Item(at)) => Value::I64(i64::from(*list.get(*at)?)),
        (Value::I64s(list), Step::Item(at)) => Value::I64(*list.get(*at)?),
        (Value::Bools(list), Step::Item(at)) => Value::Bool(*list.get(*at)?),
        _ => return None,
    })
}

fn member<'a>(message: &'a dyn Message, name: &str) -> Option<Value<'a>> {
    let index = message.descriptor().index();
    let key = index.keys.get(index.find(name.as_bytes(), 0)?)?;
    key.path.iter().try_fold(Value::Msg(message), |value, at| match value {
        Value::Msg(part) => Some(field(part, usize::from(*at))),
        _ => None,
    })
}

/// Puts a JSON value at a path, over what is there; parts on the way are created, list items are not. `null` unsets a field.
pub fn set(message: &mut dyn Message, path: &Path, value: &Json) -> Result<(), PathError> {
    put(message, &path.0, value)
}

fn put(message: &mut dyn Message, steps: &[Step], value: &Json) -> Result<(), PathError> {
    let nowhere = || PathError("the path leads nowhere".to_owned());
    let Some((Step::Member(name), rest)) = steps.split_first() else {
        return if steps.is_empty() { Ok(json::from_value(value, message, None)?) } else { Err(nowhere()) };
    };
    let shared = message.shared();
    let index = shared.index();
    let key = index.find(name.as_bytes(), 0).and_then(|at| index.keys.get(at)).ok_or_else(nowhere)?;
    let [inlined @ .., end] = &*key.path else { return Err(nowhere()) };
    let mut part = message;
    for at in inlined {
        match part.slot(usize::from(*at)) {
            Slot::Msg(inner) => part = inner,
            _ => return Err(nowhere()),
        }
    }
    let end = usize::from(*end);
    if rest.is_empty() && value.is_null() {
        part.clear(end);
        return Ok(());
    }
    if rest.is_empty() {
        let wrapped = Json::Object([(name.clone(), value.clone())].into_iter().collect());
        return Ok(json::from_value(&wrapped, part, None)?);
    }
    match (part.slot(end), rest) {
        (Slot::Msg(inner), _) => put(inner, rest, value),
        (Slot::List(list), [Step::Item(at), rest @ ..]) => put(list.get_mut(*at).ok_or_else(nowhere)?, rest, value),
        (Slot::Map(map), [Step::Member(key)]) if value.is_null() => {
            map.remove(key);
            Ok(())
        }
        (Slot::Map(map), [Step::Member(key), rest @ ..]) => put(map.entry(key.clone()), rest, value),
        (Slot::StrMap(map), [Step::Member(key)]) => match value {
            Json::String(text) => {
                map.insert(key.clone(), text.clone());
                Ok(())
            }
            Json::Null => {
                map.remove(key);
                Ok(())
            }
            _ => Err(PathError(format!("{name}.{key} takes text"))),
        },
        (Slot::Strs(list), [Step::Item(at)]) => match (list.get_mut(*at), value) {
            (Some(item), Json::String(text)) => {
                item.clone_from(text);
                Ok(())
            }
            _ => Err(nowhere()),
        },
        _ => Err(nowhere()),
    }
}

/// The JSON form of a value.
pub fn to_json(value: Value<'_>) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(value) => value.into(),
        Value::I64(value) => value.into(),
        Value::F64(value) => value.into(),
        Value::Str(text) => text.into(),
        Value::Bytes(bytes) => base64(bytes).into(),
        Value::Msg(message) => json::to_value(message),
        Value::Strs(list) => list.into(),
        Value::I32s(list) => list.into(),
        Value::I64s(list) => list.into(),
        Value::Bools(list) => list.into(),
        Value::List(list) => (0..list.len()).filter_map(|at| list.get(at)).map(json::to_value).collect(),
        Value::StrMap(map) => map.iter().map(|(key, text)| (key.clone(), Json::from(text.as_str()))).collect(),
        Value::StrsMap(map) => map.iter().map(|(key, list)| (key.clone(), Json::from(list.as_slice()))).collect(),
        Value::BytesMap(map) => map.iter().map(|(key, bytes)| (key.clone(), Json::from(base64(bytes)))).collect(),
        Value::Map(map) => map.iter().map(|(key, message)| (key.to_owned(), json::to_value(message))).collect(),
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Path, get_path, is_set, set, to_json};
    use crate::codec::json;
    use crate::object::sample::{FULL, Whole};

    #[test]
    fn paths_lead_through_fields_lists_maps_and_inlined_parts() {
        let mut whole = Whole::default();
        json::decode(FULL.as_bytes(), &mut whole, None).expect("decodes");
        let table = [
            (".part.part.name", json!("q")),
            ("name", json!("in")),
            (".parts[1].name", json!("b")),
            (".byName['k'].name", json!("v")),
            (".labels.a", json!("1")),
            (".extra.e[1]", json!("2")),
            (".data.y", json!("AAH/")),
            (".numbers[2]", json!(i32::MAX)),
            (".replicas", json!(0)),
            (".limits[\"cpu\"]", json!("1500m")),
        ];
        for (path, expected) in table {
            assert_eq!(get_path(&whole, path).map(to_json), Some(expected), "{path}");
        }
        for path in [".absent", ".parts[2]", ".labels.b.c", ".parts.name", "..", ".a[", "[x]", ".a."] {
            assert!(get_path(&whole, path).is_none(), "{path}");
        }
    }

    #[test]
    fn set_creates_on_the_way_and_null_unsets() {
        let mut whole = Whole::default();
        let path = |text: &str| text.parse::<Path>().expect("a path");
        for (at, value) in
            [(".part.part.count", json!(7)), (".name", json!("x")), (".labels['a/b']", json!("c")), (".byName.k.name", json!("v"))]
        {
            set(&mut whole, &path(at), &value).expect("it can be set");
            assert_eq!(get_path(&whole, at).map(to_json), Some(value), "{at}");
            assert!(is_set(&whole, &path(at)), "{at}");
        }
        set(&mut whole, &path(".part.part"), &json!(null)).expect("it can be unset");
        assert!(!is_set(&whole, &path(".part")) && !is_set(&whole, &path(".part.part")));
        assert!(set(&mut whole, &path(".parts[0].name"), &json!("x")).is_err());
        assert!(set(&mut whole, &path(".replicas"), &json!("x")).is_err());
    }
}
