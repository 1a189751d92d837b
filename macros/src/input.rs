//! A struct with attributes as the model sees it.

use std::collections::BTreeMap;

use darling::util::SpannedValue;
use darling::{Error, error::Accumulator};
use kubewright_model::desc::object;
use kubewright_model::{Desc, Field, ListType, Omit, Ref, Shape, Type};
use quote::ToTokens;
use serde_json::{Map, Value, json};
use syn::{Attribute, Expr, GenericArgument, Generics, Ident, Lit, Meta, PathArguments};

use crate::attr::{FieldAttr, ResourceAttr};

/// The packages of a group-version: for protobuf, and as the prefix of OpenAPI definitions.
pub(crate) struct Packages {
    pub(crate) proto: String,
    pub(crate) openapi: String,
}

impl Packages {
    /// The stated ones, else the labels of the group reversed, and the version.
    pub(crate) fn new(group: &str, version: &str, proto: Option<&String>, openapi: Option<&String>) -> Self {
        let mut labels: Vec<&str> = group.split('.').filter(|label| !label.is_empty()).rev().collect();
        labels.push(version);
        let reversed = labels.join(".");
        Self { proto: proto.unwrap_or(&reversed).replace('-', "_"), openapi: openapi.unwrap_or(&reversed).clone() }
    }
}

/// What is wrong with a group or a version, at the text that says it.
pub(crate) fn check_names(group: &SpannedValue<String>, version: &SpannedValue<String>, generics: &Generics, errors: &mut Accumulator) {
    let label = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !group.is_empty() && !group.split('.').all(label) {
        errors.push(Error::custom("a group is lower-case labels joined by dots, such as \"example.com\"").with_span(&group.span()));
    }
    if !label(version) || !version.starts_with('v') {
        errors.push(Error::custom("a version is `v` and what follows, such as \"v1\" or \"v1beta1\"").with_span(&version.span()));
    }
    if !generics.params.is_empty() {
        errors.push(Error::custom("an API type has one descriptor, so it cannot have parameters").with_span(generics));
    }
}

/// What an object must have, at the text that promises it.
pub(crate) fn check_object(attr: &ResourceAttr, fields: &[&FieldAttr], errors: &mut Accumulator) {
    let field = |name: &str| fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident == name));
    match field("metadata").map(|field| &field.ty) {
        Some(ty) if !named(ty, "ObjectMeta") => {
            errors.push(Error::custom("`metadata` of a resource is an ObjectMeta").with_span(ty));
        }
        Some(_) => {}
        None => errors.push(Error::custom("a resource has a field `metadata: ObjectMeta`").with_span(&attr.ident)),
    }
    if attr.status.is_present() && field("status").is_none() {
        errors.push(Error::custom("`status` needs a field `status`").with_span(&attr.status.span()));
    }
}

/// The message type of a struct, and the names of its fields in Rust. `Ref::Named` holds the path of a field's type.
/// An `object` may have fields for its kind and apiVersion.
pub(crate) fn describe(
    name: &str,
    attrs: &[Attribute],
    fields: &[&FieldAttr],
    object: bool,
    packages: &Packages,
    errors: &mut Accumulator,
) -> (Desc, Vec<Ident>) {
    let next = fields.iter().filter_map(|field| field.tag.as_deref()).max().map_or(1, |tag| tag + 1).max(1 + u32::from(object));
    let (mut numbers, mut names) = (BTreeMap::new(), BTreeMap::new());
    let mut described: Vec<Field> = Vec::new();
    let mut idents = Vec::new();
    for attr in fields {
        let Some(ident) = attr.ident.clone() else { continue };
        let own = if object { type_meta(attr, &ident, described.len()) } else { Ok(None) };
        let read = own.and_then(|own| own.map_or_else(|| field(attr, &ident, object, next), Ok));
        let Some(field) = errors.handle(read) else { continue };
        if let Some(other) = numbers.insert(field.number, ident.clone()).filter(|_| field.number != 0) {
            let message = format!("number {} is taken by `{other}`; the next free one is {next}", field.number);
            errors.push(Error::custom(message).with_span(&attr.tag.as_ref().map_or_else(|| ident.span(), SpannedValue::span)));
        }
        if let Some(other) = names.insert(field.name.clone(), ident.clone()) {
            let message = format!("the JSON name \"{}\" is taken by `{other}`", field.name);
            errors.push(Error::custom(message).with_span(&attr.name.as_ref().map_or_else(|| ident.span(), SpannedValue::span)));
        }
        described.push(field);
        idents.push(ident);
    }
    let mut desc = Desc::owned(name.to_owned(), packages.proto.clone(), packages.openapi.clone(), described);
    desc.doc = doc(attrs).into();
    (desc, idents)
}

/// A field for the kind or the apiVersion of an object: it has no number, for protobuf leaves these to the envelope.
fn type_meta(attr: &FieldAttr, ident: &Ident, at: usize) -> darling::Result<Option<Field>> {
    let Some(place) = ["kind", "api_version"].iter().position(|name| ident == name) else { return Ok(None) };
    if let Some(tag) = &attr.tag {
        return Err(Error::custom(format!("`{ident}` of a resource has no protobuf number")).with_span(&tag.span()));
    }
    if !named(&attr.ty, "String") {
        return Err(Error::custom(format!("`{ident}` of a resource is a String")).with_span(&attr.ty));
    }
    if at != place {
        return Err(Error::custom("a resource starts with `kind` and `api_version`, or has neither").with_span(ident));
    }
    let mut field = object::type_meta()[place].clone();
    field.doc = Some(doc(&attr.attrs)).filter(|doc| !doc.is_empty()).map_or(field.doc, Into::into);
    Ok(Some(field))
}

fn field(attr: &FieldAttr, ident: &Ident, object: bool, next: u32) -> darling::Result<Field> {
    let rust = ident.to_string();
    let rust = rust.trim_start_matches("r#").trim_end_matches('_');
    let is_metadata = object && rust == "metadata";
    let number = match &attr.tag {
        Some(tag) if matches!(**tag, 1..=18_999 | 20_000..=536_870_911) => **tag,
        Some(tag) => {
            return Err(Error::custom("a protobuf number is 1 to 536870911, and not 19000 to 19999").with_span(&tag.span()));
        }
        None if is_metadata => 1,
        None => return Err(Error::custom(format!("missing the protobuf number: #[api_resource(tag = {next})]")).with_span(ident)),
    };
    let (ty, shape, optional) = shape(&attr.ty)?;
    let mut field = Field::new("", number, ty);
    field.name = attr.name.as_ref().map_or_else(|| camel(rust), |name| (**name).clone()).into();
    field.shape = shape;
    field.optional = optional;
    field.doc = match doc(&attr.attrs) {
        doc if doc.is_empty() && is_metadata => object::METADATA.into(),
        doc => doc.into(),
    };
    field.omit = match attr.omit.as_ref().map(|omit| (omit.as_str(), omit.span())) {
        None if optional || shape != Shape::One || is_metadata => Omit::Empty,
        None | Some(("never", _)) => Omit::Never,
        Some(("empty", _)) => Omit::Empty,
        Some(("zero", _)) => Omit::Zero,
        Some((_, span)) => return Err(Error::custom("expected \"never\", \"empty\" or \"zero\"").with_span(&span)),
    };
    field.required = !attr.optional.is_present() && (attr.required.is_present() || field.omit == Omit::Never);
    if let Some(default) = &attr.default {
        let value: Value = serde_json::from_str(default).map_err(|error| {
            Error::custom(format!("not JSON: {error}; a text needs quotes of its own: \"\\\"text\\\"\"")).with_span(&default.span())
        })?;
        field.default = json!([{ "value": value }]).to_string().into();
    }
    merging(attr, &mut field)?;
    field.rules = rules(attr).into();
    Ok(field)
}

fn merging(attr: &FieldAttr, field: &mut Field) -> darling::Result<()> {
    field.list_keys = attr.keys.0.join(",").into();
    field.list_type = match attr.list.as_ref().map(|list| (list.as_str(), list.span())) {
        None => (!attr.keys.0.is_empty()).then_some(ListType::Map),
        Some(("atomic", _)) => Some(ListType::Atomic),
        Some(("set", _)) => Some(ListType::Set),
        Some((_, span)) => {
            return Err(Error::custom("expected \"atomic\" or \"set\"; a list of keyed items states `keys(..)`").with_span(&span));
        }
    };
    if field.list_type.is_some() && field.shape != Shape::List {
        return Err(Error::custom("only a Vec has `list` or `keys`").with_span(&attr.ty));
    }
    field.patch = attr.patch.clone().unwrap_or_default().into();
    let only_key = if attr.keys.0.len() == 1 && field.has_patch("merge") { attr.keys.0.first().cloned() } else { None };
    field.merge_key = attr.merge_key.clone().or(only_key).unwrap_or_default().into();
    Ok(())
}

fn rules(attr: &FieldAttr) -> String {
    let mut rules = Map::new();
    let numbers = [("minimum", attr.minimum), ("maximum", attr.maximum)];
    let counts =
        [("minLength", attr.min_length), ("maxLength", attr.max_length), ("minItems", attr.min_items), ("maxItems", attr.max_items)];
    rules.extend(numbers.into_iter().filter_map(|(rule, value)| Some((rule.to_owned(), json!(value?)))));
    rules.extend(counts.into_iter().filter_map(|(rule, value)| Some((rule.to_owned(), json!(value?)))));
    rules.extend(attr.pattern.iter().map(|pattern| ("pattern".to_owned(), json!(pattern))));
    if !attr.values.0.is_empty() {
        rules.insert("enum".to_owned(), json!(attr.values.0));
    }
    if attr.immutable.is_present() {
        rules.insert("immutable".to_owned(), json!(true));
    }
    if rules.is_empty() { String::new() } else { Value::Object(rules).to_string() }
}

/// Element type, shape, and whether unset is told from zero.
fn shape(ty: &syn::Type) -> darling::Result<(Type, Shape, bool)> {
    let arguments = generic(ty);
    match arguments.as_ref().map(|(name, types)| (*name, types.as_slice())) {
        Some(("Option", [inner])) => {
            let boxed = generic(inner).filter(|(name, _)| *name == "Box").and_then(|(_, types)| types.into_iter().next());
            Ok((element(boxed.as_ref().unwrap_or(inner))?, Shape::One, true))
        }
        Some(("Vec", [inner])) => match element(inner)? {
            Type::F64 | Type::Bytes => Err(Error::custom("lists are of String, i32, i64, bool or API types").with_span(inner)),
            other => Ok((other, Shape::List, false)),
        },
        Some(("BTreeMap", [key, value])) => map(key, value),
        _ => Ok((element(ty)?, Shape::One, false)),
    }
}

fn map(key: &syn::Type, value: &syn::Type) -> darling::Result<(Type, Shape, bool)> {
    if !matches!(element(key)?, Type::String) {
        return Err(Error::custom("the keys of a map are String").with_span(key));
    }
    if let Some(("Vec", [inner])) = generic(value).as_ref().map(|(name, types)| (*name, types.as_slice())) {
        return match element(inner)? {
            Type::String => Ok((Type::String, Shape::MapOfLists, false)),
            _ => Err(Error::custom("the lists in a map are of String").with_span(inner)),
        };
    }
    match element(value)? {
        Type::Bool | Type::I32 | Type::I64 | Type::F64 => {
            Err(Error::custom("maps are of String, Bytes, Vec<String> or API types").with_span(value))
        }
        other => Ok((other, Shape::Map, false)),
    }
}

fn element(ty: &syn::Type) -> darling::Result<Type> {
    let refuse = || {
        let message = "not a type an API field may have: expected String, bool, i32, i64, f64, Bytes or a struct with #[derive(ApiType)], or Option, Vec or BTreeMap<String, _> of one";
        Error::custom(message).with_span(ty)
    };
    let syn::Type::Path(path) = ty else { return Err(refuse()) };
    let last = path.path.segments.last().ok_or_else(refuse)?;
    if !matches!(last.arguments, PathArguments::None) {
        return Err(refuse());
    }
    Ok(match last.ident.to_string().as_str() {
        "String" => Type::String,
        "bool" => Type::Bool,
        "i32" => Type::I32,
        "i64" => Type::I64,
        "f64" => Type::F64,
        "Bytes" => Type::Bytes,
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "isize" | "f32" | "char" | "str" => return Err(refuse()),
        _ => Type::Message(Ref::Named(path.to_token_stream().to_string().into())),
    })
}

/// Whether a type is a path that ends in this name.
fn named(ty: &syn::Type, name: &str) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name && last.arguments.is_none()))
}

/// The type that a field is made of, without `Option`, `Box`, `Vec` and `BTreeMap` around it.
pub(crate) fn innermost(ty: &syn::Type) -> &syn::Type {
    let syn::Type::Path(path) = ty else { return ty };
    let Some(PathArguments::AngleBracketed(arguments)) = path.path.segments.last().map(|last| &last.arguments) else { return ty };
    match arguments.args.last() {
        Some(GenericArgument::Type(inner)) => innermost(inner),
        _ => ty,
    }
}

/// The name and the arguments of a type such as `Option<T>`.
fn generic(ty: &syn::Type) -> Option<(&'static str, Vec<syn::Type>)> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let name = ["Option", "Vec", "BTreeMap", "Box"].into_iter().find(|name| last.ident == name)?;
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    Some((name, types.collect()))
}

/// `min_ready_seconds` → `minReadySeconds`.
fn camel(rust: &str) -> String {
    let mut words = rust.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut name, word| {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
        name
    })
}

/// A doc comment as one text: lines joined, an empty line starts a paragraph.
pub(crate) fn doc(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let paragraphs: Vec<String> =
        lines.collect::<Vec<_>>().split(String::is_empty).map(|part| part.join(" ")).filter(|part| !part.is_empty()).collect();
    paragraphs.join("\n\n")
}
