//! Objects of a release in every form, for later builds to read.

use std::path::Path;

use super::{Failure, baseline, cargo};

/// Where the fixtures of a release lie.
pub(super) fn place(set: &str, release: &str) -> String {
    format!("{}/fixtures/{set}/{release}", baseline::RELEASES)
}

/// Has the server of a set write an object of every kind as JSON, YAML and protobuf.
pub(super) fn make(root: &Path, set: &str, release: &str) -> Result<(), Failure> {
    let target = root.join(place(set, release));
    let mut command = cargo::cargo(root);
    command.args(["run", "--quiet", "--package", &format!("{set}-server"), "--", "samples"]).arg(&target);
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(Failure::Message(format!("the server of {set} wrote no fixtures"))) }
}
