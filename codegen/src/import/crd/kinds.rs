//! A kind in one version: its names, how it is served, its fields; and what the definition says besides.

use std::collections::BTreeMap;

use kubewright_model::crd::types::{Body, needs_metadata};
use kubewright_model::crd::{Definition, Manifest, PATCH, Version, manifest::Subject, patch};
use kubewright_model::{Desc, Enabled, Kind, Lifecycle, Ref, Strategy, Text, Verbs};
use serde_json::{Map as Json, Value, json};

use super::group::Here;
use super::{columns, fields, remarks};
use crate::import::catalog::Item;
use crate::import::report::Report;
use crate::import::write::{Map, Node};

/// A definition seen in one of its versions.
pub(super) struct Seen<'a> {
    pub(super) definition: &'a Definition,
    pub(super) at: usize,
    pub(super) version: &'a Version,
}

/// What most schemas say of `kind` and `apiVersion`.
pub(super) fn type_meta(definitions: &[Definition]) -> Vec<(String, String)> {
    let schemas = || definitions.iter().flat_map(|definition| &definition.versions).map(|version| &version.schema);
    let usual = |name: &str| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for doc in schemas().filter_map(|schema| schema.get("properties")?.get(name)?.get("description")?.as_str()) {
            *counts.entry(doc.trim_end().to_owned()).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(doc, _)| (name.to_owned(), doc))
    };
    ["apiVersion", "kind"].into_iter().filter_map(usual).collect()
}

/// Kind of the lists.
pub(super) fn list_kind(definition: &Definition) -> String {
    if definition.list_kind.is_empty() { format!("{}List", definition.kind) } else { definition.list_kind.clone() }
}

/// The kind as its file says it.
pub(super) fn item(seen: &Seen<'_>, body: &Body, here: &Here<'_>, place: &str, report: &mut Report) -> Item {
    let (definition, version) = (seen.definition, seen.version);
    let schema = Value::Object(version.schema.clone());
    let kind = kind(seen, &schema);
    let mut tree = names(definition);
    tree.push_text("doc", doc(&version.schema));
    let mut rules = body.rules.clone();
    let metadata = implied(&version.schema, here.type_meta, &mut rules);
    let mut about = Map::new();
    about.push_flag("required", needs_metadata(&version.schema));
    if !metadata.is_null() {
        about.push("schema", Node::json(&metadata));
    }
    if !about.is_empty() {
        tree.push("metadata", about);
    }
    fields::constraints(&rules, &mut tree);
    let own: Vec<_> = body.parts.iter().map(|part| &part.field).collect();
    if !own.is_empty() {
        tree.push("fields", fields::fields(own.iter().copied()));
    }
    if !kind.subresources.is_empty() {
        tree.push("subresources", columns::subresource_lines(&kind.subresources));
    }
    if !kind.columns.is_empty() {
        tree.push("columns", Node::List(columns::lines(&kind.columns, &schema)));
    }
    if !kind.selectable.is_empty() {
        tree.push("selectable", Node::words(kind.selectable.iter().map(|path| path.clone().into_owned())));
    }
    if !own.iter().any(|field| field.name == "spec") {
        tree.push_flag("generation", true);
    }
    let unconverted = life(seen, here, &mut tree);
    let said = said(seen, &kind);
    if !said.is_empty() {
        tree.push("crd", said);
    }
    let mut whole = Desc::owned("", "", "", own.iter().map(|field| (*field).clone()).collect());
    whole.rules = fields::rules_text(&rules);
    remarks::message(&whole, place, report);
    remarks::version(version, place, unconverted, report);
    Item { name: definition.kind.clone(), tree, uses: fields::uses(own.iter().copied()) }
}

fn doc(schema: &Json<String, Value>) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().trim_end()
}

fn names(definition: &Definition) -> Map {
    let mut tree = Map::new().with("kind", Node::text(&definition.kind));
    let lower = definition.kind.to_lowercase();
    let unless = |usual: String, name: &str| if *name == usual { String::new() } else { name.to_owned() };
    tree.push_text("plural", &unless(format!("{lower}s"), &definition.plural));
    tree.push_text("singular", &unless(lower, &definition.singular));
    tree.push_text("listKind", &unless(format!("{}List", definition.kind), &definition.list_kind));
    if !definition.namespaced {
        tree.push("scope", Node::text("Cluster"));
    }
    for (key, words) in [("shortNames", &definition.short_names), ("categories", &definition.categories)] {
        if !words.is_empty() {
            tree.push(key, Node::words(words.iter().cloned()));
        }
    }
    tree
}

/// What a schema says of the fields that every object has, where it is not as usual: a patch for metadata; for the others, in the rules.
fn implied(schema: &Json<String, Value>, type_meta: &[(String, String)], rules: &mut Json<String, Value>) -> Value {
    let stated = |name: &str| schema.get("properties").and_then(|properties| properties.get(name)).cloned().unwrap_or(Value::Null);
    let mut patches = Json::new();
    for name in ["apiVersion", "kind"] {
        let mut usual = json!({"type": "string"});
        let told = type_meta.iter().find(|(known, _)| known == name).map(|(_, doc)| doc.clone());
        let told = told.unwrap_or_else(|| usual_doc(name));
        usual["description"] = told.into();
        patches.extend(between(&usual, &stated(name)).map(|patch| (name.to_owned(), patch)));
    }
    let metadata = stated("metadata");
    if metadata.is_null() {
        patches.insert("metadata".to_owned(), Value::Null);
    }
    if let Some(stated) = schema.get("description").filter(|stated| stated.as_str() != Some(doc(schema)) || *stated == "") {
        patch::merge(rules.entry(PATCH).or_insert_with(|| json!({})), &json!({"description": stated}));
    }
    if !schema.get("properties").is_some_and(Value::is_object) {
        let Some(Value::Object(patch)) = Some(rules.entry(PATCH).or_insert_with(|| json!({}))) else { return Value::Null };
        patch.insert("properties".to_owned(), schema.get("properties").cloned().unwrap_or(Value::Null));
    } else if !patches.is_empty() {
        patch::merge(rules.entry(PATCH).or_insert_with(|| json!({})), &json!({"properties": {}}));
        if let Some(Value::Object(properties)) = rules.get_mut(PATCH).and_then(|patch| patch.get_mut("properties")) {
            properties.extend(patches);
        }
    }
    patch::between(&json!({"type": "object"}), &metadata).filter(|_| !metadata.is_null()).unwrap_or(Value::Null)
}

fn usual_doc(name: &str) -> String {
    kubewright_model::desc::object::type_meta()
        .into_iter()
        .find(|field| field.name == name)
        .map(|field| field.doc.into_owned())
        .unwrap_or_default()
}

/// A patch, which is null for what is not there.
fn between(usual: &Value, stated: &Value) -> Option<Value> {
    if stated.is_null() { Some(Value::Null) } else { patch::between(usual, stated) }
}

/// When the version is served, what it is to the others. Whether it converts by name is the answer.
fn life(seen: &Seen<'_>, here: &Here<'_>, tree: &mut Map) -> bool {
    let (definition, version) = (seen.definition, seen.version);
    if version.deprecated {
        tree.push_flag("deprecated", true);
        tree.push_text("warning", &version.warning);
    }
    if !version.served {
        tree.push("served", Node::flag(false));
    }
    let own: Vec<&str> =
        here.names.iter().copied().filter(|name| definition.versions.iter().any(|version| version.name == *name)).collect();
    let usual = if own.contains(&here.main) { here.main } else { own.first().copied().unwrap_or_default() };
    if version.storage && version.name != usual {
        tree.push_flag("storage", true);
        tree.push_flag("hub", true);
    }
    let stored = &definition.versions[definition.storage()];
    let unconverted = !version.storage && bare(&Value::Object(version.schema.clone())) != bare(&Value::Object(stored.schema.clone()));
    if unconverted {
        tree.push("convert", Node::text("none"));
    }
    unconverted
}

/// A schema without what people read.
fn bare(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let text = |key: &str, value: &Value| key == "description" && value.is_string();
            let mut kept: Vec<(&String, &Value)> = members.iter().filter(|(key, value)| !text(key, value)).collect();
            kept.sort_by_key(|(key, _)| *key);
            Value::Object(kept.into_iter().map(|(key, value)| (key.clone(), bare(value))).collect())
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

/// The kind as the model will have it.
fn kind(seen: &Seen<'_>, schema: &Value) -> Kind {
    let (definition, version) = (seen.definition, seen.version);
    let words = |words: &[String]| words.iter().map(|word| Text::from(word.clone())).collect();
    let or = |name: &str, usual: String| Text::from(if name.is_empty() { usual } else { name.to_owned() });
    Kind {
        group: definition.group.clone().into(),
        version: version.name.clone().into(),
        kind: definition.kind.clone().into(),
        list_kind: list_kind(definition).into(),
        plural: definition.plural.clone().into(),
        singular: or(&definition.singular, definition.kind.to_lowercase()),
        namespaced: definition.namespaced,
        short_names: words(&definition.short_names),
        categories: words(&definition.categories),
        verbs: Verbs::ALL,
        subresources: columns::subresources(&version.rest, schema).into(),
        columns: columns::columns(&version.rest).into(),
        selectable: columns::selectable(&version.rest, schema).into(),
        ty: Ref::Named(Text::default()),
        list_ty: Ref::Named(Text::default()),
        lifecycle: Lifecycle {
            deprecated: if version.deprecated { Lifecycle::ALWAYS } else { "" }.into(),
            warning: version.warning.clone().into(),
            ..Lifecycle::default()
        },
        enabled: if version.served { Enabled::On } else { Enabled::Off },
        strategy: Strategy::CUSTOM,
    }
}

/// What the definition says besides; of the definition as a whole, where its stored version is.
fn said(seen: &Seen<'_>, kind: &Kind) -> Map {
    let mut said = Map::new();
    let subject = Subject { versions: vec![kind], storage: usize::from(!seen.version.storage), release: "", find: &|_| None };
    let facts = subject.facts(0, kind);
    if seen.version.storage {
        whole(seen.definition, kind, &mut said);
    }
    if let Some(patch) = patch::between(&facts, &seen.version.rest) {
        said.push("version", Node::json(&patch));
    }
    debug_assert!(seen.at < seen.definition.versions.len());
    said
}

fn whole(definition: &Definition, kind: &Kind, said: &mut Map) {
    let mut manifest =
        Manifest { conversion: definition.whole.pointer("/spec/conversion").cloned().unwrap_or_default(), ..Manifest::default() };
    for (key, place) in [("annotations", &mut manifest.annotations), ("labels", &mut manifest.labels)] {
        let stated = definition.whole.pointer(&format!("/metadata/{key}")).and_then(Value::as_object);
        if let Some(stated) = stated.filter(|stated| !stated.is_empty() && stated.values().all(Value::is_string)) {
            said.push(key, Node::json(&Value::Object(stated.clone())));
            place.clone_from(stated);
        }
    }
    let order: Vec<&str> = definition.versions.iter().map(|version| version.name.as_str()).collect();
    if !order.is_sorted() {
        said.push("versions", Node::words(order));
    }
    if manifest.conversion.is_object() {
        said.push("conversion", Node::json(&manifest.conversion));
    } else {
        manifest.conversion = Value::Null;
    }
    let subject = Subject { versions: vec![kind], storage: 0, release: "", find: &|_| None };
    let bare = |mut definition: Value| {
        if let Some(Value::Object(spec)) = definition.get_mut("spec") {
            spec.shift_remove("versions");
        }
        definition
    };
    let made = bare(subject.definition(&manifest).unwrap_or_default());
    if let Some(patch) = patch::between(&made, &bare(definition.whole.clone())) {
        said.push("manifest", Node::json(&patch));
    }
}
