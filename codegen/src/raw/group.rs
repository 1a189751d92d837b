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
    /// What it says; `None` when it says nothing or several things.
    pub body: Option<StepBody>,
}

/// What a rule says; paths are still text.
#[derive(Clone, Debug)]
pub enum StepBody {
    /// The same value in two places.
    Move(Words, Words),
    /// A field per arm against one field.
    Union {
        /// The hub's tag.
        hub_tag: Words,
        /// Tag value and the hub's field.
        arms: Vec<(Words, Words)>,
        /// The version's tag.
        spoke_tag: Words,
        /// The version's field.
        spoke_value: Words,
    },
    /// Texts that correspond.
    Lookup {
        /// What chooses the row.
        by: Words,
        /// The hub's field.
        hub: Words,
        /// The version's field.
        spoke: Words,
        /// Value of `by`, hub's text, version's text.
        rows: Vec<(Words, String, String)>,
    },
    /// Fields that one side has alone: the hub's, the version's.
    Only(Vec<Words>, Vec<Words>),
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
    })
}

fn rules(ty: &Entry) -> Vec<Rules> {
    let of_version = |entry: &Entry| Rules { ty: ty.name(), version: entry.name(), steps: entry.value.items().iter().map(step).collect() };
    ty.value.entries().iter().map(of_version).collect()
}

fn step(node: &Node) -> Step {
    let span = node.entries().first().map_or(node.span, |entry| entry.span);
    Step { span, body: if node.entries().len() == 1 { body(node) } else { None } }
}

fn body(node: &Node) -> Option<StepBody> {
    let entry = node.entries().first()?;
    let rule = &entry.value;
    match entry.key.as_str() {
        "move" => Some(StepBody::Move(rule.text("hub")?, rule.text("spoke")?)),
        "union" => {
            let (hub, spoke) = (rule.get("hub")?, rule.get("spoke")?);
            let arms = hub.map("arms").iter().filter_map(|arm| Some((arm.name(), arm.value.words()?))).collect();
            Some(StepBody::Union { hub_tag: hub.text("tag")?, arms, spoke_tag: spoke.text("tag")?, spoke_value: spoke.text("value")? })
        }
        "lookup" => {
            let rows = rule.map("rows").iter().map(|row| (row.name(), row.value.plain("hub"), row.value.plain("spoke"))).collect();
            Some(StepBody::Lookup { by: rule.text("by")?, hub: rule.text("hub")?, spoke: rule.text("spoke")?, rows })
        }
        "only" => Some(StepBody::Only(rule.texts("hub").unwrap_or_default(), rule.texts("spoke").unwrap_or_default())),
        _ => None,
    }
}
