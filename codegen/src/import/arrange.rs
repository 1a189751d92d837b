//! Which type goes into which file: a type that one kind needs stands with that kind, one that several need in `types.yaml`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::catalog::{Item, Version};

/// The types of a version by the file they belong to.
#[derive(Debug, Default)]
pub struct Arranged<'a> {
    /// By kind: the types that only it needs, messages first.
    pub own: BTreeMap<&'a str, Vec<&'a Item>>,
    /// Those of `types.yaml`.
    pub shared: Vec<&'a Item>,
}

/// Puts the types of a version in their places.
pub fn arrange(version: &Version) -> Arranged<'_> {
    let index: HashMap<&str, &Item> = version.types.iter().map(|item| (item.name.as_str(), item)).collect();
    let needs: Vec<(&Item, Vec<&Item>)> = version.kinds.iter().map(|kind| (kind, closure(kind, &index))).collect();
    let mut users: HashMap<&str, usize> = HashMap::new();
    needs.iter().flat_map(|(_, types)| types).for_each(|item| *users.entry(item.name.as_str()).or_default() += 1);
    let kinds: HashSet<&str> = version.kinds.iter().map(|kind| kind.name.as_str()).collect();

    let mut arranged = Arranged::default();
    let mut placed: HashSet<&str> = kinds;
    for (kind, types) in &needs {
        let own: Vec<&Item> = types.iter().filter(|item| users[item.name.as_str()] == 1).copied().collect();
        placed.extend(own.iter().map(|item| item.name.as_str()));
        arranged.own.insert(&kind.name, own);
    }
    let reached = needs.iter().flat_map(|(_, types)| types.iter().copied());
    let rest = version.types.iter().flat_map(|item| std::iter::once(item).chain(closure(item, &index)));
    let (messages, enums): (Vec<&Item>, Vec<&Item>) =
        reached.chain(rest).filter(|item| placed.insert(item.name.as_str())).partition(|item| !item.is_enum());
    arranged.shared = messages.into_iter().chain(enums).collect();
    arranged
}

/// The types an item needs besides other kinds: messages in the order in which they are met, then enums.
fn closure<'a>(start: &'a Item, index: &HashMap<&str, &'a Item>) -> Vec<&'a Item> {
    let mut seen: HashSet<&str> = HashSet::from([start.name.as_str()]);
    let (mut messages, mut enums) = (vec![start], Vec::new());
    let mut at = 0;
    while let Some(item) = messages.get(at).copied() {
        for used in item.uses.iter().filter_map(|name| index.get(name.as_str()).copied()) {
            if seen.insert(&used.name) {
                if used.is_enum() { enums.push(used) } else { messages.push(used) }
            }
        }
        at += 1;
    }
    messages.into_iter().skip(1).chain(enums).collect()
}

/// The file of a kind: its name in lower case, words apart.
pub fn file_name(kind: &str) -> String {
    let letters: Vec<char> = kind.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let starts = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase() || before.is_ascii_digit() || letters.get(at + 1).is_some_and(char::is_ascii_lowercase)
            });
        if starts {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out + ".yaml"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::write::{Map, Node};

    fn item(name: &str, uses: &[&str]) -> Item {
        let tree = if name.starts_with('E') { Map::new().with("enum", Node::List(Vec::new())) } else { Map::new() };
        Item { name: name.into(), tree, uses: uses.iter().map(|name| (*name).to_owned()).collect() }
    }

    #[test]
    fn types_go_where_they_are_needed() {
        let version = Version {
            name: "v1".into(),
            tree: Map::new(),
            kinds: vec![item("A", &["ASpec", "Both"]), item("B", &["Both", "EB", "BSpec"])],
            types: vec![
                item("Lone", &["Below"]),
                item("Below", &[]),
                item("ASpec", &["Inner", "ASpec"]),
                item("Inner", &[]),
                item("Both", &["EBoth", "A"]),
                item("EBoth", &[]),
                item("EB", &[]),
                item("BSpec", &[]),
            ],
        };
        let arranged = arrange(&version);
        let names = |items: &[&Item]| items.iter().map(|item| item.name.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(names(&arranged.own["A"]), "ASpec Inner");
        assert_eq!(names(&arranged.own["B"]), "BSpec EB");
        assert_eq!(names(&arranged.shared), "Both Lone Below EBoth");
    }

    #[test]
    fn files_are_named_in_words() {
        for (kind, expected) in [
            ("Pod", "pod"),
            ("ConfigMap", "config-map"),
            ("CSIDriver", "csi-driver"),
            ("APIService", "api-service"),
            ("IPAddress", "ip-address"),
        ] {
            assert_eq!(file_name(kind), format!("{expected}.yaml"));
        }
    }
}
