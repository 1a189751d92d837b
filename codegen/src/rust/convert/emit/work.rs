//! Rules that are more than one value against one.

use kubewright_model::{Field, Shape, Type};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::literal::of_json;
use super::notation::{as_option, from_option};
use super::{Body, Way};
use crate::rust::convert::access;
use crate::rust::convert::link::{Chain, Held, Inner, Link, Work};
use crate::rust::convert::pair::Pair;
use crate::rust::docs::literal;
use crate::rust::layout::ident;
use crate::set::Side;

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

    /// Fields of the source to one text.
    fn join(&mut self, text: &Chain<'a>, parts: &[Chain<'a>], by: &str) {
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
    fn split(&mut self, text: &Chain<'a>, parts: &[Chain<'a>], by: &str) {
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
    fn collect(&mut self, map: &Chain<'a>, fields: &[(String, Chain<'a>)]) {
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
    fn spread(&mut self, map: &Chain<'a>, fields: &[(String, Chain<'a>)]) {
        let value = self.plain(map);
        let name = ident(&self.free.name(&map.ident().to_string()));
        self.before.push(quote! { let mut #name = #value; });
        for (key, field) in fields {
            let key = literal(key);
            let taken = self.variable(&field.ident().to_string(), &from_option(&quote! { #name.remove(#key) }, field.field()));
            self.set(field, quote! { #taken });
        }
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

fn is_text(field: &Field) -> bool {
    field.shape == Shape::One && matches!(field.ty, Type::String)
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
