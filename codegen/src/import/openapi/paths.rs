//! The paths of a document: which resources there are, and what can be done with them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::packages::is_version;
use super::resources::{Gvk, Resource, Subresource};
use crate::import::report::Report;

/// Methods of a path, and the verbs that discovery reports for connections.
const METHODS: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
struct Target<'a> {
    group: &'a str,
    version: &'a str,
    namespaced: bool,
    watch: bool,
    plural: &'a str,
    object: bool,
    subresource: &'a str,
    tail: bool,
}

/// The resources of a document, in the order of its paths.
pub(super) fn resources(document: &Value, report: &mut Report) -> Vec<Resource> {
    let mut found: BTreeMap<(String, String, String), Resource> = BTreeMap::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let Some(target) = target(path) else { continue };
        let operations: Vec<(&str, &Value)> = METHODS.iter().filter_map(|method| Some((*method, item.get(method)?))).collect();
        let Some(gvk) = operations.iter().find_map(|(_, operation)| Gvk::of(operation.get("x-kubernetes-group-version-kind")?)) else {
            if !operations.is_empty() {
                report.add("an operation that is about no kind is left out", path);
            }
            continue;
        };
        let key = (target.group.to_owned(), target.version.to_owned(), target.plural.to_owned());
        let resource = found.entry(key).or_insert_with(|| Resource::new(target.plural));
        resource.namespaced |= target.namespaced;
        if target.subresource.is_empty() {
            resource.gvk = gvk;
            for (method, operation) in operations {
                resource.operation(method, operation, target.object, target.watch, document);
            }
        } else {
            let below = resource.subresources.entry(target.subresource.to_owned()).or_insert_with(|| Subresource::new(gvk));
            below.tail |= target.tail;
            for (method, operation) in operations {
                below.operation(method, operation);
            }
        }
    }
    found.into_values().filter(|resource| !resource.gvk.kind.is_empty()).collect()
}

fn target(path: &str) -> Option<Target<'_>> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let (group, version, mut rest) = match parts[..] {
        ["api", version, ref rest @ ..] => ("", version, rest),
        ["apis", group, version, ref rest @ ..] => (group, version, rest),
        _ => return None,
    };
    if !is_version(version) {
        return None;
    }
    let watch = rest.first() == Some(&"watch") && rest.len() > 1;
    if watch {
        rest = &rest[1..];
    }
    let namespaced = matches!(rest, ["namespaces", "{namespace}", _, ..]);
    if namespaced {
        rest = &rest[2..];
    }
    let target = Target { group, version, namespaced, watch, plural: rest.first()?, object: rest.len() > 1, subresource: "", tail: false };
    match *rest {
        [_] | [_, "{name}"] => Some(target),
        [_, "{name}", subresource] => Some(Target { subresource, ..target }),
        [_, "{name}", subresource, "{path}"] => Some(Target { subresource, tail: true, ..target }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        for (path, expected) in [
            ("/api/v1/namespaces", Some(("namespaces", false, false, ""))),
            ("/api/v1/namespaces/{name}/status", Some(("namespaces", false, true, "status"))),
            ("/api/v1/namespaces/{namespace}/pods/{name}/proxy/{path}", Some(("pods", true, true, "proxy"))),
            ("/api/v1/watch/namespaces/{namespace}/pods", Some(("pods", true, false, ""))),
            ("/apis/apps/v1/deployments", Some(("deployments", false, false, ""))),
            ("/apis/apps/v1/", None),
            ("/apis/apps/", None),
            ("/version/", None),
            ("/api/v1/a/b/c/d/e", None),
        ] {
            let found = target(path).map(|target| (target.plural, target.namespaced, target.object, target.subresource));
            assert_eq!(found, expected, "{path}");
        }
    }
}
