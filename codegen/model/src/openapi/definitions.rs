//! Definitions of a document: which types it needs, under which names, and the kinds they stand for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::api::Api;
use crate::desc::{Desc, Ref};
use crate::facts::Wart;
use crate::kind::Kind;

use super::schema::Writer;
use super::{Dialect, GVK_KEY, Gvk, Profile, meta};

/// Every type of an API by definition name, and the kinds that are registered for each.
#[derive(Debug)]
pub(super) struct Catalog<'a> {
    api: &'a Api,
    types: BTreeMap<String, Cow<'a, Desc>>,
    kinds: BTreeMap<String, BTreeSet<Gvk>>,
    /// Definitions of served kinds and lists: objects, whatever their type says.
    objects: BTreeSet<String>,
}

/// The name a type goes by: a type without definition name that operations name nevertheless has its protobuf name.
fn name_of(desc: &Desc) -> String {
    desc.definition_name().unwrap_or_else(|| desc.proto_name())
}

impl<'a> Catalog<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut catalog = Self { api, types: BTreeMap::new(), kinds: BTreeMap::new(), objects: BTreeSet::new() };
        for kind in api.resources.iter().flat_map(|resource| &resource.versions) {
            catalog.add_kind(kind);
        }
        for desc in api.types.values() {
            catalog.add_type(desc);
        }
        catalog.add_machinery();
        catalog
    }

    fn add_kind(&mut self, kind: &'a Kind) {
        self.add_object(&kind.ty, Gvk::new(&kind.group, &kind.version, &kind.kind));
        if !kind.list_kind.is_empty() {
            self.add_object(&kind.list_ty, Gvk::new(&kind.group, &kind.version, &kind.list_kind));
        }
        for speaks in kind.subresources.iter().filter_map(|sub| sub.speaks.as_ref()) {
            self.add_object(&speaks.ty, Gvk::new(&speaks.group, &speaks.version, &speaks.kind));
        }
    }

    fn add_object(&mut self, ty: &'a Ref, gvk: Gvk) {
        if let Some(desc) = self.api.resolve(ty) {
            let name = name_of(desc);
            self.objects.insert(name.clone());
            self.kinds.entry(name).or_default().insert(gvk);
            self.add_type(desc);
        }
    }

    fn add_type(&mut self, desc: &'a Desc) {
        let mut waiting = vec![desc];
        while let Some(desc) = waiting.pop() {
            let name = name_of(desc);
            if self.types.contains_key(&name) {
                continue;
            }
            self.types.insert(name, Cow::Borrowed(desc));
            waiting.extend(desc.fields.iter().filter_map(|field| self.api.resolve(field.element()?)));
        }
    }

    fn add_machinery(&mut self) {
        let everywhere: BTreeSet<(&str, &str)> = std::iter::once(("", "v1"))
            .chain(self.api.versions.iter().filter(|entry| entry.resources).map(|entry| (&*entry.group, &*entry.version)))
            .chain(self.api.facts.registered.iter().map(|(group, version)| (&**group, &**version)))
            .chain(self.api.resources.iter().flat_map(|resource| &resource.versions).map(|kind| (&*kind.group, &*kind.version)))
            .collect();
        for kind in meta::EVERYWHERE_KINDS {
            let gvks = everywhere.iter().map(|(group, version)| Gvk::new(group, version, kind)).collect();
            self.kinds.insert(meta::definition(kind), gvks);
        }
        for kind in meta::CORE_KINDS {
            self.kinds.insert(meta::definition(kind), BTreeSet::from([Gvk::new("", "v1", kind)]));
        }
    }

    /// Schemas of the named definitions and of all they refer to. `keep` tells which kinds are told of a definition.
    pub(super) fn schemas<'b>(
        &self,
        roots: impl IntoIterator<Item = &'b str>,
        profile: Profile,
        dialect: Dialect,
        keep: impl Fn(&str, &Gvk) -> bool,
    ) -> Map<String, Value> {
        let mut writer = Writer::new(self.api, profile, dialect);
        let mut waiting: Vec<String> = roots.into_iter().map(str::to_owned).collect();
        let mut done = BTreeMap::new();
        while let Some(name) = waiting.pop() {
            if done.contains_key(&name) {
                continue;
            }
            let schema = self.schema(&name, &mut writer, &keep);
            done.insert(name, Value::Object(schema));
            waiting.append(&mut writer.found);
        }
        done.into_iter().collect()
    }

    fn schema(&self, name: &str, writer: &mut Writer<'_>, keep: impl Fn(&str, &Gvk) -> bool) -> Map<String, Value> {
        let made = || meta::desc(self.api, name).unwrap_or_else(|| Desc::owned(name.to_owned(), "", "", Vec::new()));
        let desc = self.types.get(name).map_or_else(|| Cow::Owned(made()), |desc| Cow::Borrowed(&**desc));
        let mut schema = writer.object(&desc, self.objects.contains(name));
        let kinds: Vec<Value> = self.kinds.get(name).into_iter().flatten().filter(|gvk| keep(name, gvk)).map(Gvk::to_json).collect();
        if !kinds.is_empty() {
            schema.insert(GVK_KEY.to_owned(), kinds.into());
        }
        for wart in self.api.facts.warts.iter().filter(|wart| wart.definition == name) {
            grow(wart, &mut schema);
        }
        schema
    }
}

/// Adds what a set states of a definition or of one of its properties; `null` takes away.
fn grow(wart: &Wart, schema: &mut Map<String, Value>) {
    let Ok(Value::Object(members)) = serde_json::from_str(&wart.members) else { return };
    let place = match &*wart.property {
        "" => Some(schema),
        property => schema.get_mut("properties").and_then(|properties| properties.get_mut(property)?.as_object_mut()),
    };
    let Some(place) = place else { return };
    for (key, value) in members {
        match value {
            Value::Null => _ = place.remove(&key),
            value => _ = place.insert(key, value),
        }
    }
}

/// Whether a definition is of a kind registered in every group-version.
pub(super) fn is_everywhere(name: &str) -> bool {
    meta::EVERYWHERE_KINDS.iter().any(|kind| meta::definition(kind) == name)
}
