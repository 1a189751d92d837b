//! What is emitted beside an error: enough for the rest of the user's program to type-check, so that one mistake gives one error.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{DeriveInput, Generics, parse_quote};

use crate::expand::list_ident;

/// The traits that the derives promise, without content; for a resource, its list too.
pub(crate) fn stub(item: TokenStream, resource: bool) -> TokenStream {
    let Ok(input) = syn::parse2::<DeriveInput>(item) else { return TokenStream::new() };
    let (name, visibility) = (&input.ident, &input.vis);
    let message = message(name, input.generics.clone());
    if !resource {
        return message;
    }
    let mut generics = input.generics.clone();
    bound(&mut generics);
    let (params, types, clause) = generics.split_for_impl();
    let plain = input.generics.params.is_empty().then(|| {
        let list = list_ident(name);
        let stub = self::message(&list, Generics::default());
        quote! {
            #[derive(Clone, Default)]
            #visibility struct #list {
                pub kind: String,
                pub api_version: String,
                pub metadata: ::kubewright::meta::v1::ListMeta,
                pub items: Vec<#name>,
            }
            #stub
        }
    });
    quote! {
        #message
        impl #params ::kubewright::registry::ApiResource for #name #types #clause {
            fn kind() -> &'static ::kubewright::model::Kind { ::core::unreachable!() }
            const KEY: &'static str = "";
        }
        #plain
    }
}

fn message(name: &Ident, mut generics: Generics) -> TokenStream {
    let traits = generics.params.is_empty().then(|| quote! { ::kubewright::message_traits!(#name); });
    bound(&mut generics);
    let (params, types, clause) = generics.split_for_impl();
    quote! {
        impl #params ::kubewright::object::ApiType for #name #types #clause {
            fn desc() -> &'static ::kubewright::model::Desc { ::core::unreachable!() }
        }
        impl #params ::kubewright::object::Message for #name #types #clause {
            fn values<'a>(&'a self, _: &mut [::kubewright::object::Value<'a>]) {}
            fn place(&mut self, _: ::kubewright::object::Touch, _: usize) -> ::kubewright::object::Slot<'_> { ::kubewright::object::Slot::None }
        }
        #traits
    }
}

/// What the traits ask of a type with parameters.
fn bound(generics: &mut Generics) {
    if !generics.params.is_empty() {
        let clause = generics.make_where_clause();
        clause.predicates.push(parse_quote! { Self: ::core::any::Any + Send + Sync + Clone + Default });
    }
}
