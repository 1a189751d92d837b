//! The sentences that describe operations.

/// What connecting does.
pub(super) fn connection(method: &str, kind: &str, subresource: &str) -> String {
    format!("connect by {method} to the {subresource} of {} {kind}", article(kind))
}

/// What an operation does to objects of a kind, or to a part of them.
pub(super) fn operation(action: &str, watchable: bool, kind: &str, subresource: Option<&str>) -> String {
    let one = format!("{} {kind}", article(kind));
    let part = subresource.map(|name| format!("the {name} of ")).unwrap_or_default();
    match action {
        "list" if watchable => format!("list or watch {part}{kind} objects"),
        "list" => format!("list {part}{kind} objects"),
        "post" => format!("create {part}{one}"),
        "deletecollection" => format!("delete {part}all {kind} objects that match"),
        "watchlist" => format!("watch {part}{kind} objects; deprecated: list them with the parameter watch instead"),
        "watch" => format!("watch {part}{one}; deprecated: list with the parameter watch and a field selector for the name instead"),
        "get" => format!("read {part}{one}"),
        "put" => format!("replace {part}{one}"),
        "patch" => format!("change fields of {part}{one}"),
        "delete" => format!("delete {part}{one}"),
        other => format!("{other} {part}{one}"),
    }
}

fn article(kind: &str) -> &'static str {
    if kind.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}
