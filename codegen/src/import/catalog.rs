//! What a source says, as trees of the schema language that are not in files yet.

use super::report::Report;
use super::write::Map;

/// Everything a source says.
#[derive(Debug, Default)]
pub struct Catalog {
    /// The sets it speaks of.
    pub sets: Vec<Set>,
    /// What it says that schemas cannot.
    pub report: Report,
    /// Whether the source knows protobuf numbers; otherwise those of new fields are made up.
    pub numbers: bool,
    /// Whether the source tells unset from zero; otherwise what people wrote about it stays.
    pub presence: bool,
}

/// A set.
#[derive(Debug)]
pub struct Set {
    /// Its name.
    pub name: String,
    /// `set.yaml`, used where there is none yet.
    pub tree: Map,
    /// Its groups.
    pub groups: Vec<Group>,
}

/// A group.
#[derive(Debug)]
pub struct Group {
    /// Its directory below the set's; empty when the set has no other.
    pub directory: String,
    /// Its name.
    pub name: String,
    /// Its versions, most preferred first.
    pub versions: Vec<Version>,
}

/// A version of a group.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// What `group.yaml` says about it.
    pub tree: Map,
    /// Its kinds: the content of their files, without `types`.
    pub kinds: Vec<Item>,
    /// Its other types.
    pub types: Vec<Item>,
}

/// A kind or a type.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// What is written about it.
    pub tree: Map,
    /// The types of the same version that it names, in the order of naming.
    pub uses: Vec<String>,
}

impl Item {
    /// Named text rather than a message.
    pub fn is_enum(&self) -> bool {
        self.tree.get("enum").is_some()
    }
}
