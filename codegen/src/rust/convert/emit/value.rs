//! The conversion of one value: its presence, its container, and what is inside.

use kubewright_model::{Field, ListType, Shape, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::convert::PairRef;
use crate::rust::convert::access::{boxed, is_set};
use crate::rust::convert::link::Inner;
use crate::rust::convert::pair::key_of;

/// A value on its way between two fields.
pub(super) struct Value<'v, 'p, 'a> {
    /// The field it comes from.
    pub from: &'v Field,
    /// The field it goes to.
    pub to: &'v Field,
    /// What has to be done to it.
    pub inner: Inner,
    /// The pair, when it is a message that differs.
    pub pair: Option<PairRef<'p, 'a>>,
    /// Hub to version.
    pub view: bool,
    /// The value, owned.
    pub source: TokenStream,
    /// The stored value that it is put over, where one is needed.
    pub stored: Option<TokenStream>,
}

impl Value<'_, '_, '_> {
    /// The converted value.
    pub(super) fn emit(self) -> TokenStream {
        match (self.inner, self.pair, self.from.shape) {
            (Inner::Pair(_), Some(pair), Shape::List) => self.list(pair),
            (Inner::Pair(_), Some(pair), Shape::Map | Shape::MapOfLists) => self.map(pair),
            (Inner::Pair(_), Some(pair), Shape::One) => self.message(pair),
            (Inner::Integer, _, _) => self.integer(),
            _ => self.presence(),
        }
    }

    fn function(&self, pair: PairRef<'_, '_>) -> proc_macro2::Ident {
        if self.view { pair.view_ident() } else { pair.put_ident() }
    }

    fn message(self, pair: PairRef<'_, '_>) -> TokenStream {
        let (function, source) = (self.function(pair), &self.source);
        // The stored message is held as the target is: both are the hub's field.
        let stored_option = self.stored.as_ref().map(|stored| {
            if self.to.optional {
                quote! { , #stored.map(|stored| *stored) }
            } else {
                quote! { , Some(#stored) }
            }
        });
        match (self.from.optional, self.to.optional) {
            (false, false) => quote! { #function(#source #stored_option) },
            (false, true) => quote! { Some(Box::new(#function(#source #stored_option))) },
            (true, false) => quote! { #source.map(|value| #function(*value #stored_option)).unwrap_or_default() },
            (true, true) => quote! { #source.map(|value| Box::new(#function(*value #stored_option))) },
        }
    }

    fn map(self, pair: PairRef<'_, '_>) -> TokenStream {
        let (function, source) = (self.function(pair), &self.source);
        if let Some(stored) = &self.stored {
            quote! { convert::by_name(#source, #stored, #function) }
        } else {
            quote! { #source.into_iter().map(|(name, value)| (name, #function(value))).collect() }
        }
    }

    fn list(self, pair: PairRef<'_, '_>) -> TokenStream {
        let (function, source) = (self.function(pair), &self.source);
        let Some(stored) = &self.stored else { return quote! { #source.into_iter().map(#function).collect() } };
        if let Some(same) = same_keys(self.to, pair) {
            quote! { convert::by_key(#source, #stored, |item, stored| #same, #function) }
        } else {
            quote! { convert::by_position(#source, #stored, #function) }
        }
    }

    /// Between optional and plain, and text, numbers and special types as they are.
    fn presence(self) -> TokenStream {
        let (source, one) = (&self.source, self.from.shape == Shape::One);
        match (self.from.optional && one, self.to.optional && one) {
            (true, false) if boxed(self.from) => quote! { #source.map(|value| *value).unwrap_or_default() },
            (true, false) => quote! { #source.unwrap_or_default() },
            (false, true) => {
                let mut plain = self.from.clone();
                plain.optional = false;
                let value = if boxed(self.to) {
                    quote! { Box::new(#source) }
                } else {
                    quote! { #source }
                };
                let set = match &plain.ty {
                    Type::Bool => quote! { *value },
                    Type::I32 | Type::I64 => quote! { *value != 0 },
                    Type::F64 => quote! { *value != 0.0 },
                    Type::Message(_) => quote! { *value != Default::default() },
                    Type::String | Type::Bytes => is_set(&quote! { value }, &plain),
                };
                quote! { Some(#value).filter(|value| #set) }
            }
            _ => quote! { #source },
        }
    }

    /// Between integers of different width; what does not fit becomes the nearest that does.
    fn integer(self) -> TokenStream {
        let widen = matches!(self.from.ty, Type::I32);
        let (from, to) = (self.from.optional, self.to.optional);
        let source = &self.source;
        let plain = if from && !to {
            quote! { #source.unwrap_or_default() }
        } else {
            quote! { #source }
        };
        let convert = |value: TokenStream| {
            if widen {
                quote! { i64::from(#value) }
            } else {
                quote! { convert::narrow(#value) }
            }
        };
        match (from, to) {
            (true, true) => {
                let value = convert(quote! { value });
                quote! { #source.map(|value| #value) }
            }
            (false, true) => {
                let value = convert(plain);
                quote! { Some(#value).filter(|value| *value != 0) }
            }
            _ => convert(plain),
        }
    }
}

/// The comparison of a version's item and a stored item by the list's keys, when both have them as plain values.
fn same_keys(list: &Field, pair: PairRef<'_, '_>) -> Option<TokenStream> {
    if list.list_type != Some(ListType::Map) {
        return None;
    }
    let same = list.keys().map(|key| {
        let link = pair.links.iter().find(|link| !link.spoke.is_deep() && link.hub.is(key) && link.inner == Inner::Same)?;
        let (hub, spoke) = (link.hub.field(), link.spoke.field());
        let alike = hub.optional == spoke.optional && key_of(hub) == key && hub.element().is_none();
        let (hub, spoke) = (link.hub.ident(), link.spoke.ident());
        alike.then(|| quote! { item.#spoke == stored.#hub })
    });
    let same: Vec<TokenStream> = same.collect::<Option<_>>()?;
    (!same.is_empty()).then(|| quote! { #(#same)&&* })
}
