//! Which finalizers a deletion leaves: those of the object, and those by which dependents are looked after first.

use super::options::{DeleteOptions, Propagation};

/// Dependents are let go before the object is removed.
const ORPHAN: &str = "orphan";

/// Dependents are deleted before the object is removed.
const FOREGROUND: &str = "foregroundDeletion";

/// The finalizers after a deletion was asked for. Without a policy, what is there stays.
pub(super) fn finalizers(present: &[String], options: &DeleteOptions) -> Vec<String> {
    let added = match options.propagation {
        None => return present.to_vec(),
        Some(Propagation::Background) => None,
        Some(Propagation::Foreground) => Some(FOREGROUND),
        Some(Propagation::Orphan) => Some(ORPHAN),
    };
    let kept = present.iter().filter(|finalizer| !matches!(finalizer.as_str(), ORPHAN | FOREGROUND)).cloned();
    kept.chain(added.map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_replace_each_other() {
        let cases = [
            (vec![], None, vec![]),
            (vec!["x/y", "orphan"], None, vec!["x/y", "orphan"]),
            (vec!["x/y", "orphan"], Some(Propagation::Background), vec!["x/y"]),
            (vec!["foregroundDeletion"], Some(Propagation::Orphan), vec!["orphan"]),
            (vec!["orphan"], Some(Propagation::Foreground), vec!["foregroundDeletion"]),
        ];
        for (present, propagation, left) in cases {
            let present: Vec<String> = present.into_iter().map(str::to_owned).collect();
            let options = DeleteOptions { propagation, ..DeleteOptions::default() };
            assert_eq!(finalizers(&present, &options), left, "{propagation:?}");
        }
    }
}
