//! An API set as the emitters see it: checked, complete, every name resolved. Where things were written is kept beside it, not in it.

use kubewright_model::crd::Manifest;
use kubewright_model::{Desc, Facts, Kind, Text};

/// One directory below `schemas/`.
#[derive(Clone, Debug)]
pub struct Set {
    /// Directory name, such as `wardle`.
    pub name: String,
    /// The release it describes, such as `1.36`.
    pub release: String,
    /// `info.title` of the OpenAPI documents.
    pub title: String,
    /// Feature gates, and whether they are on unless switched.
    pub gates: Vec<(String, bool)>,
    /// Own groups, in the order of discovery.
    pub groups: Vec<Group>,
    /// Own resources: one per stored form.
    pub resources: Vec<Resource>,
    /// What it takes from other sets.
    pub uses: Vec<Use>,
    /// Whether CustomResourceDefinitions are made of its kinds.
    pub crds: bool,
    /// What does not follow from types and resources.
    pub facts: Facts,
}

/// Kinds that a set takes from another.
#[derive(Clone, Debug)]
pub struct Use {
    /// The other set.
    pub set: String,
    /// Positions among the other set's `resources`.
    pub resources: Vec<usize>,
}

/// An API group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of its Rust module, which is its directory's name, such as `rbac`.
    pub module: String,
    /// Group, such as `rbac.authorization.k8s.io`; empty for the core group.
    pub group: String,
    /// Most preferred first.
    pub versions: Vec<Version>,
}

/// A version of a group.
#[derive(Clone, Debug)]
pub struct Version {
    /// Version, such as `v1beta1`; also the name of its Rust module.
    pub version: String,
    /// Protobuf package.
    pub package: String,
    /// Prefix of OpenAPI definition names.
    pub openapi: String,
    /// Message types, kinds and their lists included, in the order of the files.
    pub types: Vec<TypeDef>,
    /// Named sets of text values.
    pub enums: Vec<EnumDef>,
}

/// A message type of a set.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// What it is; references to other types are `Ref::Named` full protobuf names.
    pub desc: Desc,
    /// Rust field names in the order of the fields where they are not the snake case of the JSON name; empty otherwise.
    pub rust_names: Vec<String>,
    /// Set for types that are an object of a kind (with `kind` and `apiVersion` among their fields).
    pub object: bool,
    /// For the list type of a kind.
    pub list: bool,
}

/// A named set of text values.
#[derive(Clone, Debug)]
pub struct EnumDef {
    /// Name, such as `ReferenceType`.
    pub name: String,
    /// What it means.
    pub doc: Text,
    /// Value and what it means.
    pub values: Vec<(String, Text)>,
}

/// One stored form, seen through versions.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Key prefix in the store below `/registry/`.
    pub key: String,
    /// Position of the hub among `versions`.
    pub hub: usize,
    /// Position of the stored version among `versions`.
    pub storage: usize,
    /// The kind in each version, most preferred first; types are `Ref::Named`.
    pub versions: Vec<Kind>,
    /// Per version, how it relates to the hub; the hub's own entry is empty.
    pub conversions: Vec<Vec<TypeLens>>,
    /// What its CustomResourceDefinition says besides.
    pub manifest: Manifest,
}

/// How one type of a version relates to its counterpart of the hub. Types without one have the same shape and need no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeLens {
    /// Full protobuf name of the hub's type.
    pub hub: String,
    /// Full protobuf name of the version's type.
    pub spoke: String,
    /// Rules for what is not identical; everything else is copied by name.
    pub steps: Vec<Step>,
}

/// A field of a type, or a field of a message in it: JSON names from the type down.
pub type Path = Vec<String>;

/// A two-way rule between a hub type and a spoke type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same value under another name or in another place.
    Move {
        /// Where the hub has it.
        hub: Path,
        /// Where the version has it.
        spoke: Path,
    },
    /// The hub has one field per arm, the version one field for all; a tag that both have names the arm.
    Union {
        /// The hub's tag.
        hub_tag: Path,
        /// Tag value and the hub's field for it.
        arms: Vec<(String, Path)>,
        /// The version's tag.
        spoke_tag: Path,
        /// The version's field.
        spoke_value: Path,
    },
    /// Two text fields whose values correspond, depending on a third that both have. Rows that do not fit copy the text.
    Lookup {
        /// The field that both have and that chooses the row.
        by: Path,
        /// The hub's field.
        hub: Path,
        /// The version's field.
        spoke: Path,
        /// Value of `by`, the hub's text, the version's text.
        rows: Vec<(String, String, String)>,
    },
}

impl Step {
    /// Every path of the rule.
    pub fn paths(&self) -> Vec<&Path> {
        match self {
            Self::Move { hub, spoke } => vec![hub, spoke],
            Self::Union { hub_tag, arms, spoke_tag, spoke_value } => {
                [hub_tag, spoke_tag, spoke_value].into_iter().chain(arms.iter().map(|(_, path)| path)).collect()
            }
            Self::Lookup { by, hub, spoke, .. } => vec![by, hub, spoke],
        }
    }

    /// The same rule with other paths.
    pub fn map_paths(&self, map: impl Fn(&Path) -> Path) -> Self {
        match self {
            Self::Move { hub, spoke } => Self::Move { hub: map(hub), spoke: map(spoke) },
            Self::Union { hub_tag, arms, spoke_tag, spoke_value } => Self::Union {
                hub_tag: map(hub_tag),
                arms: arms.iter().map(|(name, path)| (name.clone(), map(path))).collect(),
                spoke_tag: map(spoke_tag),
                spoke_value: map(spoke_value),
            },
            Self::Lookup { by, hub, spoke, rows } => Self::Lookup { by: map(by), hub: map(hub), spoke: map(spoke), rows: rows.clone() },
        }
    }
}
