//! The facts of a set as a static: what its server's documents say besides types and resources.

use kubewright_model::Text;
use kubewright_model::facts::{Facts, PlainPath, SharedName, Wart};
use kubewright_model::openapi::Profile;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::literal;
use super::layout::ident;

/// `static FACTS: Facts = ...;`
pub fn emit(facts: &Facts) -> TokenStream {
    let fields = [
        table("groups", facts.groups.iter().map(word)),
        table("registered", facts.registered.iter().map(|(group, version)| pair(group, version))),
        table("parameters", facts.parameters.iter().map(shared_name)),
        table("paths", facts.paths.iter().map(plain_path)),
        table("storage", facts.storage.iter().map(|(resource, version)| pair(resource, version))),
        table("warts", facts.warts.iter().map(wart)),
        profile("live", facts.live),
        profile("published", facts.published),
    ];
    let rest = fields.iter().any(Option::is_none).then(|| quote! { ..Facts::NONE });
    quote! {
        static FACTS: Facts = Facts { #(#fields)* #rest };
    }
}

fn table(field: &str, rows: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let rows: Vec<TokenStream> = rows.collect();
    let field = ident(field);
    (!rows.is_empty()).then(|| quote! { #field: Cow::Borrowed(const { &[#(#rows),*] }), })
}

fn word(word: &Text) -> TokenStream {
    let word = literal(word);
    quote! { text(#word) }
}

fn pair(one: &Text, other: &Text) -> TokenStream {
    let (one, other) = (word(one), word(other));
    quote! { (#one, #other) }
}

fn shared_name(name: &SharedName) -> TokenStream {
    let words = [&name.origin, &name.name, &name.hash].map(|word| literal(word));
    quote! { SharedName::new(#(#words),*) }
}

fn plain_path(path: &PlainPath) -> TokenStream {
    let words = [&path.path, &path.operation, &path.doc].map(|word| literal(word));
    let (media, published_only) = (path.produces.iter().map(word), path.published_only);
    quote! { PlainPath::new(#(#words,)* const { &[#(#media),*] }, #published_only) }
}

fn wart(wart: &Wart) -> TokenStream {
    let words = [&wart.definition, &wart.property, &wart.members].map(|word| literal(word));
    quote! { Wart::new(#(#words),*) }
}

fn profile(field: &str, profile: Profile) -> Option<TokenStream> {
    let Profile { cbor, enums, bounds, bearer, published } = profile;
    let field = ident(field);
    (profile != Profile::LIVE)
        .then(|| quote! { #field: Profile { cbor: #cbor, enums: #enums, bounds: #bounds, bearer: #bearer, published: #published }, })
}

/// The names that the static uses; a server has a group at least.
pub fn imports(facts: &Facts) -> TokenStream {
    let named = [
        (!facts.paths.is_empty(), quote! { PlainPath }),
        (!facts.parameters.is_empty(), quote! { SharedName }),
        (!facts.warts.is_empty(), quote! { Wart }),
    ];
    let named = named.into_iter().filter(|(used, _)| *used).map(|(_, name)| name);
    let profiles = facts.live != Profile::LIVE || facts.published != Profile::LIVE;
    let profile = profiles.then(|| quote! { use kubewright::model::openapi::Profile; });
    let tables = (!facts.groups.is_empty()).then(|| quote! { use kubewright::model::text; });
    let cow = (!facts.groups.is_empty()).then(|| quote! { use std::borrow::Cow; });
    quote! { #cow use kubewright::model::facts::{Facts, #(#named),*}; #profile #tables }
}
