//! `explain-conversion`: what becomes of the values of a kind between two of its versions, with counter-examples.

use std::process::ExitCode;

use clap::Args;
use kubewright_model::Kind;
use serde_json::{Value, json};

use super::{Failure, workspace};
use crate::set::{Fidelity, Leaf, Resource, Set};
use crate::{load, report};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The kind, such as `HorizontalPodAutoscaler`
    kind: String,
    /// The version it is in, such as `v2` or `autoscaling/v2`
    from: String,
    /// The version it goes to
    to: String,
    /// Exact values too
    #[arg(long)]
    all: bool,
}

/// From the hub to a version, or back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    View,
    Put,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let (sources, sets) = load(&root.join("schemas"))?;
    let sets = sets.map_err(|problems| {
        eprint!("{}", report::text(&problems, &sources));
        Failure::Reported
    })?;
    let (resource, from, to) = find(&sets, options)?;
    for (version, way) in legs(resource, from, to) {
        print!("{}", section(resource, version, way, options.all));
    }
    Ok(ExitCode::SUCCESS)
}

/// The resource, and the positions of both versions.
fn find<'s>(sets: &'s [Set], options: &Options) -> Result<(&'s Resource, usize, usize), Failure> {
    let named = |kind: &Kind, version: &str| kind.kind == *options.kind && (kind.version == version || kind.api_version() == version);
    let at = |resource: &Resource, version: &str| resource.versions.iter().position(|kind| named(kind, version));
    let found = sets.iter().flat_map(|set| &set.resources);
    let mut found = found.filter_map(|resource| Some((resource, at(resource, &options.from)?, at(resource, &options.to)?)));
    found.next().ok_or_else(|| {
        let versions = sets.iter().flat_map(|set| &set.resources).flat_map(|resource| &resource.versions);
        let known: Vec<String> = versions.filter(|kind| kind.kind == *options.kind).map(Kind::api_version).collect();
        let known = if known.is_empty() { "is no kind of these sets".to_owned() } else { format!("is in {}", known.join(", ")) };
        Failure::Message(format!("nothing to convert from {} to {}: {} {known}", options.from, options.to, options.kind))
    })
}

/// Conversions go through the hub.
fn legs(resource: &Resource, from: usize, to: usize) -> Vec<(usize, Way)> {
    let put = (from != resource.hub).then_some((from, Way::Put));
    let view = (to != resource.hub).then_some((to, Way::View));
    put.into_iter().chain(view).collect()
}

/// One direction between a version and the hub.
fn section(resource: &Resource, version: usize, way: Way, all: bool) -> String {
    let leaves = resource.leaves.get(version).map(Vec::as_slice).unwrap_or_default();
    let (Some(hub), Some(spoke)) = (resource.versions.get(resource.hub), resource.versions.get(version)) else { return String::new() };
    let (source, target) = if way == Way::View { (hub, spoke) } else { (spoke, hub) };
    let worst = leaves.iter().map(|leaf| fidelity(leaf, way)).max_by_key(|found| found.rank()).map_or("exact", Fidelity::word);
    let mut out = format!("{} {} -> {}: {worst}\n", source.kind, source.api_version(), target.api_version());
    for leaf in leaves.iter().filter(|leaf| !ends(leaf, way).0.is_empty()) {
        let found = fidelity(leaf, way);
        if all || *found != Fidelity::Exact {
            out.push_str(&line(leaf, way));
            out.push_str(&counter_example(source, leaf, way));
        }
    }
    let exact = leaves.iter().filter(|leaf| *fidelity(leaf, way) == Fidelity::Exact && !ends(leaf, way).0.is_empty()).count();
    out + &format!("{exact} exact\n\n")
}

fn fidelity(leaf: &Leaf, way: Way) -> &Fidelity {
    if way == Way::View { &leaf.view } else { &leaf.put }
}

/// Where a value comes from, and where it goes.
fn ends(leaf: &Leaf, way: Way) -> (&[String], &[String]) {
    if way == Way::View { (&leaf.hub, &leaf.spoke) } else { (&leaf.spoke, &leaf.hub) }
}

fn line(leaf: &Leaf, way: Way) -> String {
    let (from, to) = ends(leaf, way);
    let (from, to) = (shown(from), shown(to));
    let target = if to.is_empty() || to == from { String::new() } else { format!(" -> {to}") };
    let rule = if leaf.rule.is_empty() { String::new() } else { format!(" ({})", leaf.rule) };
    format!("  {:<10} {from}{target}{rule}\n", fidelity(leaf, way).word())
}

/// A path as people write it.
fn shown(path: &[String]) -> String {
    let mut out = String::new();
    for part in path {
        let plain = part.chars().all(|c| c.is_alphanumeric() || c == '_');
        match part.as_str() {
            "[]" => out.push_str("[]"),
            _ if plain && out.is_empty() => out.push_str(part),
            _ if plain => out.extend([".", part]),
            _ => out.extend(["[", part, "]"]),
        }
    }
    out
}

/// An object with a value that does not come back as it was.
fn counter_example(kind: &Kind, leaf: &Leaf, way: Way) -> String {
    let found = fidelity(leaf, way);
    let Some((value, back)) = found.example() else {
        return if *found == Fidelity::Unproved {
            "             functions decide; nothing is known of them\n".to_owned()
        } else {
            String::new()
        };
    };
    let object = place(ends(leaf, way).0, value.clone());
    let mut whole = json!({"apiVersion": kind.api_version(), "kind": kind.kind});
    if let (Value::Object(whole), Value::Object(object)) = (&mut whole, object) {
        whole.extend(object);
    }
    let comes = match (found, back) {
        (Fidelity::Remembered { .. }, Value::Null) => "is not shown; what is stored is kept".to_owned(),
        (Fidelity::Remembered { .. }, back) => format!("is shown as {back}; what is stored is kept as long as that stays"),
        (_, Value::Null) => "does not come back".to_owned(),
        (_, back) => format!("comes back as {back}"),
    };
    let text = kubewright_model::openapi::yaml_text::document(&whole);
    let text: String = text.lines().flat_map(|line| ["             ", line, "\n"]).collect();
    format!("{text}             # {comes}\n")
}

/// A value at a path, in all that is around it.
fn place(path: &[String], value: Value) -> Value {
    path.iter().rev().fold(value, |value, part| if part == "[]" { json!([value]) } else { json!({ part: value }) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_objects() {
        let path = ["spec", "ports", "[]", "number"].map(str::to_owned);
        assert_eq!(shown(&path), "spec.ports[].number");
        assert_eq!(shown(&["metadata", "annotations", "a.b/c"].map(str::to_owned)), "metadata.annotations[a.b/c]");
        assert_eq!(place(&path, json!(1)), json!({"spec": {"ports": [{"number": 1}]}}));
    }
}
