//! Names in a facts document: where types are, what aliases stand for, and how the schema language writes a type.

use std::collections::HashMap;

use kubewright_model::desc::Special;
use serde_json::Value;

use super::{META, is, items, text};

/// Scalars that both languages call the same.
const SCALARS: [&str; 7] = ["string", "bool", "int", "int32", "int64", "float64", "bytes"];

/// Most aliases that are followed.
const HOPS: usize = 16;

/// The types of all packages.
pub(super) struct Names<'a> {
    types: HashMap<&'a str, HashMap<&'a str, &'a Value>>,
    packages: HashMap<&'a str, &'a Value>,
}

/// A type in the notation of the schema language, with the types of the same package that it names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Notation {
    pub(super) text: String,
    pub(super) uses: Vec<String>,
}

/// A type with the package that declares it.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) key: &'a str,
    pub(super) name: &'a str,
    pub(super) value: &'a Value,
}

/// What a name comes to.
enum Target<'a> {
    Type(Found<'a>),
    /// A notation, and the package it is written in.
    Notation(&'a str, &'a str),
}

impl<'a> Names<'a> {
    pub(super) fn new(packages: &[&'a Value]) -> Self {
        let mut names = Self { types: HashMap::new(), packages: HashMap::new() };
        for package in packages {
            let key = text(package, "key");
            names.packages.insert(key, package);
            names.types.entry(key).or_default().extend(items(package, "types").iter().map(|one| (text(one, "name"), one)));
        }
        names
    }

    /// Whether a package belongs to the set of machinery types.
    pub(super) fn is_meta(key: &str) -> bool {
        key.split('/').next() == Some(META)
    }

    /// A type by package and name.
    pub(super) fn get(&self, key: &str, name: &str) -> Option<Found<'a>> {
        let (key, types) = self.types.get_key_value(key)?;
        let (name, value) = types.get_key_value(name)?;
        Some(Found { key, name, value })
    }

    /// The type that a reference such as `core/v1.Pod` or `Pod` means.
    pub(super) fn find(&self, reference: &str, key: &str) -> Option<Found<'a>> {
        let (key, name) = split(reference, key);
        self.get(key, name)
    }

    /// Directory of a package's group.
    pub(super) fn directory(&self, key: &str) -> String {
        let proto = self.packages.get(key).map(|package| text(package, "protoPackage")).unwrap_or_default();
        if Self::is_meta(key) { META.to_owned() } else { proto.rsplit('.').nth(1).unwrap_or(key).to_owned() }
    }

    /// How a version is referred to: `core/v1`.
    pub(super) fn module(&self, key: &str) -> String {
        let version = key.rsplit('/').next().unwrap_or_default();
        format!("{}/{version}", self.directory(key))
    }

    /// How a version of a group is referred to.
    pub(super) fn module_of(&self, group: &str, version: &str) -> Option<String> {
        let found = self.packages.values().find(|package| text(package, "group") == group && text(package, "version") == version)?;
        Some(self.module(text(found, "key")))
    }

    /// Whether a type has a hand-written wire form, which the language knows by name.
    pub(super) fn is_special(&self, key: &str, name: &str) -> bool {
        let package = self.packages.get(key).map(|package| text(package, "protoPackage")).unwrap_or_default();
        Special::named(&format!("{package}.{name}")).is_some()
    }

    /// The marked enum that an alias names.
    pub(super) fn marked_enum(&self, alias: &str, key: &str) -> Option<Found<'a>> {
        let mut found = self.find(alias, key)?;
        for _ in 0..HOPS {
            if found.value.get("enum").is_some() {
                return Some(found);
            }
            found = self.find(text(found.value, "alias"), found.key)?;
        }
        None
    }

    /// A type as the schema language writes it in the package `home`. `alias` is the notation before Go's aliases were resolved; both are
    /// written in the package `key`.
    pub(super) fn notation(&self, resolved: &str, alias: &str, key: &str, home: &str) -> Notation {
        let mut notation = Notation::default();
        notation.text = self.write(resolved, alias, key, home, &mut notation.uses, 0);
        notation
    }

    fn write(&self, resolved: &str, alias: &str, key: &str, home: &str, uses: &mut Vec<String>, hops: usize) -> String {
        if let Some(item) = resolved.strip_prefix("[]") {
            return format!("list({})", self.write(item, alias.strip_prefix("[]").unwrap_or_default(), key, home, uses, hops));
        }
        if let Some(value) = map_value(resolved) {
            return format!("map({})", self.write(value, map_value(alias).unwrap_or_default(), key, home, uses, hops));
        }
        if SCALARS.contains(&resolved) {
            let marked = self.marked_enum(alias, key).filter(|_| resolved == "string");
            return marked.map_or_else(|| resolved.to_owned(), |found| self.refer(found, home, uses));
        }
        if resolved == "any" {
            return Special::Json.name().to_owned();
        }
        match self.find(resolved, key).map(|found| self.target(found)) {
            Some(Target::Type(found)) => self.refer(found, home, uses),
            Some(Target::Notation(notation, key)) if hops < HOPS => self.write(notation, "", key, home, uses, hops + 1),
            _ => resolved.to_owned(),
        }
    }

    fn refer(&self, found: Found<'a>, home: &str, uses: &mut Vec<String>) -> String {
        if self.is_special(found.key, found.name) {
            return found.name.to_owned();
        }
        if found.key == home {
            uses.push(found.name.to_owned());
            return found.name.to_owned();
        }
        let hidden = self.get(home, found.name).is_some();
        if Self::is_meta(found.key) && !hidden { found.name.to_owned() } else { format!("{}.{}", self.module(found.key), found.name) }
    }

    /// Follows Go aliases, and defined types that have no message of their own.
    fn target(&self, start: Found<'a>) -> Target<'a> {
        let mut found = start;
        for _ in 0..HOPS {
            let aliased = text(found.value, "kind") == "alias" && (is(found.value, "goTypeAlias") || !is(found.value, "proto"));
            let list_message = text(found.value, "type").starts_with("[]");
            if !aliased && !list_message {
                return Target::Type(found);
            }
            let meant = text(found.value, "type");
            match self.find(meant, found.key) {
                Some(next) => found = next,
                None => return Target::Notation(meant, found.key),
            }
        }
        Target::Type(found)
    }

    /// The fields of a type's message, with the package they are written in: its own, or those of the struct it is defined as.
    pub(super) fn fields(&self, start: Found<'a>) -> Option<(&'a [Value], &'a str)> {
        let mut found = start;
        for _ in 0..HOPS {
            if let Some(fields) = found.value.get("fields").and_then(Value::as_array) {
                return Some((fields.as_slice(), found.key));
            }
            found = self.find(text(found.value, "type"), found.key)?;
        }
        None
    }
}

/// The value of a map's notation.
fn map_value(notation: &str) -> Option<&str> {
    notation.strip_prefix("map[")?.split_once(']').map(|(_, value)| value)
}

/// The package and the name of a reference.
fn split<'a>(reference: &'a str, key: &'a str) -> (&'a str, &'a str) {
    reference.rsplit_once('.').unwrap_or((key, reference))
}
