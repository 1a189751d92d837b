//! What a document does not tell is taken from what people wrote: the difference between unset and zero, names of enums, protobuf numbers.

use std::collections::{HashMap, HashSet};

use crate::import::catalog::{Catalog, Item, Version};
use crate::import::existing::{File, Old, find};
use crate::import::write::{Map, Node};

/// Fills in a version from the files that are there.
pub(super) fn adopt(version: &mut Version, catalog: &Catalog, files: &[&File]) {
    if catalog.presence && catalog.numbers {
        return;
    }
    let mut types: HashMap<String, Old> = HashMap::new();
    let mut kinds: HashMap<String, &File> = HashMap::new();
    for file in files {
        types.extend(file.get("types").map(Old::children).unwrap_or_default().into_iter().map(|old| (old.key.clone(), old)));
        if let Some(name) = file.get("kind").and_then(|kind| kind.value.words()) {
            kinds.insert(name.value, file);
        }
    }
    let enums: HashSet<String> = types.values().filter(|old| old.value.get("enum").is_some()).map(|old| old.key.clone()).collect();
    let own: HashSet<String> = version.types.iter().filter(|item| item.is_enum()).map(|item| item.name.clone()).collect();
    for item in version.kinds.iter_mut().chain(&mut version.types) {
        let old = kinds.get(&item.name).and_then(|file| file.get("fields")).cloned();
        let old = old.or_else(|| find(&types.get(&item.name)?.children(), "fields").cloned());
        if let Some(old) = old {
            fields(item, &old.children(), catalog, &enums, &own);
        }
    }
    let used: HashSet<String> = version.kinds.iter().chain(&version.types).flat_map(|item| item.uses.iter().cloned()).collect();
    version.types.retain(|item| !item.is_enum() || used.contains(&item.name));
}

fn fields(item: &mut Item, olds: &[Old], catalog: &Catalog, enums: &HashSet<String>, own: &HashSet<String>) {
    let mut renamed: Vec<(String, String)> = Vec::new();
    let Some(entry) = item.tree.entries.iter_mut().find(|entry| entry.key == "fields") else { return };
    let Node::Map(fields) = &mut entry.value else { return };
    for field in &mut fields.entries {
        let (Some(old), Node::Map(map)) = (find(olds, &field.key), &mut field.value) else { continue };
        if !catalog.presence {
            presence(old, map, enums, own, &mut renamed);
        }
        if !catalog.numbers
            && let Some(tag) = old.value.whole("tag")
        {
            set(map, "tag", Node::whole(tag.value));
        }
    }
    if !catalog.numbers {
        number(fields, olds);
    }
    for (from, to) in renamed {
        item.uses.iter_mut().filter(|name| **name == from).for_each(|name| name.clone_from(&to));
        if !item.uses.contains(&to) {
            item.uses.push(to);
        }
    }
}

/// New fields get numbers that no field has or had, and stand behind the others, whose order is theirs.
fn number(fields: &mut Map, olds: &[Old]) {
    fields.entries.sort_by_key(|field| olds.iter().position(|old| old.key == field.key).unwrap_or(olds.len()));
    let mut next = olds.iter().filter_map(|old| Some(old.value.whole("tag")?.value + 1)).max().unwrap_or(1);
    for field in fields.entries.iter_mut().filter(|field| find(olds, &field.key).is_none() && !olds.is_empty()) {
        if let Node::Map(map) = &mut field.value {
            set(map, "tag", Node::whole(next));
            next += 1;
        }
    }
}

/// Takes over `?`, `omit` and the names of enums, where the type is the same otherwise.
fn presence(old: &Old, map: &mut Map, enums: &HashSet<String>, own: &HashSet<String>, renamed: &mut Vec<(String, String)>) {
    let written = old.value.plain("type");
    let Some(Node::Text(new)) = map.get("type").cloned() else { return };
    let (old_base, new_base) = (base(&written), base(&new));
    let (old_core, new_core) = (core(old_base), core(new_base));
    let named = enums.contains(old_core)
        && (own.contains(new_core) || new_core == "string")
        && old_base.replace(old_core, "") == new_base.replace(new_core, "");
    if old_base != new_base && !named {
        return;
    }
    if named && old_core != new_core {
        renamed.push((new_core.to_owned(), old_core.to_owned()));
    }
    let required = requires(&new, map.get("omit"), map.get("required"));
    map.entries.retain(|entry| !matches!(entry.key.as_str(), "omit" | "required"));
    set(map, "type", Node::text(&written));
    let omit = old.value.text("omit").map(|omit| Node::text(omit.value));
    let implied = requires(&written, omit.as_ref(), None);
    let at = map.entries.iter().position(|entry| entry.key == "type").map_or(0, |at| at + 1);
    if required != implied {
        map.entries.insert(at, crate::import::write::Entry::new("required", Node::flag(required)));
    }
    if let Some(omit) = omit {
        map.entries.insert(at, crate::import::write::Entry::new("omit", omit));
    }
}

/// Whether a field is required: as stated, or because it is never left out.
fn requires(notation: &str, omit: Option<&Node>, stated: Option<&Node>) -> bool {
    let collection = notation.starts_with("list(") || notation.starts_with("map(");
    let never = match omit {
        Some(omit) => *omit == Node::text("never"),
        None => !collection && !notation.ends_with('?'),
    };
    stated.map_or(never, |stated| *stated == Node::flag(true))
}

fn base(notation: &str) -> &str {
    notation.trim_end_matches('?')
}

/// The type of the items.
fn core(notation: &str) -> &str {
    let start = notation.rfind('(').map_or(0, |at| at + 1);
    notation[start..].trim_end_matches(')')
}

fn set(map: &mut Map, key: &str, value: Node) {
    match map.entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => entry.value = value,
        None => map.push(key, value),
    }
}
