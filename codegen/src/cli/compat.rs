//! `compat`: what schemas say against what was released.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, baseline, workspace};
use crate::compat::lock::fingerprint_of;
use crate::compat::{Exceptions, Findings, Lock, Pair, Severity, Side, judge, show, side_of};
use crate::report;
use crate::source::Sources;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// A revision of the repository, or a directory of schemas [default: the last releases, as they lie in releases/]
    #[arg(long, value_name = "GITREV|DIR")]
    against: Option<String>,
    /// How to write what is found
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Show notes, too
    #[arg(long)]
    notes: bool,
    /// Hold everything against the rules of design, not only what is new
    #[arg(long)]
    lint: bool,
    /// Fail on warnings, too
    #[arg(long)]
    strict: bool,
    /// Only these sets [default: all]
    #[arg(value_name = "SET")]
    sets: Vec<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For tools
    Json,
    /// For code hosts
    Sarif,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    compare(&root, options.against.as_deref(), options.lint, |mut findings, pair| {
        if !options.sets.is_empty() {
            findings.only(&options.sets);
        }
        match options.format {
            Form::Text => print!("{}", show::text(&findings, pair, options.notes)),
            Form::Json => println!("{:#}", show::json(&findings, pair)),
            Form::Sarif => println!("{:#}", show::sarif(&findings, pair)),
        }
        if fails(&findings, options.strict) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    })
}

/// Fails when something that was released is broken; says nothing else but a line. Where nothing was released, nothing can be.
pub(super) fn check(root: &Path) -> Result<(), Failure> {
    if !root.join(baseline::RELEASES).is_dir() {
        return Ok(());
    }
    let broken = compare(root, None, false, |findings, pair| {
        let broken = fails(&findings, false);
        eprint!("compat: {}", if broken { show::text(&findings, pair, false) } else { show::summary(&findings) });
        broken
    })?;
    if broken { Err(Failure::Message("what was released is broken; `cargo xtask compat` tells more".to_owned())) } else { Ok(()) }
}

/// Compares, and hands over what was found.
fn compare<T>(root: &Path, against: Option<&str>, lint_all: bool, then: impl FnOnce(Findings, &Pair<'_>) -> T) -> Result<T, Failure> {
    let current = Sources::load(&root.join(baseline::SCHEMAS))?;
    let released = baseline::load(root, against, &current)?;
    let locks = baseline::locks(root, &current)?;
    let exceptions = Exceptions::read(&current);
    let new = side_of(current).map_err(Failure::Message)?;
    let old = Side::released(released).map_err(|(sources, problems)| {
        Failure::Message(format!("what was released cannot be read any more:\n{}", report::text(&problems, &sources).trim_end()))
    })?;
    if against.is_none() {
        untouched(&old, &locks)?;
    }
    let pair = Pair { old: &old, new: &new, locks: &locks, today: baseline::today(), lint_all };
    Ok(then(judge(&pair, &exceptions), &pair))
}

/// Fails when what was released is no longer what was recorded.
fn untouched(old: &Side, locks: &[Lock]) -> Result<(), Failure> {
    for lock in locks {
        let is = fingerprint_of(old, &lock.set);
        if let Some((release, was)) = lock.last_digest().filter(|(_, was)| *was != is) {
            let place = format!("{}/{}/{}", baseline::RELEASES, baseline::SCHEMAS, lock.set);
            return Err(Failure::Message(format!("{place} is not what was released as {release}: its fingerprint is {is}, not {was}")));
        }
    }
    Ok(())
}

fn fails(findings: &Findings, strict: bool) -> bool {
    findings.count(Severity::Error) > 0 || strict && findings.count(Severity::Warning) > 0
}
