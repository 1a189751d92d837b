//! Sets of field paths, as trees.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::path::PathElement;

/// A set of field paths. A path does not imply those below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    pub(super) nodes: BTreeMap<PathElement, Branch>,
}

/// What a set holds at and below one step. Either it is a member, or something below is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Branch {
    /// Whether the path that ends here is in the set.
    pub(super) member: bool,
    /// What is below.
    pub(super) below: Set,
}

impl Branch {
    fn is_empty(&self) -> bool {
        !self.member && self.below.is_empty()
    }
}

impl Set {
    /// The set of these dotted paths of members, such as `.metadata.name`.
    pub fn of(paths: &[&str]) -> Self {
        let mut set = Self::default();
        for path in paths {
            let steps: Vec<PathElement> = path.split('.').skip(1).map(|name| PathElement::Field(name.to_owned())).collect();
            set.insert(&steps);
        }
        set
    }

    /// Whether there is no path in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Adds a path.
    pub fn insert(&mut self, path: &[PathElement]) {
        let Some((last, steps)) = path.split_last() else {
            return;
        };
        let set = steps.iter().fold(self, |set, step| &mut set.nodes.entry(step.clone()).or_default().below);
        set.nodes.entry(last.clone()).or_default().member = true;
    }

    /// Whether a path is in it.
    pub fn contains(&self, path: &[PathElement]) -> bool {
        let Some((last, steps)) = path.split_last() else {
            return false;
        };
        let set = steps.iter().try_fold(self, |set, step| set.nodes.get(step).map(|branch| &branch.below));
        set.and_then(|set| set.nodes.get(last)).is_some_and(|branch| branch.member)
    }

    /// The paths, in order, a path before those below it.
    pub fn paths(&self) -> Vec<Vec<PathElement>> {
        let mut paths = Vec::new();
        self.collect(&mut Vec::new(), &mut paths);
        paths
    }

    fn collect(&self, path: &mut Vec<PathElement>, paths: &mut Vec<Vec<PathElement>>) {
        for (step, branch) in &self.nodes {
            path.push(step.clone());
            if branch.member {
                paths.push(path.clone());
            }
            branch.below.collect(path, paths);
            path.pop();
        }
    }

    /// The paths of either.
    pub fn union(mut self, other: Self) -> Self {
        for (step, theirs) in other.nodes {
            match self.nodes.entry(step) {
                Entry::Vacant(place) => drop(place.insert(theirs)),
                Entry::Occupied(place) => {
                    let ours = place.into_mut();
                    ours.member |= theirs.member;
                    ours.below = std::mem::take(&mut ours.below).union(theirs.below);
                }
            }
        }
        self
    }

    /// The paths of both.
    pub fn intersection(&self, other: &Self) -> Self {
        self.combine(|step, ours| {
            let theirs = other.nodes.get(step)?;
            Some(Branch { member: ours.member && theirs.member, below: ours.below.intersection(&theirs.below) })
        })
    }

    /// The paths that are not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        self.combine(|step, ours| match other.nodes.get(step) {
            None => Some(ours.clone()),
            Some(theirs) => Some(Branch { member: ours.member && !theirs.member, below: ours.below.difference(&theirs.below) }),
        })
    }

    /// The paths that neither are in `other` nor lie below one that is.
    pub fn outside(&self, other: &Self) -> Self {
        self.combine(|step, ours| match other.nodes.get(step) {
            None => Some(ours.clone()),
            Some(theirs) if theirs.member => None,
            Some(theirs) => Some(Branch { member: ours.member, below: ours.below.outside(&theirs.below) }),
        })
    }

    fn combine(&self, branch: impl Fn(&PathElement, &Branch) -> Option<Branch>) -> Self {
        let kept = self.nodes.iter().filter_map(|(step, ours)| Some((step.clone(), branch(step, ours)?)));
        Self { nodes: kept.filter(|(_, branch)| !branch.is_empty()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn algebra() {
        let a = Set::of(&[".a", ".a.b", ".a.c", ".d.e"]);
        let b = Set::of(&[".a", ".a.c", ".d"]);
        assert_eq!(a.difference(&b), Set::of(&[".a.b", ".d.e"]));
        assert_eq!(a.outside(&b), Set::default());
        assert_eq!(a.outside(&Set::of(&[".a.b"])), Set::of(&[".a", ".a.c", ".d.e"]));
        assert_eq!(a.intersection(&b), Set::of(&[".a", ".a.c"]));
        assert_eq!(b.clone().union(Set::of(&[".a.b", ".d.e"])), a.clone().union(b.clone()));
        assert!(a.difference(&a).is_empty());
        assert_eq!(a.paths().len(), 4);
        assert!(a.paths().iter().all(|path| a.contains(path)));
        assert!(!a.contains(&b.paths()[2]));
    }
}
