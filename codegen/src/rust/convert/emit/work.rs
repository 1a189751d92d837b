//! Rules that are more than one value against one.

use kubewright_model::{Field, Shape, Type};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::entry::Entry;
use super::literal::of_json;
use super::{Body, Way};
use crate::rust::convert::access;
use crate::rust::convert::link::{Chain, Link, Work};
use crate::rust::docs::literal;
use crate::rust::layout::ident;
use crate::set::Side;

impl<'p, 'a> Body<'p, 'a> {
    /// One rule.
    pub(super) fn work(&mut self, work: &'p Work<'a>) {
        match work {
            Work::Tag { side, tag, arms } if *side == self.writes() => self.tag(tag, arms),
            Work::Fixed { side, at, value, always } if *side == self.writes() => self.fixed(at, value, *always),
            Work::Entry { side, map, key, at, held, go } if *side == self.writes() => {
                let value = self.plain(at);
                self.entry_written(&Entry { map, key, at, held: held.as_ref(), go: *go, over: None }, value);
            }
            Work::Entry { map, key, at, held, go, .. } => {
                let value = self.entry_read(&Entry { map, key, at, held: held.as_ref(), go: *go, over: None });
                self.set(at, value);
            }
            Work::Item(item) if self.way == Way::View => self.item_shown(item),
            Work::Item(item) => self.item_put(item),
            Work::Join { side, text, parts, by } if *side == self.writes() => self.join(text, parts, by),
            Work::Join { text, parts, by, .. } => self.split(text, parts, by),
            Work::Entries { side, map, fields } if *side == self.writes() => self.collect(map, fields),
            Work::Entries { map, fields, .. } => self.spread(map, fields),
            Work::When { hub_by, spoke_by, arms } => self.when(hub_by, spoke_by, arms),
            Work::Compute { hub, spoke, view, put } => self.compute(hub, spoke, view, put),
            Work::Reset { at } if self.way == Way::Put => self.set(at, quote! { Default::default() }),
            Work::Tag { .. } | Work::Fixed { .. } | Work::Present { .. } | Work::Reset { .. } => {}
        }
    }

    /// The side that the function writes.
    fn writes(&self) -> Side {
        if self.way == Way::View { Side::Spoke } else { Side::Hub }
    }

    /// A value of the stored object.
    pub(super) fn stored(&mut self, hub: &Chain<'a>) -> TokenStream {
        let (stored, last) = (ident("stored"), hub.ident());
        if !hub.is_deep() {
            return quote! { stored.#last };
        }
        let shared = hub.parents.iter().any(|(field, _)| field.optional) && hub.field().element().is_none();
        self.mutable_stored |= !shared;
        let name = ident(&self.free.name(&format!("stored_{last}")));
        let taken = if shared { access::copy(&stored, hub) } else { access::take(&stored, hub) };
        self.before.push(quote! { let #name = #taken; });
        quote! { #name }
    }

    pub(super) fn variable(&mut self, wanted: &str, value: &TokenStream) -> Ident {
        if let Some(name) = single(value) {
            return name;
        }
        let name = ident(&self.free.name(wanted));
        self.before.push(quote! { let #name = #value; });
        name
    }

    fn tag(&mut self, tag: &Chain<'a>, arms: &[(String, Chain<'a>)]) {
        let source = self.source();
        let arms: Vec<TokenStream> = arms
            .iter()
            .map(|(value, arm)| {
                let (value, set) = (literal(value), access::is_set_at(&source, arm));
                quote! { (#value, #set) }
            })
            .collect();
        let kept = if self.way == Way::Put {
            self.stored(tag)
        } else {
            quote! { Default::default() }
        };
        let optional = tag.field().optional;
        let kept = if optional && self.way == Way::Put {
            quote! { #kept.unwrap_or_default() }
        } else {
            kept
        };
        let name = self.variable(&tag.ident().to_string(), &quote! { convert::tag(#kept, &[#(#arms),*]) });
        let value = if optional {
            quote! { Some(#name).filter(|tag| !tag.is_empty()) }
        } else {
            quote! { #name }
        };
        self.set(tag, value);
    }

    fn fixed(&mut self, at: &Chain<'a>, json: &str, always: bool) {
        let value = of_json(at.field(), json);
        if always || self.way == Way::View {
            return self.set(at, value);
        }
        let stored = self.stored(at);
        self.set(at, quote! { convert::filled(#stored, #value) });
    }

    fn compute(&mut self, hub: &[Chain<'a>], spoke: &[Chain<'a>], view: &str, put: &str) {
        let (from, to, function) = if self.way == Way::View { (hub, spoke, view) } else { (spoke, hub, put) };
        let mut arguments: Vec<TokenStream> = from.iter().map(|chain| self.plain(chain)).collect();
        if self.way == Way::Put {
            arguments.extend(hub.iter().map(|chain| self.stored(chain)).collect::<Vec<_>>());
        }
        let names: Vec<Ident> = to.iter().map(|chain| ident(&self.free.name(&chain.ident().to_string()))).collect();
        let function = ident(function);
        let call = quote! { functions::#function(#(#arguments),*) };
        let results = tuple(&names);
        self.before.push(if names.is_empty() {
            quote! { #call; }
        } else {
            quote! { let #results = #call; }
        });
        for (chain, name) in to.iter().zip(names) {
            self.set(chain, quote! { #name });
        }
    }

    /// Links by the value of a tag. Fields of other arms are unset; the hub's are kept as long as the tag stays.
    fn when(&mut self, hub_by: &Chain<'a>, spoke_by: &Chain<'a>, arms: &'p [(String, Vec<Link<'a>>)]) {
        let source = self.source();
        let by = access::text(&source, if self.way == Way::View { hub_by } else { spoke_by });
        let mut targets: Vec<&Chain<'a>> = Vec::new();
        for link in arms.iter().flat_map(|(_, links)| links) {
            let (_, to) = self.ends(link);
            if !targets.iter().any(|known| known.path() == to.path()) {
                targets.push(to);
            }
        }
        let kept = if self.way == Way::Put { self.kept(&by, hub_by, &targets) } else { vec![quote! { Default::default() }; targets.len()] };
        let mut rows = Vec::new();
        for (tag, links) in arms {
            let mut values = kept.clone();
            for link in links {
                let (from, to) = self.ends(link);
                let Some(at) = targets.iter().position(|known| known.path() == to.path()) else { continue };
                let value = self.in_place(from);
                let stored = (self.way == Way::Put).then(|| kept[at].clone());
                values[at] = self.convert(link, value, stored);
            }
            let tag = literal(tag);
            let values = tuple(&values);
            rows.push(quote! { #tag => #values, });
        }
        let names: Vec<Ident> = targets.iter().map(|chain| ident(&self.free.name(&chain.ident().to_string()))).collect();
        let (results, kept) = (tuple(&names), tuple(&kept));
        self.before.push(quote! { let #results = match #by { #(#rows)* _ => #kept }; });
        for (chain, name) in targets.into_iter().zip(names) {
            self.set(chain, quote! { #name });
        }
    }

    /// The stored values of the arms' fields, as long as the tag stays.
    fn kept(&mut self, by: &TokenStream, hub_by: &Chain<'a>, targets: &[&Chain<'a>]) -> Vec<TokenStream> {
        let stored_by = access::text(&ident("stored"), hub_by);
        let same = self.variable(&format!("same_{}", hub_by.ident()), &quote! { #by == #stored_by });
        let mut kept = Vec::new();
        for chain in targets {
            let value = self.stored(chain);
            let name = self.variable(&format!("kept_{}", chain.ident()), &quote! { if #same { #value } else { Default::default() } });
            kept.push(quote! { #name });
        }
        kept
    }

    /// A value of the source, taken where it stands.
    fn in_place(&mut self, from: &Chain<'a>) -> TokenStream {
        let (source, last) = (self.source(), from.ident());
        if !from.is_deep() {
            return quote! { #source.#last };
        }
        self.mutable_source = true;
        access::take(&source, from)
    }
}

/// The variable that an expression is.
pub(super) fn single(value: &TokenStream) -> Option<Ident> {
    let mut trees = value.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Ident(name)), None) => Some(name),
        _ => None,
    }
}

/// Several expressions, names or types in one.
fn tuple<T: quote::ToTokens>(parts: &[T]) -> TokenStream {
    if let [only] = parts {
        quote! { #only }
    } else {
        quote! { (#(#parts),*) }
    }
}

pub(super) fn is_text(field: &Field) -> bool {
    field.shape == Shape::One && matches!(field.ty, Type::String)
}
