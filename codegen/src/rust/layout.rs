//! Where every type of the sets lives in Rust, and how code names it from elsewhere.

use std::collections::BTreeMap;

use kubewright_model::{Desc, Special};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::name_case::{snake, type_name};
use crate::set::{Set, TypeDef};

/// The set whose types are part of the runtime.
pub const META: &str = "meta";

/// A version module of a set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The set.
    pub set: String,
    /// The group's module.
    pub module: String,
    /// The version's module.
    pub version: String,
}

/// A type, and where it lives.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// Its module.
    pub place: Place,
    /// The type.
    pub def: &'a TypeDef,
}

/// Every type of the sets by full protobuf name.
#[derive(Debug, Default)]
pub struct Layout<'a> {
    types: BTreeMap<String, Located<'a>>,
}

impl<'a> Layout<'a> {
    /// The layout of these sets.
    pub fn new(sets: &'a [Set]) -> Self {
        let mut types = BTreeMap::new();
        for set in sets {
            for group in &set.groups {
                for version in &group.versions {
                    let place = Place { set: set.name.clone(), module: snake(&group.module), version: snake(&version.version) };
                    for def in &version.types {
                        types.insert(def.desc.proto_name(), Located { place: place.clone(), def });
                    }
                }
            }
        }
        Self { types }
    }

    /// The type of this full protobuf name.
    pub fn find(&self, proto_name: &str) -> Option<&Located<'a>> {
        self.types.get(proto_name)
    }

    /// The module of this type; special types have none.
    pub fn place(&self, proto_name: &str) -> Option<&Place> {
        self.find(proto_name).map(|located| &located.place)
    }

    /// How code in a version module names a type.
    pub fn path(&self, proto_name: &str, from: &Place) -> TokenStream {
        let short = proto_name.rsplit('.').next().unwrap_or_default();
        let name = ident(&type_name(short));
        if let Some(special) = Special::named(proto_name) {
            let name = ident(special.rust_name());
            return quote! { special::#name };
        }
        match self.place(proto_name) {
            Some(to) if to != from => {
                let module = module_path(to, from);
                quote! { #module::#name }
            }
            _ => quote! { #name },
        }
    }
}

/// Path of a module, seen from a sibling of the versions of `from`.
pub fn module_path(to: &Place, from: &Place) -> TokenStream {
    let (module, version) = (ident(&to.module), ident(&to.version));
    match (to.set == from.set, to.module == from.module) {
        (true, true) => quote! { super::#version },
        (true, false) => quote! { super::super::#module::#version },
        (false, _) if to.set == META && to.module == META && to.version == "v1" => quote! { meta },
        (false, _) if to.set == META && to.module == META => quote! { kubewright::meta::#version },
        (false, _) if to.set == META => quote! { kubewright::meta::#module::#version },
        (false, _) => {
            let krate = ident(&format!("{}_types", snake(&to.set)));
            quote! { #krate::#module::#version }
        }
    }
}

/// An identifier of a name that is one.
pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The Rust name of a type's struct.
pub fn struct_ident(desc: &Desc) -> Ident {
    ident(&type_name(&desc.name))
}

/// The Rust names of a type's fields.
pub fn field_idents(def: &TypeDef) -> Vec<Ident> {
    let of = |(at, field): (usize, &kubewright_model::Field)| {
        let given = def.rust_names.get(at).filter(|name| !name.is_empty());
        ident(&given.map_or_else(|| snake(if field.name.is_empty() { field.proto() } else { &field.name }), |name| snake(name)))
    };
    def.desc.fields.iter().enumerate().map(of).collect()
}
