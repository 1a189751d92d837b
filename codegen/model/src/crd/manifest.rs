//! A kind with all its versions as a CustomResourceDefinition.

use serde_json::{Map, Value, json};

use super::{Object, Schemas, patch};
use crate::desc::{Desc, Ref};
use crate::kind::{Action, Column, Enabled, Kind};

/// What a definition says that its kind does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// Annotations of the definition.
    pub annotations: Object,
    /// Labels of the definition.
    pub labels: Object,
    /// Versions in the order of the definition; by name otherwise.
    pub order: Vec<String>,
    /// `spec.conversion`, or null.
    pub conversion: Value,
    /// Merged over the definition.
    pub patch: Value,
    /// Merged over its versions, by name.
    pub versions: Vec<(String, Value)>,
}

/// The resource that a definition is made for.
pub struct Subject<'a> {
    /// The kind in each version.
    pub versions: Vec<&'a Kind>,
    /// Position of the version that is stored.
    pub storage: usize,
    /// The release of its set; may be empty.
    pub release: &'a str,
    /// Finds types.
    pub find: &'a dyn Fn(&Ref) -> Option<&'a Desc>,
}

impl Subject<'_> {
    /// The definition; `None` for a resource without versions.
    pub fn definition(&self, manifest: &Manifest) -> Option<Value> {
        let kind = *self.versions.get(self.storage).or(self.versions.first())?;
        let mut metadata = object(json!({"name": kind.group_resource()}));
        let mut spec = object(json!({
            "group": kind.group,
            "names": names(kind),
            "scope": if kind.namespaced { "Namespaced" } else { "Cluster" },
        }));
        for (key, value) in [("annotations", &manifest.annotations), ("labels", &manifest.labels)] {
            if !value.is_empty() {
                metadata.insert(key.to_owned(), value.clone().into());
            }
        }
        if !manifest.conversion.is_null() {
            spec.insert("conversion".to_owned(), manifest.conversion.clone());
        }
        spec.insert("versions".to_owned(), self.versions(manifest).into());
        let mut definition =
            json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": metadata, "spec": spec});
        if !manifest.patch.is_null() {
            patch::merge(&mut definition, &manifest.patch);
        }
        Some(definition)
    }

    fn versions(&self, manifest: &Manifest) -> Vec<Value> {
        let place = |kind: &Kind| manifest.order.iter().position(|name| *name == *kind.version).unwrap_or(manifest.order.len());
        let mut kinds: Vec<(usize, &Kind)> = self.versions.iter().copied().enumerate().collect();
        kinds.sort_by_key(|(_, kind)| (place(kind), &*kind.version));
        kinds.into_iter().map(|(at, kind)| self.version(at, kind, manifest)).collect()
    }

    fn version(&self, at: usize, kind: &Kind, manifest: &Manifest) -> Value {
        let mut version = self.facts(at, kind);
        if let Some((_, more)) = manifest.versions.iter().find(|(name, _)| *name == *kind.version) {
            patch::merge(&mut version, more);
        }
        if let (Value::Object(version), Some(desc)) = (&mut version, (self.find)(&kind.ty)) {
            version.insert("schema".to_owned(), json!({"openAPIV3Schema": Schemas::new(self.find).root(desc)}));
        }
        version
    }

    /// What a version says besides its schema.
    pub fn facts(&self, at: usize, kind: &Kind) -> Value {
        let mut version = object(json!({"name": kind.version, "served": kind.enabled == Enabled::On, "storage": at == self.storage}));
        if kind.lifecycle.is_deprecated(self.release) {
            version.insert("deprecated".to_owned(), true.into());
            if !kind.lifecycle.warning.is_empty() {
                version.insert("deprecationWarning".to_owned(), (&*kind.lifecycle.warning).into());
            }
        }
        let columns: Vec<Value> = columns(kind).filter_map(column).collect();
        let selectable: Vec<Value> = kind.selectable.iter().map(|path| json!({"jsonPath": path})).collect();
        let subresources = subresources(kind);
        let rows = [
            ("subresources", (!subresources.is_empty()).then(|| subresources.into())),
            ("selectableFields", (!selectable.is_empty()).then(|| selectable.into())),
            ("additionalPrinterColumns", (!columns.is_empty()).then(|| columns.into())),
        ];
        version.extend(rows.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
        version.into()
    }
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn names(kind: &Kind) -> Value {
    let mut names = object(json!({"plural": kind.plural, "singular": kind.singular, "kind": kind.kind, "listKind": kind.list_kind}));
    for (key, words) in [("shortNames", &kind.short_names), ("categories", &kind.categories)] {
        if !words.is_empty() {
            names.insert(key.to_owned(), words.iter().map(|word| &**word).collect());
        }
    }
    names.into()
}

fn subresources(kind: &Kind) -> Object {
    let one = |action: &Action| match action {
        Action::Part(part) if part == "status" => Some(("status".to_owned(), json!({}))),
        Action::Scale { spec_replicas, status_replicas, selector } => {
            let mut scale = object(json!({"specReplicasPath": spec_replicas, "statusReplicasPath": status_replicas}));
            if !selector.is_empty() {
                scale.insert("labelSelectorPath".to_owned(), (&**selector).into());
            }
            Some(("scale".to_owned(), scale.into()))
        }
        _ => None,
    };
    kind.subresources.iter().filter_map(|sub| one(&sub.action)).collect()
}

/// The columns of a kind without that of the name, which every table has.
fn columns(kind: &Kind) -> impl Iterator<Item = &Column> {
    let name = |column: &Column| column.name == "Name" && column.cell == ".metadata.name";
    let skipped = usize::from(kind.columns.first().is_some_and(name));
    kind.columns.iter().skip(skipped)
}

/// A column as definitions have it: a path, or the age of one. Other cells have no place there.
fn column(column: &Column) -> Option<Value> {
    let age = column.cell.strip_prefix("age(").and_then(|rest| rest.strip_suffix(')')).filter(|path| !path.contains([',', '(']));
    let path = age.or(column.cell.starts_with(['.', '[']).then_some(&*column.cell))?;
    let mut made = object(json!({"name": column.name, "type": if age.is_some() { "date" } else { &*column.ty }, "jsonPath": path}));
    for (key, text) in [("format", &column.format), ("description", &column.doc)] {
        if !text.is_empty() {
            made.insert(key.to_owned(), (&**text).into());
        }
    }
    if column.priority != 0 {
        made.insert("priority".to_owned(), column.priority.into());
    }
    Some(made.into())
}
