//! Values that go into messages of the target: those of one message together, and the message only when one of them is set.

use kubewright_model::Field;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::rust::convert::access::{Walk, is_set, made, place_root};
use crate::rust::convert::link::Chain;

/// A value on its way to a place below a field of the target.
pub(super) struct Write<'a> {
    /// The place.
    pub to: Chain<'a>,
    /// The variable that holds the value.
    pub value: Ident,
}

/// What else decides on the presence of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// It is always there.
    Always,
    /// It may be there for other reasons, and stays.
    Shared,
    /// It is there for these values alone.
    Fresh,
    /// It is there for these values alone; one that was stored goes with the last of them.
    Own,
}

/// The statements that write the values of one message.
pub(super) fn write(target: &Ident, writes: &[&Write<'_>], presence: Presence) -> TokenStream {
    let Some(first) = writes.first() else { return TokenStream::new() };
    let place = made(target, &first.to);
    let optional = first.to.parents.iter().any(|(field, _)| field.optional);
    let assign = |place: &TokenStream| {
        let each = writes.iter().map(|write| {
            let (name, value) = (write.to.ident(), &write.value);
            quote! { #place.#name = #value; }
        });
        each.collect::<TokenStream>()
    };
    if !optional {
        return assign(&place);
    }
    let assignments = if writes.len() == 1 {
        assign(&place)
    } else {
        let name = first.to.parents.last().map_or(target, |(_, name)| name);
        let written = assign(&quote! { #name });
        let borrowed = if ends_optional(&first.to) {
            quote! { #place }
        } else {
            quote! { &mut #place }
        };
        quote! { let #name = #borrowed; #written }
    };
    if presence == Presence::Always {
        return if writes.len() == 1 {
            assignments
        } else {
            quote! { { #assignments } }
        };
    }
    let walk = Walk::along(target, &first.to, &quote! { as_deref });
    let parent = walk.parent.unwrap_or_default();
    let set = writes.iter().map(|write| is_set(&value_of(&write.value), write.to.field()));
    let set = quote! { #(#set)||* };
    match presence {
        Presence::Fresh => quote! { if #set { #assignments } },
        Presence::Shared => quote! { if #set || #parent.is_some() { #assignments } },
        _ => {
            let (place, root) = (&walk.place, place_root(&walk.place));
            let was = writes.iter().map(|write| {
                let name = write.to.ident();
                is_set(&quote! { #place.#name }, write.to.field())
            });
            let clear = clear(target, &first.to);
            quote! { if #set { #assignments } else if #parent.is_some_and(|#root| #(#was)||*) { #clear } }
        }
    }
}

fn value_of(name: &Ident) -> TokenStream {
    quote! { #name }
}

fn ends_optional(chain: &Chain<'_>) -> bool {
    chain.parents.last().is_some_and(|(field, _)| field.optional)
}

/// Takes the innermost message that may be absent away.
fn clear(target: &Ident, chain: &Chain<'_>) -> TokenStream {
    let Some(last) = chain.parents.iter().rposition(|(field, _)| field.optional) else { return TokenStream::new() };
    let parts: Vec<(&Field, Ident)> = chain.parents.iter().take(last + 1).cloned().collect();
    let Some(chain) = Chain::new(parts) else { return TokenStream::new() };
    let walk = Walk::along(target, &chain, &quote! { as_deref_mut });
    let (place, name) = (&walk.place, chain.ident());
    match walk.parent {
        None => quote! { #place.#name = None; },
        Some(parent) => {
            let root = place_root(place);
            quote! { if let Some(#root) = #parent { #place.#name = None; } }
        }
    }
}
