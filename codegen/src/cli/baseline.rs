//! What was released: schemas of the last release of every set as they lie in the repository, of a revision of it, or of a directory.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Failure;
use crate::compat::lock::{self, Lock};
use crate::compat::suppress;
use crate::source::{Sources, is_schema};

/// Directory of what was released, below the root.
pub(super) const RELEASES: &str = "releases";
/// Directory of schemas, below the root and below that of releases.
pub(super) const SCHEMAS: &str = "schemas";

/// The schemas to compare with.
pub(super) fn load(root: &Path, against: Option<&str>, current: &Sources) -> Result<Sources, Failure> {
    match against {
        None => released(root, current),
        Some(place) if Path::new(place).is_dir() => {
            let place = Path::new(place);
            let inner = place.join(SCHEMAS);
            let directory = if inner.is_dir() { inner } else { place.to_owned() };
            let mut sources = Sources::load(&directory)?;
            sources.above = format!("{}/", directory.display());
            Ok(sources)
        }
        Some(revision) => at_revision(root, revision),
    }
}

/// The last release of every set that has one; other sets as they are, so that they differ in nothing.
fn released(root: &Path, current: &Sources) -> Result<Sources, Failure> {
    let sets: BTreeSet<&str> = current.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    let places: Vec<(&str, PathBuf)> =
        sets.into_iter().map(|set| (set, root.join(RELEASES).join(SCHEMAS).join(set))).filter(|(_, place)| place.is_dir()).collect();
    if places.is_empty() {
        let help = "`cargo xtask release VERSION` records one; `--against` names a revision or directory";
        return Err(Failure::Message(format!("no set has a release in {RELEASES}/; {help}")));
    }
    let mut sources = Sources::new();
    for (path, source) in current.iter() {
        if !places.iter().any(|(set, _)| path.split('/').next() == Some(set)) {
            sources.insert(path, source.text.clone());
        }
    }
    for (set, place) in &places {
        for (path, source) in Sources::load(place)?.iter() {
            sources.insert(format!("{set}/{path}"), source.text.clone());
        }
    }
    sources.above = format!("{RELEASES}/{SCHEMAS}/");
    Ok(sources)
}

/// The schemas of a revision of the repository.
fn at_revision(root: &Path, revision: &str) -> Result<Sources, Failure> {
    let listed = git(root, &["ls-tree", "-r", "--name-only", "--full-tree", revision, "--", SCHEMAS])?;
    let paths: Vec<&str> = listed.lines().filter(|path| is_schema(path)).collect();
    if paths.is_empty() {
        return Err(Failure::Message(format!("{revision} has no {SCHEMAS}/")));
    }
    let asked = paths.iter().fold(String::new(), |asked, path| {
        asked
            + revision
            + ":"
            + path
            + "
"
    });
    let mut answer = batch(root, asked)?.into_iter();
    let mut sources = Sources::new();
    for path in paths {
        let text = next_object(&mut answer).ok_or_else(|| Failure::Message(format!("git has no text of {path} in {revision}")))?;
        sources.insert(path.strip_prefix("schemas/").unwrap_or(path), text);
    }
    sources.above = format!("{revision}:{SCHEMAS}/");
    Ok(sources)
}

fn git(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output()?;
    if !output.status.success() {
        return Err(Failure::Message(format!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Objects one after the other, as `git cat-file --batch` writes them.
fn batch(root: &Path, asked: String) -> Result<Vec<u8>, Failure> {
    let mut child =
        Command::new("git").arg("-C").arg(root).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let stdin = child.stdin.take();
    let writer = std::thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes())));
    let output = child.wait_with_output()?;
    if !matches!(writer.join(), Ok(Ok(()))) || !output.status.success() {
        return Err(Failure::Message("git cat-file stopped".to_owned()));
    }
    Ok(output.stdout)
}

/// `<id> blob <size>`, a line end, so many bytes, a line end.
fn next_object(bytes: &mut impl Iterator<Item = u8>) -> Option<String> {
    let head: Vec<u8> = bytes.by_ref().take_while(|byte| *byte != b'\n').collect();
    let size: usize = String::from_utf8(head).ok()?.rsplit(' ').next()?.parse().ok()?;
    let text: Vec<u8> = bytes.by_ref().take(size).collect();
    bytes.next()?;
    String::from_utf8(text).ok()
}

/// Where the record of a set lies.
pub(super) fn lock_path(root: &Path, set: &str) -> PathBuf {
    root.join(SCHEMAS).join(set).join(lock::FILE)
}

/// The records of sets that have one.
pub(super) fn locks(root: &Path, sources: &Sources) -> Result<Vec<Lock>, Failure> {
    let sets: BTreeSet<&str> = sources.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    let mut locks = Vec::new();
    for set in sets {
        let path = lock_path(root, set);
        if path.is_file() {
            locks.push(read_lock(&path, set)?);
        }
    }
    Ok(locks)
}

/// A record.
pub(super) fn read_lock(path: &Path, set: &str) -> Result<Lock, Failure> {
    let text = std::fs::read_to_string(path)?;
    Lock::read(set, &text).map_err(|line| Failure::Message(format!("{}:{line}: this line means nothing", path.display())))
}

/// Whether a file of a set belongs to what is released.
pub(super) fn is_released(path: &str) -> bool {
    !path.ends_with(suppress::FILE)
}

/// Today, counted from 1970.
pub(super) fn today() -> i64 {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds / 86_400).unwrap_or_default()
}
