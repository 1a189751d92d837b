//! One way there and back: definitions, schemas, definitions.

use std::path::Path;

use kubewright_codegen::import::crd::{catalog, definitions, differences};
use kubewright_codegen::import::merge::merge;
use kubewright_codegen::import::report::Report;
use kubewright_codegen::source::Sources;
use kubewright_codegen::{read, report};

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
pub(crate) fn base() -> Sources {
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
    for text in texts {
        all.extend(definitions(text, "text", &mut remarks)?);
    }
    let catalog = catalog(&all, "demo", remarks)?;
    let (changes, remarks) = merge(&catalog, &Sources::new()).map_err(|problems| format!("{} problems", problems.0.len()))?;
    let files: Vec<(String, String)> = changes.into_iter().filter_map(|(path, text)| Some((path, text?))).collect();
    let mut sources = base();
    for (path, text) in &files {
        sources.insert(path.as_str(), text.as_str());
    }
    let sets = read(&sources).map_err(|problems| report::text(&problems, &sources))?;
    let set = sets.iter().find(|set| set.name == "demo").ok_or("there is no set")?;
    let found = differences(&all, set, &sets);
    let differences = found.into_iter().flat_map(|(name, places)| places.into_iter().map(move |place| format!("{name}{place}"))).collect();
    Ok(Outcome { differences, files, report: remarks.text(false) })
}
