//! How the parts of an object merge: what a descriptor says about ownership.

use kubewright_model::{Desc, Field, ListType, MapType, Shape, Special, Type};
use serde_json::Value;

use super::path::PathElement;

/// The type of a value, as far as ownership goes.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// Owned as a whole.
    Leaf,
    /// Nothing is known: objects are owned member by member, lists as a whole.
    Untyped,
    /// A described message, member by member.
    Message(&'a Desc),
    /// A map, key by key; its values as the element type of the field, or as lists of text.
    Map(&'a Field),
    /// A list of unique scalars.
    Set,
    /// A list whose items have keys.
    Keyed(&'a Field),
}

impl<'a> Node<'a> {
    /// The root of an object.
    pub fn object(desc: &'a Desc) -> Self {
        Self::of_type(desc)
    }

    /// The type of a member.
    pub(super) fn member(self, name: &str) -> Node<'a> {
        match self {
            Node::Message(desc) => desc.json_field(name).map_or(Node::Untyped, Node::of_field),
            Node::Map(field) if field.shape == Shape::Map => Node::of_element(field),
            Node::Map(_) | Node::Leaf | Node::Set | Node::Keyed(_) => Node::Leaf,
            Node::Untyped => Node::Untyped,
        }
    }

    /// The type of a list's items.
    pub(super) fn item(self) -> Node<'a> {
        match self {
            Node::Keyed(field) => Node::of_element(field),
            _ => Node::Leaf,
        }
    }

    /// The path element of a list's item; `None` when it has no identity.
    pub(super) fn identity(self, item: &Value) -> Option<PathElement> {
        match self {
            Node::Set => (!matches!(item, Value::Null | Value::Array(_) | Value::Object(_)))
                .then(|| PathElement::Value(super::path::Json(item.clone()))),
            Node::Keyed(field) => {
                let item = item.as_object()?;
                let keys: Vec<_> = field
                    .keys()
                    .filter_map(|key| Some((key.to_owned(), item.get(key).cloned().or_else(|| default(field, key))?)))
                    .collect();
                (!keys.is_empty()).then(|| PathElement::key(keys))
            }
            _ => None,
        }
    }

    fn of_field(field: &'a Field) -> Self {
        match (field.shape, field.list_type) {
            (Shape::One | Shape::Map | Shape::MapOfLists, _) if field.map_type == Some(MapType::Atomic) => Node::Leaf,
            (Shape::One, _) => Node::of_element(field),
            (Shape::Map | Shape::MapOfLists, _) => Node::Map(field),
            (Shape::List, Some(ListType::Set)) => Node::Set,
            (Shape::List, Some(ListType::Map)) => Node::Keyed(field),
            (Shape::List, Some(ListType::Atomic) | None) => Node::Leaf,
        }
    }

    fn of_element(field: &'a Field) -> Self {
        match &field.ty {
            Type::Message(element) => element.desc().map_or(Node::Untyped, Node::of_type),
            _ => Node::Leaf,
        }
    }

    fn of_type(desc: &'a Desc) -> Self {
        match desc.special {
            Some(Special::RawExtension | Special::FieldsV1) => Node::Untyped,
            Some(_) => Node::Leaf,
            None if desc.either => Node::Untyped,
            None if desc.atomic => Node::Leaf,
            None => Node::Message(desc),
        }
    }
}

/// The unconditional default of a key in the items of a list.
fn default(list: &Field, key: &str) -> Option<Value> {
    let text = &list.element()?.desc()?.json_field(key)?.default;
    let alternatives: Value = serde_json::from_str(text).ok()?;
    let found = alternatives.as_array()?.iter().find(|alternative| alternative.get("when").is_none())?;
    found.get("value").cloned()
}
