//! One way there and back: definitions, schemas, definitions.

use std::path::Path;

use kubewright_codegen::import::crd::{catalog, definitions, documents};
use kubewright_codegen::import::merge::merge;
use kubewright_codegen::import::report::Report;
use kubewright_codegen::source::Sources;
use kubewright_codegen::{crd, read, report};
use kubewright_model::crd::patch::same;
use serde_json::Value;

/// What came of it.
pub(crate) struct Outcome {
    /// Where definitions differ.
    pub(crate) differences: Vec<String>,
    /// The schema files.
    pub(crate) files: Vec<(String, String)>,
    /// What the import says.
    pub(crate) report: String,
}

/// The schemas that imported ones refer to: the machinery types, and Scale.
fn base() -> Sources {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut sources = Sources::new();
    for (path, source) in Sources::load(&directory).expect("schemas/ can be read").iter() {
        if path.starts_with("meta/") {
            sources.insert(path, source.text.clone());
        }
    }
    sources.insert("base/set.yaml", "set: base\ncrds: false\n");
    sources.insert("base/autoscaling/group.yaml", "group: autoscaling\nversions: {v1: {}}\n");
    sources.insert("base/autoscaling/v1/scale.yaml", "kind: Scale\nresource: false\nfields: {spec: {tag: 2, type: string}}\n");
    sources
}

pub(crate) fn round(texts: &[&str]) -> Result<Outcome, String> {
    let mut remarks = Report::default();
    let mut all = Vec::new();
    let mut originals: Vec<Value> = Vec::new();
    for text in texts {
        all.extend(definitions(text, "text", &mut remarks)?);
        originals.extend(documents(text)?);
    }
    let catalog = catalog(&all, "demo", remarks)?;
    let (changes, remarks) = merge(&catalog, &Sources::new()).map_err(|problems| format!("{} problems", problems.0.len()))?;
    let files: Vec<(String, String)> = changes.into_iter().filter_map(|(path, text)| Some((path, text?))).collect();
    let mut sources = base();
    files.iter().for_each(|(path, text)| sources.insert(path.as_str(), text.as_str()));
    let sets = read(&sources).map_err(|problems| report::text(&problems, &sources))?;
    let set = sets.iter().find(|set| set.name == "demo").ok_or("there is no set")?;
    let types = crd::types(&sets);
    let made: Vec<Value> = set.resources.iter().filter_map(|resource| crd::definition(set, resource, &types)).collect();
    let mut differences = Vec::new();
    for original in originals.iter().filter(|original| original["kind"] == "CustomResourceDefinition") {
        match made.iter().find(|made| made["metadata"]["name"] == original["metadata"]["name"]) {
            None => differences.push(format!("{} is missing", original["metadata"]["name"])),
            Some(made) if same(original, made) => {}
            Some(made) => differ(original, made, "", &mut differences),
        }
    }
    Ok(Outcome { differences, files, report: remarks.text(false) })
}

/// Where two values differ.
fn differ(one: &Value, other: &Value, place: &str, found: &mut Vec<String>) {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            for key in left.keys().chain(right.keys().filter(|key| !left.contains_key(*key))) {
                match (left.get(key), right.get(key)) {
                    (Some(left), Some(right))
                        if key == "required" && same(&serde_json::json!({"required": left}), &serde_json::json!({"required": right})) => {}
                    (left, right) => differ(left.unwrap_or(&Value::Null), right.unwrap_or(&Value::Null), &format!("{place}.{key}"), found),
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).enumerate().for_each(|(at, (left, right))| differ(left, right, &format!("{place}[{at}]"), found));
        }
        _ if same(one, other) => {}
        _ => found.push(format!("{place}: {:.300} became {:.300}", one.to_string(), other.to_string())),
    }
}
