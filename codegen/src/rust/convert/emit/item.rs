//! An item of a list against a field.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Body;
use super::entry::Entry;
use super::literal::owned;
use super::notation::{as_option, from_option};
use crate::rust::convert::access;
use crate::rust::convert::link::{Chain, Item};
use crate::rust::docs::literal;
use crate::rust::layout::ident;

impl<'a> Body<'_, 'a> {
    /// The field from the first item that fits; the others to their annotation.
    pub(super) fn item_shown(&mut self, item: &Item<'a>) {
        let list = self.plain(&item.list);
        let (name, field) =
            (ident(&self.free.name(&item.list.ident().to_string())), ident(&self.free.name(&item.field.ident().to_string())));
        let (fits, value) = (fits(item), value(item));
        let Some((map, key, held, all)) = &item.rest else {
            self.before.push(quote! { let #field = #list.into_iter().find(#fits).and_then(#value); });
            return self.set(&item.field, from_option(&quote! { #field }, item.field.field()));
        };
        self.before.push(if *all {
            quote! { let #name = #list; let #field = #name.iter().find(#fits).cloned().and_then(#value); }
        } else {
            quote! { let (#name, #field) = convert::pick(#list, #fits); let #field = #field.and_then(#value); }
        });
        self.entry_written(&Entry { map, key, at: &item.list, held: held.as_ref(), go: false, over: None }, quote! { #name });
        self.set(&item.field, from_option(&quote! { #field }, item.field.field()));
    }

    /// The list with an item that has the field's value.
    pub(super) fn item_put(&mut self, item: &Item<'a>) {
        let given = self.plain(&item.field);
        let field = self.variable(&item.field.ident().to_string(), &as_option(&given, item.field.field()));
        let make = self.make(item);
        let value = match &item.rest {
            None => {
                let (fits, set, stored) = (fits(item), assign(item), self.stored(&item.list));
                quote! { convert::put_item(#stored, #field, #fits, #make, #set) }
            }
            Some((map, key, held, all)) => {
                let over = (!all).then(|| fits(item));
                let rest = self.entry_read(&Entry { map, key, at: &item.list, held: held.as_ref(), go: false, over });
                let name = ident(&self.free.name(&item.list.ident().to_string()));
                let ty = self.type_of(&item.ty, item.list.field());
                self.before.push(quote! { let #name: #ty = #rest; });
                if *all {
                    quote! { if #name.is_empty() { #field.map(#make).into_iter().collect() } else { #name } }
                } else {
                    quote! { #name.into_iter().chain(#field.map(#make)).collect() }
                }
            }
        };
        self.set(&item.list, value);
    }

    /// A function from the field's value to an item that fits.
    fn make(&self, item: &Item<'a>) -> TokenStream {
        let ty = self.pairs.layout().find(&item.ty).map(|located| self.names.ty(&located.place, &located.def.desc)).unwrap_or_default();
        let texts = item.fits.iter().map(|(place, text)| {
            let (at, text) = (made(place), owned(text));
            let value = if place.field().optional {
                quote! { Some(#text) }
            } else {
                text
            };
            quote! { #at = #value; }
        });
        let (at, value) = (made(&item.value), in_item(item));
        quote! { |value| { let mut item = #ty::default(); #(#texts)* #at = #value; item } }
    }
}

/// A function that puts the field's value in an item.
fn assign(item: &Item<'_>) -> TokenStream {
    let (at, value) = (made(&item.value), in_item(item));
    quote! { |item, value| #at = #value }
}

fn in_item(item: &Item<'_>) -> TokenStream {
    if item.value.field().optional {
        quote! { Some(value) }
    } else {
        quote! { value }
    }
}

/// The place in an item, with all that is on the way made.
fn made(place: &Chain<'_>) -> TokenStream {
    let mut at = quote! { item };
    for (field, name) in &place.parents {
        at = if field.optional {
            quote! { #at.#name.get_or_insert_default() }
        } else {
            quote! { #at.#name }
        };
    }
    let last = place.ident();
    quote! { #at.#last }
}

/// Whether an item fits, and has a value.
fn fits(item: &Item<'_>) -> TokenStream {
    let name: Ident = ident("item");
    let texts = item.fits.iter().map(|(place, text)| {
        let (at, text) = (access::text(&name, place), literal(text));
        quote! { #at == #text }
    });
    let set = access::is_set_at(&name, &item.value);
    quote! { |item| #(#texts &&)* #set }
}

/// A function from an item to its value.
fn value(item: &Item<'_>) -> TokenStream {
    let taken = access::copy(&ident("item"), &item.value);
    let value = as_option(&taken, item.value.field());
    quote! { |item| #value }
}
