//! Nested anonymous objects to message types: equal ones are one type, whatever definitions of the version they come from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::field::{Part, has_properties, is_numbered, printed, text};
use super::keyword::{TYPE_KEYS, well_formed};
use super::names;
use super::schema::skeleton;
use super::{Object, PATCH, patch};
use crate::desc::{Desc, Field, Ref, Shape, Type};

/// Where a type was found: the kind, and the properties that lead there, each with whether it is an item of it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The kind.
    pub kind: String,
    /// From the object down.
    pub path: Vec<(String, bool)>,
}

impl Place {
    pub(super) fn below(&self, name: &str, item: bool) -> Self {
        let mut place = self.clone();
        place.path.push((name.to_owned(), item));
        place
    }

    /// The items of what the place leads to.
    pub(super) fn items(&self) -> Self {
        let mut place = self.clone();
        if let Some(last) = place.path.last_mut() {
            last.1 = true;
        }
        place
    }
}

/// What a message type is made of.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its fields.
    pub parts: Vec<Part>,
    /// Its constraints.
    pub rules: Object,
    /// Applied as one unit.
    pub atomic: bool,
}

/// The message types of a version.
#[derive(Debug, Default)]
pub struct Types {
    bodies: Vec<Body>,
    places: Vec<Vec<Place>>,
    /// What schemas say of items of the type, and how often.
    docs: Vec<BTreeMap<String, usize>>,
    index: HashMap<String, usize>,
}

/// A type that has its name.
#[derive(Clone, Debug)]
pub struct Named {
    /// What it is; references are names below the package.
    pub desc: Desc,
    /// The kinds that have it.
    pub kinds: BTreeSet<String>,
}

impl Types {
    /// The object of a kind. What every object has is left out: `apiVersion`, `kind`, `metadata`. Numbers start behind that of metadata.
    pub fn root(&mut self, kind: &str, schema: &Object) -> Body {
        self.body(schema, &Place { kind: kind.to_owned(), path: Vec::new() }, true)
    }

    fn body(&mut self, node: &Object, place: &Place, root: bool) -> Body {
        let empty = Map::new();
        let properties = node.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let required: BTreeSet<&str> =
            node.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let implied = |name: &str| root && matches!(name, "apiVersion" | "kind" | "metadata");
        let first = if root { 2 } else { 1 };
        let mut parts = Vec::new();
        let own = properties.iter().filter(|(name, _)| !implied(name)).filter_map(|(name, property)| Some((name, property.as_object()?)));
        for (number, (name, property)) in (first..).zip(own) {
            let part = self.part(name, number, property, required.contains(name.as_str()), place);
            self.counts(&part);
            parts.push(part);
        }
        let mut rules: Object = TYPE_KEYS
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), node.get(*key).filter(|value| well_formed(key, value))?.clone())))
            .collect();
        let atomic = text(node, "x-kubernetes-map-type") == "atomic";
        let mut body = Body { parts, rules: Map::new(), atomic };
        body.rules.clone_from(&rules);
        if let Some(patch) = rest(node, &body, root) {
            rules.insert(PATCH.to_owned(), patch);
            body.rules = rules;
        }
        body
    }

    /// The type of an object with properties.
    pub(super) fn message(&mut self, node: &Object, place: &Place) -> Ref {
        let body = self.body(node, place, false);
        // An empty type has nothing to be told by but its place.
        let own = if body.parts.is_empty() { place.path.last().map(names::word).unwrap_or_default() } else { String::new() };
        let key = format!("{own}{:?}{}{}", body.parts, Value::Object(body.rules.clone()), body.atomic);
        let at = *self.index.entry(key).or_insert_with(|| {
            self.bodies.push(body);
            self.places.push(Vec::new());
            self.docs.push(BTreeMap::new());
            self.bodies.len() - 1
        });
        self.places[at].push(place.clone());
        Ref::Named(format!("#{at}").into())
    }

    fn counts(&mut self, part: &Part) {
        if let (Some(doc), Some(at)) = (part.item_doc.as_ref().filter(|doc| !doc.is_empty()), numbered(&part.field)) {
            *self.docs[at].entry(doc.clone()).or_default() += 1;
        }
    }

    /// Names every type, none of them as `taken`, and lays them out in the order of need of these objects, whose parts refer to them by name
    /// from then on.
    pub fn finish(&self, package: &str, taken: &BTreeSet<String>, roots: &mut [&mut Body]) -> Vec<Named> {
        let names = names::choose(&self.places, taken);
        let docs: Vec<String> = self.docs.iter().map(usual).collect();
        let link = Link { package, names: &names, docs: &docs };
        let mut order = Vec::new();
        let mut seen = vec![false; self.bodies.len()];
        for root in roots.iter_mut() {
            self.visit(&root.parts, &mut seen, &mut order);
            link.parts(&mut root.parts);
        }
        let finished = |at: usize| {
            let mut body = self.bodies[at].clone();
            link.parts(&mut body.parts);
            let fields = body.parts.into_iter().map(|part| part.field).collect();
            let mut desc = Desc::owned(names[at].clone(), package.to_owned(), package.to_owned(), fields);
            desc.doc = docs[at].trim_end().to_owned().into();
            desc.atomic = body.atomic;
            desc.rules = printed(&body.rules);
            Named { desc, kinds: self.places[at].iter().map(|place| place.kind.clone()).collect() }
        };
        order.into_iter().map(finished).collect()
    }

    fn visit(&self, parts: &[Part], seen: &mut [bool], order: &mut Vec<usize>) {
        for at in parts.iter().filter_map(|part| numbered(&part.field)) {
            if !std::mem::replace(&mut seen[at], true) {
                order.push(at);
                self.visit(&self.bodies[at].parts, seen, order);
            }
        }
    }
}

/// The number of the field's message type.
fn numbered(field: &Field) -> Option<usize> {
    if is_numbered(&field.ty) { field.element()?.proto_name().strip_prefix('#')?.parse().ok() } else { None }
}

/// What is said most often.
fn usual(docs: &BTreeMap<String, usize>) -> String {
    docs.iter().max_by_key(|(_, count)| **count).map(|(doc, _)| doc.clone()).unwrap_or_default()
}

/// What a schema says of a type that its fields and rules do not: a patch.
fn rest(node: &Object, body: &Body, root: bool) -> Option<Value> {
    let mut desc = Desc::owned("", "", "", Vec::new());
    desc.atomic = body.atomic;
    desc.rules = printed(&body.rules);
    let mut known = skeleton(&desc);
    let required: Vec<Value> = body.parts.iter().filter(|part| part.field.required).map(|part| (&*part.field.name).into()).collect();
    let mut own = node.clone();
    for key in ["default", "nullable", "description"].into_iter().filter(|key| !root || *key == "description") {
        own.shift_remove(key);
    }
    if has_properties(node) {
        own.shift_remove("properties");
    }
    // That metadata is required is said where it is described.
    if root && let Some(Value::Array(names)) = own.get_mut("required") {
        names.retain(|name| name != "metadata");
    }
    let stated = own.get("required").cloned().unwrap_or(Value::Null);
    let both = [json!({"required": stated}), if required.is_empty() { json!({}) } else { json!({"required": required}) }];
    let only_metadata = root && required.is_empty() && needs_metadata(node) && stated == json!([]);
    if only_metadata || patch::same(&both[0], &both[1]) {
        own.shift_remove("required");
    } else if !required.is_empty() {
        known.insert("required".to_owned(), required.into());
    }
    if let Some(Value::Array(names)) = own.get_mut("required").filter(|_| root && needs_metadata(node)) {
        names.push("metadata".into());
    }
    patch::between(&Value::Object(known), &Value::Object(own))
}

/// Whether the metadata of an object is required.
pub fn needs_metadata(node: &Object) -> bool {
    node.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|name| name == "metadata"))
}

/// Brings names to where numbers stand.
struct Link<'a> {
    package: &'a str,
    names: &'a [String],
    docs: &'a [String],
}

impl Link<'_> {
    fn parts(&self, parts: &mut [Part]) {
        for part in parts {
            let Some(at) = numbered(&part.field) else { continue };
            part.field.ty = Type::Message(Ref::Named(format!("{}.{}", self.package, self.names[at]).into()));
            let (doc, own) = (self.docs[at].as_str(), part.item_doc.take().unwrap_or_default());
            let differs = match part.field.shape {
                Shape::One if !part.field.doc.is_empty() || doc.is_empty() => None,
                Shape::One => Some(json!({"description": null})),
                _ if own == doc.trim_end() => None,
                shape => {
                    let key = if shape == Shape::List { "items" } else { "additionalProperties" };
                    let own = if own.is_empty() { Value::Null } else { own.into() };
                    Some(json!({key: {"description": own}}))
                }
            };
            if let Some(differs) = differs {
                let mut rules = super::schema::rules(&part.field.rules);
                patch_over(rules.entry(PATCH).or_insert_with(|| json!({})), &differs);
                part.field.rules = printed(&rules);
            }
        }
    }
}

/// Adds what one patch says to another; what the other says itself stays.
fn patch_over(patch: &mut Value, more: &Value) {
    let (Value::Object(patch), Value::Object(more)) = (patch, more) else { return };
    for (key, value) in more {
        match patch.get_mut(key) {
            Some(known) => patch_over(known, value),
            None => {
                patch.insert(key.clone(), value.clone());
            }
        }
    }
}
