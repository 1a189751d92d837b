//! Fields against one text, and against entries of a map.

use kubewright_model::{Field, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::notation::{as_option, from_option};
use super::{Body, Way};
use crate::rust::convert::link::Chain;
use crate::rust::docs::literal;
use crate::rust::layout::ident;

impl<'a> Body<'_, 'a> {
    /// Fields of the source to one text.
    pub(super) fn join(&mut self, text: &Chain<'a>, parts: &[Chain<'a>], by: &str) {
        let parts: Vec<TokenStream> = parts
            .iter()
            .map(|part| {
                let value = self.plain(part);
                part_text(part.field(), &value)
            })
            .collect();
        let by = literal(by);
        let value = if self.way == Way::Put {
            let stored = as_text(text.field(), &self.stored(text));
            quote! { convert::join_over(#stored, [#(#parts),*], #by) }
        } else {
            quote! { convert::join([#(#parts),*], #by) }
        };
        let name = self.variable(&text.ident().to_string(), &value);
        self.set(text, of_text(text.field(), &quote! { #name }));
    }

    /// One text of the source to fields.
    pub(super) fn split(&mut self, text: &Chain<'a>, parts: &[Chain<'a>], by: &str) {
        let value = self.plain(text);
        let (value, by) = (as_text(text.field(), &value), literal(by));
        let split = if self.way == Way::Put {
            let stored: Vec<TokenStream> = parts
                .iter()
                .map(|part| {
                    let value = self.stored(part);
                    part_text(part.field(), &value)
                })
                .collect();
            quote! { convert::split_over([#(#stored),*], &#value, #by) }
        } else {
            quote! { convert::split(&#value, #by) }
        };
        let names: Vec<Ident> = parts.iter().map(|part| ident(&self.free.name(&part.ident().to_string()))).collect();
        self.before.push(quote! { let [#(#names),*] = #split; });
        for (part, name) in parts.iter().zip(names) {
            self.set(part, of_text(part.field(), &quote! { #name }));
        }
    }

    /// Fields of the source to entries of a map.
    pub(super) fn collect(&mut self, map: &Chain<'a>, fields: &[(String, Chain<'a>)]) {
        let base = if self.way == Way::Put {
            self.stored(map)
        } else {
            quote! { std::collections::BTreeMap::new() }
        };
        let name = ident(&self.free.name(&map.ident().to_string()));
        self.before.push(quote! { let mut #name = #base; });
        for (key, field) in fields {
            let value = self.plain(field);
            let (key, value) = (literal(key), as_option(&value, field.field()));
            self.before.push(quote! { convert::set_entry(&mut #name, #key, #value); });
        }
        self.set(map, quote! { #name });
    }

    /// Entries of a map of the source to fields.
    pub(super) fn spread(&mut self, map: &Chain<'a>, fields: &[(String, Chain<'a>)]) {
        let value = self.plain(map);
        let name = ident(&self.free.name(&map.ident().to_string()));
        self.before.push(quote! { let mut #name = #value; });
        for (key, field) in fields {
            let key = literal(key);
            let taken = self.variable(&field.ident().to_string(), &from_option(&quote! { #name.remove(#key) }, field.field()));
            self.set(field, quote! { #taken });
        }
    }
}

/// A part of a joined text.
fn part_text(field: &Field, value: &TokenStream) -> TokenStream {
    match (&field.ty, field.optional) {
        (Type::String, _) => as_text(field, value),
        (_, true) => quote! { #value.map(|value| value.to_string()).unwrap_or_default() },
        (_, false) => quote! { convert::digits(#value) },
    }
}

fn as_text(field: &Field, value: &TokenStream) -> TokenStream {
    if field.optional {
        quote! { #value.unwrap_or_default() }
    } else {
        value.clone()
    }
}

/// Text in a field for text or a number.
fn of_text(field: &Field, value: &TokenStream) -> TokenStream {
    match (&field.ty, field.optional) {
        (Type::String, true) => quote! { Some(#value).filter(|text| !text.is_empty()) },
        (Type::String, false) => value.clone(),
        (_, true) => quote! { #value.parse().ok() },
        (_, false) => quote! { #value.parse().unwrap_or_default() },
    }
}
