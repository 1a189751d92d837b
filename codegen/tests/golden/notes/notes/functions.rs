//! What the rules cannot say of `example.com`: two fields against a map.

use std::collections::BTreeMap;

/// The two entries that the version knows.
pub(super) fn metrics_view(mut metrics: BTreeMap<String, String>) -> (String, Option<String>) {
    (metrics.remove("cpu").unwrap_or_default(), metrics.remove("memory"))
}

/// The stored entries with those two.
pub(super) fn metrics_put(cpu: String, memory: Option<String>, mut stored: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for (name, value) in [("cpu", Some(cpu).filter(|cpu| !cpu.is_empty())), ("memory", memory)] {
        match value {
            Some(value) => stored.insert(name.to_owned(), value),
            None => stored.remove(name),
        };
    }
    stored
}
