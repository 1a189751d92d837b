//! What follows from what is written: facts in one form, however they were put.

use std::collections::HashMap;

use kubewright_model::kind::api_version;
use kubewright_model::{Field, Kind, ListType, MapType, Omit, Shape, Type};
use serde_json::{Value, json};

use super::side::{Fact, Item};
use crate::set::Set;

/// Paths of types by full protobuf name.
pub(super) type Homes = HashMap<String, String>;

/// Where every type of the sets is.
pub(super) fn homes(sets: &[Set]) -> Homes {
    let mut homes = Homes::new();
    for group in sets.iter().flat_map(|set| &set.groups) {
        for version in &group.versions {
            let place = api_version(&group.group, &version.version);
            homes.extend(version.types.iter().map(|ty| (ty.desc.proto_name(), format!("{place} {}", ty.desc.name))));
        }
    }
    homes
}

/// A fact that stands where it was written, else at the item.
pub(super) fn state(item: &mut Item, key: &str, value: Value) {
    let span = item.place(key);
    item.facts.insert(key.to_owned(), Fact { value, span });
}

/// A fact that is left out when it says nothing.
fn say(item: &mut Item, key: &str, value: &str) {
    if value.is_empty() {
        item.facts.remove(key);
    } else {
        state(item, key, value.into());
    }
}

/// A field by its descriptor.
pub(super) fn field(item: &mut Item, field: &Field, homes: &Homes) {
    let written = item.text("type").to_owned();
    let named = named(&written).to_owned();
    let rules: Value = serde_json::from_str(&field.rules).unwrap_or_default();
    let rule = |key: &str| rules.get(key).cloned();
    let values = rule("enum").or_else(|| rule("knownValues"));
    if let Some(values) = values {
        let is_named = item.value("enum").is_null();
        state(item, "enum", if is_named { named.into() } else { values });
    }
    state(item, "type", element(field, homes).into());
    state(item, "shape", shape(field.shape).into());
    state(item, "optional", field.optional.into());
    state(item, "omit", omit(field.omit).into());
    state(item, "required", field.required.into());
    state(item, "tag", field.number.into());
    state(item, "proto", field.proto().into());
    say(item, "format", &field.format);
    say(item, "patch", &field.patch);
    say(item, "mergeKey", &field.merge_key);
    say(item, "list", list(field.list_type));
    say(item, "map", map(field.map_type));
    if !field.default.is_empty() {
        state(item, "default", serde_json::from_str(&field.default).unwrap_or_default());
    }
    if let Some(gate) = item.facts.get("gate").map(|fact| fact.value.clone()) {
        let gates = if gate.is_array() { gate } else { json!([gate]) };
        state(item, "gate", gates);
    }
}

/// The name in a type's notation.
fn named(notation: &str) -> &str {
    let inner = notation.rsplit('(').next().unwrap_or(notation);
    inner.trim_end_matches([')', '?']).trim()
}

fn element(field: &Field, homes: &Homes) -> String {
    match &field.ty {
        Type::Bool => "bool".to_owned(),
        Type::I32 => "int32".to_owned(),
        Type::I64 => "int64".to_owned(),
        Type::F64 => "float64".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Message(reference) => {
            let name = reference.proto_name();
            let short = || name.rsplit('.').next().unwrap_or_default().to_owned();
            homes.get(&name).cloned().unwrap_or_else(short)
        }
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::One => "one",
        Shape::List => "list",
        Shape::Map => "map",
        Shape::MapOfLists => "map of lists",
    }
}

fn omit(omit: Omit) -> &'static str {
    match omit {
        Omit::Never => "never",
        Omit::Empty => "empty",
        Omit::Zero => "zero",
    }
}

fn list(list: Option<ListType>) -> &'static str {
    match list {
        Some(ListType::Atomic) => "atomic",
        Some(ListType::Set) => "set",
        Some(ListType::Map) => "map",
        None => "",
    }
}

fn map(map: Option<MapType>) -> &'static str {
    match map {
        Some(MapType::Atomic) => "atomic",
        Some(MapType::Granular) => "granular",
        None => "",
    }
}

/// A kind as it is served; `None` for one that is not.
pub(super) fn kind(item: &mut Item, kind: Option<&Kind>) {
    let Some(kind) = kind else { return };
    let texts = |texts: &[kubewright_model::Text]| texts.iter().map(|text| Value::from(text.as_ref())).collect::<Value>();
    state(item, "plural", kind.plural.as_ref().into());
    state(item, "singular", kind.singular.as_ref().into());
    state(item, "listKind", kind.list_kind.as_ref().into());
    state(item, "scope", if kind.namespaced { "Namespaced" } else { "Cluster" }.into());
    state(item, "shortNames", texts(&kind.short_names));
    state(item, "categories", texts(&kind.categories));
    state(item, "verbs", kind.verbs.iter().map(|verb| Value::from(verb.as_str())).collect());
    state(item, "generation", kind.strategy.generation.into());
    state(item, "names", format!("{:?}", kind.strategy.names).into());
    for (key, value) in [
        ("unconditionalUpdate", kind.strategy.unconditional_update),
        ("createOnUpdate", kind.strategy.create_on_update),
        ("deleteReturnsObject", kind.strategy.delete_returns_object),
    ] {
        state(item, key, value.into());
    }
}

/// A subresource as it is served.
pub(super) fn subresource(item: &mut Item, kind: Option<&Kind>) {
    let Some(sub) = kind.and_then(|kind| kind.subresource(&item.name)) else { return };
    state(item, "verbs", sub.verbs.iter().map(|verb| Value::from(verb.as_str())).collect());
}
