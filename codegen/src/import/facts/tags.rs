//! Validation tags of Go sources, `+k8s:...`, to the rules of a field or type. Source of their meaning: Kubernetes' declarative validation.
//!
//! A tag is a chain: wrappers (`alpha(since: "1.36")`, `ifEnabled(Gate)`, `subfield(name)`, ...) around one check. Wrappers become the conditions
//! and the target of a rule, and checks with the same wrappers share a rule. What needs no wrapper stands on the field line, but for bounds:
//! those of a field line are published in OpenAPI, and those of tags are not.

mod place;
mod syntax;

use std::fmt;

use crate::import::write::{Map, Node};
use place::Place;
use syntax::Tag;

/// What the tags of a field say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// Keys for the field line, `rules` last.
    pub keys: Map,
    /// The list type that holds without conditions (`atomic`, `set`, `map`), which the field states by `list` and `keys`.
    pub list: Option<String>,
    /// Keys of that list.
    pub list_keys: Vec<String>,
    /// Tags for other generators, which say nothing about values.
    pub foreign: Vec<String>,
}

/// What the tags of a type say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeTags {
    /// Only the listed values are allowed, without conditions.
    pub closed: bool,
    /// Entries for `rules:` of the type or kind.
    pub rules: Vec<Map>,
}

/// A tag that the language has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// The tag.
    pub tag: String,
    /// Why.
    pub why: String,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.tag, self.why)
    }
}

impl std::error::Error for Unsupported {}

/// The tags of a field as keys of its line.
pub fn field_rules<T: AsRef<str>>(tags: &[T]) -> Result<Tags, Unsupported> {
    let mut out = Tags::default();
    let mut rules = Rules::default();
    for text in tags.iter().map(AsRef::as_ref) {
        let refuse = |why: String| Unsupported { tag: text.to_owned(), why };
        let tag = Tag::parse(text).map_err(refuse)?;
        if tag.name == "conversion-gen" {
            out.foreign.push(text.to_owned());
            continue;
        }
        let (place, check) = Place::unwrap(&tag).map_err(refuse)?;
        rules.entry(place).add(check).map_err(refuse)?;
    }
    let mut list = Node::List(Vec::new());
    for Entry { place, checks } in rules.0 {
        let checks = checks.finish();
        if place == Place::default() {
            out.list = checks.list;
            out.list_keys = checks.list_keys;
            let (line, bounds) = split(checks.map);
            out.keys.entries.extend(line.entries);
            push(&mut list, bounds);
        } else {
            let mut rule = place.map();
            rule.entries.extend(checks.map.entries);
            push(&mut list, rule);
        }
    }
    if list != Node::List(Vec::new()) {
        out.keys.push("rules", list);
    }
    Ok(out)
}

/// The tags among the markers of a type as rules of the type. Markers that are no validation tags are passed over.
pub fn type_rules<T: AsRef<str>>(markers: &[T]) -> Result<TypeTags, Unsupported> {
    const NAMES: [&str; 3] = ["enum", "supportsSubresource", "isSubresource"];
    let mut out = TypeTags::default();
    for text in markers.iter().map(AsRef::as_ref).filter(|text| text.starts_with("+k8s:")) {
        let refuse = |why: String| Unsupported { tag: text.to_owned(), why };
        let Ok(tag) = Tag::parse(text) else { continue };
        if !NAMES.contains(&tag.innermost().name.as_str()) {
            continue;
        }
        let (place, tag) = Place::unwrap(&tag).map_err(refuse)?;
        let subresource = || tag.text().map(|path| Node::text(path.trim_start_matches('/')));
        let (key, value) = match tag.name.as_str() {
            "enum" if place == Place::default() => {
                out.closed = true;
                continue;
            }
            "enum" => ("closed", Node::flag(true)),
            "supportsSubresource" => ("supports", subresource().map_err(refuse)?),
            _ => ("is", subresource().map_err(refuse)?),
        };
        out.rules.push(place.map().with(key, value));
    }
    Ok(out)
}

/// Bounds that a field line would publish stand in a rule of their own.
fn split(map: Map) -> (Map, Map) {
    let published = ["min", "max", "minLength", "maxLength", "minItems", "maxItems", "pattern", "enum"];
    let (bounds, line): (Vec<_>, Vec<_>) = map.entries.into_iter().partition(|entry| published.contains(&entry.key.as_str()));
    (line.into_iter().collect(), bounds.into_iter().collect())
}

fn push(list: &mut Node, rule: Map) {
    if let (Node::List(items), false) = (list, rule.is_empty()) {
        items.push(Node::Map(rule));
    }
}

/// Checks by what is around them.
#[derive(Default)]
struct Rules(Vec<Entry>);

struct Entry {
    place: Place,
    checks: Checks,
}

impl Rules {
    fn entry(&mut self, place: Place) -> &mut Checks {
        let at = self.0.iter().position(|entry| entry.place == place).unwrap_or_else(|| {
            self.0.push(Entry { place, checks: Checks::default() });
            self.0.len() - 1
        });
        &mut self.0[at].checks
    }
}

/// The checks of one rule while its tags are gone through.
#[derive(Default)]
struct Checks {
    map: Map,
    list: Option<String>,
    list_keys: Vec<String>,
    unique: Option<String>,
    update: Vec<String>,
    custom: bool,
}

impl Checks {
    fn add(&mut self, tag: &Tag) -> Result<(), String> {
        match tag.name.as_str() {
            "required" | "optional" | "forbidden" => self.set("presence", Node::text(tag.name.as_str())),
            "immutable" => self.set("immutable", Node::flag(true)),
            "minimum" => self.number("min", tag),
            "maximum" => self.number("max", tag),
            "minLength" | "maxLength" | "maxBytes" | "minItems" | "maxItems" => {
                let key = tag.name.clone();
                self.number(&key, tag)
            }
            "maxProperties" => self.number("maxItems", tag),
            "minProperties" => self.number("minItems", tag),
            "format" => self.set("check", Node::text(tag.text()?)),
            "neq" => self.set("not", tag.literal()?),
            "unionMember" | "zeroOrOneOfMember" => self.member(tag),
            "unionDiscriminator" | "discriminator" => self.set("discriminator", union(tag)),
            "update" => {
                self.update.extend(tag.text()?.split(',').map(|word| word.trim().to_owned()));
                Ok(())
            }
            "listType" => {
                self.list = Some(tag.text()?);
                Ok(())
            }
            "listMapKey" => {
                self.list_keys.push(tag.text()?);
                Ok(())
            }
            "unique" => {
                self.unique = Some(tag.text()?);
                Ok(())
            }
            "customUnique" => {
                self.custom = true;
                Ok(())
            }
            other => Err(format!("nothing is known about `{other}`")),
        }
    }

    fn member(&mut self, tag: &Tag) -> Result<(), String> {
        if let Some(name) = tag.arg("memberName") {
            self.set("as", Node::text(name))?;
        }
        self.set(if tag.name == "unionMember" { "oneOf" } else { "atMostOneOf" }, union(tag))
    }

    fn number(&mut self, key: &str, tag: &Tag) -> Result<(), String> {
        let text = tag.text()?;
        text.parse::<f64>().map_err(|_| format!("`{text}` is no number"))?;
        self.set(key, Node::Raw(text))
    }

    fn set(&mut self, key: &str, value: Node) -> Result<(), String> {
        if self.map.entries.iter().any(|entry| entry.key == key && entry.value != value) {
            return Err(format!("`{key}` is stated twice"));
        }
        if !self.map.entries.iter().any(|entry| entry.key == key) {
            self.map.push(key, value);
        }
        Ok(())
    }

    /// The checks in the order of the language.
    fn finish(mut self) -> Self {
        let unique = match (self.custom, self.unique.as_deref().or(self.list.as_deref())) {
            (true, _) => Some(Node::text("custom")),
            (false, Some("set")) => Some(Node::text("items")),
            (false, Some("map")) => Some(Node::words(self.list_keys.iter().cloned())),
            _ => None,
        };
        self.map.entries.extend(unique.map(|unique| crate::import::write::Entry::new("unique", unique)));
        if !self.update.is_empty() {
            let words = std::mem::take(&mut self.update);
            self.map.push("update", Node::words(words));
        }
        let order = |key: &str| crate::raw::grammar::RULE.keys.iter().position(|known| known.name == key);
        self.map.entries.sort_by_key(|entry| order(&entry.key));
        self
    }
}

/// `true` for the only union of a type, else its name.
fn union(tag: &Tag) -> Node {
    tag.arg("union").map_or_else(|| Node::flag(true), Node::text)
}

#[cfg(test)]
mod tests;
