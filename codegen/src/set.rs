//! An API set as the emitters see it: checked, complete, every name resolved. Where things were written is kept beside it, not in it.

mod fidelity;
mod step;

use kubewright_model::crd::Manifest;
use kubewright_model::{Desc, Facts, Kind, Text};

pub use fidelity::{Fidelity, Leaf};
pub use step::{Arm, Form, Rest, Side, Step, Unit, Value};

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
    /// The functions that rules of the group name: the text of its `functions.rs`.
    pub functions: Option<String>,
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
    /// Per version, what becomes of its values and the hub's; the hub's own entry is empty.
    pub leaves: Vec<Vec<Leaf>>,
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
