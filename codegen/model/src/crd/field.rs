//! A property of a structural schema as a field: its type, what the model has words for, and the rest as a merge patch.

use serde_json::{Map, Value, json};

use super::keyword::{VALUE_KEYS, WHOLE_KEYS, fits, said_of_value, well_formed};
use super::schema::{OPAQUE, Schemas};
use super::types::{Place, Types};
use super::{EMBEDDED, INT_OR_STRING, Object, PATCH, PRESERVE, QUANTITY, patch};
use crate::desc::{Field, ListType, MapType, NO_FORMAT, Omit, Ref, Shape, Special, Text, Type};

/// A field on its way to the model: types are still numbered.
#[derive(Clone, Debug)]
pub struct Part {
    /// The field; message types are named `#` and their number.
    pub field: Field,
    /// What the schema says of the items, when they are messages.
    pub item_doc: Option<String>,
}

/// What a property is, before its constraints.
struct Form<'n> {
    shape: Shape,
    ty: Type,
    format: Text,
    /// The schema of a single value: the property itself, or that of its items.
    value: &'n Object,
}

impl Types {
    /// The field for a property.
    pub(super) fn part(&mut self, name: &str, number: u32, node: &Object, required: bool, place: &Place) -> Part {
        let place = &place.below(name, false);
        let form = self.form(node, place);
        let message = is_numbered(&form.ty);
        let item_doc = (message && form.shape != Shape::One).then(|| text(form.value, "description").to_owned());
        let mut field = Field::new("", number, form.ty.clone());
        field.name = name.to_owned().into();
        field.shape = form.shape;
        field.format.clone_from(&form.format);
        presence(&mut field, required, flag(node, "nullable"));
        field.doc = text(node, "description").trim_end().to_owned().into();
        if let Some(default) = node.get("default").filter(|default| fits(node, default)) {
            field.default = json!([{"value": default}]).to_string().into();
        }
        merging(&mut field, node);
        let mut rules = constraints(&field, node, form.value, message);
        field.rules = printed(&rules);
        let known = Value::Object(Schemas::new(&|_| None).property(&field));
        if let Some(patch) = patch::between(&known, &shallow(node, &field, message)) {
            rules.insert(PATCH.to_owned(), patch);
            field.rules = printed(&rules);
        }
        Part { field, item_doc }
    }

    fn form<'n>(&mut self, node: &'n Object, place: &Place) -> Form<'n> {
        let items = place.items();
        match (text(node, "type"), node.get("items"), node.get("additionalProperties")) {
            ("array", Some(Value::Object(item)), _) => {
                let (mut ty, format) = self.single(item, &items, flag(node, PRESERVE));
                if matches!(ty, Type::F64 | Type::Bytes) {
                    ty = special(Special::Json);
                }
                Form { shape: Shape::List, format: unless_special(&ty, format), ty, value: item }
            }
            ("object", _, Some(Value::Object(item))) if is_map(node) => self.map(item, &items),
            ("object", _, Some(Value::Bool(true))) if is_map(node) => {
                Form { shape: Shape::Map, ty: special(Special::Json), format: Text::default(), value: node }
            }
            _ => {
                let (ty, format) = self.single(node, place, false);
                Form { shape: Shape::One, ty, format, value: node }
            }
        }
    }

    fn map<'n>(&mut self, item: &'n Object, items: &Place) -> Form<'n> {
        if let ("array", Some(Value::Object(inner))) = (text(item, "type"), item.get("items"))
            && text(inner, "type") == "string"
            && !flag(inner, INT_OR_STRING)
        {
            let format = text(inner, "format").to_owned().into();
            return Form { shape: Shape::MapOfLists, ty: Type::String, format, value: inner };
        }
        let (mut ty, format) = self.single(item, items, false);
        if matches!(ty, Type::Bool | Type::I32 | Type::I64 | Type::F64) {
            ty = special(Special::Json);
        }
        Form { shape: Shape::Map, format: unless_special(&ty, format), ty, value: item }
    }

    /// The type of a single value. Lists and maps within lists and maps are any value. `preserved`: unknown members are kept.
    fn single(&mut self, node: &Object, place: &Place, preserved: bool) -> (Type, Text) {
        let format = || Text::from(text(node, "format").to_owned());
        let plain = |ty| (ty, Text::default());
        if flag(node, INT_OR_STRING) {
            let quantity = text(node, "pattern") == QUANTITY;
            return plain(special(if quantity { Special::Quantity } else { Special::IntOrString }));
        }
        let open = preserved
            || flag(node, PRESERVE)
            || flag(node, EMBEDDED)
            || !matches!(node.get("additionalProperties"), None | Some(Value::Bool(false)));
        match (text(node, "type"), text(node, "format")) {
            ("string", "date-time") if unconstrained(node) => plain(special(Special::Time)),
            ("string", "byte") if unconstrained(node) => plain(Type::Bytes),
            ("string", _) => (Type::String, format()),
            ("integer", "int32") => plain(Type::I32),
            ("integer", "int64") => plain(Type::I64),
            ("number", "double") => plain(Type::F64),
            ("integer", "") => (Type::I64, NO_FORMAT.into()),
            ("number", "") => (Type::F64, NO_FORMAT.into()),
            ("integer", _) => (Type::I64, format()),
            ("number", _) => (Type::F64, format()),
            ("boolean", _) => (Type::Bool, format()),
            ("object", _) if open => plain(special(Special::RawExtension)),
            ("object", _) => plain(Type::Message(self.message(node, place))),
            ("", _) if !open && has_properties(node) => plain(Type::Message(self.message(node, place))),
            _ => plain(special(Special::Json)),
        }
    }
}

fn special(special: Special) -> Type {
    Type::Message(Ref::Named(special.desc().proto_name().into()))
}

fn unless_special(ty: &Type, format: Text) -> Text {
    if matches!(ty, Type::Message(_)) { Text::default() } else { format }
}

/// Whether it is a message type of the schema, not one with a wire form of its own.
pub(super) fn is_numbered(ty: &Type) -> bool {
    matches!(ty, Type::Message(Ref::Named(name)) if name.starts_with('#'))
}

/// Whether an object has any members of one form, and no others.
fn is_map(node: &Object) -> bool {
    !has_properties(node) && !flag(node, EMBEDDED)
}

pub(super) fn has_properties(node: &Object) -> bool {
    matches!(node.get("properties"), Some(Value::Object(properties)) if !properties.is_empty())
}

/// Whether nothing is said of a text that its bytes or its moment would not say too.
fn unconstrained(node: &Object) -> bool {
    node.keys().all(|key| matches!(key.as_str(), "type" | "format" | "description" | "nullable" | "default" | "title" | "example"))
}

pub(super) fn text<'n>(node: &'n Object, key: &str) -> &'n str {
    node.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn flag(node: &Object, key: &str) -> bool {
    node.get(key) == Some(&Value::Bool(true))
}

pub(super) fn printed(rules: &Object) -> Text {
    if rules.is_empty() { Text::default() } else { Value::Object(rules.clone()).to_string().into() }
}

/// What may be absent tells unset from zero; what is required is always written.
fn presence(field: &mut Field, required: bool, nullable: bool) {
    field.required = required;
    field.omit = if required { Omit::Never } else { Omit::Empty };
    field.optional = field.shape == Shape::One && (!required || nullable);
}

fn merging(field: &mut Field, node: &Object) {
    let keys: Vec<&str> =
        node.get("x-kubernetes-list-map-keys").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let items = node.get("items").and_then(Value::as_object);
    let single = |key: &&str| {
        let property = items.and_then(|items| items.get("properties")?.get(*key)?.as_object());
        property.is_some_and(|property| {
            matches!(text(property, "type"), "string" | "integer" | "boolean")
                && !flag(property, INT_OR_STRING)
                && text(property, "format") != "date-time"
        })
    };
    match (field.shape, text(node, "x-kubernetes-list-type")) {
        (Shape::List, "atomic") => field.list_type = Some(ListType::Atomic),
        (Shape::List, "set") if field.element().is_none() => field.list_type = Some(ListType::Set),
        (Shape::List, "map") if is_numbered(&field.ty) && !keys.is_empty() && keys.iter().all(single) => {
            field.list_type = Some(ListType::Map);
            field.list_keys = keys.join(",").into();
        }
        _ => {}
    }
    // Of a message, atomic is a fact of the type.
    if matches!(field.shape, Shape::Map | Shape::MapOfLists) || is_raw(field) {
        field.map_type = match text(node, "x-kubernetes-map-type") {
            "atomic" => Some(MapType::Atomic),
            "granular" => Some(MapType::Granular),
            _ => None,
        };
    }
}

fn is_raw(field: &Field) -> bool {
    field.shape == Shape::One && !is_numbered(&field.ty) && field.element().is_some()
}

/// What the model has words for.
fn constraints(field: &Field, node: &Object, value: &Object, message: bool) -> Object {
    let mut rules = Map::new();
    let special = field.element().is_some();
    for key in VALUE_KEYS {
        let said = value.get(key).filter(|found| said_of_value(field, key, found));
        rules.extend(said.map(|said| (key.to_owned(), said.clone())));
    }
    let sizes = if field.shape == Shape::List { ["minItems", "maxItems"] } else { ["minProperties", "maxProperties"] };
    for (name, key) in sizes.into_iter().zip(["minItems", "maxItems"]).filter(|_| field.shape != Shape::One) {
        rules.extend(node.get(name).filter(|bound| bound.is_u64()).map(|bound| (key.to_owned(), bound.clone())));
    }
    let skipped = |key: &str| field.shape == Shape::One && (message && key != "nullable" || special && key == PRESERVE);
    for key in WHOLE_KEYS.into_iter().filter(|key| !skipped(key)) {
        rules.extend(node.get(key).filter(|value| well_formed(key, value)).map(|value| (key.to_owned(), value.clone())));
    }
    rules
}

/// The property without what its message type says.
fn shallow(node: &Object, field: &Field, message: bool) -> Value {
    let mut own = node.clone();
    if message {
        let opaque = |node: &Object, keys: &[&str]| {
            let mut kept: Object =
                node.iter().filter(|(key, _)| keys.contains(&key.as_str())).map(|(key, value)| (key.clone(), value.clone())).collect();
            kept.insert(OPAQUE.to_owned(), field.element().map(Ref::proto_name).into());
            Value::Object(kept)
        };
        let key = if field.shape == Shape::List { "items" } else { "additionalProperties" };
        if field.shape == Shape::One {
            return opaque(node, &["description", "default", "nullable"]);
        }
        if let Some(Value::Object(item)) = node.get(key) {
            own.insert(key.to_owned(), opaque(item, &["default", "nullable"]));
        }
    }
    Value::Object(own)
}
