//! Types and fields as they were written.

use serde_json::Value;

use super::grammar;
use super::keyword::{self, Keywords};
use super::rule::{self, Rule, TypeRule};
use super::shape;
use super::value::{Located, Words};
use crate::diagnostic::Collector;
use crate::source::Span;
use crate::yaml::{Entry, Node, Yaml};

/// A type as it was written.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its name.
    pub name: Words,
    /// What it is.
    pub doc: String,
    /// Message, enum or alias.
    pub body: Body,
    /// More than one of `fields`, `enum` and `alias` was given.
    pub mixed: Option<Span>,
    /// What holds for it as a whole.
    pub rules: Vec<TypeRule>,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Body {
    /// A message.
    Message {
        /// Its fields.
        fields: Vec<Field>,
        /// Server-side apply treats it as one unit.
        atomic: bool,
        /// Value of `x-kubernetes-unions`.
        unions: Option<Value>,
        /// In JSON, the value of one of the fields.
        either: bool,
        /// Other keywords of its schema: key of the language and value.
        keywords: Keywords,
    },
    /// Named values, each with what it means.
    Enum {
        /// The values.
        values: Vec<(Words, String)>,
        /// Others are let through.
        open: bool,
    },
    /// Another name.
    Alias(Words),
}

/// A field as it was written.
#[derive(Clone, Debug)]
pub struct Field {
    /// JSON name.
    pub name: Words,
    /// Protobuf number.
    pub tag: Option<Located<i64>>,
    /// Type notation.
    pub ty: Words,
    /// When JSON leaves it out.
    pub omit: Option<Words>,
    /// Listed as required.
    pub required: Option<bool>,
    /// What it means.
    pub doc: String,
    /// Alternatives of its default.
    pub default: Vec<Default>,
    /// Protobuf name.
    pub proto: Option<Words>,
    /// Its fields stand in the parent.
    pub inline: bool,
    /// In JSON at all.
    pub json: bool,
    /// A message of its own in protobuf.
    pub wrapped: bool,
    /// Name of that message.
    pub wrapper: Option<Words>,
    /// OpenAPI format.
    pub format: String,
    /// `atomic` or `set`.
    pub list: Option<Words>,
    /// Keys of the items.
    pub keys: Vec<Words>,
    /// `atomic` or `granular`.
    pub map: Option<Words>,
    /// Patch strategy.
    pub patch: Option<Words>,
    /// Patch key.
    pub merge_key: Option<Words>,
    /// The field beside it that its entries move to.
    pub into: Option<Words>,
    /// Constraints: key of the language and value.
    pub rules: Vec<(&'static str, Located<Value>)>,
    /// Other keywords of its schema: key of the language and value.
    pub keywords: Keywords,
    /// Name in Rust.
    pub rust: Option<Words>,
    /// Constraints under conditions, or of what lies below.
    pub conditional: Vec<Rule>,
    /// Feature gates it came with.
    pub gates: Vec<Words>,
    /// The choice it is part of.
    pub choice: Option<Words>,
}

/// An alternative of a default.
#[derive(Clone, Debug)]
pub struct Default {
    /// Where it stands.
    pub span: Span,
    /// The value.
    pub value: Option<Located<Value>>,
    /// Path to copy from.
    pub from: Option<Words>,
    /// Members for what is unset in the message.
    pub fill: Option<Located<Value>>,
    /// Condition.
    pub when: Option<Words>,
}

/// Types under `types:`.
pub(super) fn types(node: &Node, problems: &mut Collector) -> Vec<Type> {
    node.map("types").iter().map(|entry| one_type(entry, problems)).collect()
}

fn one_type(entry: &Entry, problems: &mut Collector) -> Type {
    let node = &entry.value;
    let bodies: Vec<&Entry> = node.entries().iter().filter(|entry| matches!(entry.key.as_str(), "fields" | "enum" | "alias")).collect();
    let body = match (node.text("alias"), node.get("enum")) {
        (Some(alias), _) => Body::Alias(alias),
        (None, Some(values)) => Body::Enum { values: values_of(values), open: node.is("open") },
        (None, None) => Body::Message {
            fields: fields(node, problems),
            atomic: node.is("atomic"),
            unions: node.any("unions").map(|unions| unions.value),
            either: node.is("either"),
            keywords: keyword::of_type(node),
        },
    };
    Type { name: entry.name(), doc: node.plain("doc"), body, mixed: bodies.get(1).map(|entry| entry.span), rules: rule::of_type(node) }
}

fn values_of(node: &Node) -> Vec<(Words, String)> {
    match &node.value {
        Yaml::Map(entries) => {
            entries.iter().map(|entry| (entry.name(), entry.value.words().map(|doc| doc.value).unwrap_or_default())).collect()
        }
        _ => node.items().iter().filter_map(|item| Some((item.words()?, String::new()))).collect(),
    }
}

/// Fields under `fields:`.
pub(super) fn fields(node: &Node, problems: &mut Collector) -> Vec<Field> {
    node.map("fields").iter().map(|entry| field(entry, problems)).collect()
}

fn field(entry: &Entry, problems: &mut Collector) -> Field {
    let node = &entry.value;
    Field {
        name: entry.name(),
        tag: node.whole("tag"),
        ty: node.text("type").unwrap_or_else(|| Located { value: "string".to_owned(), span: entry.span }),
        omit: node.text("omit"),
        required: node.flag("required").map(|flag| flag.value),
        doc: node.plain("doc"),
        default: defaults(node, problems),
        proto: node.text("proto"),
        inline: node.is("inline"),
        json: node.flag("json").is_none_or(|flag| flag.value),
        wrapped: node.flag("wrapped").is_none_or(|flag| flag.value) && node.get("wrapped").is_some(),
        wrapper: if node.flag("wrapped").is_none() { node.text("wrapped") } else { None },
        format: node.plain("format"),
        list: node.text("list"),
        keys: node.texts("keys").unwrap_or_default(),
        map: node.text("map"),
        patch: node.text("patch"),
        merge_key: node.text("mergeKey"),
        into: node.text("into"),
        rules: rule::checks(node),
        keywords: keyword::of_field(node),
        rust: node.text("rust"),
        conditional: rule::of_field(node),
        gates: node.text("gate").into_iter().chain(node.texts("gate").unwrap_or_default()).collect(),
        choice: node.text("choice"),
    }
}

/// The alternatives of a default.
pub(super) fn defaults(node: &Node, problems: &mut Collector) -> Vec<Default> {
    node.get("default").map(|default| alternatives(default, problems)).unwrap_or_default()
}

/// A mapping with `value`, `from` or `fill` is an alternative; a list with such a mapping holds several, which may also be plain values; anything
/// else is a value.
fn alternatives(node: &Node, problems: &mut Collector) -> Vec<Default> {
    let written = |node: &Node| ["value", "from", "fill"].iter().any(|key| node.get(key).is_some());
    if written(node) {
        return vec![alternative(node, problems)];
    }
    if node.items().iter().any(written) {
        return node.items().iter().map(|item| if written(item) { alternative(item, problems) } else { plain(item) }).collect();
    }
    vec![plain(node)]
}

fn plain(node: &Node) -> Default {
    Default { span: node.span, value: Some(Located { value: node.json(), span: node.span }), from: None, fill: None, when: None }
}

fn alternative(node: &Node, problems: &mut Collector) -> Default {
    shape::object(node, &grammar::DEFAULT, node.span, problems);
    Default { span: node.span, value: node.any("value"), from: node.text("from"), fill: node.any("fill"), when: node.text("when") }
}
