//! The schema of a field as far as OpenAPI documents and CustomResourceDefinitions agree.

use serde_json::{Map, Value};

use crate::desc::{Field, ListType, MapType, NO_FORMAT, Shape, Type};

/// A JSON schema, or a part of one.
pub type Object = Map<String, Value>;

/// The schema of one value; `None` for messages.
pub(crate) fn scalar(field: &Field) -> Option<Object> {
    let (ty, format) = match &field.ty {
        Type::Bool => ("boolean", ""),
        Type::I32 => ("integer", "int32"),
        Type::I64 => ("integer", "int64"),
        Type::F64 => ("number", "double"),
        Type::String => ("string", ""),
        Type::Bytes => ("string", "byte"),
        Type::Message(_) => return None,
    };
    let format = if field.format.is_empty() { format } else { &field.format };
    let mut schema = typed(ty);
    if !format.is_empty() && format != NO_FORMAT {
        schema.insert("format".to_owned(), format.into());
    }
    Some(schema)
}

/// A schema that states a type.
pub(crate) fn typed(ty: &str) -> Object {
    Map::from_iter([("type".to_owned(), ty.into())])
}

/// Lists and maps around the schema of their values.
pub(crate) fn shaped(shape: Shape, element: Object) -> Object {
    let around = |ty: &str, key: &str, element: Object| {
        let mut schema = typed(ty);
        schema.insert(key.to_owned(), element.into());
        schema
    };
    let list = |items: Object| around("array", "items", items);
    let map = |values: Object| around("object", "additionalProperties", values);
    match shape {
        Shape::One => element,
        Shape::List => list(element),
        Shape::Map => map(element),
        Shape::MapOfLists => map(list(element)),
    }
}

/// Takes over the keywords that are there.
pub(crate) fn copy(from: &Object, keys: &[&str], to: &mut Object) {
    to.extend(keys.iter().filter_map(|key| Some(((*key).to_owned(), from.get(*key)?.clone()))));
}

/// How server-side apply merges the field.
pub(crate) fn merging(field: &Field, schema: &mut Object) {
    let list_type = field.list_type.map(|list_type| match list_type {
        ListType::Atomic => "atomic",
        ListType::Set => "set",
        ListType::Map => "map",
    });
    let map_type = field.map_type.map(|map_type| match map_type {
        MapType::Atomic => "atomic",
        MapType::Granular => "granular",
    });
    let keys: Vec<&str> = field.keys().collect();
    let rows = [
        ("x-kubernetes-list-type", list_type.map(Value::from)),
        ("x-kubernetes-list-map-keys", (!keys.is_empty()).then(|| keys.into())),
        ("x-kubernetes-map-type", map_type.map(Value::from)),
    ];
    schema.extend(rows.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
}

/// The default that always applies; those with a condition have no place in a schema.
pub(crate) fn default(field: &Field) -> Option<Value> {
    if field.default.is_empty() {
        return None;
    }
    let alternatives: Vec<Object> = serde_json::from_str(&field.default).ok()?;
    let first = alternatives.first()?;
    if first.contains_key("when") { None } else { first.get("value").cloned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_lists_and_maps() {
        let field = Field::int32("a", 1);
        let one = scalar(&field).unwrap_or_default();
        assert_eq!(json!(one), json!({"type": "integer", "format": "int32"}));
        for (shape, expected) in [
            (Shape::One, json!(one)),
            (Shape::List, json!({"type": "array", "items": one})),
            (Shape::Map, json!({"type": "object", "additionalProperties": one})),
            (Shape::MapOfLists, json!({"type": "object", "additionalProperties": {"type": "array", "items": one}})),
        ] {
            assert_eq!(json!(shaped(shape, one.clone())), expected);
        }
    }

    #[test]
    fn only_what_always_applies_is_a_default() {
        for (rules, expected) in [
            ("", None),
            (r#"[{"value":1}]"#, Some(json!(1))),
            (r#"[{"value":1,"when":".a"},{"value":2}]"#, None),
            (r#"[{"from":".a"}]"#, None),
        ] {
            let field = Field { default: rules.into(), ..Field::int32("a", 1) };
            assert_eq!(default(&field), expected, "{rules}");
        }
    }
}
