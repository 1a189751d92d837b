//! Managed fields: who set which field of an object last, as `metadata.managedFields` records it.
//!
//! Ownership follows structured-merge-diff: an update gives the fields that it added or changed to its manager, takes them from the others, and
//! drops those that are gone.

pub mod compare;
pub mod entry;
pub mod fieldsv1;
pub mod path;
pub mod schema;
pub mod set;

use std::collections::BTreeMap;

use serde_json::Value;

pub use compare::{Comparison, compare};
pub use entry::{Entry, Operation};
pub use path::PathElement;
pub use schema::Node;
pub use set::Set;

/// Most entries of updates that an object keeps.
pub const MAX_UPDATERS: usize = 10;
/// Manager that the oldest updates go to when there are more.
pub const ANCIENT: &str = "ancient-changes";

/// Fields of every object that no manager owns.
const UNTRACKED: [&str; 12] = [
    ".apiVersion",
    ".kind",
    ".metadata",
    ".metadata.name",
    ".metadata.namespace",
    ".metadata.creationTimestamp",
    ".metadata.selfLink",
    ".metadata.uid",
    ".metadata.clusterName",
    ".metadata.generation",
    ".metadata.managedFields",
    ".metadata.resourceVersion",
];

/// An object before and after a write, in one version.
#[derive(Clone)]
pub struct Versions<'a> {
    /// Before. For an object that is created: an empty object of the kind as it would be written, so that what is always written
    /// (`spec: {}`) does not count as added.
    pub old: Value,
    /// After.
    pub new: Value,
    /// Its type.
    pub node: Node<'a>,
}

/// Who writes, and how.
pub struct Writer<'a> {
    /// `fieldManager` of the request.
    pub manager: &'a str,
    /// Version of the request, such as `apps/v1`.
    pub api_version: &'a str,
    /// Subresource of the request, or empty.
    pub subresource: &'a str,
    /// RFC 3339, UTC, in whole seconds.
    pub now: &'a str,
    /// Whether the object is new. One that exists and has no entries is not tracked.
    pub create: bool,
    /// Fields that writes through this endpoint do not change (`.status` for the main resource).
    pub reset: Set,
}

/// The entries after an update (a create, PUT, or PATCH other than apply), sorted. `convert` gives the object before and after in the
/// version of another entry; entries of versions that are no more are dropped.
pub fn update<'a>(
    entries: Vec<Entry>,
    objects: &Versions<'a>,
    writer: &Writer<'_>,
    convert: impl Fn(&str) -> Option<Versions<'a>>,
) -> Vec<Entry> {
    if entries.is_empty() && !writer.create {
        return entries;
    }
    let mut comparisons = BTreeMap::new();
    let ours = compare(&objects.old, &objects.new, objects.node).without(&writer.reset);
    comparisons.insert(writer.api_version.to_owned(), Some(ours.clone()));
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .filter_map(|mut entry| {
            let comparison = comparisons.entry(entry.api_version.clone()).or_insert_with_key(|version| {
                convert(version).map(|objects| compare(&objects.old, &objects.new, objects.node).without(&writer.reset))
            });
            entry.fields = comparison.as_ref()?.left_to_others(&entry.fields);
            Some(entry)
        })
        .collect();
    let taken = ours.added.union(ours.modified).difference(&Set::of(&UNTRACKED));
    if !taken.is_empty() {
        credit(&mut entries, taken, writer);
    }
    entries.retain(|entry| !entry.fields.is_empty());
    cap(&mut entries);
    entries.sort_by(Entry::order);
    entries
}

/// Adds fields to the writer's entry.
fn credit(entries: &mut Vec<Entry>, taken: Set, writer: &Writer<'_>) {
    let credited = Entry {
        manager: writer.manager.to_owned(),
        operation: Operation::Update,
        api_version: writer.api_version.to_owned(),
        time: writer.now.to_owned(),
        fields: taken,
        subresource: writer.subresource.to_owned(),
    };
    match entries.iter_mut().find(|entry| entry.same_identity(&credited)) {
        Some(entry) => {
            entry.fields = std::mem::take(&mut entry.fields).union(credited.fields);
            entry.time = credited.time;
        }
        None => entries.push(credited),
    }
}

/// Merges the oldest entries of updates, per version, until few enough are left.
fn cap(entries: &mut Vec<Entry>) {
    let mut updaters = entries.iter().filter(|entry| entry.operation == Operation::Update).count();
    if updaters <= MAX_UPDATERS {
        return;
    }
    entries.sort_by(Entry::order);
    let mut buckets: BTreeMap<String, Entry> = BTreeMap::new();
    let mut kept = Vec::with_capacity(entries.len());
    for entry in std::mem::take(entries) {
        if entry.operation != Operation::Update || updaters <= MAX_UPDATERS {
            kept.push(entry);
            continue;
        }
        // The first of a version only becomes a bucket when a second one joins it.
        let merged = match buckets.remove(&entry.api_version) {
            None => entry,
            Some(first) => {
                updaters -= 1;
                let fields = first.fields.union(entry.fields);
                Entry { manager: ANCIENT.to_owned(), subresource: String::new(), fields, ..entry }
            }
        };
        buckets.insert(merged.api_version.clone(), merged);
    }
    for bucket in buckets.into_values() {
        match kept.iter_mut().find(|entry| entry.same_identity(&bucket)) {
            Some(entry) => entry.fields = std::mem::take(&mut entry.fields).union(bucket.fields),
            None => kept.push(bucket),
        }
    }
    *entries = kept;
}

#[cfg(test)]
mod tests;
