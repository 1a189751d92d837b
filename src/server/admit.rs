//! The router's part of a resource request: whether the path exists for the kind, takes the method, and can be answered.

use http::Method;
use kubewright_model::{Action, Kind, Methods, Subresource, Verb, Verbs};

use crate::negotiate::{PatchType, patch_type, route_gate};
use crate::request::{Request, Target};
use crate::status::ApiError;

/// Refuses what no route takes, in the order of Kubernetes' router: path, method, patch type, Accept; then names that no object can have.
pub(super) fn admit(kind: &Kind, target: &Target, request: &Request) -> Result<(), ApiError> {
    let methods = methods(kind, target).ok_or_else(ApiError::router_not_found)?;
    if !methods.contains(&request.method) {
        return Err(ApiError::method_not_allowed());
    }
    if is_foreign(kind, target) {
        return [target.namespace(), target.name()].into_iter().try_for_each(segment);
    }
    if request.method == Method::PATCH {
        patch_type(request.header("content-type"), &PatchType::ALL)?;
    }
    let watchable = target.name.is_none() && kind.verbs.has(Verb::Watch) && request.method == Method::GET;
    route_gate(request, watchable)?;
    [target.namespace(), target.name()].into_iter().try_for_each(segment)
}

/// Whether what the path names is answered in a form of its own.
fn is_foreign(kind: &Kind, target: &Target) -> bool {
    let subresource = target.subresource.as_deref().and_then(|name| kind.subresource(name));
    subresource.is_some_and(|subresource| matches!(subresource.action, Action::Connect { .. } | Action::Read { .. }))
}

/// The methods of a path; `None` when the kind has no such path.
fn methods(kind: &Kind, target: &Target) -> Option<Vec<Method>> {
    let everywhere = kind.namespaced && target.namespace.is_none();
    let misplaced = !kind.namespaced && target.namespace.is_some();
    if misplaced || (everywhere && target.name.is_some()) {
        return None;
    }
    let subresource = match &target.subresource {
        Some(name) => Some(kind.subresource(name)?),
        None => None,
    };
    if target.tail.is_some() && !subresource.is_some_and(Subresource::has_tail) {
        return None;
    }
    if let Some(methods) = subresource.map(Subresource::methods).filter(|methods| *methods != Methods::NONE) {
        return Some(methods.names().filter_map(|name| Method::from_bytes(name.as_bytes()).ok()).collect());
    }
    let verbs = match subresource {
        Some(subresource) => subresource.verbs,
        None if target.watch => Verbs::NONE.with(Verb::Watch),
        None => kind.verbs,
    };
    let item = target.name.is_some();
    let found: Vec<Method> = [
        (Method::GET, verbs.has(if item { Verb::Get } else { Verb::List })),
        (Method::GET, target.watch && kind.verbs.has(Verb::Watch)),
        (Method::POST, verbs.has(Verb::Create) && item == target.subresource.is_some() && !everywhere),
        (Method::PUT, verbs.has(Verb::Update) && item),
        (Method::PATCH, verbs.has(Verb::Patch) && item),
        (Method::DELETE, verbs.has(if item { Verb::Delete } else { Verb::DeleteCollection }) && !everywhere),
    ]
    .into_iter()
    .filter_map(|(method, has)| has.then_some(method))
    .collect();
    (!found.is_empty()).then_some(found)
}

/// Names that would change the path. Source: apimachinery `path.IsValidPathSegmentName`.
fn segment(name: &str) -> Result<(), ApiError> {
    let fault = match name {
        "." | ".." => format!("may not be '{name}'"),
        name => match ["/", "%"]
            .into_iter()
            .filter(|part| name.contains(part))
            .map(|part| format!("may not contain '{part}'"))
            .collect::<Vec<_>>()
        {
            faults if faults.is_empty() => return Ok(()),
            faults => faults.join(";"),
        },
    };
    Err(ApiError::bad_request(format!("Name parameter invalid: {name:?}: {fault}")))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Method, header};
    use kubewright_model::{Kind, Verbs};

    use super::admit;
    use crate::request::{Request, Route, route};
    use crate::sample::kind;

    fn code(kind: &Kind, method: &str, path: &str, accept: &str) -> u16 {
        let headers = HeaderMap::from_iter([
            (header::ACCEPT, HeaderValue::from_str(accept).expect("text")),
            (header::CONTENT_TYPE, HeaderValue::from_static("application/merge-patch+json")),
        ]);
        let request = Request::new(Method::from_bytes(method.as_bytes()).expect("method"), path, "", headers, bytes::Bytes::new());
        let Route::Resource(target) = route(path) else { return 0 };
        admit(kind, &target, &request).map_or_else(|error| error.code, |()| 200)
    }

    #[test]
    fn namespaced_kinds() {
        let kind = kind("", "v1", "Thing", "things");
        let cases = [
            ("GET", "/api/v1/things", 200),
            ("POST", "/api/v1/things", 405),
            ("DELETE", "/api/v1/things", 405),
            ("GET", "/api/v1/things/a", 404),
            ("GET", "/api/v1/namespaces//things", 200),
            ("GET", "/api/v1/namespaces/ns/things", 200),
            ("POST", "/api/v1/namespaces/ns/things", 200),
            ("DELETE", "/api/v1/namespaces/ns/things", 200),
            ("PUT", "/api/v1/namespaces/ns/things", 405),
            ("PATCH", "/api/v1/namespaces/ns/things", 405),
            ("TRACE", "/api/v1/namespaces/ns/things", 405),
            ("HEAD", "/api/v1/namespaces/ns/things", 405),
            ("POST", "/api/v1/namespaces/ns/things/a", 405),
            ("PATCH", "/api/v1/namespaces/ns/things/a", 200),
            ("GET", "/api/v1/namespaces/ns/things/a/status", 200),
            ("POST", "/api/v1/namespaces/ns/things/a/status", 405),
            ("DELETE", "/api/v1/namespaces/ns/things/a/status", 405),
            ("GET", "/api/v1/namespaces/ns/things/a/nosuch", 404),
            ("GET", "/api/v1/watch/things", 200),
            ("POST", "/api/v1/watch/things", 405),
            ("GET", "/api/v1/watch/namespaces/ns/things/a", 200),
            ("GET", "/api/v1/namespaces/ns/things/.", 400),
            ("GET", "/api/v1/namespaces/ns/things/%2e%2e", 400),
            ("GET", "/api/v1/namespaces/ns/things/a%25", 400),
        ];
        for (method, path, want) in cases {
            assert_eq!(code(&kind, method, path, "application/json"), want, "{method} {path}");
        }
        assert_eq!(code(&kind, "GET", "/api/v1/namespaces/ns/things/a", "text/html"), 406);
        assert_eq!(code(&kind, "GET", "/api/v1/namespaces/ns/things/a/nosuch", "text/html"), 404);
    }

    #[test]
    fn cluster_kinds_and_single_verbs() {
        let cluster = Kind { namespaced: false, ..kind("", "v1", "Thing", "things") };
        let create_only = Kind { verbs: Verbs::NONE.with(super::Verb::Create), ..kind("", "v1", "Thing", "things") };
        let cases = [
            (&cluster, "POST", "/api/v1/things", 200),
            (&cluster, "GET", "/api/v1/things/a", 200),
            (&cluster, "GET", "/api/v1/namespaces/ns/things", 404),
            (&create_only, "GET", "/api/v1/namespaces/ns/things", 405),
            (&create_only, "GET", "/api/v1/namespaces/ns/things/a", 404),
            (&create_only, "GET", "/api/v1/watch/things", 404),
        ];
        for (kind, method, path, want) in cases {
            assert_eq!(code(kind, method, path, ""), want, "{method} {path}");
        }
    }

    #[test]
    fn bad_names_are_quoted() {
        let error = super::segment("..").expect_err("refused");
        assert_eq!(error.message, "Name parameter invalid: \"..\": may not be '..'");
    }
}
