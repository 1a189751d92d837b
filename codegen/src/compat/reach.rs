//! Where types are seen: the ways from kinds to every type and field.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::side::What;
use super::walk::Items;

/// Most ways that are told of a type.
const MOST: usize = 64;

/// Tells every type and field by which kinds and fields it is seen, and what is seen in status alone.
pub(super) fn routes(items: &mut Items) {
    let found = ways(items);
    for ((set, path), item) in items.iter_mut() {
        let owner = if matches!(item.what, What::Type | What::Kind) { path } else { &item.parent };
        let Some(ways) = found.get(&(set.clone(), owner.clone())) else { continue };
        let ways = ways.iter().map(|(way, _)| way);
        match item.what {
            What::Type => item.routes = ways.cloned().collect(),
            What::Field => item.routes = ways.map(|way| format!("{way}.{}", item.name)).collect(),
            What::Value => item.routes = ways.map(|way| format!("{way}={}", item.name)).collect(),
            _ => {}
        }
        let in_status = |way: &str| way.split(['.', '[', '=']).nth(1) == Some("status");
        item.status = !item.routes.is_empty() && item.routes.iter().all(|way| in_status(way));
    }
}

/// Name, type and shape of a field.
type Part<'i> = (&'i str, &'i str, &'i str);

/// By type: ways from kinds, one for each kind.
fn ways(items: &Items) -> BTreeMap<(String, String), Vec<(String, String)>> {
    let mut fields: BTreeMap<(&str, &str), Vec<Part<'_>>> = BTreeMap::new();
    let mut home: BTreeMap<&str, &str> = BTreeMap::new();
    for item in items.values() {
        if matches!(item.what, What::Type | What::Kind) {
            home.insert(&item.path, &item.set);
        }
        if item.what == What::Field {
            fields.entry((&item.set, &item.parent)).or_default().push((&item.name, item.text("type"), item.text("shape")));
        }
    }
    let mut found: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
    for kind in items.values().filter(|item| item.what == What::Kind) {
        let mut seen = HashSet::new();
        let mut queue = VecDeque::from([(kind.set.as_str(), kind.path.as_str(), kind.name.clone())]);
        while let Some((set, path, way)) = queue.pop_front() {
            // A type is told of once by its own place and once by status, so that status is not taken for its only place.
            if !seen.insert((path, way.split('.').nth(1) == Some("status"))) {
                continue;
            }
            let ways = found.entry((set.to_owned(), path.to_owned())).or_default();
            if ways.len() < MOST {
                ways.push((way.clone(), kind.path.clone()));
            }
            for (name, ty, shape) in fields.get(&(set, path)).into_iter().flatten() {
                let mark = if *shape == "list" { "[]" } else { "" };
                if let Some(set) = home.get(ty) {
                    queue.push_back((set, ty, format!("{way}.{name}{mark}")));
                }
            }
        }
    }
    found
}
