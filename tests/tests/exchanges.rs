//! What a real kube-apiserver answered, replayed against the server of the `kubernetes` set.

use std::process::Command;

use kubewright_tests::{Server, corpora};

/// Scenarios that the generic machinery answers for.
const SCENARIOS: [&str; 23] = [
    "crud-configmap",
    "crud-secret",
    "metadata-rules",
    "generate-name",
    "dry-run",
    "delete-options",
    "list-selectors",
    "list-paging",
    "watch-basic",
    "watch-forms",
    "watch-selector-transitions",
    "patch-json",
    "patch-merge",
    "openapi-v2-negotiation",
    "negotiation-accept",
    "negotiation-pretty-and-bytes",
    "subresource-writes",
    "deprecated-kinds",
    "discovery-aggregated",
    "discovery-legacy-roots",
    "discovery-legacy-resources-more",
    "routes-and-methods",
    "crud-events-both-groups",
];

#[test]
fn recorded_exchanges_agree() {
    let Some(corpora) = corpora() else { return };
    let server = Server::start("kubernetes", &[]);
    let (mut passed, mut failed) = (0, 0);
    for scenario in SCENARIOS {
        let output = Command::new("python3")
            .arg(corpora.join("tools/replay.py"))
            .args([server.url(), "--only", scenario])
            .arg(corpora.join("kubernetes-1.36/exchanges"))
            .output()
            .expect("python3 runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (good, bad) = counts(&text).unwrap_or_else(|| panic!("{scenario}: {text}{}", String::from_utf8_lossy(&output.stderr)));
        println!("{scenario}: {good} of {}", good + bad);
        passed += good;
        failed += bad;
    }
    println!("{passed} of {} exchanges agree", passed + failed);
    assert!(passed * 100 >= (passed + failed) * LEAST, "{passed} of {} exchanges agree, at least {LEAST} % should", passed + failed);
}

/// Percent of the exchanges that must agree: what was reached stays reached.
const LEAST: u64 = 95;

/// Reads the last line, `N passed, M failed`.
fn counts(text: &str) -> Option<(u64, u64)> {
    let line = text.lines().rev().find(|line| line.contains("passed"))?;
    let numbers: Vec<u64> = line.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
    Some((*numbers.first()?, *numbers.get(1)?))
}
