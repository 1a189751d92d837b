//! The OpenAPI 2.0 document.

use serde_json::{Map, Value, json};

use crate::api::Api;

use super::definitions::Catalog;
use super::parameters::Shared;
use super::paths::{self, PathItem};
use super::{Dialect, Profile};

/// The document of an API: everything in `api.resources` is shown. Keys are sorted, so equal APIs give equal bytes.
pub fn document(api: &Api, profile: &Profile) -> Value {
    let items = paths::all(api, *profile);
    let roots = items.values().flat_map(PathItem::definitions);
    let definitions = Catalog::new(api).schemas(roots, *profile, Dialect::V2, |_, _| true);
    let mut shared = Shared::new(&api.facts);
    let paths: Map<String, Value> = items.iter().map(|(path, item)| (path.clone(), path_item(item, &mut shared))).collect();
    let mut document = json!({
        "swagger": "2.0",
        "info": info(api),
        "paths": paths,
        "definitions": definitions,
        "parameters": shared.into_json(),
    });
    if profile.bearer {
        document["securityDefinitions"] = json!({BEARER: bearer()});
        document["security"] = json!([{BEARER: []}]);
    }
    document.sort_all_objects();
    document
}

fn path_item(item: &PathItem, shared: &mut Shared<'_>) -> Value {
    let mut out = Map::new();
    if !item.parameters.is_empty() {
        out.insert("parameters".to_owned(), item.parameters.iter().map(|parameter| shared.place(parameter)).collect());
    }
    out.extend(item.operations.iter().map(|(method, operation)| ((*method).to_owned(), operation.to_v2(shared))));
    out.into()
}

/// Name of the scheme of bearer tokens.
pub(super) const BEARER: &str = "BearerToken";

/// The scheme of bearer tokens.
pub(super) fn bearer() -> Value {
    json!({"type": "apiKey", "name": "authorization", "in": "header", "description": "Bearer Token authentication"})
}

/// Title and version; servers without a title have the one that generic API servers show.
pub(super) fn info(api: &Api) -> Value {
    let title = if api.title.is_empty() { "Generic API Server" } else { &api.title };
    json!({"title": title, "version": if api.version.is_empty() { "unversioned" } else { &*api.version }})
}
