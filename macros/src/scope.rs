//! The scope of emitted code: its names and the user's never meet.

use kubewright_codegen::rust::{Names, emit_impl};
use kubewright_model::Desc;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::input::{Packages, innermost};

/// The user's types under names that cannot clash with those of the emitters, such as `Field` and `Kind`.
pub(crate) struct Scope {
    types: Vec<(String, Ident, TokenStream)>,
    package: TokenStream,
    openapi: TokenStream,
}

impl Scope {
    /// The scope of a type: itself, and the types of its fields.
    pub(crate) fn new<'a>(own: &Ident, fields: impl Iterator<Item = &'a syn::Type>, packages: &Packages) -> Self {
        let (package, openapi) = (&packages.proto, &packages.openapi);
        let mut scope = Self { types: Vec::new(), package: quote! { #package }, openapi: quote! { #openapi } };
        scope.add(own);
        fields.for_each(|ty| scope.add(innermost(ty)));
        scope
    }

    /// Gives a type a name of its own, which errors show where the user wrote the type.
    pub(crate) fn add(&mut self, ty: &impl ToTokens) {
        let tokens = ty.to_token_stream();
        let (spelled, place) = (tokens.to_string(), syn::spanned::Spanned::span(&tokens));
        if self.types.iter().all(|(known, ..)| *known != spelled) {
            let name = Ident::new(&format!("__T{}", self.types.len()), Span::call_site().located_at(place));
            self.types.push((spelled, name, tokens));
        }
    }

    /// What stands for a type that the model names as the user spelled it.
    pub(crate) fn path(&self, spelled: &str) -> TokenStream {
        let known = self.types.iter().find(|(known, ..)| known == spelled);
        known.map_or_else(|| spelled.parse().unwrap_or_default(), |(_, name, _)| name.to_token_stream())
    }

    /// The descriptor of a type of this scope, and its place in the reflection contract, as the generator emits them.
    pub(crate) fn implement(&self, desc: &Desc, spelled: &Ident, fields: &[Ident]) -> TokenStream {
        let known = self.types.iter().find(|(known, ..)| spelled == known);
        let name = known.map_or(spelled, |(_, name, _)| name);
        let path = |spelled: &str| self.path(spelled);
        let names = Names { package: self.package.clone(), openapi: self.openapi.clone(), path: &path };
        let [descriptor, message] = emit_impl(desc, name, fields, &names);
        quote! { #descriptor #message }
    }

    /// Code of the emitters, with the names that it expects. The inner block hides the user's names, which the outer one has renamed.
    pub(crate) fn around(&self, items: &TokenStream) -> TokenStream {
        let types = self.types.iter().map(|(_, name, tokens)| quote! { type #name = #tokens; });
        quote! {
            const _: () = {
                #(#[allow(dead_code)] #types)*
                const _: () = {
                    #[allow(unused_imports)]
                    use ::kubewright::model::{Column, Desc, Enabled, Kind, Made, NameRule, Subresource, TypeTable, Verbs, text};
                    #[allow(unused_imports)]
                    use ::kubewright::object::ApiType;
                    use ::kubewright;
                    #items
                };
            };
        }
    }
}
