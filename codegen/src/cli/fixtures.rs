//! Objects of a release in every form, for later builds to read.

use std::fs;
use std::path::Path;

use super::{Failure, baseline, cargo, workspace};
use crate::compat::samples;

/// The forms by the extension of their files.
const FORMS: [&str; 3] = ["json", "yaml", "pb"];

/// Has the server of a set write an object of every kind as JSON, YAML and protobuf, below the directory of releases.
pub(super) fn make(root: &Path, set: &str, release: &str) -> Result<(), Failure> {
    let (sets, _) = workspace::load(root)?;
    let Some(described) = sets.iter().find(|described| described.name == set) else { return Ok(()) };
    let objects = samples(described, &sets);
    if objects.is_empty() {
        return Ok(());
    }
    let scratch = root.join("target").join("samples").join(set);
    if scratch.is_dir() {
        fs::remove_dir_all(&scratch)?;
    }
    fs::create_dir_all(&scratch)?;
    for (name, object) in &objects {
        fs::write(scratch.join(format!("{name}.json")), object.to_string())?;
    }
    let target = root.join(baseline::RELEASES).join("fixtures").join(set).join(release);
    fs::create_dir_all(&target)?;
    for form in FORMS {
        let mut command = cargo::cargo(root);
        command.args(["run", "--quiet", "--package", &format!("{set}-server"), "--", "convert", "--strict", "--to", form]);
        if !command.arg(&scratch).arg(&target).status()?.success() {
            return Err(Failure::Message(format!("the server of {set} wrote no fixtures as {form}")));
        }
    }
    eprintln!("release: {} objects as {} in {}", objects.len(), FORMS.join(", "), target.strip_prefix(root).unwrap_or(&target).display());
    Ok(())
}
