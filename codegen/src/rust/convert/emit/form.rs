//! Texts by table, and numbers, quantities, lengths of time and moments in other types.

use kubewright_model::{Field, Special, Type};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::literal::owned;
use crate::rust::docs::literal;
use crate::rust::layout::ident;
use crate::set::{Form, Side, Unit};

/// A text or flag by a table.
pub(super) fn table(from: Side, source: &Field, target: &Field, rows: &[(String, String)], value: &TokenStream) -> TokenStream {
    let rows = rows.iter().map(|(hub, spoke)| if from == Side::Hub { (hub, spoke) } else { (spoke, hub) });
    let mut seen = std::collections::BTreeSet::new();
    let rows: Vec<(&String, &String)> = rows.filter(|(text, _)| seen.insert(*text)).collect();
    let (flag_source, flag_target) = (matches!(source.ty, Type::Bool), matches!(target.ty, Type::Bool));
    if flag_target {
        let yes: Vec<Literal> = rows.iter().filter(|(_, to)| *to == "true").map(|(text, _)| literal(text)).collect();
        return if let [only] = yes.as_slice() {
            quote! { #value == #only }
        } else {
            quote! { matches!(#value.as_str(), #(#yes)|*) }
        };
    }
    if flag_source {
        let of = |flag: &str| literal(rows.iter().find(|(text, _)| *text == flag).map_or(flag, |(_, to)| to));
        let (yes, no) = (of("true"), of("false"));
        return quote! { (if #value { #yes } else { #no }).to_owned() };
    }
    let arms = rows.iter().filter(|(text, to)| text != to).map(|(text, to)| {
        let (text, to) = (literal(text), owned(to));
        quote! { #text => #to, }
    });
    quote! { match #value.as_str() { #(#arms)* _ => #value } }
}

/// An integer in 64 bits.
pub(super) fn wide(field: &Field, value: &TokenStream) -> TokenStream {
    if matches!(field.ty, Type::I32) {
        quote! { i64::from(#value) }
    } else {
        value.clone()
    }
}

/// An integer of 64 bits in the field's own size.
pub(super) fn fitted(field: &Field, value: &TokenStream) -> TokenStream {
    if matches!(field.ty, Type::I32) {
        quote! { convert::narrow(#value) }
    } else {
        value.clone()
    }
}

pub(super) fn special(field: &Field) -> Option<Special> {
    field.element().and_then(|element| Special::named(&element.proto_name()))
}

/// Numbers, flags and text that spell the same.
pub(super) fn spelled(source: &Field, target: &Field, value: &TokenStream) -> TokenStream {
    let own = |field: &Field| matches!(field.ty, Type::Message(_));
    match (&source.ty, &target.ty) {
        (Type::I32 | Type::I64, Type::I32 | Type::I64) => {
            let wide = wide(source, value);
            fitted(target, &wide)
        }
        (left, right) if std::mem::discriminant(left) == std::mem::discriminant(right) => value.clone(),
        (_, Type::String) => quote! { #value.to_string() },
        (Type::String, _) => quote! { #value.parse().unwrap_or_default() },
        (Type::Bool, Type::I32) => quote! { i32::from(#value) },
        (Type::Bool, Type::I64) => quote! { i64::from(#value) },
        (Type::I32 | Type::I64, Type::Bool) => quote! { #value != 0 },
        (Type::I32 | Type::I64, _) if own(target) => {
            let wide = wide(source, value);
            quote! { kubewright::special::IntOrString::Int(convert::narrow(#wide)) }
        }
        (_, Type::I32) => quote! { #value.int_value() },
        (_, Type::I64) => quote! { i64::from(#value.int_value()) },
        _ => value.clone(),
    }
}

/// A form through its own type.
pub(super) fn formed(form: Form, unit: Unit, source: &Field, target: &Field, value: &TokenStream) -> TokenStream {
    let nanos = Literal::i64_unsuffixed(unit.nanos);
    let name: Ident = ident(match form {
        Form::Quantity => "Quantity",
        Form::Duration => "Duration",
        _ => special(source).or(special(target)).map_or("MicroTime", Special::rust_name),
    });
    let (count, counted) = match form {
        Form::Quantity => ("quantity_count", "quantity_of"),
        Form::Duration => ("duration_count", "duration_of"),
        _ => ("time_count", "time_of"),
    };
    let (count, counted) = (ident(count), ident(counted));
    let own = match source.ty {
        Type::String => quote! { #value.parse::<kubewright::special::#name>().unwrap_or_default() },
        Type::I32 | Type::I64 => {
            let wide = wide(source, value);
            quote! { convert::#counted(#wide, #nanos) }
        }
        _ => value.clone(),
    };
    match target.ty {
        Type::String => quote! { #own.to_string() },
        Type::I32 | Type::I64 => fitted(target, &quote! { convert::#count(#own, #nanos) }),
        _ => own,
    }
}
