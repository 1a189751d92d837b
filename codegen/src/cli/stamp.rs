//! The stamp of the last generation: sizes and times of everything it read and wrote, so that a run with nothing to do ends at once. It lies in
//! `target/`, is never committed, and counts for nothing in `gen --check`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, io};

/// The stamp of a workspace: a line per file with its size and time, the running program first, because another generator may write other files.
pub(super) struct Stamp {
    place: PathBuf,
    /// The program and the schemas.
    read: String,
    /// The generated files.
    made: String,
}

impl Stamp {
    /// The stamp of things as they are now.
    pub(super) fn take(root: &Path) -> io::Result<Self> {
        let (mut read, mut made) = (String::new(), String::new());
        line(&env::current_exe()?, &mut read)?;
        walk(&root.join("schemas"), &mut read)?;
        walk(&root.join("generated"), &mut made)?;
        Ok(Self { place: env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from).join("gen.stamp"), read, made })
    }

    /// Whether nothing has changed since the stamp was saved.
    pub(super) fn holds(&self) -> bool {
        fs::read_to_string(&self.place).is_ok_and(|saved| saved == self.text())
    }

    /// Keeps it for the next run, unless what was read has changed since `before`. A stamp that is not kept is only a slower next run.
    pub(super) fn save(&self, before: &Self) {
        if self.read != before.read {
            return;
        }
        let written = self.place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&self.place, self.text()));
        if written.is_err() {
            let _ = fs::remove_file(&self.place);
        }
    }

    fn text(&self) -> String {
        format!("{}{}", self.read, self.made)
    }
}

fn line(path: &Path, lines: &mut String) -> io::Result<()> {
    let data = fs::metadata(path)?;
    let time = data.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let _ = writeln!(lines, "{} {time} {}", data.len(), path.display());
    Ok(())
}

fn walk(directory: &Path, lines: &mut String) -> io::Result<()> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), lines)?;
        } else {
            line(&entry.path(), lines)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_on_either_side_ends_it() -> io::Result<()> {
        let root = tempfile::tempdir()?;
        let at = |path: &str| root.path().join(path);
        fs::create_dir_all(at("schemas/a"))?;
        fs::create_dir_all(at("generated/a"))?;
        fs::write(at("schemas/a/set.yaml"), "set: a")?;
        fs::write(at("generated/a/file"), "1")?;
        let place = at("target/gen.stamp");
        let take = || Stamp::take(root.path()).map(|stamp| Stamp { place: place.clone(), ..stamp });
        assert!(!take()?.holds());
        take()?.save(&take()?);
        assert!(take()?.holds());
        for (path, text) in [("schemas/a/set.yaml", "set: ab"), ("generated/a/file", "22"), ("generated/a/other", "")] {
            take()?.save(&take()?);
            fs::write(at(path), text)?;
            assert!(!take()?.holds(), "{path}");
        }
        let before = take()?;
        fs::write(at("schemas/a/set.yaml"), "set: abc")?;
        take()?.save(&before);
        assert!(!take()?.holds(), "edited while it ran");
        Ok(())
    }
}
