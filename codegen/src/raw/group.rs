//! Sets, groups and conversion rules as they were written.

use super::documents::Documents;
use super::kind::{self, Kind, Life};
use super::value::Words;
use crate::raw::field::Type;
use crate::source::Span;
use crate::yaml::{Entry, Node};

/// A directory below `schemas/`.
#[derive(Clone, Debug)]
pub struct Set {
    /// Name of the directory.
    pub name: String,
    /// Where `set:` stands; the start of some file of the set when there is no `set.yaml`.
    pub span: Span,
    /// `set:`, where there is a `set.yaml`.
    pub set: Option<Words>,
    /// The release it describes.
    pub release: Option<Words>,
    /// Title of documents.
    pub title: Option<Words>,
    /// Stability levels on by default.
    pub levels: Option<Vec<Words>>,
    /// What `kind` and `apiVersion` mean.
    pub type_meta: Vec<(String, String)>,
    /// Whether CustomResourceDefinitions are made.
    pub crds: Option<bool>,
    /// Feature gates, and whether they are on.
    pub gates: Vec<(Words, bool)>,
    /// Order of groups.
    pub order: Vec<Words>,
    /// What it takes from other sets; no kinds means all.
    pub uses: Vec<(Words, Option<Vec<Words>>)>,
    /// What documents say besides.
    pub documents: Option<Documents>,
    /// Its groups by directory.
    pub groups: Vec<Group>,
}

/// A group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Directory name.
    pub module: String,
    /// Its name; empty for the core group.
    pub group: Words,
    /// Most preferred first.
    pub versions: Vec<Version>,
    /// Rules between versions.
    pub convert: Vec<Rules>,
    /// The functions that the rules name: the text of the group's `functions.rs`.
    pub functions: Option<String>,
}

/// A version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name.
    pub name: Words,
    /// Life cycle and roles.
    pub life: Life,
    /// Protobuf package.
    pub proto: Option<Words>,
    /// Prefix of OpenAPI names.
    pub openapi: Option<Words>,
    /// Its files in the order of their names.
    pub files: Vec<File>,
}

/// A file of a version.
#[derive(Clone, Debug)]
pub enum File {
    /// A kind and the types it owns.
    Kind(Box<Kind>),
    /// Types alone.
    Types(Vec<Type>),
}

/// The rules of a kind or type for one version.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Kind or type.
    pub ty: Words,
    /// The version that differs from the hub.
    pub version: Words,
    /// The rules.
    pub steps: Vec<Step>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it stands.
    pub span: Span,
    /// Its word and what follows it; `None` when it says nothing or several things.
    pub rule: Option<Entry>,
}

impl Step {
    /// A rule of a list of rules.
    pub fn of(node: &Node) -> Self {
        let span = node.entries().first().map_or(node.span, |entry| entry.span);
        let rule = if let [only] = node.entries() { Some(only.clone()) } else { None };
        Self { span, rule }
    }
}

impl Set {
    pub(super) fn new(name: &str, span: Span) -> Self {
        Self {
            name: name.to_owned(),
            span,
            set: None,
            release: None,
            title: None,
            levels: None,
            type_meta: Vec::new(),
            crds: None,
            gates: Vec::new(),
            order: Vec::new(),
            uses: Vec::new(),
            documents: None,
            groups: Vec::new(),
        }
    }

    pub(super) fn fill(&mut self, node: &Node) {
        self.set = node.text("set");
        self.span = self.set.as_ref().map_or(self.span, |set| set.span);
        self.release = node.text("release");
        self.title = node.text("title");
        self.levels = node.texts("levels");
        self.type_meta = node.map("typeMeta").iter().filter_map(|entry| Some((entry.key.clone(), entry.value.words()?.value))).collect();
        self.crds = node.flag("crds").map(|flag| flag.value);
        self.gates = node.map("gates").iter().map(|entry| (entry.name(), entry.value.json() == serde_json::Value::Bool(true))).collect();
        self.order = node.texts("groups").unwrap_or_default();
        let kinds = |entry: &Entry| (!entry.value.items().is_empty()).then(|| entry.value.items().iter().filter_map(Node::words).collect());
        self.uses = node.map("use").iter().map(|entry| (entry.name(), kinds(entry))).collect();
    }
}

pub(super) fn group(module: &str, node: &Node) -> Option<Group> {
    let version = |entry: &Entry| Version {
        name: entry.name(),
        life: kind::life(&entry.value),
        proto: entry.value.text("proto"),
        openapi: entry.value.text("openapi"),
        files: Vec::new(),
    };
    let convert = node.map("convert").iter().flat_map(rules).collect();
    Some(Group {
        module: module.to_owned(),
        group: node.text("group")?,
        versions: node.map("versions").iter().map(version).collect(),
        convert,
        functions: None,
    })
}

fn rules(ty: &Entry) -> Vec<Rules> {
    let of_version =
        |entry: &Entry| Rules { ty: ty.name(), version: entry.name(), steps: entry.value.items().iter().map(Step::of).collect() };
    ty.value.entries().iter().map(of_version).collect()
}
