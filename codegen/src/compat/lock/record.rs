//! What goes into a record: numbers as soon as they are given, everything else with a release.

use kubewright_model::digest::Digest;

use super::{Line, Lock, reached, stored_path};
use crate::compat::side::{Item, Side, What};
use crate::compat::suppress;

/// A release to be recorded.
#[derive(Clone, Debug)]
pub struct Release {
    /// Such as `1.2`.
    pub release: String,
    /// Such as `2026-08-01`.
    pub day: String,
    /// Kinds in versions of which nothing is stored any more.
    pub migrated: Vec<String>,
}

/// Brings the numbers of a record up to date: new fields come in, released ones that are gone become tombstones. Fields that were given a
/// removed field's number are told of, and change nothing.
pub fn record(lock: &mut Lock, side: &Side) -> Result<(), Vec<String>> {
    let release = side.item(&lock.set, &lock.set).map(|set| set.text("release").to_owned()).unwrap_or_default();
    let fields: Vec<(&Item, u64)> = side
        .all(What::Field)
        .filter(|field| field.set == lock.set)
        .filter_map(|field| Some((field, field.value("tag").as_u64()?)))
        .filter(|(_, number)| *number > 0)
        .collect();
    let reuse = |field: &Item, number: u64| {
        let by_number =
            lock.buried(&field.parent, number).map(|other| format!("`{}` has number {number}, which was that of `{other}`", field.path));
        let by_name =
            || lock.tombstone(&field.path).map(|release| format!("`{}` has the name of a field that was removed in {release}", field.path));
        let moved = || {
            let was = lock.number(&field.path).filter(|was| *was != number && lock.seen(&field.path).is_some())?;
            Some(format!("`{}` has number {number}, and was released with {was}", field.path))
        };
        by_number.or_else(by_name).or_else(moved)
    };
    let reused: Vec<String> = fields.iter().filter_map(|(field, number)| reuse(field, *number)).collect();
    if !reused.is_empty() {
        return Err(reused);
    }
    let now: Vec<Line> = fields.iter().map(|(field, number)| Line::Number { path: field.path.clone(), number: *number }).collect();
    let before: Vec<Line> = lock.lines.iter().filter(|line| matches!(line, Line::Number { .. }) && !now.contains(line)).cloned().collect();
    for line in before {
        lock.lines.remove(&line);
        if let Line::Number { path, number } = line
            && lock.seen(&path).is_some()
        {
            let release = if release.is_empty() { "0".to_owned() } else { release.clone() };
            lock.lines.insert(Line::Gone { path, number, release });
        }
    }
    lock.lines.extend(now);
    Ok(())
}

/// What would be recorded: the record itself stays.
pub fn recorded(lock: &Lock, side: &Side) -> Result<Lock, Vec<String>> {
    let mut next = lock.clone();
    record(&mut next, side)?;
    next.written.clear();
    Ok(next)
}

/// Records a release: what is in it for the first time, what is deprecated, in which versions objects are stored, how versions convert.
pub fn release(lock: &mut Lock, side: &Side, made: &Release) -> Result<(), Vec<String>> {
    record(lock, side)?;
    let release = &made.release;
    for item in side.items.values().filter(|item| item.set == lock.set && item.what != What::Set) {
        if lock.seen(&item.path).is_none() {
            lock.lines.insert(Line::Seen { path: item.path.clone(), release: release.clone() });
        }
        let deprecated = item.text("deprecated");
        if !deprecated.is_empty() && reached(release, deprecated) && lock.deprecated_since(&item.path).is_none() {
            lock.lines.insert(Line::Deprecated { path: item.path.clone(), release: release.clone() });
        }
        if item.what == What::Lens {
            let line =
                Line::Lens { path: item.path.clone(), digest: fingerprint(&item.value("rules").to_string()), release: release.clone() };
            lock.lines.retain(|line| !matches!(line, Line::Lens { path, .. } if *path == item.path));
            lock.lines.insert(line);
        }
    }
    for (kind, version) in stored(side, &lock.set) {
        if !lock.was_stored(&kind.group, &kind.name, version) {
            lock.lines.insert(Line::Storage {
                path: stored_path(&kind.group, &kind.name),
                version: version.to_owned(),
                release: release.clone(),
            });
        }
    }
    lock.lines.extend(made.migrated.iter().map(|path| Line::Migrated { path: path.clone(), release: release.clone() }));
    lock.lines.retain(|line| !matches!(line, Line::Release { release: of, .. } if of == release));
    lock.lines.insert(Line::Release { release: release.clone(), day: made.day.clone(), digest: fingerprint_of(side, &lock.set) });
    lock.written.clear();
    Ok(())
}

/// Kinds in the versions that they are stored in.
fn stored<'s>(side: &'s Side, set: &str) -> Vec<(&'s Item, &'s str)> {
    let kinds: Vec<&Item> =
        side.all(What::Kind).filter(|kind| kind.set == set && *kind.value("resource") != serde_json::Value::Bool(false)).collect();
    let of = |kind: &&Item| {
        let alone = !kinds.iter().any(|other| other.group == kind.group && other.name == kind.name && other.version != kind.version);
        let by_version = side.version_of(kind).is_some_and(|version| version.is("storage"));
        let own = kind.value("storage").as_bool();
        alone || own.unwrap_or(by_version)
    };
    kinds.iter().filter(|kind| of(kind)).map(|kind| (*kind, kind.version.as_str())).collect()
}

fn fingerprint(text: &str) -> String {
    let mut digest = Digest::default();
    digest.add("", text);
    digest.hex()
}

/// The fingerprint of the schemas of a set.
pub fn fingerprint_of(side: &Side, set: &str) -> String {
    let mut digest = Digest::default();
    let own = format!("{set}/");
    side.sources
        .iter()
        .filter(|(path, _)| path.starts_with(&own) && !path.ends_with(suppress::FILE))
        .for_each(|(path, source)| digest.add(path, &source.text));
    digest.hex()
}
