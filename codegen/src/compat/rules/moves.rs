//! Fields that are one field under two names, and fields of two versions that are the same.

use std::collections::HashMap;

use crate::compat::change::Change;
use crate::compat::rule::Pair;
use crate::compat::side::{Item, What};

/// What has become of a field that is gone.
pub(super) enum Twin<'a> {
    /// It has another name in the same message.
    Renamed(&'a Item),
    /// It is in another of metadata, spec and status.
    Moved(&'a Item),
}

/// The new field that looks like one that is gone.
pub(super) fn twin<'a>(change: &Change<'_>, pair: &Pair<'a>) -> Option<Twin<'a>> {
    let old = change.old.filter(|_| change.gone(What::Field))?;
    let alike = |item: &Item| item.text("type") == old.text("type") && item.text("shape") == old.text("shape");
    let is_new = |item: &Item| pair.old.same(item).is_none() && alike(item);
    let fields = || pair.new.all(What::Field).filter(|item| item.set == old.set && item.group == old.group && item.version == old.version);
    let beside: Vec<&Item> = fields().filter(|item| item.parent == old.parent && is_new(item)).collect();
    let same_number = beside.iter().find(|item| item.value("tag") == old.value("tag"));
    if let Some(item) = same_number.or(if let [only] = beside.as_slice() { Some(only) } else { None }) {
        return Some(Twin::Renamed(item));
    }
    let moved = |item: &&Item| item.name == old.name && item.parent != old.parent && is_new(item) && part(item) != part(old);
    fields().find(moved).map(Twin::Moved)
}

/// `spec` of `Widget.spec.color`.
fn part(item: &Item) -> Option<&str> {
    item.routes.first().and_then(|route| route.split(['.', '[']).nth(1))
}

/// Fields of one type that stand in one place in two versions of a kind, and differ in something; the first is one to be looked at.
pub(super) fn in_versions<'a>(pair: &Pair<'a>, differ: impl Fn(&Item, &Item) -> bool) -> Vec<(&'a Item, &'a Item)> {
    let mut places: HashMap<(&str, &str, &str), Vec<&'a Item>> = HashMap::new();
    for field in pair.new.all(What::Field) {
        for route in &field.routes {
            places.entry((&field.set, &field.group, route)).or_default().push(field);
        }
    }
    let mut found: Vec<(&Item, &Item)> = Vec::new();
    for fields in places.values() {
        let Some((first, others)) = fields.split_first() else { continue };
        for other in others.iter().filter(|other| other.version != first.version) {
            let alike = first.text("shape") == other.text("shape") && last(first.text("type")) == last(other.text("type"));
            if alike && differ(first, other) {
                let (field, beside) = if pair.looks_at(other) { (*other, *first) } else { (*first, *other) };
                if pair.looks_at(field) {
                    found.push((field, beside));
                }
            }
        }
    }
    found.sort_by(|a, b| (&a.0.set, &a.0.path).cmp(&(&b.0.set, &b.0.path)));
    found.dedup_by(|a, b| a.0.path == b.0.path && a.0.set == b.0.set);
    found
}

/// `WidgetSpec` of `shop.example.io/v1 WidgetSpec`.
fn last(ty: &str) -> &str {
    ty.rsplit(' ').next().unwrap_or(ty)
}
