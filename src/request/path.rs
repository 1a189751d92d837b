//! The grammar of paths.

use super::Target;
use super::query::unescape;

/// What a path leads to, before it is known what is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/api`: the versions of the core group.
    Core,
    /// `/apis`: the groups.
    Groups,
    /// `/apis/GROUP`.
    Group(String),
    /// `/api/VERSION` or `/apis/GROUP/VERSION`: what a group-version serves.
    GroupVersion {
        /// API group; empty for the core group.
        group: String,
        /// Version.
        version: String,
    },
    /// A collection, an object or a subresource.
    Resource(Target),
    /// Below a group-version, but of no form that a resource has.
    Nowhere {
        /// API group; empty for the core group.
        group: String,
        /// Version.
        version: String,
    },
    /// Not below `/api` or `/apis`; the path itself, decoded.
    Other(String),
    /// The path has a malformed escape.
    Malformed,
}

/// Classifies a raw path.
pub fn route(raw: &str) -> Route {
    let Some(path) = unescape(raw, false) else { return Route::Malformed };
    let trimmed = path.trim_end_matches('/');
    let segments: Vec<&str> = trimmed.split('/').skip(1).collect();
    let found = match segments.as_slice() {
        ["api"] => Route::Core,
        ["apis"] => Route::Groups,
        ["api", version, rest @ ..] if !version.is_empty() => below("", version, rest),
        ["apis", group] if !group.is_empty() => Route::Group((*group).to_owned()),
        ["apis", group, version, rest @ ..] if !group.is_empty() && !version.is_empty() => below(group, version, rest),
        _ => Route::Other(path),
    };
    match found {
        // Who stands in front of the server reads an encoded slash as part of a name; it must not lead to another object here.
        Route::Resource(Target { group, version, .. }) if raw.to_ascii_lowercase().contains("%2f") => Route::Nowhere { group, version },
        found => found,
    }
}

fn below(group: &str, version: &str, rest: &[&str]) -> Route {
    let (group, version) = (group.to_owned(), version.to_owned());
    let (watch, rest) = match rest {
        [] => return Route::GroupVersion { group, version },
        ["watch", rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    match target(rest) {
        Some(target) if !(watch && target.subresource.is_some()) => Route::Resource(Target { group, version, watch, ..target }),
        _ => Route::Nowhere { group, version },
    }
}

/// The part below the group-version.
fn target(rest: &[&str]) -> Option<Target> {
    let (namespace, parts) = match rest {
        ["namespaces", _] | ["namespaces", _, "status" | "finalize"] => ("", rest),
        ["namespaces", namespace, parts @ ..] if !parts.is_empty() => (*namespace, parts),
        _ => ("", rest),
    };
    if parts.iter().take(3).any(|part| part.is_empty()) {
        return None;
    }
    let (resource, name, subresource, tail) = match parts {
        [resource] => (resource, None, None, None),
        [resource, name] => (resource, Some(name), None, None),
        [resource, name, subresource] => (resource, Some(name), Some(subresource), None),
        [resource, name, subresource, tail @ ..] => (resource, Some(name), Some(subresource), Some(tail.join("/"))),
        [] => return None,
    };
    Some(Target {
        resource: (*resource).to_owned(),
        namespace: Some(namespace).filter(|namespace| !namespace.is_empty()).map(str::to_owned),
        name: name.map(|name| (*name).to_owned()),
        subresource: subresource.map(|subresource| (*subresource).to_owned()),
        tail,
        ..Target::default()
    })
}

#[cfg(test)]
mod tests {
    use super::{Route, route};
    use crate::request::Target;

    /// A target as `group/version resource namespace name subresource watch`, `-` for what is absent.
    fn show(route: Route) -> String {
        match route {
            Route::Resource(Target { group, version, resource, namespace, name, subresource, tail, watch }) => {
                let part = |part: Option<String>| part.unwrap_or_else(|| "-".to_owned());
                let watch = if watch { " watch" } else { "" };
                let tail = tail.map(|tail| format!(" {tail}")).unwrap_or_default();
                format!("{group}/{version} {resource} {} {} {}{tail}{watch}", part(namespace), part(name), part(subresource))
            }
            Route::GroupVersion { group, version } => format!("{group}/{version}"),
            Route::Nowhere { group, version } => format!("nowhere {group}/{version}"),
            Route::Group(group) => format!("group {group}"),
            Route::Other(path) => format!("other {path}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn paths_lead_where_kubernetes_leads_them() {
        let cases = [
            ("/", "other /"),
            ("/healthz", "other /healthz"),
            ("/openapi/v2/", "other /openapi/v2/"),
            ("/api", "Core"),
            ("/api/", "Core"),
            ("/apis", "Groups"),
            ("/apis/apps/", "group apps"),
            ("/apis//v1", "other /apis//v1"),
            ("/api/v1", "/v1"),
            ("/apis/apps/v1/", "apps/v1"),
            ("/api/v1/nodes", "/v1 nodes - - -"),
            ("/api/v1/nodes/a", "/v1 nodes - a -"),
            ("/api/v1/nodes/a/status", "/v1 nodes - a status"),
            ("/api/v1/namespaces", "/v1 namespaces - - -"),
            ("/api/v1/namespaces/", "/v1 namespaces - - -"),
            ("/api/v1/namespaces/ns", "/v1 namespaces - ns -"),
            ("/api/v1/namespaces/ns/finalize", "/v1 namespaces - ns finalize"),
            ("/api/v1/namespaces/ns/status", "/v1 namespaces - ns status"),
            ("/api/v1/namespaces/ns/configmaps", "/v1 configmaps ns - -"),
            ("/api/v1/namespaces/ns/configmaps/", "/v1 configmaps ns - -"),
            ("/api/v1/namespaces/ns/configmaps/a/", "/v1 configmaps ns a -"),
            ("/apis/apps/v1/namespaces/ns/deployments/a/scale", "apps/v1 deployments ns a scale"),
            ("/api/v1/namespaces//configmaps", "/v1 configmaps - - -"),
            ("/api/v1//namespaces", "nowhere /v1"),
            ("/api/v1/namespaces/ns/configmaps//a", "nowhere /v1"),
            ("/api/v1/namespaces/ns/configmaps/a%2Fb", "nowhere /v1"),
            ("/api/v1/namespaces/ns%2fconfigmaps/a", "nowhere /v1"),
            ("/api/v1/namespaces/ns/configmaps/a/b/c", "/v1 configmaps ns a b c"),
            ("/api/v1/namespaces/ns/services/a/proxy/b//c%20d/", "/v1 services ns a proxy b//c d"),
            ("/api/v1/nodes/a/proxy/b/c", "/v1 nodes - a proxy b/c"),
            ("/api/v1/namespaces/ns/configmaps/a%20b", "/v1 configmaps ns a b -"),
            ("/api/v1/namespaces/ns/configmaps/system:a", "/v1 configmaps ns system:a -"),
            ("/api/v1/watch/configmaps", "/v1 configmaps - - - watch"),
            ("/api/v1/watch/namespaces", "/v1 namespaces - - - watch"),
            ("/api/v1/watch/namespaces/ns", "/v1 namespaces - ns - watch"),
            ("/api/v1/watch/namespaces/ns/configmaps", "/v1 configmaps ns - - watch"),
            ("/apis/apps/v1/watch/namespaces/ns/deployments/a", "apps/v1 deployments ns a - watch"),
            ("/apis/apps/v1/watch/namespaces/ns/deployments/a/status", "nowhere apps/v1"),
            ("/api/v1/watch", "nowhere /v1"),
            ("/api/v1/nodes/%zz", "Malformed"),
        ];
        for (raw, want) in cases {
            assert_eq!(show(route(raw)), want, "{raw}");
        }
    }
}
