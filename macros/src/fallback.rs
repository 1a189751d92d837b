//! What is emitted beside an error: enough for the rest of the user's program to type-check, so that one mistake gives one error.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::DeriveInput;

/// The traits that the derives promise, without content.
pub(crate) fn stub(item: &TokenStream, resource: bool) -> TokenStream {
    let Ok(input) = syn::parse2::<DeriveInput>(item.clone()) else { return TokenStream::new() };
    let name: &Ident = &input.ident;
    let (params, types, clause) = input.generics.split_for_impl();
    let kind = resource.then(|| {
        quote! {
            impl #params ::kubewright::registry::ApiResource for #name #types #clause {
                fn kind() -> &'static ::kubewright::model::Kind { ::core::unreachable!() }
                const KEY: &'static str = "";
            }
        }
    });
    quote! {
        impl #params ::kubewright::object::ApiType for #name #types #clause {
            fn desc() -> &'static ::kubewright::model::Desc { ::core::unreachable!() }
        }
        impl #params ::kubewright::object::Message for #name #types #clause {
            fn descriptor(&self) -> &::kubewright::model::Desc { ::core::unreachable!() }
            fn values<'a>(&'a self, _: &mut [::kubewright::object::Value<'a>]) {}
            fn slot(&mut self, _: usize) -> ::kubewright::object::Slot<'_> { ::kubewright::object::Slot::None }
            fn clear(&mut self, _: usize) {}
            fn boxed_clone(&self) -> ::kubewright::object::Object { ::core::unreachable!() }
        }
        #kind
    }
}
