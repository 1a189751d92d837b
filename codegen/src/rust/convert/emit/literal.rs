//! Values of schemas as Rust expressions.

use kubewright_model::{Field, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::rust::docs::literal;

/// Owned text.
pub(super) fn owned(text: &str) -> TokenStream {
    if text.is_empty() {
        return quote! { String::new() };
    }
    let text = literal(text);
    quote! { #text.to_owned() }
}

/// A JSON value as one of the field's.
pub(super) fn of_json(field: &Field, json: &str) -> TokenStream {
    let value: Value = serde_json::from_str(json).unwrap_or_default();
    let plain = match (&field.ty, &value) {
        (Type::String, Value::String(text)) => owned(text),
        (Type::Bool, Value::Bool(flag)) => quote! { #flag },
        (Type::F64, value) => {
            let number = Literal::f64_unsuffixed(value.as_f64().unwrap_or_default());
            quote! { #number }
        }
        (_, value) => {
            let number = Literal::i64_unsuffixed(value.as_i64().unwrap_or_default());
            quote! { #number }
        }
    };
    if field.optional {
        quote! { Some(#plain) }
    } else {
        plain
    }
}
