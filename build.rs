//! Warns when `generated/` was made from other schemas than those beside it. Silent without schemas; never fails a build.

use std::fs;
use std::path::{Path, PathBuf};

use kubewright_model::digest::Digest;

const SCHEMAS: &str = "schemas";
const MANIFEST: &str = "generated/MANIFEST";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let Ok(manifest) = fs::read_to_string(MANIFEST) else { return };
    let Some(sets) = directories(Path::new(SCHEMAS)) else { return };
    println!("cargo::rerun-if-changed={SCHEMAS}");
    println!("cargo::rerun-if-changed={MANIFEST}");
    for set in sets {
        let Some(name) = set.file_name().and_then(|name| name.to_str()) else { continue };
        if digest(&set).is_some_and(|digest| !manifest.lines().any(|line| line == format!("{name} {digest}"))) {
            println!("cargo::warning=generated/ is older than schemas/{name}; run `cargo xtask gen`");
        }
    }
}

fn directories(path: &Path) -> Option<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(path).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    found.sort();
    Some(found)
}

/// The digest of a set's files, as the generator's manifest has it; `None` when one cannot be read.
fn digest(set: &Path) -> Option<String> {
    let mut files = Vec::new();
    collect(set, &mut files)?;
    let mut texts = Vec::new();
    for file in files {
        let name = file.strip_prefix(SCHEMAS).ok()?.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>()?.join("/");
        texts.push((name, fs::read_to_string(&file).ok()?));
    }
    texts.sort();
    let mut digest = Digest::default();
    for (name, text) in &texts {
        digest.add(name, text);
    }
    Some(digest.hex())
}

fn collect(directory: &Path, files: &mut Vec<PathBuf>) -> Option<()> {
    for entry in fs::read_dir(directory).ok()? {
        let path = entry.ok()?.path();
        if path.file_name()?.to_str()?.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    Some(())
}
