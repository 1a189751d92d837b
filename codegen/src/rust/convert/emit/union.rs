//! Unions, and texts that depend on another field.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Body, Way};
use crate::rust::convert::access;
use crate::rust::convert::link::{Inner, Link, Lookup, Union};
use crate::rust::convert::pair::{Pair, key_of};
use crate::rust::docs::literal as quoted;
use crate::rust::layout::ident;

impl<'a> Body<'_, 'a> {
    pub(super) fn lookup(&mut self, lookup: &Lookup<'a>) {
        let view = self.way == Way::View;
        let (by, from, to) =
            if view { (&lookup.hub_by, &lookup.hub, &lookup.spoke) } else { (&lookup.spoke_by, &lookup.spoke, &lookup.hub) };
        let source = self.source();
        let (by, text) = (access::text(&source, by), access::text(&source, from));
        let rows = lookup.rows.iter().map(|(name, hub, spoke)| {
            let (from, to) = if view { (hub, spoke) } else { (spoke, hub) };
            let (name, from, to) = (
                quoted(name),
                quoted(from),
                if to.is_empty() {
                    quote! { String::new() }
                } else {
                    let to = quoted(to);
                    quote! { #to.to_owned() }
                },
            );
            quote! { (#name, #from) => #to, }
        });
        let rows: Vec<TokenStream> = rows.collect();
        let name = ident(&self.free.name(&to.ident().to_string()));
        let last = from.ident();
        let moves = !from.is_deep() && !from.field().optional;
        let otherwise = if moves {
            quote! { #source.#last }
        } else {
            quote! { #text.to_owned() }
        };
        self.before.push(quote! { let #name = match (#by, #text) { #(#rows)* _ => #otherwise }; });
        let value = if to.field().optional {
            quote! { Some(#name).filter(|text| !text.is_empty()) }
        } else {
            quote! { #name }
        };
        self.set(to, value);
    }

    /// View: the arm that the tag names. Put: whether the tag stayed, and the version's value.
    pub(super) fn union_before(&mut self, union: &Union<'a>) {
        let source = self.source();
        if self.way == Way::View {
            let tag = access::text(&source, &union.hub_tag);
            let arms: Vec<TokenStream> = union
                .arms
                .iter()
                .map(|(name, link)| {
                    let last = link.hub.ident();
                    let value = if link.hub.is_deep() {
                        self.mutable_source = true;
                        access::take(&source, &link.hub)
                    } else {
                        quote! { #source.#last }
                    };
                    let (name, value) = (quoted(name), self.convert(link, value, None));
                    quote! { #name => #value, }
                })
                .collect();
            let name = ident(&self.free.name(&union.spoke_value.ident().to_string()));
            self.before.push(quote! { let #name = match #tag { #(#arms)* _ => Default::default() }; });
            self.set(&union.spoke_value, quote! { #name });
            return;
        }
        let (tag, stored_tag) = (access::text(&source, &union.spoke_tag), access::text(&ident("stored"), &union.hub_tag));
        let same = ident(&self.free.name(&format!("same_{}", union.hub_tag.ident())));
        self.before.push(quote! { let #same = #tag == #stored_tag; });
        for (_, link) in &union.arms {
            self.arm_from_stored(link, &same);
        }
    }

    /// Other arms are kept as long as the tag stays.
    fn arm_from_stored(&mut self, link: &Link<'a>, same: &Ident) {
        let last = link.hub.ident();
        if !link.hub.is_deep() {
            let value = quote! { if #same { stored.#last } else { Default::default() } };
            self.fields.push((key_of(link.hub.field()).to_owned(), value));
            return;
        }
        self.mutable_stored = true;
        let (name, taken) = (ident(&self.free.name(&format!("stored_{last}"))), access::take(&ident("stored"), &link.hub));
        self.before.push(quote! { let #name = if #same { #taken } else { Default::default() }; });
        self.after.push(access::write(&self.target(), &link.hub, &name));
    }

    /// Put: the version's value goes to the arm that the tag names.
    pub(super) fn union_after(&mut self, union: &Union<'a>) {
        let (value, target) = (self.plain(&union.spoke_value), self.target());
        let tag = access::text(&target, &union.hub_tag);
        let arms: Vec<TokenStream> = union
            .arms
            .iter()
            .map(|(name, link)| {
                let name = quoted(name);
                // The stored arm has gone into the target already, and is what the new value is put over.
                let stored = access::take(&target, &link.hub);
                let needs = matches!(link.inner, Inner::Pair(at) if self.pairs.get(at).is_some_and(Pair::takes_stored));
                let value = self.convert(link, value.clone(), needs.then_some(stored));
                let temporary = ident("arm");
                let write = access::write(&target, &link.hub, &temporary);
                if link.hub.is_deep() {
                    quote! { #name => { let #temporary = #value; #write } }
                } else {
                    let last = link.hub.ident();
                    quote! { #name => #target.#last = #value, }
                }
            })
            .collect();
        self.after.push(quote! { match #tag { #(#arms)* _ => {} } });
    }
}
