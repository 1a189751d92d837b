//! Files to be: what the generator wants on disk, compared with what is there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Texts by path relative to the workspace, in order of path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    texts: BTreeMap<String, String>,
}

/// What differs between the files to be and a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Missing, or with another text.
    pub changed: Vec<String>,
    /// There, but not wanted.
    pub stale: Vec<String>,
}

impl Difference {
    /// Whether disk and generator agree.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

impl Files {
    /// Adds a file; a second text under one path replaces the first.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(path.into(), text.into());
    }

    /// The text at a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Paths and texts in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Compares with the files below `root`. Of files that are not wanted, only those below the `owned` directories count as stale.
    pub fn compare(&self, root: &Path, owned: &[String]) -> io::Result<Difference> {
        let mut changed = Vec::new();
        for (path, text) in self.iter() {
            if !same(&root.join(path), text)? {
                changed.push(path.to_owned());
            }
        }
        let mut stale = Vec::new();
        for directory in owned {
            collect(root, Path::new(directory), &mut stale)?;
        }
        stale.retain(|path| !self.texts.contains_key(path));
        stale.sort();
        stale.dedup();
        Ok(Difference { changed, stale })
    }

    /// Writes what changed and removes what is stale, with the directories that this leaves empty.
    pub fn apply(&self, root: &Path, difference: &Difference) -> io::Result<()> {
        for path in &difference.changed {
            let target = root.join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(&target, self.get(path).unwrap_or_default())?;
        }
        for path in &difference.stale {
            let target = root.join(path);
            fs::remove_file(&target)?;
            remove_empty_parents(root, &target);
        }
        Ok(())
    }
}

fn same(path: &Path, text: &str) -> io::Result<bool> {
    match fs::read(path) {
        Ok(found) => Ok(found == text.as_bytes()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(error),
    }
}

fn collect(root: &Path, directory: &Path, found: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(directory)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path: PathBuf = directory.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            collect(root, &path, found)?;
        } else {
            found.push(slashed(&path));
        }
    }
    Ok(())
}

/// The path with `/` between its parts on every system.
fn slashed(path: &Path) -> String {
    path.iter().filter(|part| *part != ".").map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Goes up while directories are empty; the system refuses to remove the first that is not.
fn remove_empty_parents(root: &Path, removed: &Path) {
    let mut parent = removed.parent();
    while let Some(directory) = parent.filter(|directory| *directory != root && fs::remove_dir(directory).is_ok()) {
        parent = directory.parent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Files {
        let mut files = Files::default();
        texts.iter().for_each(|(path, text)| files.add(*path, *text));
        files
    }

    #[test]
    fn only_what_differs_is_written_and_only_owned_files_are_removed() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let owned = ["generated/a".to_owned()];
        let before = files(&[("generated/a/x/one", "1"), ("generated/a/two", "2"), ("generated/b/three", "3")]);
        let difference = before.compare(root.path(), &owned)?;
        assert_eq!(difference.changed.len(), 3);
        before.apply(root.path(), &difference)?;
        assert!(before.compare(root.path(), &owned)?.is_empty());

        let after = files(&[("generated/a/two", "two")]);
        let difference = after.compare(root.path(), &owned)?;
        assert_eq!(difference, Difference { changed: vec!["generated/a/two".into()], stale: vec!["generated/a/x/one".into()] });
        after.apply(root.path(), &difference)?;
        assert!(!root.path().join("generated/a/x").exists());
        assert!(root.path().join("generated/b/three").exists());
        assert_eq!(fs::read_to_string(root.path().join("generated/a/two"))?, "two");
        Ok(())
    }
}
