//! Kinds as they were written.

use serde_json::Value;

use super::field::{self, Field, Type};
use super::keyword::{self, Keywords};
use super::rule::{self, Rule, TypeRule};
use super::value::{Located, Words};
use crate::diagnostic::Collector;
use crate::source::Span;
use crate::yaml::{Entry, Node, Yaml};

/// The file of a kind.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name.
    pub kind: Words,
    /// Resource name.
    pub plural: Option<Words>,
    /// Name for one.
    pub singular: Option<Words>,
    /// Kind of the list.
    pub list_kind: Option<Words>,
    /// Not `scope: Cluster`.
    pub namespaced: bool,
    /// Abbreviations.
    pub short_names: Vec<Words>,
    /// Groups of resources.
    pub categories: Vec<Words>,
    /// Verbs, where stated.
    pub verbs: Option<Vec<Words>>,
    /// What it is.
    pub doc: String,
    /// Not `resource: false`.
    pub resource: bool,
    /// How metadata is written; `None` for a kind without it.
    pub metadata: Option<Metadata>,
    /// Its fields, without the implied ones.
    pub fields: Vec<Field>,
    /// What lies below.
    pub subresources: Vec<Subresource>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Paths for field selectors.
    pub selectable: Vec<Words>,
    /// How names are checked.
    pub names: Option<Words>,
    /// Generations are counted.
    pub generation: Option<bool>,
    /// PUT overwrites without resourceVersion.
    pub unconditional_update: bool,
    /// PUT creates.
    pub create_on_update: bool,
    /// DELETE answers with the object.
    pub delete_returns_object: bool,
    /// Store key prefix.
    pub key: Option<Words>,
    /// What holds for it as a whole.
    pub rules: Vec<TypeRule>,
    /// Kind of another group that its objects are stored as.
    pub stored_as: Option<Words>,
    /// Its own life cycle and roles.
    pub life: Life,
    /// Types it owns.
    pub types: Vec<Type>,
    /// Other keywords of its schema.
    pub keywords: Keywords,
    /// `convert: none`.
    pub unconverted: bool,
    /// What its CustomResourceDefinition says besides.
    pub crd: Option<Definition>,
}

/// What a CustomResourceDefinition says besides.
#[derive(Clone, Debug, Default)]
pub struct Definition {
    /// Annotations and labels.
    pub annotations: Vec<(String, String)>,
    /// Labels.
    pub labels: Vec<(String, String)>,
    /// Versions in order.
    pub versions: Vec<Words>,
    /// `spec.conversion`.
    pub conversion: Option<Value>,
    /// Merged over the definition.
    pub manifest: Option<Value>,
    /// Merged over the version.
    pub version: Option<Value>,
}

/// When something came and goes, and whether it is hub and storage: of a version, or of a kind that differs from its version.
#[derive(Clone, Debug, Default)]
pub struct Life {
    /// First release with it.
    pub introduced: Option<Words>,
    /// First release that warns.
    pub deprecated: Option<Words>,
    /// First release without it.
    pub removed: Option<Words>,
    /// What to use instead.
    pub replacement: Option<Words>,
    /// What clients are told.
    pub warning: Option<Words>,
    /// Served at all.
    pub served: Option<bool>,
    /// Objects are stored in it.
    pub storage: Option<Located<bool>>,
    /// Conversions go through it.
    pub hub: Option<Located<bool>>,
}

/// How metadata is written.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// When JSON leaves it out.
    pub omit: Option<Words>,
    /// Listed as required.
    pub required: bool,
    /// What it is.
    pub doc: String,
    /// Alternatives of its default.
    pub default: Vec<field::Default>,
    /// Merged over its schema.
    pub schema: Keywords,
    /// Checks under conditions, or of what lies below.
    pub rules: Vec<Rule>,
}

/// A subresource.
#[derive(Clone, Debug)]
pub struct Subresource {
    /// Last path segment.
    pub name: Words,
    /// Verbs, where stated.
    pub verbs: Option<Vec<Words>>,
    /// Another kind it speaks.
    pub speaks: Option<Words>,
    /// Part of the object it writes.
    pub part: Option<Words>,
    /// Path of the wanted number.
    pub replicas: Option<Words>,
    /// Path of the observed number.
    pub observed: Option<Words>,
    /// Path of the selector.
    pub selector: Option<Words>,
    /// HTTP methods by which it connects.
    pub connect: Option<Vec<Words>>,
    /// It takes paths below its own.
    pub tail: bool,
    /// Kind of its query parameters.
    pub options: Option<Words>,
    /// It answers plain text too.
    pub text: bool,
    /// What posting does.
    pub action: Option<Words>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Heading.
    pub name: Words,
    /// Path of the value.
    pub path: Option<Words>,
    /// Path that is not held against the fields.
    pub json_path: Option<Words>,
    /// Expression for the cell.
    pub cell: Option<Words>,
    /// OpenAPI type; may be empty.
    pub ty: String,
    /// OpenAPI format.
    pub format: String,
    /// 0 is always shown.
    pub priority: i64,
    /// What it shows.
    pub doc: String,
    /// Where it stands.
    pub span: Span,
}

pub(super) fn kind(node: &Node, problems: &mut Collector) -> Option<Kind> {
    Some(Kind {
        kind: node.text("kind")?,
        plural: node.text("plural"),
        singular: node.text("singular"),
        list_kind: node.text("listKind"),
        namespaced: node.plain("scope") != "Cluster",
        short_names: node.texts("shortNames").unwrap_or_default(),
        categories: node.texts("categories").unwrap_or_default(),
        verbs: node.texts("verbs"),
        doc: node.plain("doc"),
        resource: node.flag("resource").is_none_or(|flag| flag.value),
        metadata: metadata(node, problems),
        fields: field::fields(node, problems),
        subresources: node.map("subresources").iter().map(subresource).collect(),
        columns: node.get("columns").map(Node::items).unwrap_or_default().iter().filter_map(column).collect(),
        selectable: node.texts("selectable").unwrap_or_default(),
        names: node.text("names"),
        generation: node.flag("generation").map(|flag| flag.value),
        unconditional_update: node.is("unconditionalUpdate"),
        create_on_update: node.is("createOnUpdate"),
        delete_returns_object: node.is("deleteReturnsObject"),
        key: node.text("key"),
        rules: rule::of_type(node),
        stored_as: node.text("storedAs"),
        life: life(node),
        types: field::types(node, problems),
        keywords: keyword::of_type(node),
        unconverted: node.text("convert").is_some(),
        crd: node.get("crd").map(definition),
    })
}

pub(super) fn life(node: &Node) -> Life {
    Life {
        introduced: node.text("introduced"),
        deprecated: node.text("deprecated"),
        removed: node.text("removed"),
        replacement: node.text("replacement"),
        warning: node.text("warning"),
        served: node.flag("served").map(|flag| flag.value),
        storage: node.flag("storage"),
        hub: node.flag("hub"),
    }
}

fn metadata(node: &Node, problems: &mut Collector) -> Option<Metadata> {
    let Some(metadata) = node.get("metadata") else { return Some(Metadata::default()) };
    match &metadata.value {
        Yaml::Map(_) => Some(Metadata {
            omit: metadata.text("omit"),
            required: metadata.is("required"),
            doc: metadata.plain("doc"),
            default: field::defaults(metadata, problems),
            schema: keyword::of_field(metadata),
            rules: rule::of_field(metadata),
        }),
        _ if node.is("metadata") => Some(Metadata::default()),
        _ => None,
    }
}

fn definition(node: &Node) -> Definition {
    let texts = |key: &str| node.map(key).iter().filter_map(|entry| Some((entry.key.clone(), entry.value.words()?.value))).collect();
    Definition {
        annotations: texts("annotations"),
        labels: texts("labels"),
        versions: node.texts("versions").unwrap_or_default(),
        conversion: node.get("conversion").map(Node::json),
        manifest: node.get("manifest").map(Node::json),
        version: node.get("version").map(Node::json),
    }
}

fn subresource(entry: &Entry) -> Subresource {
    let node = &entry.value;
    Subresource {
        name: entry.name(),
        verbs: node.texts("verbs"),
        speaks: node.text("speaks"),
        part: node.text("part"),
        replicas: node.text("replicas"),
        observed: node.text("observed"),
        selector: node.text("selector"),
        connect: node.texts("connect"),
        tail: node.is("tail"),
        options: node.text("options"),
        text: node.is("text"),
        action: node.text("action"),
    }
}

fn column(node: &Node) -> Option<Column> {
    let name = node.text("name")?;
    Some(Column {
        path: node.text("path"),
        json_path: node.text("jsonPath"),
        cell: node.text("cell"),
        ty: node.plain("type"),
        format: node.plain("format"),
        priority: node.whole("priority").map_or(0, |priority| priority.value),
        doc: node.plain("doc"),
        span: name.span,
        name,
    })
}
