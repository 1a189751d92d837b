//! Where the commands work: the workspace root, and the sets described in it.

use std::env;
use std::path::PathBuf;

use super::Failure;
use crate::set::Set;
use crate::source::Sources;
use crate::{manifest, report};

/// Directory of the schemas below the root.
const SCHEMAS: &str = "schemas";

/// The nearest directory upwards that has schemas.
pub(super) fn root() -> Result<PathBuf, Failure> {
    let start = env::current_dir()?;
    let found = start.ancestors().find(|directory| directory.join(SCHEMAS).is_dir() && directory.join("Cargo.toml").is_file());
    let none = || format!("no {SCHEMAS}/ beside a Cargo.toml in {} or above", start.display());
    found.map(PathBuf::from).ok_or_else(|| Failure::Message(none()))
}

/// The checked sets, and the text of the manifest. Problems are reported on stderr.
pub(super) fn load(root: &std::path::Path) -> Result<(Vec<Set>, String), Failure> {
    load_with_sources(root).map(|(sets, manifest, _)| (sets, manifest))
}

/// The same, and the texts.
pub(super) fn load_with_sources(root: &std::path::Path) -> Result<(Vec<Set>, String, Sources), Failure> {
    let (sources, sets) = crate::load(&root.join(SCHEMAS))?;
    match sets {
        Ok(sets) => {
            let files: Vec<(String, String)> = sources
                .iter()
                .map(|(path, source)| (path.strip_prefix("schemas/").unwrap_or(path).to_owned(), source.text.clone()))
                .collect();
            Ok((sets, manifest::text(&files), sources))
        }
        Err(problems) => {
            eprint!("{}", report::text(&problems, &sources));
            Err(Failure::Reported)
        }
    }
}
