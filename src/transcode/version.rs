//! Objects from one version to another, by way of the hub.

use std::fmt;
use std::str::FromStr;

use super::kinds::{Known, empty_list};
use super::read::read;
use super::write::compact;
use super::{Document, Problem};
use crate::codec::protobuf;
use crate::meta::v1::List;
use crate::object::{Message, Object, Slot, Value, path};
use crate::registry::{Registry, Resource};
use crate::special::RawExtension;

/// How deep lists of lists of any objects are followed.
const LISTS: usize = 8;

/// A group and a version to convert to. It reads `apps/v1`, and `v1` for the core group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupVersion {
    /// The group; empty for the core group.
    pub group: String,
    /// The version.
    pub version: String,
}

impl FromStr for GroupVersion {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (group, version) = text.split_once('/').unwrap_or(("", text));
        if version.is_empty() || version.contains('/') {
            return Err("expected GROUP/VERSION, such as `apps/v1`, or `v1` for the core group".to_owned());
        }
        Ok(Self { group: group.to_owned(), version: version.to_owned() })
    }
}

impl fmt::Display for GroupVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&kubewright_model::kind::api_version(&self.group, &self.version))
    }
}

impl GroupVersion {
    /// Where a resource has this version.
    fn of(&self, resource: &Resource) -> Option<usize> {
        resource.versions.iter().position(|seen| seen.kind.group == self.group && seen.kind.version == self.version)
    }

    /// Whether a registry has kinds of this version.
    pub fn is_known(&self, registry: &Registry) -> bool {
        registry.resources.iter().any(|resource| self.of(resource).is_some())
            || registry.objects.iter().any(|other| other.group == self.group && other.version == self.version)
    }
}

/// The same object in another version. Lists are converted item by item.
pub fn to_version<'r>(registry: &'r Registry, document: Document<'r>, to: &GroupVersion) -> Result<Document<'r>, Problem> {
    nested(registry, document, to, LISTS)
}

fn nested<'r>(registry: &'r Registry, document: Document<'r>, to: &GroupVersion, left: usize) -> Result<Document<'r>, Problem> {
    match document.known {
        Known::Version(resource, from) => {
            let at = target(resource, to, &document)?;
            let seen = &resource.versions[at];
            let object = one(resource, from, at, document.object)?;
            let (api_version, kind) = (seen.kind.api_version(), seen.kind.kind.to_string());
            Ok(Document { api_version, kind, object, known: Known::Version(resource, at), ..document })
        }
        Known::List(resource, from) => {
            let at = target(resource, to, &document)?;
            let seen = &resource.versions[at];
            let object = list(resource, from, at, document.object)?;
            let (api_version, kind) = (seen.kind.api_version(), seen.kind.list_kind.to_string());
            Ok(Document { api_version, kind, object, known: Known::List(resource, at), ..document })
        }
        Known::AnyList => any_list(registry, document, to, left),
        Known::Object if document.api_version == to.to_string() => Ok(document),
        Known::Object => Err(Problem::new(format!("{} of {} has no form in {to}", document.kind, document.api_version))),
    }
}

fn target(resource: &Resource, to: &GroupVersion, document: &Document<'_>) -> Result<usize, Problem> {
    to.of(resource).ok_or_else(|| {
        let known: Vec<String> = resource.versions.iter().map(|seen| seen.kind.api_version()).collect();
        Problem::new(format!("{} of {} has no form in {to}; it is known in {}", document.kind, document.api_version, known.join(", ")))
    })
}

/// An object by way of the hub.
fn one(resource: &Resource, from: usize, to: usize, object: Object) -> Result<Object, Problem> {
    if from == to {
        return Ok(object);
    }
    let conversion = |at: usize| resource.versions.get(at).and_then(|seen| seen.conversion.as_deref());
    let failed = |error: crate::registry::ConversionError| Problem::new(error.to_string());
    let hub = match conversion(from) {
        Some(from) => from.put(object, None).map_err(failed)?,
        None => object,
    };
    match conversion(to) {
        Some(to) => to.view(hub).map_err(failed),
        None => Ok(hub),
    }
}

/// A list of a kind: what its items are is only described, and becomes an object of the program for the conversion.
fn list(resource: &Resource, from: usize, to: usize, object: Object) -> Result<Object, Problem> {
    if from == to {
        return Ok(object);
    }
    let broken = || Problem::new("the list has no items that can be converted");
    let mut out = empty_list(resource, to).ok_or_else(broken)?;
    let (Some(items), Some(target)) = (object.descriptor().field("items"), out.descriptor().field("items")) else { return Err(broken()) };
    copy_metadata(&*object, &mut *out)?;
    let Value::List(items) = path::field(&*object, items) else { return Err(broken()) };
    let api_version = resource.versions[to].kind.api_version();
    for item in (0..items.len()).filter_map(|at| items.get(at)) {
        let mut typed = (resource.versions[from].new)();
        transfer(item, &mut *typed)?;
        let converted = one(resource, from, to, typed)?;
        let Slot::List(place) = out.slot(target) else { return Err(broken()) };
        let place = place.push();
        transfer(&*converted, place)?;
        type_meta(item, place, &api_version);
    }
    Ok(out)
}

fn copy_metadata(from: &dyn Message, to: &mut dyn Message) -> Result<(), Problem> {
    let (Some(source), Some(target)) = (from.descriptor().field("metadata"), to.descriptor().field("metadata")) else { return Ok(()) };
    match (path::field(from, source), to.slot(target)) {
        (Value::Msg(from), Slot::Msg(to)) => transfer(from, to),
        _ => Ok(()),
    }
}

/// An item that says what it is goes on to say it.
fn type_meta(from: &dyn Message, to: &mut dyn Message, api_version: &str) {
    for name in ["kind", "apiVersion"] {
        let (Some(source), Some(target)) = (from.descriptor().field(name), to.descriptor().field(name)) else { continue };
        if let (Value::Str(text), Slot::Str(place)) = (path::field(from, source), to.slot(target))
            && !text.is_empty()
        {
            (if name == "kind" { text } else { api_version }).clone_into(place);
        }
    }
}

/// The same content in an object with the same fields, by way of protobuf.
fn transfer(from: &dyn Message, to: &mut dyn Message) -> Result<(), Problem> {
    protobuf::decode(&protobuf::encode(from), to).map_err(|error| Problem::protobuf(&error))
}

/// A list of objects of any kinds.
fn any_list<'r>(registry: &'r Registry, mut document: Document<'r>, to: &GroupVersion, left: usize) -> Result<Document<'r>, Problem> {
    if left == 0 {
        return Err(Problem::new("lists stand too deep within lists"));
    }
    let any: &mut dyn std::any::Any = &mut *document.object;
    let Some(list) = any.downcast_mut::<List>() else { return Ok(document) };
    for (at, item) in list.items.iter_mut().enumerate() {
        let inside = |problem: Problem| Problem::new(format!("items[{at}]: {}", problem.text));
        for inner in read(registry, item.as_bytes()).map_err(inside)? {
            let converted = nested(registry, inner, to, left - 1).map_err(inside)?;
            *item = RawExtension::new(compact(&converted));
        }
    }
    Ok(document)
}

/// Objects in a list of any kinds may be framed protobuf, which JSON cannot hold: they become JSON.
pub(super) fn open_items(registry: &Registry, document: &mut Document<'_>) {
    let any: &mut dyn std::any::Any = &mut *document.object;
    let Some(list) = any.downcast_mut::<List>() else { return };
    for item in list.items.iter_mut().filter(|item| item.as_bytes().starts_with(crate::codec::envelope::MAGIC)) {
        if let Ok([inner]) = read(registry, item.as_bytes()).as_deref() {
            *item = RawExtension::new(compact(inner));
        }
    }
}
