//! `operationId` and tag of an operation, from its path and a raw name such as `listNamespacedPod`.

/// Verbs that raw names start with; the shortest that fits is moved to the front of the id.
const VERBS: [&str; 11] = ["get", "log", "read", "list", "watch", "patch", "proxy", "create", "delete", "replace", "connect"];

/// The raw name of an operation on a resource: verb, kind of the parent, subresource.
pub(super) fn raw(verb: &str, namespaced: bool, kind: &str, subresource: Option<&str>, suffix: &str) -> String {
    let scope = if namespaced { "Namespaced" } else { "" };
    format!("{verb}{scope}{kind}{}{suffix}", subresource.map(title).unwrap_or_default())
}

/// First letter upper case, the rest lower case.
pub(super) fn title(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}

/// Id and tag of the operation with this raw name at this path.
pub(super) fn id_and_tag(path: &str, raw: &str) -> (String, String) {
    let (verb, rest) = split_verb(raw);
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let (group, version) = match segments.as_slice() {
        ["api", rest @ ..] => (Some("core"), rest.first()),
        ["apis", group, rest @ ..] => (Some(group.strip_suffix(".k8s.io").unwrap_or(group)), rest.first()),
        _ => (None, None),
    };
    let mut id = verb.to_owned();
    for part in group.into_iter().chain(version.copied()).chain([rest]) {
        push_camel(&mut id, part);
    }
    let mut tag = String::new();
    push_camel(&mut tag, group.or(segments.first().copied()).unwrap_or_default());
    if let Some(version) = version {
        tag.push('_');
        tag.push_str(version);
    }
    (id, tag)
}

fn split_verb(raw: &str) -> (&str, &str) {
    VERBS.iter().filter(|verb| raw.starts_with(**verb)).map(|verb| raw.split_at(verb.len())).next().unwrap_or(("", raw))
}

/// Appends `text` in camel case: what is neither letter, digit nor `_` disappears and raises the next letter.
fn push_camel(out: &mut String, text: &str) {
    let mut raise = !out.is_empty();
    for letter in text.chars() {
        let kept = letter.is_alphabetic() || letter == '_' || (letter.is_ascii_digit() && !out.is_empty());
        match (kept, raise) {
            (false, _) => raise = true,
            (true, true) => out.extend(letter.to_uppercase()),
            (true, false) => out.push(letter),
        }
        raise &= !kept;
    }
}

#[cfg(test)]
mod tests {
    use super::{id_and_tag, raw};

    #[test]
    fn ids_and_tags() {
        let rows = [
            ("/api/v1/namespaces/{namespace}/pods", raw("list", true, "Pod", None, ""), "listCoreV1NamespacedPod", "core_v1"),
            ("/api/v1/pods", raw("list", false, "Pod", None, "ForAllNamespaces"), "listCoreV1PodForAllNamespaces", "core_v1"),
            ("/api/v1/nodes", raw("deletecollection", false, "Node", None, ""), "deleteCoreV1CollectionNode", "core_v1"),
            (
                "/api/v1/watch/pods",
                raw("watch", false, "Pod", None, "ListForAllNamespaces"),
                "watchCoreV1PodListForAllNamespaces",
                "core_v1",
            ),
            (
                "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale",
                raw("patch", true, "Deployment", Some("scale"), ""),
                "patchAppsV1NamespacedDeploymentScale",
                "apps_v1",
            ),
            (
                "/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}",
                raw("replace", false, "ClusterRole", None, ""),
                "replaceRbacAuthorizationV1ClusterRole",
                "rbacAuthorization_v1",
            ),
            ("/apis/apps/", "getAPIGroup".to_owned(), "getAppsAPIGroup", "apps"),
            ("/apis/apps/v1/", "getAPIResources".to_owned(), "getAppsV1APIResources", "apps_v1"),
            ("/api/", "getAPIVersions".to_owned(), "getCoreAPIVersions", "core"),
            ("/apis/", "getAPIVersions".to_owned(), "getAPIVersions", "apis"),
            ("/.well-known/keys/", "getKeys".to_owned(), "getKeys", "WellKnown"),
            ("/version/", "getCodeVersion".to_owned(), "getCodeVersion", "version"),
            (
                "/apis/example.com/v1/namespaces/{namespace}/foos",
                raw("list", true, "Foo", None, ""),
                "listExampleComV1NamespacedFoo",
                "exampleCom_v1",
            ),
        ];
        for (path, raw, id, tag) in rows {
            let (got_id, got_tag) = id_and_tag(path, &raw);
            assert_eq!((got_id.as_str(), got_tag.as_str()), (id, tag), "{path} {raw}");
        }
    }

    #[test]
    fn subresources_are_titled() {
        assert_eq!(raw("read", true, "Pod", Some("ephemeralcontainers"), ""), "readNamespacedPodEphemeralcontainers");
    }
}
