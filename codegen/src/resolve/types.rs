//! Message types and enums of a version, the implied ones included: the fields of every object, and the list of a kind.

use kubewright_model::desc::object;
use kubewright_model::{Desc, Field, Omit, Ref, Type};

use super::fields::{self, Fields};
use super::names::{META, Package, has_list, list_kind};
use super::{Origin, Origins};
use super::{keywords, rules};
use crate::raw::field::{self as raw, Body};
use crate::raw::group::{File, Version};
use crate::raw::kind::Kind;
use crate::set::{EnumDef, TypeDef};
use crate::source::Span;

/// Lays out the types and enums of one version.
pub(super) struct Types<'a, 'n, 'p, 'o> {
    pub(super) fields: Fields<'a, 'n, 'p>,
    pub(super) origins: &'o mut Origins<'a>,
    pub(super) messages: Vec<TypeDef>,
    pub(super) enums: Vec<EnumDef>,
    /// What the group says of `kind` and `apiVersion`.
    pub(super) type_meta: &'a [(String, String)],
}

impl<'a> Types<'a, '_, '_, '_> {
    /// Everything in the order of the files.
    pub(super) fn version(&mut self, version: &'a Version) {
        for file in &version.files {
            match file {
                File::Kind(kind) => {
                    self.kind(kind);
                    kind.types.iter().for_each(|ty| self.ty(ty));
                }
                File::Types(types) => types.iter().for_each(|ty| self.ty(ty)),
            }
        }
    }

    fn package(&self) -> &Package<'a> {
        &self.fields.names.packages[self.fields.package]
    }

    fn kind(&mut self, kind: &'a Kind) {
        let mut fields = Vec::from(object::type_meta());
        for field in &mut fields {
            if let Some((_, doc)) = self.type_meta.iter().find(|(name, _)| *name == *field.name) {
                field.doc = doc.clone().into();
            }
        }
        fields.extend(kind.metadata.as_ref().map(|metadata| {
            let mut field = meta_field("metadata", "ObjectMeta", 1);
            field.omit = fields::omit(metadata.omit.as_ref(), true);
            field.required = metadata.required;
            field.default = fields::defaults(&metadata.default).into();
            field.rules = keywords::add(rules::conditional(&metadata.rules), &metadata.schema).into();
            field.doc = if metadata.doc.is_empty() { object::METADATA.into() } else { metadata.doc.clone().into() };
            field
        }));
        let mut desc = self.desc(&kind.kind.value, &kind.doc, fields, &kind.fields, kind.kind.span);
        desc.rules = keywords::add(String::new(), &kind.keywords).into();
        self.messages.push(TypeDef { rust_names: rust_names(&desc, &kind.fields), desc, object: true, list: false });
        if has_list(kind) {
            self.list(kind);
        }
    }

    fn list(&mut self, kind: &'a Kind) {
        let item = format!("{}.{}", self.package().proto, kind.kind.value);
        let plural = plural(kind);
        let fields = object::list_fields(&plural, Ref::Named(item.into()), Ref::Named(format!("{META}.ListMeta").into()));
        let doc = object::list_doc(&plural);
        let desc = self.desc(&list_kind(kind), &doc, fields, &[], kind.kind.span);
        self.messages.push(TypeDef { desc, rust_names: Vec::new(), object: true, list: true });
    }

    fn ty(&mut self, ty: &'a raw::Type) {
        match &ty.body {
            Body::Message { fields, atomic, unions, either, keywords } => {
                let mut desc = self.desc(&ty.name.value, &ty.doc, Vec::new(), fields, ty.name.span);
                desc.atomic = *atomic;
                desc.either = *either;
                desc.rules = keywords::add(String::new(), keywords).into();
                desc.unions = unions.as_ref().map(ToString::to_string).unwrap_or_default().into();
                self.messages.push(TypeDef { rust_names: rust_names(&desc, fields), desc, object: false, list: false });
            }
            Body::Enum { values, .. } => {
                let values = values.iter().map(|(value, doc)| (value.value.clone(), doc.clone().into())).collect();
                self.enums.push(EnumDef { name: ty.name.value.clone(), doc: ty.doc.clone().into(), values });
            }
            Body::Alias(_) => {}
        }
    }

    fn desc(&mut self, name: &str, doc: &str, mut fields: Vec<Field>, written: &'a [raw::Field], span: Span) -> Desc {
        let implied = fields.len();
        fields.extend(written.iter().map(|field| self.fields.field(field)));
        let package = self.package();
        let mut desc = Desc::owned(name.to_owned(), package.proto.clone(), package.openapi.clone(), fields);
        desc.doc = doc.to_owned().into();
        self.origins.types.insert(desc.proto_name(), Origin { span, implied, fields: written });
        desc
    }
}

fn plural(kind: &Kind) -> String {
    kind.plural.as_ref().map_or_else(|| format!("{}s", kind.kind.value.to_lowercase()), |plural| plural.value.clone())
}

fn meta_field(name: &'static str, ty: &str, number: u32) -> Field {
    let mut field = Field::new(name, number, Type::Message(Ref::Named(format!("{META}.{ty}").into())));
    field.omit = Omit::Empty;
    field
}

/// Names that are stated, and those of inlined fields, which have no JSON name to derive one from.
fn rust_names(desc: &Desc, written: &[raw::Field]) -> Vec<String> {
    if !written.iter().any(|field| field.inline || field.rust.is_some()) {
        return Vec::new();
    }
    let implied = desc.fields.len() - written.len();
    let own = written.iter().map(|field| match &field.rust {
        Some(rust) => rust.value.clone(),
        None if field.inline => heck::AsSnakeCase(&field.name.value).to_string(),
        None => String::new(),
    });
    std::iter::repeat_n(String::new(), implied).chain(own).collect()
}
