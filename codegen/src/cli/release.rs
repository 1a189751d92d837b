//! `release`: what is released is recorded, and kept to be compared with.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, baseline, fixtures, workspace};
use crate::compat::Pair;
use crate::compat::lock::{Lock, Release, day_number, day_text, release};
use crate::compat::{Exceptions, Severity, Side, judge, show, side_of};
use crate::source::Sources;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The release, as `release:` of the set states it
    version: String,
    /// The set [default: the one whose set.yaml states this release]
    #[arg(long, value_name = "SET")]
    set: Option<String>,
    /// The day of the release [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<String>,
    /// Record it although it is not compatible with the release before
    #[arg(long)]
    force: bool,
    /// Leave objects of the release as they are: make no fixtures, which needs the server of the set to be built
    #[arg(long)]
    no_fixtures: bool,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let current = Sources::load(&root.join(baseline::SCHEMAS))?;
    let side = side_of(current).map_err(Failure::Message)?;
    let set = find(&side, options)?;
    let day = options.day.clone().unwrap_or_else(|| day_text(baseline::today()));
    if day_number(&day).is_none() {
        return Err(Failure::Message(format!("{day} is no day: write it like 2026-08-01")));
    }
    let path = baseline::lock_path(&root, &set);
    let mut lock = if path.is_file() { baseline::read_lock(&path, &set)? } else { Lock::new(&set) };
    if !lock.is_intact() {
        return Err(Failure::Message(format!("{} was edited by hand: undo that first", path.display())));
    }
    let exceptions = Exceptions::read(&side.sources);
    if lock.last_release().is_some() && !options.force {
        hold(&root, &side, &lock, &exceptions)?;
    }
    let made = Release { release: options.version.clone(), day, migrated: exceptions.migrated(&set) };
    release(&mut lock, &side, &made).map_err(|reused| Failure::Message(reused.join("\n")))?;
    fs::write(&path, lock.text())?;
    let kept = keep(&root, &side.sources, &set)?;
    eprintln!(
        "release: {set} {}: {} facts in {}, {kept} schema files in {}/",
        options.version,
        lock.lines.len(),
        path.strip_prefix(&root).unwrap_or(&path).display(),
        baseline::RELEASES
    );
    if !options.no_fixtures {
        fixtures::make(&root, &set, &options.version)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The set that is released.
fn find(side: &Side, options: &Options) -> Result<String, Failure> {
    let states = |set: &str| side.item(set, set).map(|item| item.text("release").to_owned());
    if let Some(set) = &options.set {
        return match states(set) {
            None => Err(Failure::Message(format!("there is no set `{set}`"))),
            Some(release) if release == options.version => Ok(set.clone()),
            Some(release) => Err(Failure::Message(format!(
                "set.yaml of {set} states release {release:?}: write `release: \"{}\"` there",
                options.version
            ))),
        };
    }
    let found: Vec<&str> = side.sets().filter(|set| set.text("release") == options.version).map(|set| set.name.as_str()).collect();
    match found.as_slice() {
        [set] => Ok((*set).to_owned()),
        [] => Err(Failure::Message(format!("no set.yaml states `release: \"{}\"`", options.version))),
        several => Err(Failure::Message(format!("{} are all at {}: name one with --set", several.join(", "), options.version))),
    }
}

/// Nothing is released that breaks what was.
fn hold(root: &Path, side: &Side, lock: &Lock, exceptions: &Exceptions) -> Result<(), Failure> {
    let old = side_of(baseline::load(root, None, &side.sources)?).map_err(Failure::Message)?;
    let locks = [lock.clone()];
    let pair = Pair { old: &old, new: side, locks: &locks, today: baseline::today(), lint_all: false };
    let mut findings = judge(&pair, exceptions);
    findings.only(std::slice::from_ref(&lock.set));
    // The record is brought up to date right here.
    findings.found.retain(|finding| finding.rule != "P11");
    if findings.count(Severity::Error) == 0 {
        return Ok(());
    }
    eprint!("{}", show::text(&findings, &pair, false));
    Err(Failure::Message("nothing was recorded; `--force` records it all the same".to_owned()))
}

/// Copies the schemas of a set to where they are compared with.
fn keep(root: &Path, sources: &Sources, set: &str) -> Result<usize, Failure> {
    let base = format!("{}/{}", baseline::RELEASES, baseline::SCHEMAS);
    let mut files = crate::files::Files::default();
    for (path, source) in sources.iter().filter(|(path, _)| path.split('/').next() == Some(set) && baseline::is_released(path)) {
        files.add(format!("{base}/{path}"), source.text.clone());
    }
    let difference = files.compare(root, &[format!("{base}/{set}")])?;
    files.apply(root, &difference)?;
    Ok(files.len())
}
