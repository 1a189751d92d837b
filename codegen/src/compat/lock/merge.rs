//! Two branches' records to one. What both added stands beside each other; a number or name that both gave away is a conflict.

use std::collections::BTreeMap;

use super::{Line, Lock, owner};

/// Two facts that cannot both hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What happened.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Merges what two records made of a third.
pub fn merge(base: &Lock, ours: &Lock, theirs: &Lock) -> Result<Lock, Vec<Conflict>> {
    let mut merged = Lock::new(&ours.set);
    for line in ours.lines.iter().chain(&theirs.lines) {
        let kept = ours.lines.contains(line) && theirs.lines.contains(line);
        if kept || !base.lines.contains(line) {
            merged.lines.insert(line.clone());
        }
    }
    // A field that one branch removed and the other left as it was is removed.
    let gone: Vec<&str> =
        merged.lines.iter().filter_map(|line| if let Line::Gone { path, .. } = line { Some(path.as_str()) } else { None }).collect();
    let stale: Vec<Line> =
        merged.lines.iter().filter(|line| matches!(line, Line::Number { path, .. } if gone.contains(&path.as_str()))).cloned().collect();
    merged.lines.retain(|line| !stale.contains(line));
    let conflicts = conflicts(&merged);
    if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
}

fn conflicts(merged: &Lock) -> Vec<Conflict> {
    let mut by_number: BTreeMap<(&str, u64), &str> = BTreeMap::new();
    let mut by_path: BTreeMap<&str, u64> = BTreeMap::new();
    let mut greatest: BTreeMap<&str, u64> = BTreeMap::new();
    let mut found = Vec::new();
    let facts = || {
        merged.lines.iter().filter_map(|line| match line {
            Line::Number { path, number } | Line::Gone { path, number, .. } => Some((path.as_str(), *number)),
            _ => None,
        })
    };
    for (path, number) in facts() {
        let most = greatest.entry(owner(path)).or_default();
        *most = number.max(*most);
    }
    for (path, number) in facts() {
        let next = greatest.get(owner(path)).map_or(1, |most| most + 1);
        if let Some(other) = by_number.insert((owner(path), number), path).filter(|other| *other != path) {
            let message = format!("number {number} of `{}` went to both `{other}` and `{path}`", owner(path));
            found.push(Conflict { message, help: format!("give one of them `tag: {next}`, then run `cargo xtask gen`") });
        }
        if let Some(other) = by_path.insert(path, number).filter(|other| *other != number) {
            let message = format!("`{path}` has number {other} in one branch and {number} in the other");
            found.push(Conflict { message, help: "write one of them in the schema, then run `cargo xtask gen`".to_owned() });
        }
    }
    found
}
