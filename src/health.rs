//! `/healthz`, `/livez` and `/readyz`, `/version`, and the list of paths at `/`.

use std::collections::BTreeSet;
use std::fmt::Write;

use http::StatusCode;
use serde_json::{Value, json};

use crate::request::Query;

/// One check of the server's health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Name, such as `ping`.
    pub name: &'static str,
    /// Why it fails, if it does.
    pub fault: Option<String>,
}

/// The names of the checks of an endpoint (`healthz`, `livez` or `readyz`); `None` when there is no such endpoint.
pub fn checks(endpoint: &str) -> Option<&'static [&'static str]> {
    match endpoint {
        "healthz" | "livez" => Some(&["ping", "log", "store"]),
        "readyz" => Some(&["ping", "log", "store", "informer-sync", "shutdown"]),
        _ => None,
    }
}

/// The answer of an endpoint over its checks. Source: apiserver `server/healthz`; recorded from a live server.
pub fn report(endpoint: &str, checks: &[Check], query: &Query) -> (StatusCode, String) {
    let mut excluded: BTreeSet<&str> = query.all("exclude").collect();
    let mut lines = String::new();
    let mut healthy = true;
    for check in checks {
        let line = match &check.fault {
            _ if excluded.remove(check.name) => format!("[+]{} excluded: ok\n", check.name),
            None => format!("[+]{} ok\n", check.name),
            Some(_) => {
                healthy = false;
                format!("[-]{} failed: reason withheld\n", check.name)
            }
        };
        lines.push_str(&line);
    }
    if !excluded.is_empty() {
        let names: Vec<_> = excluded.iter().map(|name| format!("{name:?}")).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "warn: some health checks cannot be excluded: no matches for {}", names.join(", "));
    }
    match (healthy, query.get("verbose").is_some()) {
        (false, _) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{lines}{endpoint} check failed\n")),
        (true, true) => (StatusCode::OK, format!("{lines}{endpoint} check passed\n")),
        (true, false) => (StatusCode::OK, "ok".to_owned()),
    }
}

/// The answer of one check, with its reason.
pub fn report_one(check: &Check) -> (StatusCode, String) {
    match &check.fault {
        None => (StatusCode::OK, "ok".to_owned()),
        Some(fault) => (StatusCode::INTERNAL_SERVER_ERROR, format!("internal server error: {fault}\n")),
    }
}

/// `/version` of a release such as `1.36` or `1.36.2`. Tools read major, minor and gitVersion.
pub fn version(release: &str) -> Value {
    let mut numbers = release.split('.').map(|part| part.chars().take_while(char::is_ascii_digit).collect::<String>());
    let mut next = || numbers.next().filter(|number| !number.is_empty()).unwrap_or_else(|| "0".to_owned());
    let (major, minor, patch) = (next(), next(), next());
    json!({
        "major": major,
        "minor": minor,
        "gitVersion": format!("v{major}.{minor}.{patch}+kubewright.{}", env!("CARGO_PKG_VERSION")),
        "gitCommit": "",
        "gitTreeState": "",
        "buildDate": "1970-01-01T00:00:00Z",
        "goVersion": "",
        "compiler": "rustc",
        "emulationMajor": major,
        "emulationMinor": minor,
        "minCompatibilityMajor": major,
        "minCompatibilityMinor": minor,
        "platform": format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
    })
}

/// `/`: every path, sorted.
pub fn index(paths: impl Iterator<Item = String>) -> Value {
    let endpoints = ["healthz", "livez", "readyz"];
    let roots = endpoints.iter().map(|endpoint| format!("/{endpoint}"));
    let each =
        endpoints.iter().flat_map(|endpoint| checks(endpoint).into_iter().flatten().map(move |check| format!("/{endpoint}/{check}")));
    let others = ["/openapi/v2", "/openapi/v3", "/openapi/v3/", "/version"].map(str::to_owned);
    let sorted: BTreeSet<String> = paths.chain(roots).chain(each).chain(others).collect();
    json!({ "paths": sorted })
}

#[cfg(test)]
mod tests {
    use super::{Check, index, report, report_one, version};
    use crate::request::Query;

    fn check(name: &'static str, fault: Option<&str>) -> Check {
        Check { name, fault: fault.map(str::to_owned) }
    }

    #[test]
    fn reports_are_worded_like_kubernetes() {
        let good = [check("ping", None), check("store", None)];
        let bad = [check("ping", None), check("store", Some("closed"))];
        let cases = [
            (&good, "", 200, "ok"),
            (&good, "verbose", 200, "[+]ping ok\n[+]store ok\nreadyz check passed\n"),
            (&good, "exclude=ping", 200, "ok"),
            (&good, "exclude=ping&verbose", 200, "[+]ping excluded: ok\n[+]store ok\nreadyz check passed\n"),
            (
                &good,
                "verbose=1&exclude=x",
                200,
                "[+]ping ok\n[+]store ok\nwarn: some health checks cannot be excluded: no matches for \"x\"\nreadyz check passed\n",
            ),
            (&bad, "", 500, "[+]ping ok\n[-]store failed: reason withheld\nreadyz check failed\n"),
            (&bad, "exclude=store", 200, "ok"),
        ];
        for (checks, query, code, text) in cases {
            let (status, body) = report("readyz", checks, &Query::parse(query));
            assert_eq!((status.as_u16(), body.as_str()), (code, text), "{query}");
        }
        assert_eq!(report_one(&bad[1]).1, "internal server error: closed\n");
    }

    #[test]
    fn versions_have_plain_numbers() {
        let cases = [("1.36", "1", "36", "v1.36.0+"), ("2.0.5-rc1", "2", "0", "v2.0.5+"), ("", "0", "0", "v0.0.0+")];
        for (release, major, minor, git) in cases {
            let version = version(release);
            assert_eq!((version["major"].as_str(), version["minor"].as_str()), (Some(major), Some(minor)));
            assert!(version["gitVersion"].as_str().is_some_and(|text| text.starts_with(git)), "{version}");
        }
    }

    #[test]
    fn the_index_is_sorted() {
        let index = index(["/apis".to_owned(), "/api".to_owned()].into_iter());
        let paths: Vec<_> = index["paths"].as_array().into_iter().flatten().filter_map(|path| path.as_str()).collect();
        assert!(paths.is_sorted() && paths.first() == Some(&"/api") && paths.contains(&"/readyz/shutdown"), "{paths:?}");
    }
}
