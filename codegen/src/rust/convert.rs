//! Conversions as readable Rust: per pair of types one function from the hub and one back over the stored object.

mod access;
mod emit;
mod link;
mod pair;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::{Layout, META, Place, ident};
use super::render::{header, render};
use crate::name_case::snake;
use crate::set::{Resource, TypeLens};
use pair::{Pair, Pairs};

/// The conversions of a group's resources.
pub struct Plan<'a> {
    modules: Vec<Module<'a>>,
}

/// The functions between a spoke's version and the hub's.
struct Module<'a> {
    name: String,
    hub: Place,
    spoke: Place,
    pairs: Pairs<'a>,
}

impl<'a> Plan<'a> {
    /// The conversions of these resources.
    pub fn new(layout: &'a Layout<'a>, resources: impl Iterator<Item = &'a Resource>) -> Self {
        let mut plan = Self { modules: Vec::new() };
        for resource in resources {
            let hub = resource.versions.get(resource.hub).map(|kind| kind.ty.proto_name());
            for (at, kind) in resource.versions.iter().enumerate().filter(|(at, _)| *at != resource.hub) {
                let lenses = resource.conversions.get(at).map_or(&[][..], Vec::as_slice);
                if let Some(hub) = &hub {
                    plan.add(layout, hub, &kind.ty.proto_name(), lenses);
                }
            }
        }
        for module in &mut plan.modules {
            module.pairs.settle();
        }
        plan
    }

    fn add(&mut self, layout: &'a Layout<'a>, hub: &str, spoke: &str, lenses: &'a [TypeLens]) {
        let (Some(hub_place), Some(spoke_place)) = (layout.place(hub), layout.place(spoke)) else { return };
        let found = self.modules.iter().position(|module| module.hub == *hub_place && module.spoke == *spoke_place);
        let at = found.unwrap_or_else(|| {
            let name = self.module_name(hub_place, spoke_place);
            self.modules.push(Module { name, hub: hub_place.clone(), spoke: spoke_place.clone(), pairs: Pairs::new(layout) });
            self.modules.len() - 1
        });
        if let Some(module) = self.modules.get_mut(at) {
            module.pairs.add_kind(hub, spoke, lenses);
        }
    }

    fn module_name(&self, hub: &Place, spoke: &Place) -> String {
        let base = if hub.module == spoke.module { spoke.version.clone() } else { format!("{}_{}", spoke.module, spoke.version) };
        if self.modules.iter().any(|module| module.name == base) { format!("{base}_of_{}", hub.version) } else { base }
    }

    /// Whether there is nothing to convert.
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty()
    }

    /// Paths below `convert` of the functions of a resource's version; `None` for the hub.
    pub fn functions(&self, resource: &Resource, version: usize) -> Option<(TokenStream, TokenStream)> {
        let hub = resource.versions.get(resource.hub)?.ty.proto_name();
        let spoke = resource.versions.get(version)?.ty.proto_name();
        let (module, pair) = self.modules.iter().find_map(|module| Some((module, module.pairs.kind(&hub, &spoke)?)))?;
        let (module, view, put) = (ident(&module.name), pair.view_ident(), pair.put_ident());
        (version != resource.hub).then(|| (quote! { #module::#view }, quote! { #module::#put }))
    }

    /// The text of `convert.rs`.
    pub fn file(&self, set: &str) -> String {
        let about =
            "Conversions between versions: `view` is what a version shows of the hub's object, `put` the hub's object after a write.";
        let modules: Vec<String> = self.modules.iter().map(Module::text).collect();
        header(about, set) + &modules.join("\n")
    }
}

impl Module<'_> {
    fn text(&self) -> String {
        let names = Aliases { hub: &self.hub };
        let functions: Vec<TokenStream> = self.pairs.iter().flat_map(|pair| emit::functions(pair, &self.pairs, &names)).collect();
        let places: BTreeSet<&Place> = self.pairs.iter().flat_map(|pair| [&pair.hub_place, &pair.spoke_place]).collect();
        let uses = places.into_iter().map(|place| names.import(place));
        let helper = quote! { #(#functions)* }.to_string().contains("convert ::").then(|| quote! { use kubewright::convert; });
        let computed = quote! { #(#functions)* }.to_string().contains("functions ::").then(|| quote! { use super::super::functions; });
        let items = [quote! { #helper }, quote! { #computed #(#uses)* }].into_iter().chain(functions);
        let about = format!("{} as the hub, {} as seen.", shown(&self.hub), shown(&self.spoke));
        format!("/// {about}\npub mod {} {{\n{}}}\n", self.name, indented(&render("", items)))
    }
}

/// One level further in; generated code has no text over several lines.
fn indented(code: &str) -> String {
    code.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

fn shown(place: &Place) -> String {
    format!("`{}::{}`", place.module, place.version)
}

/// How functions name the versions' modules.
struct Aliases<'a> {
    hub: &'a Place,
}

impl Aliases<'_> {
    fn alias(&self, place: &Place) -> proc_macro2::Ident {
        if place.set == META && self.hub.set != META {
            ident(&format!("meta_{}", place.version))
        } else if place.module == self.hub.module {
            ident(&place.version)
        } else {
            ident(&format!("{}_{}", place.module, place.version))
        }
    }

    fn import(&self, place: &Place) -> TokenStream {
        let (alias, module, version) = (self.alias(place), ident(&place.module), ident(&place.version));
        if place.set == META && self.hub.set != META {
            quote! { use kubewright::meta::#version as #alias; }
        } else if place.module == self.hub.module {
            quote! { use super::super::#version; }
        } else {
            quote! { use super::super::super::#module::#version as #alias; }
        }
    }

    fn ty(&self, place: &Place, desc: &kubewright_model::Desc) -> TokenStream {
        let (alias, name) = (self.alias(place), super::layout::struct_ident(desc));
        quote! { #alias::#name }
    }
}

/// Names that are free so far, for functions and variables.
#[derive(Debug, Default)]
struct Free {
    taken: BTreeMap<String, usize>,
}

impl Free {
    fn name(&mut self, wanted: &str) -> String {
        let base = snake(wanted);
        let count = self.taken.entry(base.clone()).or_default();
        *count += 1;
        if *count == 1 { base } else { format!("{base}_{count}") }
    }
}

/// Shared by the emitters of functions.
type PairRef<'p, 'a> = &'p Pair<'a>;
