//! What differs between two states of an object: the paths that were added, modified and removed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::path::PathElement;
use super::schema::Node;
use super::set::Set;
use crate::patch::same;

/// The paths in which two states of an object differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Only in the new state.
    pub added: Set,
    /// In both, with other values.
    pub modified: Set,
    /// Only in the old state.
    pub removed: Set,
}

impl Comparison {
    /// Without what is in, or below, the given paths.
    pub fn without(self, paths: &Set) -> Self {
        if paths.is_empty() {
            return self;
        }
        Self { added: self.added.outside(paths), modified: self.modified.outside(paths), removed: self.removed.outside(paths) }
    }

    /// Which of `fields`, owned by somebody else, are still theirs after the change.
    pub fn left_to_others(&self, fields: &Set) -> Set {
        fields.difference(&self.modified).difference(&self.added).difference(&self.removed)
    }
}

/// Compares two states of an object of this type.
pub fn compare(old: &Value, new: &Value, node: Node<'_>) -> Comparison {
    let mut walk = Walk { path: Vec::new(), found: Comparison::default() };
    walk.visit(Some(old), Some(new), node);
    walk.found
}

/// The paths of everything in an object of this type.
pub fn all_paths(object: &Value, node: Node<'_>) -> Set {
    let mut walk = Walk { path: Vec::new(), found: Comparison::default() };
    walk.visit(None, Some(object), node);
    walk.found.added
}

struct Walk {
    path: Vec<PathElement>,
    found: Comparison,
}

impl Walk {
    /// Compares the values at the path; `None` is absence, which null is not.
    fn visit(&mut self, old: Option<&Value>, new: Option<&Value>, node: Node<'_>) {
        let descended = match node {
            Node::Leaf => false,
            Node::Untyped | Node::Message(_) | Node::Map(_) => match (members(old), members(new)) {
                (Some(old), Some(new)) if !(old.is_empty() && new.is_empty()) => {
                    self.members(old, new, node);
                    true
                }
                _ => false,
            },
            Node::Set | Node::Keyed(_) => match (items(old), items(new)) {
                (Some(old), Some(new)) if !(old.is_empty() && new.is_empty()) => {
                    self.items(old, new, node);
                    true
                }
                _ => false,
            },
        };
        match (old, new) {
            (None, Some(_)) => self.found.added.insert(&self.path),
            (Some(_), None) => self.found.removed.insert(&self.path),
            (Some(old), Some(new)) if !descended && !same(old, new) => self.found.modified.insert(&self.path),
            _ => {}
        }
    }

    fn members(&mut self, old: &Map<String, Value>, new: &Map<String, Value>, node: Node<'_>) {
        for (name, value) in old {
            self.below(PathElement::Field(name.clone()), Some(value), new.get(name), node.member(name));
        }
        for (name, value) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.below(PathElement::Field(name.clone()), None, Some(value), node.member(name));
        }
    }

    fn below(&mut self, element: PathElement, old: Option<&Value>, new: Option<&Value>, node: Node<'_>) {
        self.path.push(element);
        self.visit(old, new, node);
        self.path.pop();
    }

    fn items(&mut self, old: &[Value], new: &[Value], node: Node<'_>) {
        let mut groups: BTreeMap<PathElement, (Vec<&Value>, Vec<&Value>)> = BTreeMap::new();
        for item in old {
            if let Some(element) = node.identity(item) {
                groups.entry(element).or_default().0.push(item);
            }
        }
        for item in new {
            if let Some(element) = node.identity(item) {
                groups.entry(element).or_default().1.push(item);
            }
        }
        for (element, (old, new)) in groups {
            self.group(element, &old, &new, node.item());
        }
    }

    /// Compares the items with one identity. Duplicates, which are tolerated, count as one unit.
    fn group(&mut self, element: PathElement, old: &[&Value], new: &[&Value], node: Node<'_>) {
        match (old, new) {
            ([] | [_], [] | [_]) => return self.below(element, old.first().copied(), new.first().copied(), node),
            ([] | [_], _) => {
                if let [one] = old {
                    self.below(element.clone(), Some(one), None, node);
                }
            }
            (_, [] | [_]) => {
                if let [one] = new {
                    self.below(element.clone(), None, Some(one), node);
                }
            }
            _ => {}
        }
        self.path.push(element);
        let set = match (old.len() > 1, new.len() > 1) {
            (false, _) => Some(&mut self.found.added),
            (true, false) => Some(&mut self.found.removed),
            (true, true) if old.len() != new.len() || old.iter().zip(new).any(|(old, new)| !same(old, new)) => {
                Some(&mut self.found.modified)
            }
            (true, true) => None,
        };
        if let Some(set) = set {
            set.insert(&self.path);
        }
        self.path.pop();
    }
}

/// The members to compare; absence and null have none, and other values are no objects.
fn members(value: Option<&Value>) -> Option<&Map<String, Value>> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    match value {
        None | Some(Value::Null) => Some(&NONE),
        Some(Value::Object(members)) => Some(members),
        Some(_) => None,
    }
}

fn items(value: Option<&Value>) -> Option<&[Value]> {
    match value {
        None | Some(Value::Null) => Some(&[]),
        Some(Value::Array(items)) => Some(items),
        Some(_) => None,
    }
}
