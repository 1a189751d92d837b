//! One side of a comparison: everything a set of schemas states, as a flat list of items with facts, each fact with its place.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use kubewright_model::openapi::v2;
use serde_json::Value;

use super::walk::Items;
use super::{reach, walk};
use crate::diagnostic::Diagnostics;
use crate::read::{with_model, with_released};
use crate::resolve::Model;
use crate::rust::layout::META;
use crate::set::Set;
use crate::source::{Sources, Span};
use crate::{api, report};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A directory below `schemas/`.
    Set,
    /// A feature gate.
    Gate,
    /// An API group.
    Group,
    /// A version of a group.
    Version,
    /// A kind in a version.
    Kind,
    /// What lies below the path of a kind's objects.
    Subresource,
    /// A column of `kubectl get`.
    Column,
    /// A path that field selectors may name.
    Selectable,
    /// A message, an enum or an alias.
    Type,
    /// A field of a kind or message.
    Field,
    /// A value of an enum.
    Value,
    /// The conversion rules of a kind or type for one version.
    Lens,
}

impl What {
    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Gate => "feature gate",
            Self::Group => "group",
            Self::Version => "version",
            Self::Kind => "kind",
            Self::Subresource => "subresource",
            Self::Column => "column",
            Self::Selectable => "selectable field",
            Self::Type => "type",
            Self::Field => "field",
            Self::Value => "value",
            Self::Lens => "conversion",
        }
    }
}

/// How stable a version is, by its name. Source: Kubernetes API versioning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Track {
    /// `v1alpha1`.
    Alpha,
    /// `v1beta1`.
    Beta,
    /// `v1`, and what is in no version.
    #[default]
    Stable,
}

impl Track {
    /// The track of a version's name.
    pub fn of(version: &str) -> Self {
        if version.contains("alpha") {
            Self::Alpha
        } else if version.contains("beta") {
            Self::Beta
        } else {
            Self::Stable
        }
    }
}

/// A value and where it was written; of what follows from something else, where that was.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The value.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// Something with a name.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub what: What,
    /// Its set.
    pub set: String,
    /// Its group; empty for sets, and for the core group.
    pub group: String,
    /// Its version, where it is in one.
    pub version: String,
    /// The last part of its path.
    pub name: String,
    /// What names it in its set, such as `shop.example.io/v1 WidgetSpec.color`.
    pub path: String,
    /// Path of the item that it is part of; empty for a set.
    pub parent: String,
    /// Where its name stands.
    pub span: Span,
    /// What is said of it, by key of the language.
    pub facts: BTreeMap<String, Fact>,
    /// Of types and fields, where kinds show them, such as `Widget.spec.color`.
    pub routes: Vec<String>,
    /// It is seen in the status of objects alone.
    pub status: bool,
}

impl Item {
    /// How stable its version is.
    pub fn track(&self) -> Track {
        Track::of(&self.version)
    }

    /// A fact's value; null where nothing is said.
    pub fn value(&self, key: &str) -> &Value {
        self.facts.get(key).map_or(&Value::Null, |fact| &fact.value)
    }

    /// A fact's text; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        self.value(key).as_str().unwrap_or_default()
    }

    /// Whether a fact is `true`.
    pub fn is(&self, key: &str) -> bool {
        *self.value(key) == Value::Bool(true)
    }

    /// Where a fact stands, else the item.
    pub fn place(&self, key: &str) -> Span {
        self.facts.get(key).map_or(self.span, |fact| fact.span)
    }

    /// What people know it by: where a kind shows it, else its path.
    pub fn shown(&self) -> String {
        match self.routes.as_slice() {
            [route] => format!("{} {route}", kubewright_model::kind::api_version(&self.group, &self.version)),
            _ => self.path.clone(),
        }
    }
}

/// Schemas that can be compared.
#[derive(Clone, Debug)]
pub struct Side {
    /// The texts.
    pub sources: Sources,
    /// Items by set and path.
    pub items: BTreeMap<(String, String), Item>,
    sets: Vec<Set>,
    documents: OnceLock<BTreeMap<String, Value>>,
}

impl Side {
    /// Reads schemas; they have to be sound.
    pub fn read(sources: Sources) -> Result<Self, (Sources, Diagnostics)> {
        let found = with_model(&sources, |model| Self::items_of(&sources, model));
        Self::new(sources, found)
    }

    /// Reads schemas that were released; they were sound by the rules of the language as it was then.
    pub fn released(sources: Sources) -> Result<Self, (Sources, Diagnostics)> {
        let found = with_released(&sources, |model| Self::items_of(&sources, model));
        Self::new(sources, found)
    }

    fn items_of(sources: &Sources, model: &Model<'_>) -> (Items, Vec<Set>) {
        let mut items = walk::items(sources, &model.sets);
        reach::routes(&mut items);
        (items, model.sets.clone())
    }

    fn new(sources: Sources, found: Result<(Items, Vec<Set>), Diagnostics>) -> Result<Self, (Sources, Diagnostics)> {
        match found {
            Ok((items, sets)) => Ok(Self { sources, items, sets, documents: OnceLock::new() }),
            Err(problems) => Err((sources, problems)),
        }
    }

    /// What some sets of a tree say that was read before. Their documents are not made.
    pub fn of(sources: &Sources, sets: &[Set], names: &[String]) -> Self {
        let mut own = Sources::new();
        let of_names = |path: &str| names.iter().any(|name| path.split('/').next() == Some(name));
        sources.iter().filter(|(path, _)| of_names(path)).for_each(|(path, source)| own.insert(path, source.text.clone()));
        let items = walk::items(&own, sets);
        Self { sources: own, items, sets: Vec::new(), documents: OnceLock::new() }
    }

    /// An item of a set.
    pub fn item(&self, set: &str, path: &str) -> Option<&Item> {
        self.items.get(&(set.to_owned(), path.to_owned()))
    }

    /// The same item, where this side has it.
    pub fn same(&self, other: &Item) -> Option<&Item> {
        self.item(&other.set, &other.path)
    }

    /// Items of one sort.
    pub fn all(&self, what: What) -> impl Iterator<Item = &Item> {
        self.items.values().filter(move |item| item.what == what)
    }

    /// What is part of an item.
    pub fn parts<'s>(&'s self, of: &'s Item) -> impl Iterator<Item = &'s Item> {
        self.items.values().filter(move |item| item.parent == of.path && item.set == of.set)
    }

    /// Names of sets.
    pub fn sets(&self) -> impl Iterator<Item = &Item> {
        self.all(What::Set)
    }

    /// The OpenAPI documents by set, made on first use.
    pub fn documents(&self) -> &BTreeMap<String, Value> {
        self.documents.get_or_init(|| {
            let served = self.sets.iter().filter(|set| set.name != META);
            served.map(|set| (set.name.clone(), v2::document(&api::of_set(set, &self.sets), &set.facts.published))).collect()
        })
    }

    /// The version that an item is in.
    pub fn version_of(&self, item: &Item) -> Option<&Item> {
        self.item(&item.set, &kubewright_model::kind::api_version(&item.group, &item.version))
    }
}

/// One side, or the report of what is wrong with its schemas.
pub fn side_of(sources: Sources) -> Result<Side, String> {
    Side::read(sources).map_err(|(sources, problems)| report::text(&problems, &sources).trim_end().to_owned())
}
