//! The OpenAPI 3.0 documents: one for each root of paths, each complete in itself.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::api::Api;

use super::definitions::{Catalog, is_everywhere};
use super::parameters::Parameter;
use super::paths::{self, PathItem};
use super::v2::{BEARER, bearer, info};
use super::{Dialect, Gvk, Profile};

/// The documents of an API by key: `api`, `api/v1`, `apis`, `apis/<group>`, `apis/<group>/<version>`, `version`.
pub fn documents(api: &Api, profile: &Profile) -> BTreeMap<String, Value> {
    let items = paths::all(api, *profile);
    let mut roots: BTreeMap<String, BTreeMap<&str, &PathItem>> = BTreeMap::new();
    for (path, item) in &items {
        roots.entry(key(path)).or_default().insert(path, item);
    }
    let catalog = Catalog::new(api);
    roots.into_iter().map(|(key, items)| (key.clone(), document(api, *profile, &catalog, &key, &items))).collect()
}

/// The key of the document that holds a path.
fn key(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let length = match segments.first() {
        Some(&"api") => 2,
        Some(&"apis") => 3,
        _ => segments.len(),
    };
    segments[..length.min(segments.len())].join("/")
}

fn document(api: &Api, profile: Profile, catalog: &Catalog<'_>, key: &str, items: &BTreeMap<&str, &PathItem>) -> Value {
    let told = |name: &str, gvk: &Gvk| !is_everywhere(name) || is_told(key, gvk);
    let roots = items.values().flat_map(|item| item.definitions());
    let mut components = json!({"schemas": catalog.schemas(roots, profile, Dialect::V3, told)});
    if profile.bearer {
        components["securitySchemes"] = json!({BEARER: bearer()});
    }
    let paths: Map<String, Value> = items.iter().map(|(path, item)| ((*path).to_owned(), path_item(item))).collect();
    let mut document = json!({"openapi": "3.0.0", "info": info(api), "paths": paths, "components": components});
    document.sort_all_objects();
    document
}

/// Of the kinds registered in every group-version, a document tells those of its own and of core `v1`.
fn is_told(key: &str, gvk: &Gvk) -> bool {
    let own = if gvk.group.is_empty() { format!("api/{}", gvk.version) } else { format!("apis/{}/{}", gvk.group, gvk.version) };
    own == key || (gvk.group.is_empty() && gvk.version == "v1")
}

fn path_item(item: &PathItem) -> Value {
    let mut out = Map::new();
    if !item.parameters.is_empty() {
        out.insert("parameters".to_owned(), item.parameters.iter().map(Parameter::to_v3).collect());
    }
    out.extend(item.operations.iter().map(|(method, operation)| ((*method).to_owned(), operation.to_v3())));
    out.into()
}
