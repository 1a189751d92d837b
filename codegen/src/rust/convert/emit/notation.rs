//! One value in two notations: the expressions that turn one into the other.

use kubewright_model::{Field, Shape, Special, Type};
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};
use quote::quote;

use super::form::{fitted, formed, special, spelled, table, wide};
use super::literal::of_json;
use crate::rust::convert::access::{boxed, is_set};
use crate::rust::convert::link::{Link, Notation};
use crate::rust::docs::literal;
use crate::rust::layout::ident;
use crate::set::{Form, Side, Value};

/// A value that two fields write differently.
pub(super) struct Between<'l> {
    hub: &'l Field,
    spoke: &'l Field,
    notation: &'l Notation,
}

impl<'l> Between<'l> {
    /// The link's fields, when they write differently.
    pub(super) fn of(link: &'l Link<'_>) -> Option<Self> {
        Some(Self { hub: link.hub.field(), spoke: link.spoke.field(), notation: link.notation.as_ref()? })
    }

    /// What the version shows of the hub's value.
    pub(super) fn view(&self, value: &TokenStream) -> TokenStream {
        match &self.notation.value {
            Value::Unset { json, shown } => self.unset_view(value, json, *shown),
            Value::Head { list: Side::Hub } => first(value, self.spoke),
            Value::Head { list: Side::Spoke } => one_item(value, self.hub),
            Value::Keyed { list: Side::Hub, .. } => self.map_of(value),
            Value::Keyed { list: Side::Spoke, .. } => self.list_of(&quote! { Vec::new() }, value),
            _ => self.lift(Side::Hub, value),
        }
    }

    /// The hub's value after the version's was written over the stored one.
    pub(super) fn put(&self, value: &TokenStream, stored: &TokenStream) -> TokenStream {
        let put = match &self.notation.value {
            Value::Unset { json, .. } => self.unset_put(&quote! { spoke }, json),
            Value::Head { list: Side::Hub } => {
                let first = as_option(value, self.spoke);
                return quote! { convert::head(#stored, #first) };
            }
            Value::Head { list: Side::Spoke } => return first(value, self.hub),
            Value::Keyed { list: Side::Hub, .. } => return self.list_of(stored, value),
            Value::Keyed { list: Side::Spoke, .. } => return self.map_of(value),
            Value::Raw => return self.lift(Side::Spoke, value),
            _ => self.lift(Side::Spoke, &quote! { spoke }),
        };
        let view = self.view(&quote! { hub });
        let (view, put) = (closure("hub", &view), closure("spoke", &put));
        quote! { convert::keep(#stored, #value, #view, #put) }
    }

    /// Whether what is stored matters.
    pub(super) fn remembers(&self) -> bool {
        !matches!(self.notation.value, Value::Raw | Value::Head { list: Side::Spoke } | Value::Keyed { list: Side::Spoke, .. })
    }

    fn ends(&self, from: Side) -> (&'l Field, &'l Field) {
        if from == Side::Hub { (self.hub, self.spoke) } else { (self.spoke, self.hub) }
    }

    /// Single values, through what tells unset from zero.
    fn lift(&self, from: Side, value: &TokenStream) -> TokenStream {
        let (source, target) = self.ends(from);
        let inner = self.plain(from, &quote! { value });
        match (source.optional, target.optional) {
            (false, false) => self.plain(from, value),
            (true, true) => quote! { #value.map(|value| #inner) },
            (true, false) => quote! { #value.map(|value| #inner).unwrap_or_default() },
            (false, true) => {
                let set = set_by_reference(source);
                quote! { Some(#value).filter(|value| #set).map(|value| #inner) }
            }
        }
    }

    /// A value that is set.
    fn plain(&self, from: Side, value: &TokenStream) -> TokenStream {
        let (source, target) = self.ends(from);
        match &self.notation.value {
            Value::Table(rows) => table(from, source, target, rows, value),
            Value::Scale { times, over } => {
                let (times, over) = if from == Side::Hub { (times, over) } else { (over, times) };
                let (times, over) = (Literal::i64_unsuffixed(*times), Literal::i64_unsuffixed(*over));
                let wide = wide(source, value);
                fitted(target, &quote! { convert::scale(#wide, #times, #over) })
            }
            Value::Form { form: Form::Text, .. } => spelled(source, target, value),
            Value::Form { form, unit } => formed(*form, *unit, source, target, value),
            Value::Raw => {
                let name = ident(special(target).map_or("Json", Special::rust_name));
                quote! { kubewright::special::#name::new(#value.as_bytes()) }
            }
            Value::Unset { .. } | Value::Head { .. } | Value::Keyed { .. } => value.clone(),
        }
    }

    fn unset_view(&self, value: &TokenStream, json: &str, shown: bool) -> TokenStream {
        let standing = of_json(&plain_field(self.spoke), json);
        match (self.hub.optional, self.spoke.optional) {
            (true, false) => otherwise(value, self.hub, &standing),
            (true, true) => {
                let value = otherwise(value, self.hub, &standing);
                quote! { Some(#value) }
            }
            _ if shown => quote! { Some(#value) },
            _ => {
                let bare = bare(self.spoke, json);
                quote! { Some(#value).filter(|value| *value != #bare) }
            }
        }
    }

    fn unset_put(&self, value: &TokenStream, json: &str) -> TokenStream {
        match (self.hub.optional, self.spoke.optional) {
            (true, false) => quote! { Some(#value) },
            (true, true) => value.clone(),
            _ => otherwise(value, self.hub, &of_json(&plain_field(self.hub), json)),
        }
    }

    /// A list's items by their key.
    fn map_of(&self, value: &TokenStream) -> TokenStream {
        let Some(key) = &self.notation.key else { return quote! { Default::default() } };
        if let Some(of) = &self.notation.of {
            quote! { #value.into_iter().map(|item| (item.#key, item.#of)).collect() }
        } else {
            quote! { #value.into_iter().map(|item| (item.#key.clone(), item)).collect() }
        }
    }

    /// A map's values as a list, in the order of a list that there was.
    fn list_of(&self, stored: &TokenStream, value: &TokenStream) -> TokenStream {
        let Some(key) = &self.notation.key else { return quote! { Default::default() } };
        let set = if let Some(of) = &self.notation.of {
            quote! { item.#key = name; item.#of = value; }
        } else {
            quote! { *item = value; item.#key = name; }
        };
        quote! { convert::keyed(#stored, #value, |item| &item.#key, |item, name, value| { #set }) }
    }
}

fn plain_field(field: &Field) -> Field {
    Field { optional: false, ..field.clone() }
}

fn set_by_reference(field: &Field) -> TokenStream {
    match &field.ty {
        Type::Bool => quote! { *value },
        Type::String | Type::Bytes => is_set(&quote! { value }, &plain_field(field)),
        _ => is_set(&quote! { *value }, &plain_field(field)),
    }
}

/// The value of an `Option`, else another.
fn otherwise(value: &TokenStream, field: &Field, other: &TokenStream) -> TokenStream {
    if matches!(field.ty, Type::String) {
        quote! { #value.unwrap_or_else(|| #other) }
    } else {
        quote! { #value.unwrap_or(#other) }
    }
}

/// A function of one value: a closure, or what it would only call.
pub(super) fn closure(name: &str, body: &TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = body.clone().into_iter().collect();
    let path = |tree: &TokenTree| match tree {
        TokenTree::Ident(word) => *word != name,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    if let [called @ .., TokenTree::Group(arguments)] = trees.as_slice()
        && !called.is_empty()
        && called.iter().all(path)
        && arguments.delimiter() == Delimiter::Parenthesis
        && arguments.stream().to_string() == name
    {
        return called.iter().cloned().collect();
    }
    let name = ident(name);
    quote! { |#name| #body }
}

/// A value of JSON to compare with.
fn bare(field: &Field, json: &str) -> TokenStream {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    match value.as_str() {
        Some(text) => {
            let text = literal(text);
            quote! { #text }
        }
        None => of_json(&plain_field(field), json),
    }
}

/// The first item of a list, in a field for one.
fn first(list: &TokenStream, to: &Field) -> TokenStream {
    match (to.optional, boxed(to)) {
        (true, true) => quote! { #list.into_iter().next().map(Box::new) },
        (true, false) => quote! { #list.into_iter().next() },
        (false, _) => quote! { #list.into_iter().next().unwrap_or_default() },
    }
}

/// A field for one as an `Option` of a plain value.
pub(super) fn as_option(value: &TokenStream, from: &Field) -> TokenStream {
    match (from.optional, boxed(from)) {
        (true, true) => quote! { #value.map(|value| *value) },
        (true, false) => value.clone(),
        (false, _) => {
            let set = set_by_reference(from);
            quote! { Some(#value).filter(|value| #set) }
        }
    }
}

/// An `Option` of a plain value in a field for one.
pub(super) fn from_option(value: &TokenStream, to: &Field) -> TokenStream {
    match (to.optional, boxed(to)) {
        (true, true) => quote! { #value.map(Box::new) },
        (true, false) => value.clone(),
        (false, _) => quote! { #value.unwrap_or_default() },
    }
}

fn one_item(value: &TokenStream, from: &Field) -> TokenStream {
    let one = as_option(value, from);
    quote! { #one.into_iter().collect() }
}

/// Whether presence or width alone makes a plain copy forget something of the hub's value.
pub(super) fn forgets(hub: &Field, spoke: &Field) -> bool {
    let narrow = matches!((&hub.ty, &spoke.ty), (Type::I64, Type::I32));
    hub.shape == Shape::One && (narrow || (hub.optional && !spoke.optional && !boxed(hub)))
}
