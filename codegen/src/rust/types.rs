//! Structs and their descriptors. The derive macros emit descriptors through here too.

use kubewright_model::{Desc, Field, ListType, MapType, Omit, Shape, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{doc_or, literal};
use super::layout::{Layout, Place, field_idents, struct_ident};
use crate::name_case::{constant, type_name};
use crate::rust::layout::ident;
use crate::set::{EnumDef, TypeDef};

/// How emitted code spells what lies outside of a type.
pub struct Names<'a> {
    /// Expression for the protobuf package.
    pub package: TokenStream,
    /// Expression for the prefix of OpenAPI definition names.
    pub openapi: TokenStream,
    /// Path of a message type by the name in its `Ref::Named`.
    pub path: &'a dyn Fn(&str) -> TokenStream,
}

/// A struct of a set, its descriptor, and its place in the reflection contract: three groups of items.
pub fn emit_type(def: &TypeDef, layout: &Layout<'_>, place: &Place) -> [TokenStream; 3] {
    let path = |name: &str| layout.path(name, place);
    let fields = field_idents(def);
    let names = Names { package: quote! { PACKAGE }, openapi: quote! { OPENAPI }, path: &path };
    let name = struct_ident(&def.desc);
    let [descriptor, message] = emit_impl(&def.desc, &name, &fields, &names);
    [emit_struct(&def.desc, &name, &fields, &names), descriptor, message]
}

/// A struct with a field for each field of the descriptor.
pub fn emit_struct(desc: &Desc, name: &Ident, idents: &[Ident], names: &Names<'_>) -> TokenStream {
    let docs = doc_or(&desc.doc, &format!("`{}`.", desc.name));
    let fields = desc.fields.iter().zip(idents).map(|(field, ident)| {
        let docs = doc_or(&field.doc, &format!("`{}`.", if field.name.is_empty() { field.proto() } else { &field.name }));
        let ty = rust_type(field, names);
        quote! { #docs pub #ident: #ty }
    });
    quote! {
        #docs
        #[derive(Clone, Default)]
        pub struct #name { #(#fields),* }
    }
}

/// The descriptor of a struct that exists, and its place in the reflection contract: two groups of items.
///
/// The code expects `ApiType`, `Desc`, `Field` and, where used, `MapType` of the runtime in scope.
pub fn emit_impl(desc: &Desc, name: &Ident, idents: &[Ident], names: &Names<'_>) -> [TokenStream; 2] {
    let count = proc_macro2::Literal::usize_unsuffixed(desc.fields.len());
    let fields = desc.fields.iter().map(|field| emit_field(field, names));
    let (short, package, openapi) = (literal(&desc.name), &names.package, &names.openapi);
    let openapi = if desc.openapi.is_empty() {
        quote! { "" }
    } else {
        openapi.clone()
    };
    let atomic = desc.atomic.then(|| quote! { .atomic() });
    let either = desc.either.then(|| quote! { .either() });
    let unions = text_call("unions", &desc.unions);
    let rules = text_call("rules", &desc.rules);
    let docs = text_call("doc", &desc.doc);
    let descriptor = quote! {
        impl ApiType for #name {
            fn desc() -> &'static Desc {
                static FIELDS: [Field; #count] = [#(#fields),*];
                static DESC: Desc = Desc::new(#short, #package, #openapi, &FIELDS)#atomic #either #unions #rules #docs;
                &DESC
            }
        }
    };
    [descriptor, quote! { kubewright::message!(#name { #(#idents),* }); }]
}

/// A field of a descriptor: `Field::string("name", 1).required()`.
pub fn emit_field(field: &Field, names: &Names<'_>) -> TokenStream {
    let (name, number) = (literal(&field.name), proc_macro2::Literal::u32_unsuffixed(field.number));
    let start = match &field.ty {
        Type::Bool => quote! { Field::bool(#name, #number) },
        Type::I32 => quote! { Field::int32(#name, #number) },
        Type::I64 => quote! { Field::int64(#name, #number) },
        Type::F64 => quote! { Field::float64(#name, #number) },
        Type::String => quote! { Field::string(#name, #number) },
        Type::Bytes => quote! { Field::bytes(#name, #number) },
        Type::Message(reference) => {
            let path = (names.path)(&reference.proto_name());
            quote! { Field::message(#name, #number, #path::desc) }
        }
    };
    let (presence, merging) = (presence(field), merging(field));
    let texts = [
        text_call("wrapper", &field.wrapper),
        text_call("proto_name", &field.proto_name),
        text_call("format", &field.format),
        text_call("default", &field.default),
        text_call("rules", &field.rules),
    ];
    let docs = text_call("doc", &field.doc);
    quote! { #start #presence #(#texts)* #merging #docs }
}

fn presence(field: &Field) -> TokenStream {
    let shape = match field.shape {
        Shape::One => None,
        Shape::List => Some(quote! { .list() }),
        Shape::Map => Some(quote! { .map() }),
        Shape::MapOfLists => Some(quote! { .map_of_lists() }),
    };
    let omit = match field.omit {
        Omit::Never => None,
        Omit::Empty => Some(quote! { .omit_empty() }),
        Omit::Zero => Some(quote! { .omit_zero() }),
    };
    let optional = field.optional.then(|| quote! { .optional() });
    let required = field.required.then(|| quote! { .required() });
    let inline = field.inline.then(|| quote! { .inline() });
    let no_json = field.no_json.then(|| quote! { .no_json() });
    let wrapped = field.wrapped.then(|| quote! { .wrapped() });
    quote! { #shape #optional #omit #required #inline #no_json #wrapped }
}

fn merging(field: &Field) -> TokenStream {
    let keys = literal(&field.list_keys);
    let list = field.list_type.map(|list| match list {
        ListType::Atomic => quote! { .atomic_list() },
        ListType::Set => quote! { .set_list() },
        ListType::Map => quote! { .map_list(#keys) },
    });
    let map = field.map_type.map(|map| match map {
        MapType::Atomic => quote! { .map_type(MapType::Atomic) },
        MapType::Granular => quote! { .map_type(MapType::Granular) },
    });
    let patch = (!field.patch.is_empty() || !field.merge_key.is_empty()).then(|| {
        let (strategy, key) = (literal(&field.patch), literal(&field.merge_key));
        quote! { .patch(#strategy, #key) }
    });
    quote! { #list #map #patch }
}

fn text_call(method: &str, text: &str) -> Option<TokenStream> {
    let (method, literal) = (ident(method), literal(text));
    (!text.is_empty()).then(|| quote! { .#method(#literal) })
}

/// The Rust type of a field.
fn rust_type(field: &Field, names: &Names<'_>) -> TokenStream {
    let element = match &field.ty {
        Type::Bool => quote! { bool },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::F64 => quote! { f64 },
        Type::String => quote! { String },
        Type::Bytes => quote! { kubewright::object::Bytes },
        Type::Message(reference) => (names.path)(&reference.proto_name()),
    };
    match field.shape {
        Shape::List => quote! { Vec<#element> },
        Shape::Map => quote! { BTreeMap<String, #element> },
        Shape::MapOfLists => quote! { BTreeMap<String, Vec<#element>> },
        Shape::One if field.optional && boxed(field) => quote! { Option<Box<#element>> },
        Shape::One if field.optional => quote! { Option<#element> },
        Shape::One => element,
    }
}

/// Whether the optional field's value is on the heap: messages are, special types are not.
pub fn boxed(field: &Field) -> bool {
    field.shape == Shape::One
        && field.optional
        && field.element().is_some_and(|element| kubewright_model::Special::named(&element.proto_name()).is_none())
}

/// A named set of text values: a type without values of its own that holds the texts as constants: two groups of items.
pub fn emit_enum(def: &EnumDef) -> [TokenStream; 2] {
    let docs = doc_or(&def.doc, &format!("Values of `{}`.", def.name));
    let name = ident(&type_name(&def.name));
    let mut taken = std::collections::BTreeSet::new();
    let constants = def.values.iter().map(|(value, about)| {
        let mut rust = constant(value);
        while !taken.insert(rust.clone()) {
            rust.push('_');
        }
        let (rust, text, docs) = (ident(&rust), literal(value), doc_or(about, &format!("`{value}`.")));
        quote! { #docs pub const #rust: &'static str = #text; }
    });
    let constants: Vec<_> = constants.collect();
    [quote! { #docs pub enum #name {} }, quote! { impl #name { #(#constants)* } }]
}
