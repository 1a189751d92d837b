//! What a CustomResourceDefinition says, apart from the schemas of its versions, which stay as they are.

use std::fmt;

use serde_json::Value;

use super::Object;

/// A definition, read and found complete.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// Name of the resource in paths.
    pub plural: String,
    /// Name for one object, where stated.
    pub singular: String,
    /// Kind of the list, where stated.
    pub list_kind: String,
    /// Abbreviations.
    pub short_names: Vec<String>,
    /// Groups of resources.
    pub categories: Vec<String>,
    /// Whether objects live in a namespace.
    pub namespaced: bool,
    /// The versions in the order of the definition.
    pub versions: Vec<Version>,
    /// All of it.
    pub whole: Value,
}

/// A version of a definition.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Served at all.
    pub served: bool,
    /// Objects are stored in it.
    pub storage: bool,
    /// Clients are warned.
    pub deprecated: bool,
    /// What they are told, where stated.
    pub warning: String,
    /// The schema of its objects.
    pub schema: Object,
    /// The version as the definition has it, without the schema.
    pub rest: Value,
}

/// Why something is no definition: what is wrong, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADefinition(String);

impl fmt::Display for NotADefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotADefinition {}

fn wrong<T>(text: impl Into<String>) -> Result<T, NotADefinition> {
    Err(NotADefinition(text.into()))
}

impl Definition {
    /// Reads a definition of `apiextensions.k8s.io/v1`.
    pub fn read(whole: Value) -> Result<Self, NotADefinition> {
        let (kind, version) = (text(&whole, "/kind"), text(&whole, "/apiVersion"));
        if kind != "CustomResourceDefinition" {
            return wrong(format!(
                "a CustomResourceDefinition is expected, not {}",
                if kind.is_empty() { "something without kind" } else { kind }
            ));
        }
        if version != "apiextensions.k8s.io/v1" {
            return wrong(format!("the apiVersion is `{version}`; only apiextensions.k8s.io/v1 is read"));
        }
        let mut versions = Vec::new();
        for (at, written) in list(&whole, "/spec/versions").iter().enumerate() {
            versions.push(Version::read(at, written)?);
        }
        if versions.is_empty() {
            return wrong("spec.versions is missing or empty");
        }
        if versions.iter().filter(|version| version.storage).count() != 1 {
            return wrong("spec.versions: exactly one version is stored");
        }
        let scope = text(&whole, "/spec/scope");
        if !matches!(scope, "Namespaced" | "Cluster") {
            return wrong(format!("spec.scope is Namespaced or Cluster, not `{scope}`"));
        }
        Ok(Self {
            group: must(&whole, "/spec/group")?,
            kind: must(&whole, "/spec/names/kind")?,
            plural: must(&whole, "/spec/names/plural")?,
            singular: text(&whole, "/spec/names/singular").to_owned(),
            list_kind: text(&whole, "/spec/names/listKind").to_owned(),
            short_names: texts(&whole, "/spec/names/shortNames"),
            categories: texts(&whole, "/spec/names/categories"),
            namespaced: scope == "Namespaced",
            versions,
            whole,
        })
    }

    /// Its name, as the server has it: plural and group.
    pub fn name(&self) -> String {
        format!("{}.{}", self.plural, self.group)
    }

    /// The version that is stored.
    pub fn storage(&self) -> usize {
        self.versions.iter().position(|version| version.storage).unwrap_or_default()
    }
}

impl Version {
    fn read(at: usize, written: &Value) -> Result<Self, NotADefinition> {
        let name = text(written, "/name");
        if name.is_empty() {
            return wrong(format!("spec.versions[{at}].name is missing"));
        }
        let Some(Value::Object(schema)) = written.pointer("/schema/openAPIV3Schema") else {
            return wrong(format!("spec.versions[{at}].schema.openAPIV3Schema is missing"));
        };
        sound(schema, &format!("spec.versions[{at}].schema.openAPIV3Schema"))?;
        let flag = |key: &str| written.get(key).and_then(Value::as_bool);
        let Some(served) = flag("served") else { return wrong(format!("spec.versions[{at}].served is missing")) };
        let Some(storage) = flag("storage") else { return wrong(format!("spec.versions[{at}].storage is missing")) };
        let mut rest = written.clone();
        if let Value::Object(rest) = &mut rest {
            rest.shift_remove("schema");
        }
        Ok(Self {
            name: name.to_owned(),
            served,
            storage,
            deprecated: flag("deprecated").unwrap_or_default(),
            warning: text(written, "/deprecationWarning").to_owned(),
            schema: schema.clone(),
            rest,
        })
    }
}

/// Schemas stand where schemas have to. Other keywords may be anything; what makes no sense stays data.
fn sound(schema: &Object, place: &str) -> Result<(), NotADefinition> {
    let one = |node: &Value, place: &str| match node {
        Value::Object(schema) => sound(schema, place),
        Value::Null => Ok(()),
        other => wrong(format!("{place} is no schema but {other:.40}")),
    };
    match schema.get("properties") {
        None | Some(Value::Null) => {}
        Some(Value::Object(properties)) => {
            for (name, property) in properties {
                one(property, &format!("{place}.{name}"))?;
            }
        }
        Some(other) => return wrong(format!("{place}.properties is {other:.40}")),
    }
    match schema.get("items") {
        None => {}
        Some(Value::Array(items)) => items.iter().try_for_each(|item| one(item, &format!("{place}[]")))?,
        Some(item) => one(item, &format!("{place}[]"))?,
    }
    match schema.get("additionalProperties") {
        None | Some(Value::Bool(_)) => Ok(()),
        Some(values) => one(values, &format!("{place}{{}}")),
    }
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn must(value: &Value, pointer: &str) -> Result<String, NotADefinition> {
    match text(value, pointer) {
        "" => wrong(format!("{} is missing", pointer.trim_start_matches('/').replace('/', "."))),
        found => Ok(found.to_owned()),
    }
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn texts(value: &Value, pointer: &str) -> Vec<String> {
    list(value, pointer).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
