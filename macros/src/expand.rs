//! From attributes to code, through the emitters of the generator.

use darling::util::SpannedValue;
use darling::{Error, FromDeriveInput, error::Accumulator};
use kubewright_codegen::rust::{Names, emit_impl, emit_struct, kind_expression};
use kubewright_model::{Action, Column, Desc, Field, Kind, Lifecycle, Omit, Ref, Shape, Strategy, Subresource, Type, Verbs};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::DeriveInput;

use crate::attr::{FieldAttr, ResourceAttr, TypeAttr};
use crate::fallback::stub;
use crate::input::{Packages, check_names, describe};

/// `#[derive(ApiResource)]`.
pub(crate) fn resource(item: TokenStream) -> TokenStream {
    read(&item).and_then(|input| ResourceAttr::from_derive_input(&input)).and_then(|attr| expand_resource(&attr)).unwrap_or_else(|error| {
        let (report, stub) = (error.write_errors(), stub(&item, true));
        quote! { #report #stub }
    })
}

/// `#[derive(ApiType)]`.
pub(crate) fn nested(item: TokenStream) -> TokenStream {
    read(&item).and_then(|input| TypeAttr::from_derive_input(&input)).and_then(|attr| expand_type(&attr)).unwrap_or_else(|error| {
        let (report, stub) = (error.write_errors(), stub(&item, false));
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
    let fields: Vec<&FieldAttr> = fields.into_iter().collect();
    let (mut desc, idents) = describe(&attr.ident.to_string(), &attr.attrs, &fields, &packages, &mut errors);
    desc.atomic = attr.atomic.is_present();
    errors.finish()?;
    Ok(in_scope(&implement(&desc, &attr.ident, &idents, &packages)))
}

fn expand_resource(attr: &ResourceAttr) -> darling::Result<TokenStream> {
    let mut errors = Error::accumulator();
    check_names(&attr.group, &attr.version, &attr.generics, &mut errors);
    let packages = Packages::new(&attr.group, &attr.version, attr.proto.as_ref(), attr.openapi.as_ref());
    let fields = attr.data.as_ref().take_struct().map(|data| data.fields).unwrap_or_default();
    let fields: Vec<&FieldAttr> = fields.into_iter().collect();
    let name = attr.kind.as_ref().map_or_else(|| attr.ident.to_string(), |kind| (**kind).clone());
    let (desc, idents) = describe(&name, &attr.attrs, &fields, &packages, &mut errors);
    if desc.field("metadata").is_none() {
        errors.push(Error::custom("a resource has a field `metadata: ObjectMeta`").with_span(&attr.ident));
    }
    if attr.status.is_present() && desc.field("status").is_none() {
        errors.push(Error::custom("`status` needs a field `status`").with_span(&attr.status.span()));
    }
    let kind = kind(attr, name, &desc, &mut errors);
    errors.finish()?;

    let list_ident = format_ident!("{}List", attr.ident);
    let (list, list_fields) = list(&kind, &attr.ident, &packages);
    let names = names(&packages);
    let structure = emit_struct(&list, &list_ident, &list_fields, &names.as_names());
    let object = implement(&desc, &attr.ident, &idents, &packages);
    let list = implement(&list, &list_ident, &list_fields, &packages);
    let (ident, description) = (&attr.ident, kind_expression(&kind, &tokens));
    let key = attr
        .key
        .clone()
        .unwrap_or_else(|| if kind.group.is_empty() { kind.plural.to_string() } else { format!("{}/{}", kind.group, kind.plural) });
    let scoped = in_scope(&quote! {
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

/// The emitters of the generator name what they use by short names; inside a block of their own these cannot clash with the user's.
fn in_scope(items: &TokenStream) -> TokenStream {
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use ::kubewright::model::{Column, Desc, Enabled, Field, Kind, MapType, NameRule, Subresource, Verbs, desc::text};
            #[allow(unused_imports)]
            use ::kubewright::object::ApiType;
            #items
        };
    }
}

fn implement(desc: &Desc, ident: &Ident, fields: &[Ident], packages: &Packages) -> TokenStream {
    let names = names(packages);
    let [descriptor, message] = emit_impl(desc, ident, fields, &names.as_names());
    quote! { #descriptor #message }
}

/// How emitted code spells the types of fields: as the user wrote them.
struct Spelling {
    package: TokenStream,
    openapi: TokenStream,
}

impl Spelling {
    fn as_names(&self) -> Names<'_> {
        Names { package: self.package.clone(), openapi: self.openapi.clone(), path: &tokens }
    }
}

fn names(packages: &Packages) -> Spelling {
    let (package, openapi) = (&packages.proto, &packages.openapi);
    Spelling { package: quote! { #package }, openapi: quote! { #openapi } }
}

/// A path that came from the user's tokens, as tokens again.
fn tokens(path: &str) -> TokenStream {
    path.parse().unwrap_or_default()
}

fn kind(attr: &ResourceAttr, name: String, desc: &Desc, errors: &mut Accumulator) -> Kind {
    let lower = name.to_lowercase();
    let namespaced = match attr.scope.as_ref().map(|scope| (scope.as_str(), scope.span())) {
        None | Some(("Namespaced", _)) => true,
        Some(("Cluster", _)) => false,
        Some((_, span)) => {
            errors.push(Error::custom("expected \"Namespaced\" or \"Cluster\"").with_span(&span));
            true
        }
    };
    if let Some(kind) = attr.kind.as_ref().filter(|kind| !kind.starts_with(|c: char| c.is_ascii_uppercase())) {
        errors.push(
            Error::custom("a kind is written in camel case and starts with a capital, such as \"Widget\"")
                .with_span(&SpannedValue::span(kind)),
        );
    }
    let list_kind = attr.list_kind.clone().unwrap_or_else(|| format!("{name}List"));
    Kind {
        group: (*attr.group).clone().into(),
        version: (*attr.version).clone().into(),
        ty: Ref::Named(attr.ident.to_string().into()),
        list_ty: Ref::Named(format!("{}List", attr.ident).into()),
        kind: name.into(),
        list_kind: list_kind.into(),
        plural: attr.plural.clone().unwrap_or_else(|| format!("{lower}s")).into(),
        singular: attr.singular.clone().unwrap_or(lower).into(),
        namespaced,
        short_names: texts(&attr.short_names.0),
        categories: texts(&attr.categories.0),
        verbs: Verbs::ALL,
        subresources: subresources(attr).into(),
        columns: attr.column.iter().map(column).collect::<Vec<_>>().into(),
        selectable: texts(&attr.selectable.0),
        lifecycle: Lifecycle {
            deprecated: attr.deprecated.clone().unwrap_or_default().into(),
            replacement: attr.replacement.clone().unwrap_or_default().into(),
            ..Lifecycle::default()
        },
        enabled: kubewright_model::Enabled::On,
        strategy: Strategy { generation: desc.field("spec").is_some(), ..Strategy::CUSTOM },
    }
}

fn texts(texts: &[String]) -> std::borrow::Cow<'static, [kubewright_model::Text]> {
    texts.iter().cloned().map(Into::into).collect::<Vec<_>>().into()
}

fn subresources(attr: &ResourceAttr) -> Vec<Subresource> {
    let scale = attr.scale.as_ref().map(|scale| Subresource {
        name: "scale".into(),
        verbs: Verbs::STATUS,
        speaks: None,
        action: Action::Scale {
            spec_replicas: scale.replicas.clone().into(),
            status_replicas: scale.observed.clone().into(),
            selector: scale.selector.clone().into(),
        },
    });
    let status = attr.status.is_present().then(|| Subresource::part("status"));
    scale.into_iter().chain(status).collect()
}

fn column(attr: &crate::attr::ColumnAttr) -> Column {
    Column {
        name: attr.name.clone().into(),
        ty: attr.ty.clone().unwrap_or_else(|| "string".to_owned()).into(),
        format: attr.format.clone().into(),
        priority: attr.priority,
        cell: attr.cell.clone().into(),
        doc: attr.doc.clone().into(),
    }
}

/// The list of a kind: the shape that every list has.
fn list(kind: &Kind, item: &Ident, packages: &Packages) -> (Desc, Vec<Ident>) {
    let mut metadata = Field::new("metadata", 1, Type::Message(Ref::Named("::kubewright::meta::v1::ListMeta".into())));
    metadata.omit = Omit::Empty;
    let mut items = Field::new("items", 2, Type::Message(Ref::Named(item.to_string().into())));
    items.shape = Shape::List;
    items.required = true;
    let texts = ["kind", "apiVersion"].map(|name| Field::string(name, 0).omit_empty());
    let fields = texts.into_iter().chain([metadata, items]).collect();
    let mut desc = Desc::owned(kind.list_kind.clone(), packages.proto.clone(), packages.openapi.clone(), fields);
    desc.doc = format!("A list of {} objects.", kind.kind).into();
    (desc, ["kind", "api_version", "metadata", "items"].map(|name| format_ident!("{name}")).to_vec())
}
