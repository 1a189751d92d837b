//! Values that the other side keeps as text in a map.

use kubewright_model::{Field, Shape, Type};
use proc_macro2::TokenStream;
use quote::quote;

use super::notation::{as_option, from_option};
use super::work::is_text;
use super::{Body, Way};
use crate::rust::convert::access;
use crate::rust::convert::link::{Chain, Held, Inner};
use crate::rust::convert::pair::Pair;
use crate::rust::docs::literal;
use crate::rust::layout::ident;

/// A value that one side keeps as text in a map.
pub(super) struct Entry<'e, 'a> {
    /// The map.
    pub map: &'e Chain<'a>,
    /// The key in it.
    pub key: &'e str,
    /// The other side's field.
    pub at: &'e Chain<'a>,
    /// What the text holds, where it is not the field's own type.
    pub held: Option<&'e Held>,
    /// The text has Go's names.
    pub go: bool,
    /// The stored item that the text leaves out: the function that finds it.
    pub over: Option<TokenStream>,
}

impl<'a> Body<'_, 'a> {
    /// A field of the source, in the target's map.
    pub(super) fn entry_written(&mut self, entry: &Entry<'_, 'a>, value: TokenStream) {
        let Entry { map, key, at, held, go, .. } = *entry;
        let field = at.field();
        let text = if is_text(field) {
            as_option(&value, field)
        } else {
            let name = match held.and_then(|held| Some((held, self.held(held, field)?))) {
                Some((held, (inner, other))) => {
                    let (name, ty) = (ident(&self.free.name(&format!("{}_held", at.ident()))), self.type_of(&held.name, &other));
                    let value = self.between(inner, field, &other, value, None);
                    self.before.push(quote! { let #name: #ty = #value; });
                    name
                }
                None => self.variable(&at.ident().to_string(), &value),
            };
            if go {
                let message = if field.optional {
                    quote! { #name.as_deref() }
                } else {
                    quote! { Some(&#name) }
                };
                quote! { convert::to_go_json(#message) }
            } else {
                let set = access::is_set(&quote! { #name }, field);
                quote! { convert::to_json(&#name, #set) }
            }
        };
        let name = self.variable(&format!("{}_text", at.ident()), &text);
        let (target, key) = (self.target(), literal(key));
        let place = access::place(&target, map);
        self.after.push(quote! { convert::set_entry(&mut #place, #key, #name); });
    }

    /// A value of the target's field from the source's map.
    pub(super) fn entry_read(&mut self, entry: &Entry<'_, 'a>) -> TokenStream {
        let Entry { map, key, at, held, go, .. } = *entry;
        let (source, key, field) = (self.source(), literal(key), at.field());
        self.mutable_source = true;
        let place = access::place(&source, map);
        let text = self.variable(&format!("{}_text", at.ident()), &quote! { #place.remove(#key) });
        if is_text(field) {
            return from_option(&quote! { #text }, field);
        }
        if go {
            let boxed = field.optional.then(|| quote! { .map(Box::new) });
            let plain = (!field.optional).then(|| quote! { .unwrap_or_default() });
            return quote! { convert::from_go_json(#text) #boxed #plain };
        }
        let Some((held, (inner, other))) = held.and_then(|held| Some((held, self.held(held, field)?))) else {
            return quote! { convert::from_json(#text) };
        };
        let ty = self.type_of(&held.name, &other);
        let name = ident(&self.free.name(&at.ident().to_string()));
        self.before.push(quote! { let #name: #ty = convert::from_json(#text); });
        let needs = self.way == Way::Put && self.pairs.get(held.pair).is_some_and(Pair::takes_stored);
        let stored = needs.then(|| self.stored(at));
        let stored = stored.map(|stored| entry.over.as_ref().map_or(stored.clone(), |fits| quote! { convert::pick(#stored, #fits).0 }));
        self.between(inner, &other, field, quote! { #name }, stored)
    }

    /// How the field relates to the type that a text holds of it.
    fn held(&self, held: &Held, field: &Field) -> Option<(Inner, Field)> {
        self.pairs.get(held.pair)?;
        let mut other = field.clone();
        other.ty = Type::Message(kubewright_model::Ref::Named(held.name.clone().into()));
        Some((Inner::Pair(held.pair), other))
    }

    pub(super) fn type_of(&self, name: &str, field: &Field) -> TokenStream {
        let ty = self.pairs.layout().find(name).map(|located| self.names.ty(&located.place, &located.def.desc)).unwrap_or_default();
        match field.shape {
            Shape::One if field.optional => quote! { Option<Box<#ty>> },
            Shape::One => ty,
            Shape::List => quote! { Vec<#ty> },
            Shape::Map | Shape::MapOfLists => quote! { std::collections::BTreeMap<String, #ty> },
        }
    }
}
