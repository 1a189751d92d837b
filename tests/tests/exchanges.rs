//! What a real kube-apiserver answered, replayed against the server of the `kubernetes` set.

use std::process::Command;

use kubewright_tests::{Server, corpora};

/// Scenarios, and how many of their exchanges agree at least: what was reached stays reached. The others need hand-written rules of a kind
/// (validation, storage strategies, admission), which are not part of the server.
const SCENARIOS: [(&str, u64); 32] = [
    ("crud-configmap", 34),
    ("crud-secret", 9),
    ("crud-namespace", 22),
    ("crud-workloads-defaults", 10),
    ("crud-networking-storage-policy", 21),
    ("crud-cronjob-and-job", 6),
    ("crud-rbac-objects", 10),
    ("crud-events-both-groups", 11),
    ("list-across-namespaces", 14),
    ("subresource-writes", 11),
    ("metadata-rules", 22),
    ("generate-name", 7),
    ("dry-run", 16),
    ("delete-options", 33),
    ("list-selectors", 51),
    ("list-paging", 29),
    ("watch-basic", 31),
    ("watch-forms", 34),
    ("watch-expired", 7),
    ("watch-selector-transitions", 18),
    ("patch-json", 31),
    ("patch-merge", 20),
    ("protobuf-bodies", 20),
    ("protobuf-kinds", 8),
    ("routes-and-methods", 32),
    ("discovery-aggregated", 14),
    ("discovery-legacy-resources-more", 13),
    ("discovery-legacy-roots", 19),
    ("openapi-v2-negotiation", 17),
    ("negotiation-accept", 34),
    ("negotiation-pretty-and-bytes", 20),
    ("deprecated-kinds", 1),
];

#[test]
fn recorded_exchanges_agree() {
    let Some(corpora) = corpora() else { return };
    let server = Server::start("kubernetes", &[]);
    let (mut passed, mut failed, mut worse) = (0, 0, Vec::new());
    for (scenario, least) in SCENARIOS {
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
        if good < least {
            worse.push(format!("{scenario}: {good} of {}, was {least}\n{text}", good + bad));
        }
    }
    println!("{passed} of {} exchanges agree", passed + failed);
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}

/// Reads the last line, `N passed, M failed`.
fn counts(text: &str) -> Option<(u64, u64)> {
    let line = text.lines().rev().find(|line| line.contains("passed"))?;
    let numbers: Vec<u64> = line.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
    Some((*numbers.first()?, *numbers.get(1)?))
}
