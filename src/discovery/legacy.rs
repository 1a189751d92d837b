//! The documents from before discovery was aggregated. Members in the order of Kubernetes' types.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kubewright_model::{Facts, Kind, Subresource, Verbs, kind::api_version};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::registry::{Registry, Resource};
use crate::served::{ServedGroup, ServedVersion};
use crate::server::Document;

/// `/api`
pub(super) fn versions(core: &ServedGroup, address: &str) -> Document {
    let versions: Vec<_> = core.versions.iter().map(|version| version.name.as_str()).collect();
    let addresses = json!([{"clientCIDR": "0.0.0.0/0", "serverAddress": address}]);
    Document::new(json!({"kind": "APIVersions", "versions": versions, "serverAddressByClientCIDRs": addresses}))
}

/// `/apis`
pub(super) fn groups(groups: &[&ServedGroup]) -> Document {
    let groups: Vec<_> = groups.iter().map(|group| Value::Object(members(group))).collect();
    Document::new(json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups}))
}

/// `/apis/GROUP`
pub(super) fn group(group: &ServedGroup) -> Document {
    let mut out = Map::new();
    out.insert("kind".to_owned(), "APIGroup".into());
    out.insert("apiVersion".to_owned(), "v1".into());
    out.append(&mut members(group));
    Document::new(Value::Object(out))
}

fn members(group: &ServedGroup) -> Map<String, Value> {
    let versions: Vec<_> = group
        .versions
        .iter()
        .map(|version| json!({"groupVersion": api_version(&group.name, &version.name), "version": version.name}))
        .collect();
    let preferred = versions.first().cloned().unwrap_or_default();
    Map::from_iter([
        ("name".to_owned(), group.name.as_str().into()),
        ("versions".to_owned(), versions.into()),
        ("preferredVersion".to_owned(), preferred),
    ])
}

/// `/api/VERSION` and `/apis/GROUP/VERSION`. The core group's names no apiVersion.
pub(super) fn resources(registry: &Registry, facts: &Facts, group: &ServedGroup, version: &ServedVersion) -> Document {
    let mut resources: Vec<Value> = Vec::new();
    for endpoint in &version.endpoints {
        let resource = &registry.resources[endpoint.resource];
        let kind = &resource.versions[endpoint.version].kind;
        resources.push(entry(resource, facts, kind));
        resources.extend(super::aggregated::subresources(kind).map(|sub| subentry(kind, sub)));
    }
    let mut out = Map::new();
    out.insert("kind".to_owned(), "APIResourceList".into());
    if !group.name.is_empty() {
        out.insert("apiVersion".to_owned(), "v1".into());
    }
    out.insert("groupVersion".to_owned(), api_version(&group.name, &version.name).into());
    out.insert("resources".to_owned(), resources.into());
    Document::new(Value::Object(out))
}

fn entry(resource: &Resource, facts: &Facts, kind: &Kind) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), kind.plural.as_ref().into());
    out.insert("singularName".to_owned(), kind.singular.as_ref().into());
    out.insert("namespaced".to_owned(), kind.namespaced.into());
    out.insert("kind".to_owned(), kind.kind.as_ref().into());
    out.insert("verbs".to_owned(), verbs(kind.verbs));
    names(&mut out, "shortNames", &kind.short_names);
    names(&mut out, "categories", &kind.categories);
    if kind.is_stored() {
        let stored = &resource.versions[resource.storage].kind;
        let version = facts.told_storage(&kind.group_resource()).unwrap_or(&stored.version);
        out.insert("storageVersionHash".to_owned(), storage_version_hash(&stored.group, version, &stored.kind).into());
    }
    Value::Object(out)
}

fn subentry(kind: &Kind, sub: &Subresource) -> Value {
    let mut out = Map::new();
    out.insert("name".to_owned(), format!("{}/{}", kind.plural, sub.name).into());
    out.insert("singularName".to_owned(), "".into());
    out.insert("namespaced".to_owned(), kind.namespaced.into());
    match &sub.speaks {
        Some(speaks) if speaks.group == kind.group && speaks.version == kind.version => {
            out.insert("kind".to_owned(), speaks.kind.as_ref().into());
        }
        Some(speaks) => {
            out.insert("group".to_owned(), speaks.group.as_ref().into());
            out.insert("version".to_owned(), speaks.version.as_ref().into());
            out.insert("kind".to_owned(), speaks.kind.as_ref().into());
        }
        None => {
            out.insert("kind".to_owned(), kind.kind.as_ref().into());
        }
    }
    out.insert("verbs".to_owned(), verbs(sub.verbs));
    Value::Object(out)
}

/// The verbs in alphabetical order.
pub(super) fn verbs(verbs: Verbs) -> Value {
    verbs.iter().map(|verb| Value::from(verb.as_str())).collect()
}

/// Adds a list of names unless it is empty.
pub(super) fn names(out: &mut Map<String, Value>, key: &str, names: &[kubewright_model::Text]) {
    if !names.is_empty() {
        out.insert(key.to_owned(), names.iter().map(|name| Value::from(name.as_ref())).collect());
    }
}

/// Changes when objects come to be stored in another version. Source: apiserver `discovery.StorageVersionHash`.
fn storage_version_hash(group: &str, version: &str, kind: &str) -> String {
    let digest = Sha256::digest(format!("{group}/{version}/{kind}"));
    STANDARD.encode(&digest[..8])
}
