//! From attributes to code, through the emitters of the generator.

use darling::{Error, FromDeriveInput};
use kubewright_codegen::rust::{Names, emit_struct, kind_expression};
use kubewright_model::desc::object;
use kubewright_model::{Desc, Kind, Ref};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DeriveInput, Visibility};

use crate::attr::{FieldAttr, ResourceAttr, TypeAttr};
use crate::fallback::stub;
use crate::input::{Packages, check_names, check_object, describe};
use crate::kind::kind;
use crate::scope::Scope;

/// Type of the metadata of a list.
const LIST_META: &str = "::kubewright::meta::v1::ListMeta";

/// `#[derive(ApiResource)]`.
pub(crate) fn resource(item: TokenStream) -> TokenStream {
    read(&item).and_then(|input| ResourceAttr::from_derive_input(&input)).and_then(|attr| expand_resource(&attr)).unwrap_or_else(|error| {
        let (report, stub) = (error.write_errors(), stub(item, true));
        quote! { #report #stub }
    })
}

/// `#[derive(ApiType)]`.
pub(crate) fn nested(item: TokenStream) -> TokenStream {
    read(&item).and_then(|input| TypeAttr::from_derive_input(&input)).and_then(|attr| expand_type(&attr)).unwrap_or_else(|error| {
        let (report, stub) = (error.write_errors(), stub(item, false));
        quote! { #report #stub }
    })
}

fn read(item: &TokenStream) -> darling::Result<DeriveInput> {
    syn::parse2(item.clone()).map_err(Error::from)
}

fn expand_type(attr: &TypeAttr) -> darling::Result<TokenStream> {
    let mut errors = Error::accumulator();
    check_names(&attr.group, &attr.version, &attr.generics, &mut errors);
    let packages = Packages::new(&attr.group, &attr.version, attr.proto.as_ref(), attr.openapi.as_ref());
    let fields = attr.data.as_ref().take_struct().map(|data| data.fields).unwrap_or_default();
    let (mut desc, idents) = describe(&attr.ident.to_string(), &attr.attrs, &fields, false, &packages, &mut errors);
    desc.atomic = attr.atomic.is_present();
    errors.finish()?;
    let scope = Scope::new(&attr.ident, fields.iter().map(|field| &field.ty), &packages);
    Ok(scope.around(&scope.implement(&desc, &attr.ident, &idents)))
}

fn expand_resource(attr: &ResourceAttr) -> darling::Result<TokenStream> {
    let mut errors = Error::accumulator();
    check_names(&attr.group, &attr.version, &attr.generics, &mut errors);
    let packages = Packages::new(&attr.group, &attr.version, attr.proto.as_ref(), attr.openapi.as_ref());
    let fields: Vec<&FieldAttr> = attr.data.as_ref().take_struct().map(|data| data.fields).unwrap_or_default();
    let name = attr.kind.as_ref().map_or_else(|| attr.ident.to_string(), |kind| (**kind).clone());
    let (desc, idents) = describe(&name, &attr.attrs, &fields, true, &packages, &mut errors);
    check_object(attr, &fields, &mut errors);
    let list_ident = list_ident(&attr.ident);
    let kind = kind(attr, name, &desc, &list_ident, &mut errors);
    errors.finish()?;

    let mut scope = Scope::new(&attr.ident, fields.iter().map(|field| &field.ty), &packages);
    scope.add(&list_ident);
    let (list, list_fields) = list(&kind, &attr.ident, &packages);
    let structure = list_struct(&list, &list_ident, &list_fields, &attr.vis);
    let object = scope.implement(&desc, &attr.ident, &idents);
    let list = scope.implement(&list, &list_ident, &list_fields);
    let (ident, description) = (scope.path(&attr.ident.to_string()), kind_expression(&kind, &|spelled| scope.path(spelled)));
    let key = attr
        .key
        .clone()
        .unwrap_or_else(|| if kind.group.is_empty() { kind.plural.to_string() } else { format!("{}/{}", kind.group, kind.plural) });
    let scoped = scope.around(&quote! {
        #object
        #list
        impl ::kubewright::registry::ApiResource for #ident {
            fn kind() -> &'static Kind {
                static KIND: Kind = #description;
                &KIND
            }
            const KEY: &'static str = #key;
        }
    });
    Ok(quote! {
        #structure
        #scoped
    })
}

/// Name of the struct of a kind's lists.
pub(crate) fn list_ident(object: &Ident) -> Ident {
    format_ident!("{object}List")
}

/// The list of a kind: the shape that every list has.
fn list(kind: &Kind, item: &Ident, packages: &Packages) -> (Desc, Vec<Ident>) {
    let fields = object::list_fields(&kind.plural, Ref::Named(item.to_string().into()), Ref::Named(LIST_META.into()));
    let mut desc = Desc::owned(kind.list_kind.clone(), packages.proto.clone(), packages.openapi.clone(), fields);
    desc.doc = object::list_doc(&kind.plural).into();
    (desc, ["kind", "api_version", "metadata", "items"].map(|name| format_ident!("{name}")).to_vec())
}

/// The struct of a list, as visible as that of its items.
fn list_struct(desc: &Desc, name: &Ident, fields: &[Ident], visibility: &Visibility) -> TokenStream {
    let path = |spelled: &str| spelled.parse().unwrap_or_default();
    let emitted = emit_struct(desc, name, fields, &Names { package: quote! {}, openapi: quote! {}, path: &path });
    match syn::parse2::<syn::ItemStruct>(emitted.clone()) {
        Ok(mut item) => {
            item.vis = visibility.clone();
            quote! { #item }
        }
        Err(_) => emitted,
    }
}
