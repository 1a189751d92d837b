//! Schema files to items. Every key that is written becomes a fact, known here or not; what follows from others is taken from the sets as read.

use std::collections::{BTreeMap, HashMap};

use kubewright_model::kind::api_version;
use serde_json::Value;

use super::meaning::{self, Homes};
use super::side::{Fact, Item, What};
use crate::diagnostic::Collector;
use crate::set::{EnumDef, Set, TypeDef, Version};
use crate::source::{FUNCTIONS, Sources, Span};
use crate::yaml::{self, Entry, Node, Yaml};

/// Items by set and path.
pub(super) type Items = BTreeMap<(String, String), Item>;

/// Everything that sound schemas state.
pub(super) fn items(sources: &Sources, sets: &[Set]) -> Items {
    let homes = meaning::homes(sets);
    let mut walk = Walk { sets, homes, items: Items::new() };
    for set in sets {
        walk.add(Place::of_set(&set.name), What::Set, "", &set.name, Span::default());
    }
    let files: Vec<_> = sources.iter().enumerate().map(|(at, (path, source))| (at, path.split('/').collect::<Vec<_>>(), source)).collect();
    for groups in [true, false] {
        for (at, parts, source) in &files {
            let mut unread = Collector::new();
            let node = yaml::parse(*at, source, &mut unread);
            // Whatever there is to say about the text was said when the sets were read.
            let _ = unread.finish();
            let is_group = matches!(parts.as_slice(), [_, "set.yaml" | "documents.yaml" | "group.yaml"] | [_, _, "group.yaml"]);
            if let Some(node) = node.filter(|_| is_group == groups && parts.last() != Some(&FUNCTIONS)) {
                walk.file(parts, &node, Span::start_of(*at));
            }
        }
    }
    walk.items
}

/// Set, group and version that items are in.
#[derive(Clone, Debug, Default)]
struct Place {
    set: String,
    group: String,
    version: String,
}

impl Place {
    fn of_set(set: &str) -> Self {
        Self { set: set.to_owned(), ..Self::default() }
    }

    /// A path in the version.
    fn path(&self, name: &str) -> String {
        format!("{} {name}", api_version(&self.group, &self.version))
    }
}

struct Walk<'s> {
    sets: &'s [Set],
    homes: Homes,
    items: Items,
}

impl<'s> Walk<'s> {
    fn file(&mut self, parts: &[&str], node: &Node, start: Span) {
        match parts {
            [set, "set.yaml"] => self.set(set, node, start),
            [set, "documents.yaml"] => {
                let key = ((*set).to_owned(), (*set).to_owned());
                if let Some(item) = self.items.get_mut(&key) {
                    item.facts.insert("documents".to_owned(), Fact { value: node.json(), span: start });
                }
            }
            [set, "group.yaml"] => self.group(set, set, node),
            [set, module, "group.yaml"] => self.group(set, module, node),
            [set, version, _] => self.version_file(set, set, version, node),
            [set, module, version, _] => self.version_file(set, module, version, node),
            _ => {}
        }
    }

    fn add(&mut self, place: Place, what: What, parent: &str, path: &str, span: Span) -> &mut Item {
        let name = path.rsplit([' ', '.', '/', '=']).next().unwrap_or(path).to_owned();
        let item = Item {
            what,
            set: place.set.clone(),
            group: place.group,
            version: place.version,
            name,
            path: path.to_owned(),
            parent: parent.to_owned(),
            span,
            facts: BTreeMap::new(),
            routes: Vec::new(),
            status: false,
        };
        self.items.entry((place.set, path.to_owned())).or_insert(item)
    }

    fn set(&mut self, set: &str, node: &Node, start: Span) {
        let place = Place::of_set(set);
        let item = self.add(place.clone(), What::Set, "", set, start);
        item.span = node.get("set").map_or(start, |node| node.span);
        facts(item, node, &["gates", "set"]);
        for gate in node.map("gates") {
            let path = format!("{set} gate {}", gate.key);
            let item = self.add(place.clone(), What::Gate, set, &path, gate.span);
            item.facts.insert("on".to_owned(), fact(gate));
        }
    }

    fn group(&mut self, set: &str, module: &str, node: &Node) {
        let group = node.plain("group");
        let place = Place { set: set.to_owned(), group: group.clone(), version: String::new() };
        let path = if group.is_empty() { "core".to_owned() } else { group.clone() };
        let span = node.get("group").map_or(node.span, |node| node.span);
        let item = self.add(place.clone(), What::Group, set, &path, span);
        item.facts.insert("module".to_owned(), Fact { value: module.into(), span });
        facts(item, node, &["versions", "convert", "group"]);
        if let Some(versions) = node.get("versions") {
            let order: Value = versions.entries().iter().map(|entry| Value::from(entry.key.as_str())).collect();
            item.facts.insert("order".to_owned(), Fact { value: order, span: versions.entries().first().map_or(span, |entry| entry.span) });
        }
        for entry in node.map("versions") {
            let place = Place { version: entry.key.clone(), ..place.clone() };
            let names = self.version(set, module, &entry.key).map(|version| (version.package.clone(), version.openapi.clone()));
            let item = self.add(place, What::Version, &path, &api_version(&group, &entry.key), entry.span);
            item.name.clone_from(&entry.key);
            facts(item, &entry.value, &[]);
            let (package, openapi) = names.unwrap_or_default();
            meaning::state(item, "proto", package.into());
            meaning::state(item, "openapi", openapi.into());
        }
        for ty in node.map("convert") {
            for entry in ty.value.entries() {
                let place = Place { version: entry.key.clone(), ..place.clone() };
                let item = self.add(place, What::Lens, &path, &format!("{path} {}@{}", ty.key, entry.key), entry.span);
                item.name.clone_from(&ty.key);
                item.facts.insert("rules".to_owned(), fact(entry));
            }
        }
    }

    fn version(&self, set: &str, module: &str, version: &str) -> Option<&'s Version> {
        let groups = &self.sets.iter().find(|known| known.name == set)?.groups;
        let group = groups.iter().find(|group| group.module == module)?;
        group.versions.iter().find(|known| known.version == version)
    }

    fn version_file(&mut self, set: &str, module: &str, version: &str, node: &Node) {
        let groups = self.sets.iter().find(|known| known.name == set).map(|set| set.groups.as_slice()).unwrap_or_default();
        let Some(group) = groups.iter().find(|group| group.module == module) else { return };
        let place = Place { set: set.to_owned(), group: group.group.clone(), version: version.to_owned() };
        let Some(version) = self.version(set, module, version) else { return };
        if let Some(name) = node.text("kind") {
            self.kind(&place, version, &name.value, name.span, node);
        }
        for ty in node.map("types") {
            self.ty(&place, version, ty);
        }
    }

    fn kind(&mut self, place: &Place, version: &Version, name: &str, span: Span, node: &Node) {
        let parent = api_version(&place.group, &place.version);
        let path = place.path(name);
        let mut kinds = self.sets.iter().flat_map(|set| &set.resources).flat_map(|resource| &resource.versions);
        let kind = kinds.find(|kind| kind.kind == name && kind.group == place.group && kind.version == place.version);
        let item = self.add(place.clone(), What::Kind, &parent, &path, span);
        facts(item, node, &["kind", "metadata", "fields", "types", "subresources", "columns", "selectable"]);
        meaning::kind(item, kind);
        for entry in node.map("subresources") {
            let item = self.add(place.clone(), What::Subresource, &path, &format!("{path}/{}", entry.key), entry.span);
            facts(item, &entry.value, &[]);
            meaning::subresource(item, kind);
        }
        for column in node.get("columns").map(Node::items).unwrap_or_default() {
            let name = column.plain("name");
            let item = self.add(place.clone(), What::Column, &path, &format!("{path} column {name}"), column.span);
            facts(item, column, &[]);
            item.name = name;
        }
        for selectable in node.texts("selectable").unwrap_or_default() {
            let item = self.add(place.clone(), What::Selectable, &path, &format!("{path} selects {}", selectable.value), selectable.span);
            item.name = selectable.value;
        }
        let desc = version.types.iter().find(|ty| ty.desc.name == name);
        self.metadata(place, &path, node, span);
        self.fields(place, &path, desc, node);
    }

    /// `metadata`, which is there without being written.
    fn metadata(&mut self, place: &Place, path: &str, node: &Node, span: Span) {
        let written = node.get("metadata");
        if written.is_some_and(|node| node.flag_value() == Some(false)) {
            return;
        }
        let item = self.add(place.clone(), What::Field, path, &format!("{path}.metadata"), written.map_or(span, |node| node.span));
        if let Some(node) = written {
            facts(item, node, &[]);
        }
        meaning::state(item, "type", "ObjectMeta".into());
        meaning::state(item, "tag", 1.into());
        if item.value("omit").is_null() {
            meaning::state(item, "omit", "empty".into());
        }
        let required = item.is("required");
        meaning::state(item, "required", required.into());
    }

    fn ty(&mut self, place: &Place, version: &Version, entry: &Entry) {
        let parent = api_version(&place.group, &place.version);
        let path = place.path(&entry.key);
        let desc = version.types.iter().find(|ty| ty.desc.name == entry.key);
        let values = version.enums.iter().find(|known| known.name == entry.key);
        let item = self.add(place.clone(), What::Type, &parent, &path, entry.span);
        facts(item, &entry.value, &["fields", "enum"]);
        let form = if values.is_some() {
            "enum"
        } else if desc.is_some() {
            "message"
        } else {
            "alias"
        };
        meaning::state(item, "form", form.into());
        if let Some(values) = values {
            self.values(place, &path, values, &entry.value);
        }
        self.fields(place, &path, desc, &entry.value);
    }

    fn values(&mut self, place: &Place, path: &str, values: &EnumDef, node: &Node) {
        let Some(written) = node.get("enum") else { return };
        for (value, doc) in &values.values {
            let span = match &written.value {
                Yaml::Map(entries) => entries.iter().find(|entry| entry.key == *value).map(|entry| entry.span),
                _ => written.items().iter().find(|item| item.words().is_some_and(|words| words.value == *value)).map(|item| item.span),
            };
            let item = self.add(place.clone(), What::Value, path, &format!("{path}={value}"), span.unwrap_or(written.span));
            item.name.clone_from(value);
            meaning::state(item, "doc", doc.to_string().into());
        }
    }

    fn fields(&mut self, place: &Place, path: &str, desc: Option<&TypeDef>, node: &Node) {
        let by_name: HashMap<&str, &kubewright_model::Field> = desc
            .map(|ty| ty.desc.fields.iter().map(|field| (if field.name.is_empty() { field.proto() } else { &field.name }, field)).collect())
            .unwrap_or_default();
        for entry in node.map("fields") {
            let homes = std::mem::take(&mut self.homes);
            let item = self.add(place.clone(), What::Field, path, &format!("{path}.{}", entry.key), entry.span);
            item.name.clone_from(&entry.key);
            facts(item, &entry.value, &[]);
            if let Some(field) = by_name.get(entry.key.as_str()) {
                meaning::field(item, field, &homes);
            }
            self.homes = homes;
        }
    }
}

/// Every key of a mapping but some, as facts.
fn facts(item: &mut Item, node: &Node, but: &[&str]) {
    for entry in node.entries().iter().filter(|entry| !but.contains(&entry.key.as_str())) {
        item.facts.insert(entry.key.clone(), fact(entry));
    }
}

fn fact(entry: &Entry) -> Fact {
    let span = match entry.value.span {
        span if span.end > span.start => span,
        _ => entry.span,
    };
    Fact { value: entry.value.json(), span }
}

impl Node {
    /// The flag that it is.
    fn flag_value(&self) -> Option<bool> {
        self.json().as_bool()
    }
}
