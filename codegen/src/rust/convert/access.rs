//! Expressions that read, take and write values along a chain of fields.

use kubewright_model::{Field, Shape, Special, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::link::Chain;

/// Takes the value out of its place, leaving the default: `std::mem::take(&mut hub.a.b)`.
pub(super) fn take(root: &Ident, chain: &Chain<'_>) -> TokenStream {
    let walk = Walk::along(root, chain, &quote! { as_deref_mut });
    let (place, last, root) = (&walk.place, chain.ident(), place_root(&walk.place));
    match walk.parent {
        None => quote! { std::mem::take(&mut #place.#last) },
        Some(parent) => quote! { #parent.map(|#root| std::mem::take(&mut #place.#last)).unwrap_or_default() },
    }
}

/// A copy of the value at a place, the default when there is none.
pub(super) fn copy(root: &Ident, chain: &Chain<'_>) -> TokenStream {
    let walk = Walk::along(root, chain, &quote! { as_deref });
    let (place, last, root) = (&walk.place, chain.ident(), place_root(&walk.place));
    let plain = matches!(chain.field().ty, Type::Bool | Type::I32 | Type::I64 | Type::F64) && chain.field().shape == Shape::One;
    let clone = (!plain).then(|| quote! { .clone() });
    match walk.parent {
        None => quote! { #place.#last #clone },
        Some(parent) => quote! { #parent.map(|#root| #place.#last #clone).unwrap_or_default() },
    }
}

/// The text at a place, empty when it is unset: an expression of type `&str`.
pub(super) fn text(root: &Ident, chain: &Chain<'_>) -> TokenStream {
    let walk = Walk::along(root, chain, &quote! { as_deref });
    let (place, last, root) = (&walk.place, chain.ident(), place_root(&walk.place));
    match (walk.parent, chain.field().optional) {
        (None, false) => quote! { #place.#last.as_str() },
        (None, true) => quote! { #place.#last.as_deref().unwrap_or_default() },
        (Some(parent), false) => quote! { #parent.map(|#root| #place.#last.as_str()).unwrap_or_default() },
        (Some(parent), true) => quote! { #parent.and_then(|#root| #place.#last.as_deref()).unwrap_or_default() },
    }
}

/// The message that holds a place, made with all that is on the way.
pub(super) fn made(root: &Ident, chain: &Chain<'_>) -> TokenStream {
    chain.parents.iter().fold(quote! { #root }, |place, (field, name)| {
        if field.optional {
            quote! { #place.#name.get_or_insert_default() }
        } else {
            quote! { #place.#name }
        }
    })
}

/// Writes a value to its place. Parents that may be absent are made only when there is something to write.
pub(super) fn write(root: &Ident, chain: &Chain<'_>, value: &Ident) -> TokenStream {
    let (place, last) = (made(root, chain), chain.ident());
    let walk = Walk::along(root, chain, &quote! { as_deref });
    match walk.parent {
        None => quote! { #place.#last = #value; },
        Some(parent) => {
            let set = is_set(&quote! { #value }, chain.field());
            quote! { if #set || #parent.is_some() { #place.#last = #value; } }
        }
    }
}

/// The place itself, along messages that are always there.
pub(super) fn place(root: &Ident, chain: &Chain<'_>) -> TokenStream {
    let (parents, last) = (chain.parents.iter().map(|(_, name)| name), chain.ident());
    quote! { #root #(.#parents)* .#last }
}

/// Whether there is something at a place.
pub(super) fn is_set_at(root: &Ident, chain: &Chain<'_>) -> TokenStream {
    let walk = Walk::along(root, chain, &quote! { as_deref });
    let (place, last, root) = (&walk.place, chain.ident(), place_root(&walk.place));
    let set = is_set(&quote! { #place.#last }, chain.field());
    match walk.parent {
        None => set,
        Some(parent) => quote! { #parent.is_some_and(|#root| #set) },
    }
}

/// Whether a value differs from unset.
pub(super) fn is_set(value: &TokenStream, field: &Field) -> TokenStream {
    match (field.shape, &field.ty) {
        (Shape::One, _) if field.optional => quote! { #value.is_some() },
        (Shape::One, Type::Bool) => quote! { #value },
        (Shape::One, Type::I32 | Type::I64) => quote! { #value != 0 },
        (Shape::One, Type::F64) => quote! { #value != 0.0 },
        (Shape::One, Type::Message(_)) => quote! { #value != Default::default() },
        _ => quote! { !#value.is_empty() },
    }
}

/// Whether an optional field of this kind is on the heap.
pub(super) fn boxed(field: &Field) -> bool {
    field.element().is_some_and(|element| Special::named(&element.proto_name()).is_none())
}

/// The way to the last parent of a chain.
pub(super) struct Walk {
    /// The optional parent, as an expression of type `Option<&mut T>` or `Option<&T>`; `None` when no parent is optional.
    pub(super) parent: Option<TokenStream>,
    /// The place that holds the last field, seen from the optional parent.
    pub(super) place: TokenStream,
}

impl Walk {
    pub(super) fn along(root: &Ident, chain: &Chain<'_>, borrow: &TokenStream) -> Self {
        let mut walk = Self { parent: None, place: quote! { #root } };
        for (field, name) in &chain.parents {
            let place = &walk.place;
            let next = quote! { #place.#name };
            if !field.optional {
                walk.place = next;
                continue;
            }
            walk.parent = Some(match walk.parent {
                None => quote! { #next.#borrow() },
                Some(parent) => {
                    let root = place_root(place);
                    quote! { #parent.and_then(|#root| #next.#borrow()) }
                }
            });
            walk.place = quote! { #name };
        }
        walk
    }
}

/// The variable that a place begins with.
pub(super) fn place_root(place: &TokenStream) -> TokenStream {
    place.clone().into_iter().take(1).collect()
}
