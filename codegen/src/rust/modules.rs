//! Modules of a types crate: a file per version, and a file per group with the resources whose hub is in it.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::convert::Plan;
use super::docs::literal;
use super::kinds::{emit_kind, kind_ident, resource_ident};
use super::layout::{Layout, META, Place, ident, struct_ident};
use super::render::{header, render};
use super::types::{emit_enum, emit_type};
use crate::name_case::snake;
use crate::set::{Group, Resource, Set, Version};

/// A set while its files are put together.
pub struct Scope<'a> {
    /// The set.
    pub set: &'a Set,
    /// All types.
    pub layout: &'a Layout<'a>,
}

impl<'a> Scope<'a> {
    /// The module of a version.
    pub fn place(&self, group: &Group, version: &str) -> Place {
        Place { set: self.set.name.clone(), module: snake(&group.module), version: snake(version) }
    }

    /// The group that a group name belongs to.
    pub fn group(&self, name: &str) -> Option<&'a Group> {
        self.set.groups.iter().find(|group| group.group == name)
    }

    /// The resources whose hub is in this group.
    pub fn resources<'b>(&'b self, group: &'b Group) -> impl Iterator<Item = &'a Resource> + 'b {
        self.set.resources.iter().filter(|resource| resource.versions.get(resource.hub).is_some_and(|kind| kind.group == group.group))
    }

    /// The file of a version: its types, kinds and enums.
    pub fn version_file(&self, group: &Group, version: &Version) -> String {
        let place = self.place(group, &version.version);
        let kinds = self.set.resources.iter().flat_map(|resource| &resource.versions);
        let mut kinds: Vec<_> = kinds.filter(|kind| kind.group == group.group && kind.version == version.version).collect();
        let mut groups = Vec::new();
        for def in &version.types {
            groups.extend(emit_type(def, self.layout, &place));
            if let Some(at) = kinds.iter().position(|kind| kind.ty.proto_name() == def.desc.proto_name()) {
                groups.push(emit_kind(kinds.remove(at), self.layout, &place));
            }
        }
        groups.extend(version.enums.iter().flat_map(emit_enum));
        let (package, openapi) = (literal(&version.package), literal(&version.openapi));
        let constants = quote! {
            const PACKAGE: &str = #package;
            const OPENAPI: &str = #openapi;
        };
        let types = if version.types.is_empty() { TokenStream::new() } else { constants };
        let about = format!("Types of `{}`.", kubewright_model::kind::api_version(&group.group, &version.version));
        render(&header(&about, &self.set.name), imports(&groups).into_iter().chain([types]).chain(groups))
    }

    /// The file of a group: its versions, its resources, and `install`. The conversions, if any, are the second text.
    pub fn group_file(&self, group: &Group) -> (String, Option<String>) {
        let plan = Plan::new(self.layout, self.resources(group));
        let versions = group.versions.iter().map(|version| {
            let (name, about) = (ident(&snake(&version.version)), format!(" `{}`.", version.version));
            quote! { #[doc = #about] pub mod #name; }
        });
        let convert = (!plan.is_empty()).then(|| quote! { pub mod convert; });
        let functions = group.functions.is_some().then(|| quote! { mod functions; });
        let resources: Vec<&Resource> = self.resources(group).collect();
        // The runtime knows those of the meta set by itself.
        let objects = if self.set.name == META { Vec::new() } else { self.objects(group) };
        let mut groups = vec![quote! { #convert #functions #(#versions)* }];
        if !resources.is_empty() {
            groups.insert(0, quote! { use kubewright::registry::{Registry, Resource, Version}; });
        } else if !objects.is_empty() {
            groups.insert(0, quote! { use kubewright::registry::Registry; });
        }
        groups.extend(resources.iter().map(|resource| self.resource(group, resource, &plan)));
        if !resources.is_empty() || !objects.is_empty() {
            let resources = resources.iter().filter_map(|resource| resource_ident(resource)).map(|name| quote! { registry.add(#name()); });
            groups.push(install(resources.chain(objects)));
        }
        let name = if group.group.is_empty() { "The core group".to_owned() } else { format!("Group `{}`", group.group) };
        let file = render(&header(&format!("{name}: versions and resources."), &self.set.name), groups);
        (file, (!plan.is_empty()).then(|| plan.file(&self.set.name)))
    }

    /// What adds the kinds of a group that belong to no resource.
    fn objects(&self, group: &Group) -> Vec<TokenStream> {
        let kinds = self.set.resources.iter().flat_map(|resource| &resource.versions);
        let served: HashSet<String> = kinds.flat_map(|kind| [kind.ty.proto_name(), kind.list_ty.proto_name()]).collect();
        let mut calls = Vec::new();
        for version in &group.versions {
            let loose = version.types.iter().filter(|def| def.object && !served.contains(&def.desc.proto_name()));
            calls.extend(loose.map(|def| {
                let (module, ty) = (ident(&snake(&version.version)), struct_ident(&def.desc));
                let names = [&group.group, &version.version, &*def.desc.name].map(literal);
                quote! { registry.object::<#module::#ty>(#(#names),*); }
            }));
        }
        calls
    }

    fn resource(&self, group: &Group, resource: &Resource, plan: &Plan<'_>) -> TokenStream {
        let Some(name) = resource_ident(resource) else { return TokenStream::new() };
        let (hub, storage) = (literal_usize(resource.hub), literal_usize(resource.storage));
        let key = literal(&resource.key);
        let versions = resource.versions.iter().enumerate().map(|(at, kind)| {
            // Paths are those of the group's own file, one level above its versions.
            let module = self.group(&kind.group).map_or_else(TokenStream::new, |of| version_path(group, of, &kind.version));
            let (statics, ty) = (kind_ident(&kind.kind), self.type_ident(kind));
            if let Some((view, put)) = plan.functions(resource, at) {
                quote! { Version::typed(&#module::#statics, convert::#view, convert::#put) }
            } else {
                quote! { Version::hub::<#module::#ty>(&#module::#statics) }
            }
        });
        let about = resource.versions.get(resource.hub).map_or_else(String::new, |kind| format!(" `{}`.", kind.group_resource()));
        quote! {
            #[doc = #about]
            pub fn #name() -> Resource {
                Resource { key: #key.into(), hub: #hub, storage: #storage, versions: Vec::from([#(#versions),*]) }
            }
        }
    }

    fn type_ident(&self, kind: &kubewright_model::Kind) -> TokenStream {
        let name = kind.ty.proto_name();
        match self.layout.place(&name) {
            Some(place) => self.layout.path(&name, place),
            None => self.layout.path(&name, &Place { set: String::new(), module: String::new(), version: String::new() }),
        }
    }

    /// The root file: a module per group; `install` for all. Modules of a crate stand behind its features (`gated`); those that are compiled into
    /// another crate are re-exported there.
    pub fn root_file(&self, gated: bool) -> String {
        let modules = self.set.groups.iter().map(|group| {
            let (name, about) = (ident(&snake(&group.module)), format!(" Group `{}`.", group.group));
            let gate = gate(group, gated);
            let visibility = if gated {
                quote! { pub }
            } else {
                quote! { pub(crate) }
            };
            quote! { #gate #[doc = #about] #visibility mod #name; }
        });
        let mut groups = vec![quote! { #(#modules)* }];
        let known = |group: &&Group| self.resources(group).next().is_some() || (self.set.name != META && !self.objects(group).is_empty());
        let served: Vec<&Group> = self.set.groups.iter().filter(known).collect();
        if !served.is_empty() {
            let calls = served.iter().map(|group| {
                let (name, gate) = (ident(&snake(&group.module)), gate(group, gated));
                quote! { #gate #name::install(registry); }
            });
            groups.insert(0, quote! { use kubewright::registry::Registry; });
            let quiet = gated.then(|| quote! { #[allow(unused_variables, reason = "depends on the features")] });
            groups.push(quote! {
                /// Adds every kind of the groups that are compiled in.
                #quiet
                pub fn install(registry: &mut Registry) { #(#calls)* }
            });
        }
        let about = format!("The API types of the `{}` set.", self.set.name);
        render(&header(&about, &self.set.name), groups)
    }
}

/// The module of a version, as the file of the group `from` names it.
fn version_path(from: &Group, to: &Group, version: &str) -> TokenStream {
    let version = ident(&snake(version));
    if from.module == to.module {
        quote! { #version }
    } else {
        let module = ident(&snake(&to.module));
        quote! { super::#module::#version }
    }
}

fn gate(group: &Group, gated: bool) -> Option<TokenStream> {
    let feature = &group.module;
    gated.then(|| quote! { #[cfg(feature = #feature)] })
}

fn install(kinds: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! {
        /// Adds the kinds of this group.
        pub fn install(registry: &mut Registry) { #(#kinds)* }
    }
}

fn literal_usize(value: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(value)
}

/// What generated code names of the model, as [`collect`] tells names.
const MODEL: [&str; 11] =
    ["Column", "Desc", "Enabled", "Kind", "Made", "Methods", "NameRule", "Subresource", "TypeTable", "Verbs", "text("];

/// The `use` lines that these items need. Type names of schemas never collide with them: see `name_case::type_name`.
fn imports(groups: &[TokenStream]) -> [TokenStream; 2] {
    let mut used = std::collections::BTreeSet::new();
    for tokens in groups {
        collect(tokens.clone(), &mut used);
    }
    let model: Vec<_> = MODEL.into_iter().filter(|name| used.contains(*name)).map(|name| ident(name.trim_end_matches('('))).collect();
    let map = used.contains("BTreeMap").then(|| quote! { use std::collections::BTreeMap; });
    let meta = used.contains("meta::").then(|| quote! { use kubewright::meta::v1 as meta; });
    let object = used.contains("ApiType").then(|| quote! { use kubewright::object::ApiType; });
    let special = used.contains("special::").then(|| quote! { use kubewright::special; });
    let model = (!model.is_empty()).then(|| quote! { use kubewright::model::{#(#model),*}; });
    [quote! { #map }, quote! { #meta #model #object #special }]
}

/// The identifiers of code; those that begin a path or a call as `name::` and `name(`.
fn collect(tokens: TokenStream, used: &mut std::collections::BTreeSet<String>) {
    use proc_macro2::{Delimiter, Spacing, TokenTree};
    let mut trees = tokens.into_iter().peekable();
    // Names behind `::` or `.` are somebody else's.
    let (mut joint, mut member) = (false, false);
    while let Some(tree) = trees.next() {
        let (mut next_joint, mut next_member) = (false, false);
        match tree {
            TokenTree::Group(group) => collect(group.stream(), used),
            TokenTree::Punct(punct) => {
                next_joint = punct.as_char() == ':' && punct.spacing() == Spacing::Joint;
                next_member = punct.as_char() == '.' || (joint && punct.as_char() == ':');
            }
            TokenTree::Ident(_) if member => {}
            TokenTree::Ident(ident) => {
                let mark = match trees.peek() {
                    Some(TokenTree::Punct(next)) if next.as_char() == ':' && next.spacing() == Spacing::Joint => "::",
                    Some(TokenTree::Group(next)) if next.delimiter() == Delimiter::Parenthesis => "(",
                    _ => "",
                };
                used.insert(format!("{ident}{mark}"));
                used.insert(ident.to_string());
            }
            TokenTree::Literal(_) => {}
        }
        (joint, member) = (next_joint, next_member);
    }
}
