//! Cargo manifests and the server's `main.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use kubewright_model::{Field, Ref, Subresource};
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::literal;
use super::facts;
use super::kinds::resource_ident;
use super::layout::{Layout, META, ident};
use super::render::{header, render};
use crate::name_case::snake;
use crate::set::{Group, Resource, Set};

/// Modules of a set, and per module the other modules of the set that its code names.
pub fn module_needs(set: &Set, layout: &Layout<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut needs = BTreeMap::new();
    let modules: BTreeMap<String, &str> = set.groups.iter().map(|group| (snake(&group.module), group.module.as_str())).collect();
    for group in &set.groups {
        let names = named_by(set, group);
        let places = names.iter().filter_map(|name| layout.place(name)).filter(|place| place.set == set.name);
        let others = places.filter_map(|place| modules.get(&place.module)).filter(|module| **module != group.module);
        needs.insert(group.module.clone(), others.map(|module| (*module).to_owned()).collect());
    }
    needs
}

/// The types that the code of a group names.
fn named_by(set: &Set, group: &Group) -> Vec<String> {
    let types = group.versions.iter().flat_map(|version| &version.types);
    let mut names: Vec<String> = types.flat_map(|def| def.desc.fields.iter()).filter_map(Field::element).map(Ref::proto_name).collect();
    for resource in set.resources.iter().filter(|resource| resource.versions.iter().any(|kind| kind.group == group.group)) {
        names.extend(resource.versions.iter().map(|kind| kind.ty.proto_name()));
        let subresources = resource.versions.iter().flat_map(|kind| kind.subresources.iter());
        names.extend(subresources.flat_map(Subresource::spoken).map(|speaks| speaks.ty.proto_name()));
    }
    names
}

/// Other sets whose types the code of a set names, with the features that have them.
fn foreign<'s>(set: &Set, layout: &'s Layout<'_>) -> BTreeMap<&'s str, BTreeSet<&'s str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in set.groups.iter().flat_map(|group| named_by(set, group)) {
        if let Some(place) = layout.place(&name).filter(|place| place.set != set.name && place.set != META) {
            found.entry(&place.set).or_default().insert(&place.module);
        }
    }
    found
}

/// `Cargo.toml` of the types crate.
pub fn types_manifest(set: &Set, layout: &Layout<'_>) -> String {
    let mut out = package(set, "types", &format!("Types of the {} API, release {}", set.title, set.release));
    let needs = module_needs(set, layout);
    let all: Vec<String> = needs.keys().map(|module| quoted(module)).collect();
    let _ = writeln!(out, "[features]\n# One feature per API group, each with the groups it refers to.\ndefault = [{}]", all.join(", "));
    for (module, needs) in &needs {
        let needs: Vec<String> = needs.iter().map(|need| quoted(need)).collect();
        let _ = writeln!(out, "{module} = [{}]", needs.join(", "));
    }
    out.push_str("\n[dependencies]\nkubewright.workspace = true\n");
    for (name, modules) in foreign(set, layout) {
        let features: Vec<String> = modules.into_iter().map(quoted).collect();
        let version = env!("CARGO_PKG_VERSION");
        let _ = writeln!(
            out,
            "{name}-types = {{ path = \"../../{name}/types\", version = \"{version}\", default-features = false, features = [{}] }}",
            features.join(", ")
        );
    }
    out.push_str("\n[lib]\n# Comments come from schemas; what looks like code in them is not Rust.\ndoctest = false\n");
    out
}

/// `Cargo.toml` of the server crate.
pub fn server_manifest(set: &Set, sets: &[Set]) -> String {
    let mut out = package(set, "server", &format!("API server of {}, release {}", set.title, set.release));
    out.push_str("[dependencies]\nkubewright = { workspace = true, features = [\"server\"] }\n");
    let mut needs: BTreeMap<&str, Option<BTreeSet<String>>> = BTreeMap::new();
    if has_types(set) {
        needs.insert(&set.name, None);
    }
    for used in &set.uses {
        let Some(other) = sets.iter().find(|other| other.name == used.set && has_types(other)) else { continue };
        let resources = used.resources.iter().filter_map(|at| other.resources.get(*at));
        needs.insert(&other.name, Some(resources.filter_map(|resource| module_of(other, resource)).map(str::to_owned).collect()));
    }
    for (name, features) in needs {
        let _ = write!(out, "{name}-types = {{ path = \"../../{name}/types\", version = \"{}\"", env!("CARGO_PKG_VERSION"));
        if let Some(features) = features {
            let features: Vec<String> = features.iter().map(|feature| quoted(feature)).collect();
            let _ = write!(out, ", default-features = false, features = [{}]", features.join(", "));
        }
        out.push_str(" }\n");
    }
    out
}

/// `src/main.rs` of the server crate.
pub fn server_main(set: &Set, sets: &[Set]) -> String {
    let own = (has_types(set) && !set.resources.is_empty()).then(|| {
        let krate = types_crate(&set.name);
        quote! { #krate::install(registry); }
    });
    let used = set.uses.iter().filter_map(|used| {
        let other = sets.iter().find(|other| other.name == used.set && has_types(other))?;
        Some(used.resources.iter().filter_map(|at| other.resources.get(*at)).filter_map(|resource| add_used(other, resource)))
    });
    let used: Vec<TokenStream> = used.flatten().collect();
    let gates = gates(set, sets);
    let (name, title, release) = (literal(&set.name), literal(&set.title), literal(&set.release));
    let facts_imports = facts::imports(&set.facts);
    let imports = quote! {
        use std::process::ExitCode;

        #facts_imports
        use kubewright::registry::Registry;
        use kubewright::server::{self, App};
    };
    let main = quote! {
        fn main() -> ExitCode {
            server::main(App { set: #name, title: #title, release: #release, facts: &FACTS, install })
        }
    };
    let registry = if own.is_some() || !used.is_empty() || gates.is_some() { ident("registry") } else { ident("_registry") };
    let install = quote! { fn install(#registry: &mut Registry) { #gates #own #(#used)* } };
    render(&header(&format!("The API server of the `{}` set.", set.name), &set.name), [imports, main, install, facts::emit(&set.facts)])
}

/// States the feature gates of a set and of those it takes kinds from.
fn gates(set: &Set, sets: &[Set]) -> Option<TokenStream> {
    let used = set.uses.iter().filter_map(|used| sets.iter().find(|other| other.name == used.set));
    let gates: BTreeMap<&str, bool> = used.chain([set]).flat_map(|set| &set.gates).map(|(name, on)| (name.as_str(), *on)).collect();
    let rows = gates.iter().map(|(name, on)| {
        let name = literal(name);
        quote! { (#name, #on) }
    });
    (!gates.is_empty()).then(|| quote! { registry.gates(&[#(#rows),*]); })
}

/// Whether a set has a types crate of its own.
pub fn has_types(set: &Set) -> bool {
    set.name != META && !set.groups.is_empty()
}

fn add_used(set: &Set, resource: &Resource) -> Option<TokenStream> {
    let (krate, module, name) = (types_crate(&set.name), ident(&snake(module_of(set, resource)?)), resource_ident(resource)?);
    Some(quote! { registry.add(#krate::#module::#name()); })
}

/// The group module that has the function of a resource: its hub's.
fn module_of<'a>(set: &'a Set, resource: &Resource) -> Option<&'a str> {
    let hub = resource.versions.get(resource.hub)?;
    set.groups.iter().find(|group| group.group == hub.group).map(|group| group.module.as_str())
}

fn types_crate(set: &str) -> proc_macro2::Ident {
    ident(&format!("{}_types", snake(set)))
}

fn package(set: &Set, part: &str, description: &str) -> String {
    format!(
        "# Generated by `cargo xtask gen` from schemas/{name}; do not edit.\n[package]\nname = \"{name}-{part}\"\ndescription = {description}\n\
         version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\nrepository.workspace = true\n\n",
        name = set.name,
        description = quoted(description),
    )
}

/// A TOML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
