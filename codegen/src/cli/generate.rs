//! `gen`: schemas to files.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use super::stamp::Stamp;
use super::{Failure, lock, workspace};
use crate::emit::emit;
use crate::files::{Difference, Files};
use crate::rust::layout::META;
use crate::set::Set;
use crate::{language_schema, manifest};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Write nothing; fail when generated/ is not what schemas/ say
    #[arg(long)]
    check: bool,
    /// Only these sets [default: all]
    #[arg(value_name = "SET")]
    sets: Vec<String>,
}

/// What a run found and did.
pub(super) struct Outcome {
    sets: Vec<String>,
    files: usize,
    difference: Difference,
    took: Duration,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let whole = !options.check && options.sets.is_empty();
    let before = Stamp::take(&root)?;
    if whole && before.holds() {
        eprintln!("gen: nothing has changed since the last run");
        return Ok(ExitCode::SUCCESS);
    }
    let outcome = generate(&root, options.check, &options.sets)?;
    if options.check {
        outcome.must_agree()?;
    }
    if whole {
        Stamp::take(&root)?.save(&before);
    }
    outcome.summarise(options.check);
    Ok(ExitCode::SUCCESS)
}

/// Fails when `generated/` is not what the schemas say.
pub(super) fn check(root: &Path) -> Result<(), Failure> {
    let outcome = generate(root, true, &[])?;
    outcome.must_agree()?;
    outcome.summarise(true);
    Ok(())
}

/// Brings `generated/` up to date, or finds out what is not.
pub(super) fn generate(root: &Path, check: bool, only: &[String]) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let (sets, manifest, sources) = workspace::load_with_sources(root)?;
    lock::update_or_check(root, &sources, &sets, check)?;
    if let Some(name) = only.iter().find(|name| sets.iter().all(|set| set.name != **name)) {
        return Err(Failure::Message(format!("no set `{name}` in schemas/; there are {}", names(&sets).join(", "))));
    }
    let (files, owned) = wanted(&sets, manifest, only);
    let difference = files.compare(root, &owned)?;
    if !check {
        files.apply(root, &difference)?;
    }
    let sets = names(&sets).into_iter().filter(|name| only.is_empty() || only.contains(name)).collect();
    Ok(Outcome { sets, files: files.len(), difference, took: start.elapsed() })
}

/// The files of the sets in question, and the directories in which nothing else may lie.
fn wanted(sets: &[Set], manifest: String, only: &[String]) -> (Files, Vec<String>) {
    let mut all = emit(sets);
    if only.is_empty() {
        all.add(manifest::PATH, manifest);
        all.add(language_schema::PATH, language_schema::text());
        return (all, vec!["generated".to_owned()]);
    }
    let owned: Vec<String> = only.iter().map(|name| format!("generated/{name}")).collect();
    let mut files = Files::default();
    for (path, text) in all.iter().filter(|(path, _)| owned.iter().any(|owned| path.starts_with(&format!("{owned}/")))) {
        files.add(path, text);
    }
    (files, owned)
}

fn names(sets: &[Set]) -> Vec<String> {
    sets.iter().map(|set| set.name.clone()).collect()
}

fn report_stale(difference: &Difference) {
    for path in &difference.changed {
        eprintln!("differs: {path}");
    }
    for path in &difference.stale {
        eprintln!("stale:   {path}");
    }
}

impl Outcome {
    /// Whether there is a server for a set.
    pub(super) fn has(&self, set: &str) -> bool {
        set != META && self.sets.iter().any(|name| name == set)
    }

    /// The sets that have a server.
    pub(super) fn servers(&self) -> String {
        self.sets.iter().filter(|name| *name != META).cloned().collect::<Vec<_>>().join(", ")
    }

    fn must_agree(&self) -> Result<(), Failure> {
        if self.difference.is_empty() {
            return Ok(());
        }
        report_stale(&self.difference);
        Err(Failure::Message("generated/ does not match schemas/; run `cargo xtask gen` and commit the result".into()))
    }

    /// The one line about a run.
    pub(super) fn summarise(&self, check: bool) {
        let (sets, files, seconds) = (self.sets.len(), self.files, self.took.as_secs_f64());
        let set = if sets == 1 { "set" } else { "sets" };
        if check {
            eprintln!("gen: {sets} {set}, {files} files, all as schemas/ say, in {seconds:.2} s");
        } else {
            let (written, removed) = (self.difference.changed.len(), self.difference.stale.len());
            eprintln!("gen: {sets} {set}, {files} files, {written} written, {removed} removed in {seconds:.2} s");
        }
    }
}
