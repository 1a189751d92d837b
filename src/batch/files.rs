//! Which files are converted, and where the new ones go.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::codec::envelope;

/// A file to convert.
#[derive(Debug)]
pub(super) struct Input {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Where it goes; `None` for standard output.
    pub(super) target: Option<PathBuf>,
}

/// The files that a path stands for, by name. Of a folder, those that look like objects, its folders included.
pub(super) fn inputs(from: &Path, to: Option<&Path>, extension: &str) -> io::Result<Vec<Input>> {
    let about = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", from.display()));
    if !fs::metadata(from).map_err(about)?.is_dir() {
        return Ok(vec![Input { path: from.to_owned(), target: to.map(|to| of_file(from, to, extension)) }]);
    }
    let Some(to) = to else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a folder is converted to another one: name it after the first"));
    };
    let mut found = Vec::new();
    walk(from, to, &mut found)?;
    found.sort();
    let target = |path: &Path| to.join(path.strip_prefix(from).unwrap_or(path)).with_extension(extension);
    Ok(found.into_iter().map(|path| Input { target: Some(target(&path)), path }).collect())
}

/// A folder that is there, or a path without extension, takes the file under its own name.
fn of_file(from: &Path, to: &Path, extension: &str) -> PathBuf {
    if !to.is_dir() && to.extension().is_some() {
        return to.to_owned();
    }
    to.join(from.file_name().unwrap_or(OsStr::new("object"))).with_extension(extension)
}

fn walk(folder: &Path, out: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if hidden || path == out {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(&path, out, found)?;
        } else if looks_like_objects(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// By the extension; without a usual one, by the first bytes.
fn looks_like_objects(path: &Path) -> bool {
    match path.extension().and_then(OsStr::to_str) {
        None | Some("json" | "yaml" | "yml" | "pb") => true,
        Some(_) => begins_as_object(path).unwrap_or(false),
    }
}

fn begins_as_object(path: &Path) -> io::Result<bool> {
    let mut first = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(fs::File::open(path)?, 64), &mut first)?;
    Ok(first.starts_with(envelope::MAGIC) || first.trim_ascii_start().starts_with(b"{"))
}

/// What was written so far. Files that differ only in their form become one.
#[derive(Debug, Default)]
pub(super) struct Written(HashMap<PathBuf, (PathBuf, u64)>);

impl Written {
    /// Writes a file, unless another one became the same.
    pub(super) fn write(&mut self, from: &Path, target: &Path, bytes: &[u8]) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        let content = hasher.finish();
        match self.0.get(target) {
            Some((_, known)) if *known == content => return Ok(()),
            Some((first, _)) => {
                return Err(format!("{} is written already, from {} with other content", target.display(), first.display()));
            }
            None => {}
        }
        let folder = target.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(target, bytes)).map_err(|error| format!("{}: {error}", target.display()))?;
        self.0.insert(target.to_owned(), (from.to_owned(), content));
        Ok(())
    }
}
