//! Structs and their descriptors. The derive macros emit descriptors through here too.

use kubewright_model::{Desc, Field, Shape, Type, table};
use proc_macro2::{Ident, Literal, TokenStream};
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
/// The code expects `ApiType`, `Desc`, `TypeTable` and `Made` of the runtime in scope.
pub fn emit_impl(desc: &Desc, name: &Ident, idents: &[Ident], names: &Names<'_>) -> [TokenStream; 2] {
    let types = desc.fields.iter().filter_map(Field::element).map(|element| (names.path)(&element.proto_name()));
    let (short, package, openapi) = (literal(&desc.name), &names.package, &names.openapi);
    let openapi = if desc.openapi.is_empty() {
        quote! { "" }
    } else {
        openapi.clone()
    };
    let text = block(&table::write(desc));
    let descriptor = quote! {
        impl ApiType for #name {
            fn desc() -> &'static Desc {
                static TABLE: TypeTable = TypeTable {
                    name: #short,
                    package: #package,
                    openapi: #openapi,
                    types: &[#(#types::desc),*],
                    text: #text,
                    made: Made::NOT,
                };
                TABLE.desc()
            }
        }
    };
    [descriptor, quote! { kubewright::message!(#name { #(#idents),* }); }]
}

/// A text of several lines as a literal that shows them.
fn block(text: &str) -> Literal {
    let longest = text.split(|sign| sign != '#').map(str::len).max().unwrap_or_default();
    let fence = if text.contains('"') { "#".repeat(longest + 1) } else { String::new() };
    // Rust has no carriage return in raw literals.
    let raw = (!text.contains('\r')).then(|| format!("r{fence}\"\n{text}\"{fence}").parse().ok()).flatten();
    raw.unwrap_or_else(|| Literal::string(text))
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
