//! Enums of a version. A document writes them out at every property; a schema names them once.

use std::collections::BTreeMap;

use serde_json::Value;

use super::describe;
use crate::import::catalog::Item;
use crate::import::write::{Map, Node};

/// The enums met so far, by name.
#[derive(Debug, Default)]
pub(super) struct Enums {
    items: BTreeMap<String, (Vec<String>, Item)>,
}

impl Enums {
    /// The name of the enum of a property: that of the property, and of its owner too where another enum or type has that name.
    pub(super) fn name(
        &mut self,
        owner: &str,
        property: &str,
        schema: &Value,
        descriptions: bool,
        taken: &dyn Fn(&str) -> bool,
    ) -> Option<String> {
        let values: Vec<String> =
            schema.get("enum")?.as_array()?.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<_>>()?;
        let short = capital(property);
        let candidates = [short.clone(), format!("{owner}{short}")].into_iter().chain((2..64).map(|n| format!("{owner}{short}{n}")));
        for name in candidates {
            let known = self.items.get(&name).map(|(known, _)| *known == values);
            match known {
                Some(true) => return Some(name),
                None if !taken(&name) && !name.is_empty() => {
                    let tree = tree(&values, schema, descriptions);
                    self.items.insert(name.clone(), (values, Item { name: name.clone(), tree, uses: Vec::new() }));
                    return Some(name);
                }
                _ => {}
            }
        }
        None
    }

    /// The enums as types.
    pub(super) fn into_items(self) -> impl Iterator<Item = Item> {
        self.items.into_values().map(|(_, item)| item)
    }
}

fn tree(values: &[String], schema: &Value, descriptions: bool) -> Map {
    let docs = if descriptions { describe::values(schema) } else { Vec::new() };
    if docs.iter().all(|(_, doc)| doc.is_empty()) {
        return Map::new().with("enum", Node::words(values));
    }
    let mut map = Map::new();
    for value in values {
        let doc = docs.iter().find(|(name, _)| name == value).map(|(_, doc)| *doc).unwrap_or_default();
        map.push(value, Node::text(doc));
    }
    Map::new().with("enum", map)
}

/// A name with a capital letter first, of letters and digits alone.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars().filter(char::is_ascii_alphanumeric);
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
