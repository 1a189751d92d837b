//! Descriptions kept in a file of their own: texts by group, version, type and field, for what has none yet.

use std::collections::BTreeSet;

use serde_json::Value;

use super::catalog::{Catalog, Item};
use super::report::Report;
use super::write::{Entry, Map, Node};

/// Texts by `group/version/Type` or `group/version/Type.field`. The group is its directory, or its name, and `*` stands for every version.
#[derive(Debug)]
pub struct Docs {
    texts: serde_json::Map<String, Value>,
}

impl Docs {
    /// The texts of a JSON document.
    pub fn new(document: Value) -> Result<Self, String> {
        match document {
            Value::Object(texts) if texts.values().all(Value::is_string) => Ok(Self { texts }),
            _ => Err("descriptions are a JSON object from `group/version/Type.field` to text".into()),
        }
    }

    /// Adds the texts to the kinds, types and fields of a catalog that have none. Texts for nothing are reported.
    pub fn apply(&self, catalog: &mut Catalog) {
        let mut used = BTreeSet::new();
        for group in catalog.sets.iter_mut().flat_map(|set| &mut set.groups) {
            let names = [group.directory.clone(), group.name.clone()];
            for version in &mut group.versions {
                let prefixes: Vec<String> =
                    names.iter().flat_map(|name| [&version.name, "*"].map(|version| format!("{name}/{version}/"))).collect();
                for item in version.kinds.iter_mut().chain(&mut version.types) {
                    self.describe(item, &prefixes, &mut used);
                }
            }
        }
        let mut report = Report::default();
        for key in self.texts.keys().filter(|key| !used.contains(key.as_str())) {
            report.add("a text describes nothing of the source", key);
        }
        catalog.report.append(report);
    }

    fn describe<'a>(&'a self, item: &mut Item, prefixes: &[String], used: &mut BTreeSet<&'a str>) {
        let mut find = |name: &str| {
            let (key, text) = prefixes.iter().find_map(|prefix| self.texts.get_key_value(&format!("{prefix}{name}")))?;
            used.insert(key);
            text.as_str()
        };
        if let Some(text) = find(&item.name).filter(|_| item.tree.get("doc").is_none()) {
            let at = usize::from(item.tree.get("kind").is_some());
            item.tree.entries.insert(at, Entry::new("doc", Node::text(text)));
        }
        let fields = item.tree.entries.iter_mut().find(|entry| entry.key == "fields");
        let Some(Node::Map(fields)) = fields.map(|entry| &mut entry.value) else { return };
        for field in &mut fields.entries {
            let text = find(&format!("{}.{}", item.name, field.key));
            if let (Some(text), Node::Map(map)) = (text, &mut field.value) {
                add(map, text);
            }
        }
    }
}

fn add(map: &mut Map, text: &str) {
    if map.get("doc").is_none() {
        map.push_text("doc", text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::facts;
    use serde_json::json;

    #[test]
    fn texts_are_added_where_there_are_none() {
        let field = json!({"json": "a", "go": "A", "type": "string", "proto": {"number": 1}});
        let facts = json!({"groups": [{"key": "demo/v1", "group": "demo", "version": "v1", "protoPackage": "x.demo.v1", "types": [
            {"name": "T", "kind": "struct", "proto": true, "fields": [field]}
        ]}]});
        let mut catalog = facts::catalog(&facts, "demo");
        let docs = Docs::new(json!({"demo/*/T": "All.", "demo/v1/T.a": "One.", "demo/*/T.a": "Other.", "demo/v2/T": "No."}));
        docs.expect("texts").apply(&mut catalog);
        let item = &catalog.sets[0].groups[0].versions[0].types[0];
        assert_eq!(item.tree.get("doc"), Some(&Node::text("All.")));
        let Some(Node::Map(fields)) = item.tree.get("fields") else { panic!("no fields") };
        let Node::Map(a) = &fields.entries[0].value else { panic!("no field") };
        assert_eq!(a.get("doc"), Some(&Node::text("One.")));
        assert!(catalog.report.text(true).contains("demo/*/T.a, demo/v2/T"), "{}", catalog.report.text(true));
        assert!(Docs::new(json!({"a": 1})).is_err());
    }
}
