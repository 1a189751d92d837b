//! `#[api_resource(..)]`, typed.

use darling::ast::Data;
use darling::util::{Flag, SpannedValue};
use darling::{FromDeriveInput, FromField, FromMeta};
use syn::{Attribute, Generics, Ident, LitStr, Type, Visibility};

/// What `#[derive(ApiResource)]` sees.
#[derive(FromDeriveInput)]
#[darling(attributes(api_resource), forward_attrs(doc), supports(struct_named))]
pub(crate) struct ResourceAttr {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) data: Data<(), FieldAttr>,
    pub(crate) group: SpannedValue<String>,
    pub(crate) version: SpannedValue<String>,
    pub(crate) kind: Option<SpannedValue<String>>,
    pub(crate) plural: Option<String>,
    pub(crate) singular: Option<String>,
    pub(crate) list_kind: Option<String>,
    pub(crate) scope: Option<SpannedValue<String>>,
    #[darling(default)]
    pub(crate) short_names: Texts,
    #[darling(default)]
    pub(crate) categories: Texts,
    pub(crate) status: Flag,
    pub(crate) scale: Option<ScaleAttr>,
    #[darling(multiple)]
    pub(crate) column: Vec<ColumnAttr>,
    #[darling(default)]
    pub(crate) selectable: Texts,
    pub(crate) key: Option<String>,
    pub(crate) introduced: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) removed: Option<String>,
    pub(crate) replacement: Option<String>,
    pub(crate) proto: Option<String>,
    pub(crate) openapi: Option<String>,
}

/// What `#[derive(ApiType)]` sees.
#[derive(FromDeriveInput)]
#[darling(attributes(api_resource), forward_attrs(doc), supports(struct_named))]
pub(crate) struct TypeAttr {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) data: Data<(), FieldAttr>,
    pub(crate) group: SpannedValue<String>,
    pub(crate) version: SpannedValue<String>,
    pub(crate) proto: Option<String>,
    pub(crate) openapi: Option<String>,
    pub(crate) atomic: Flag,
}

/// A field of either.
#[derive(FromField)]
#[darling(attributes(api_resource), forward_attrs(doc))]
pub(crate) struct FieldAttr {
    pub(crate) ident: Option<Ident>,
    pub(crate) ty: Type,
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) tag: Option<SpannedValue<u32>>,
    pub(crate) name: Option<SpannedValue<String>>,
    pub(crate) omit: Option<SpannedValue<String>>,
    pub(crate) required: Flag,
    pub(crate) optional: Flag,
    pub(crate) default: Option<SpannedValue<String>>,
    pub(crate) minimum: Option<i64>,
    pub(crate) maximum: Option<i64>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) pattern: Option<String>,
    #[darling(default)]
    pub(crate) values: Texts,
    pub(crate) immutable: Flag,
    pub(crate) list: Option<SpannedValue<String>>,
    #[darling(default)]
    pub(crate) keys: Texts,
    pub(crate) patch: Option<String>,
    pub(crate) merge_key: Option<String>,
}

/// `scale(replicas = "..", observed = "..", selector = "..")`.
#[derive(FromMeta)]
pub(crate) struct ScaleAttr {
    pub(crate) replicas: String,
    pub(crate) observed: String,
    #[darling(default)]
    pub(crate) selector: String,
}

/// `column(name = "..", cell = "..")`.
#[derive(FromMeta)]
pub(crate) struct ColumnAttr {
    pub(crate) name: String,
    pub(crate) cell: String,
    pub(crate) ty: Option<String>,
    #[darling(default)]
    pub(crate) format: String,
    #[darling(default)]
    pub(crate) priority: i32,
    #[darling(default)]
    pub(crate) doc: String,
}

/// `name("a", "b")`.
#[derive(Default)]
pub(crate) struct Texts(pub(crate) Vec<String>);

impl FromMeta for Texts {
    fn from_list(items: &[darling::ast::NestedMeta]) -> darling::Result<Self> {
        items
            .iter()
            .map(|item| match item {
                darling::ast::NestedMeta::Lit(syn::Lit::Str(text)) => Ok(LitStr::value(text)),
                other => Err(darling::Error::custom("expected a text in quotes").with_span(other)),
            })
            .collect::<darling::Result<_>>()
            .map(Self)
    }
}
