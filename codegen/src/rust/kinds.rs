//! Kinds and resources: a static per kind and version, and a function per resource that ties its versions together.

use kubewright_model::{Action, Column, Enabled, Kind, Lifecycle, Methods, NameRule, Speaks, Subresource, Text, Verb, Verbs};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::literal;
use super::layout::{Layout, Place, ident};
use crate::name_case::{constant, snake};
use crate::set::Resource;

/// Name of the static that describes a kind.
pub fn kind_ident(kind: &str) -> Ident {
    match constant(kind).as_str() {
        taken @ ("PACKAGE" | "OPENAPI") => ident(&format!("{taken}_KIND")),
        name => ident(name),
    }
}

/// Name of the function that makes a resource.
pub fn resource_ident(resource: &Resource) -> Option<Ident> {
    resource.versions.get(resource.hub).map(|kind| ident(&snake(&kind.plural)))
}

/// The static of a kind: `pub static POD: Kind = Kind::new(..)...;`.
pub fn emit_kind(kind: &Kind, layout: &Layout<'_>, place: &Place) -> TokenStream {
    let name = kind_ident(&kind.kind);
    let about = format!(" `{}` of {}.", kind.kind, kind.api_version());
    let description = kind_expression(kind, &|name| layout.path(name, place));
    quote! {
        #[doc = #about]
        pub static #name: Kind = #description;
    }
}

/// A kind as a constant: `Kind::new(..)...`. The derive macros emit kinds through here too.
///
/// `path` spells a message type by the name in its `Ref::Named`. The code expects the model's names in scope.
pub fn kind_expression(kind: &Kind, path: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    let ty = path(&kind.ty.proto_name());
    let list_ty = path(&kind.list_ty.proto_name());
    let names = [&kind.group, &kind.version, &kind.kind, &kind.plural, &kind.singular].map(|text| literal(text));
    let list_kind = literal(&kind.list_kind);
    let scope = kind.namespaced.then(|| quote! { .namespaced() });
    let verbs = (kind.verbs != Verbs::ALL).then(|| {
        let verbs = emit_verbs(kind.verbs);
        quote! { .verbs(#verbs) }
    });
    let tables = [
        slice("short_names", kind.short_names.iter().map(emit_text)),
        slice("categories", kind.categories.iter().map(emit_text)),
        slice("subresources", kind.subresources.iter().map(|sub| emit_subresource(sub, path))),
        slice("columns", kind.columns.iter().map(emit_column)),
        slice("selectable", kind.selectable.iter().map(emit_text)),
    ];
    let lifecycle = emit_lifecycle(&kind.lifecycle);
    let enabled = match kind.enabled {
        Enabled::On => None,
        Enabled::Off => Some(quote! { .enabled(Enabled::Off) }),
        Enabled::Removed => Some(quote! { .enabled(Enabled::Removed) }),
    };
    let strategy = emit_strategy(kind);
    quote! {
        Kind::new(#(#names,)* #ty::desc).list(#list_kind, #list_ty::desc) #scope #verbs #(#tables)* #lifecycle #enabled #strategy
    }
}

fn emit_text(text: &Text) -> TokenStream {
    let literal = literal(text);
    quote! { text(#literal) }
}

fn slice(method: &str, items: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let items: Vec<TokenStream> = items.collect();
    let method = ident(method);
    (!items.is_empty()).then(|| quote! { .#method(const { &[#(#items),*] }) })
}

/// The shorter of `ALL.without(..)` and `NONE.with(..)`.
fn emit_verbs(verbs: Verbs) -> TokenStream {
    if verbs == Verbs::ALL {
        return quote! { Verbs::ALL };
    }
    if verbs == Verbs::STATUS {
        return quote! { Verbs::STATUS };
    }
    let (with, without): (Vec<Verb>, Vec<Verb>) = Verb::ALL.into_iter().partition(|verb| verbs.has(*verb));
    let (start, method, list) =
        if with.len() <= without.len() { (quote! { NONE }, ident("with"), with) } else { (quote! { ALL }, ident("without"), without) };
    let list = list.into_iter().map(|verb| ident(&format!("{verb:?}")));
    quote! { Verbs::#start #(.#method(kubewright::model::Verb::#list))* }
}

fn emit_subresource(sub: &Subresource, path: &dyn Fn(&str) -> TokenStream) -> TokenStream {
    let name = literal(&sub.name);
    let (start, usual) = match &sub.action {
        Action::Part(part) if *part == sub.name => (quote! { Subresource::part(#name) }, Verbs::STATUS),
        Action::Part(part) => {
            let part = literal(part);
            (quote! { Subresource::part_at(#name, #part) }, Verbs::STATUS)
        }
        Action::Scale { spec_replicas, status_replicas, selector } => {
            let paths = [spec_replicas, status_replicas, selector].map(|path| literal(path));
            (quote! { Subresource::scale(#name, #(#paths),*) }, Verbs::STATUS)
        }
        Action::Finalize => (quote! { Subresource::finalize(#name) }, Verbs::NONE.with(Verb::Update)),
        Action::Connect { methods, tail } => {
            let words = emit_methods(*methods);
            (quote! { Subresource::connect(#name, #words, #tail) }, methods.verbs())
        }
        Action::Read { text } => (quote! { Subresource::read(#name, #text) }, Verbs::NONE.with(Verb::Get)),
        Action::Evict => (quote! { Subresource::evict(#name) }, Verbs::NONE.with(Verb::Create)),
        Action::Bind => (quote! { Subresource::bind(#name) }, Verbs::NONE.with(Verb::Create)),
        Action::Ask => (quote! { Subresource::ask(#name) }, Verbs::NONE.with(Verb::Create)),
    };
    let verbs = (sub.verbs != usual).then(|| {
        let verbs = emit_verbs(sub.verbs);
        quote! { .verbs(#verbs) }
    });
    let speaks = emit_speaks("speaks", sub.speaks.as_ref(), path);
    let options = emit_speaks("options", sub.options.as_ref(), path);
    quote! { #start #verbs #speaks #options }
}

fn emit_speaks(method: &str, speaks: Option<&Speaks>, path: &dyn Fn(&str) -> TokenStream) -> Option<TokenStream> {
    let speaks = speaks?;
    let method = ident(method);
    let names = [&speaks.group, &speaks.version, &speaks.kind].map(|text| literal(text));
    let ty = path(&speaks.ty.proto_name());
    Some(quote! { .#method(#(#names,)* #ty::desc) })
}

/// `Methods::GET.and(Methods::POST)`.
fn emit_methods(methods: Methods) -> TokenStream {
    let mut names = methods.names().map(|name| {
        let name = ident(name);
        quote! { Methods::#name }
    });
    let first = names.next().unwrap_or_else(|| quote! { Methods::NONE });
    quote! { #first #(.and(#names))* }
}

fn emit_column(column: &Column) -> TokenStream {
    let (name, cell) = (literal(&column.name), literal(&column.cell));
    let ty = if column.ty == "string" { None } else { text_call("ty", &column.ty) };
    let format = text_call("format", &column.format);
    let priority = (column.priority != 0).then(|| {
        let priority = Literal::i32_unsuffixed(column.priority);
        quote! { .priority(#priority) }
    });
    let docs = text_call("doc", &column.doc);
    quote! { Column::new(#name, #cell) #ty #format #priority #docs }
}

fn emit_lifecycle(lifecycle: &Lifecycle) -> TokenStream {
    let calls = [
        text_call("introduced", &lifecycle.introduced),
        text_call("deprecated", &lifecycle.deprecated),
        text_call("removed", &lifecycle.removed),
        text_call("replacement", &lifecycle.replacement),
        text_call("warning", &lifecycle.warning),
    ];
    quote! { #(#calls)* }
}

fn emit_strategy(kind: &Kind) -> TokenStream {
    let strategy = kind.strategy;
    let flags = [
        (!strategy.generation, "without_generation"),
        (strategy.unconditional_update, "unconditional_update"),
        (strategy.create_on_update, "create_on_update"),
        (strategy.delete_returns_object, "delete_returns_object"),
    ];
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, method)| ident(method));
    let names = match strategy.names {
        NameRule::Subdomain => None,
        NameRule::Label => Some(quote! { .names(NameRule::Label) }),
        NameRule::Label1035 => Some(quote! { .names(NameRule::Label1035) }),
        NameRule::PathSegment => Some(quote! { .names(NameRule::PathSegment) }),
    };
    quote! { #(.#flags())* #names }
}

fn text_call(method: &str, text: &str) -> Option<TokenStream> {
    let (method, literal) = (ident(method), literal(text));
    (!text.is_empty()).then(|| quote! { .#method(#literal) })
}
