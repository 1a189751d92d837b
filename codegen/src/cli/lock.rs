//! `lock`: the records of what sets have given away.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Failure, baseline, workspace};
use crate::compat::lock::{Lock, merge, recorded};
use crate::compat::{Side, side_of};
use crate::set::Set;
use crate::source::Sources;

#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Merge the records of two branches: the driver of a merge in git
    ///
    /// `git config merge.api-lock.driver 'cargo xtask lock merge %O %A %B'`, with `api.lock merge=api-lock` in .gitattributes.
    Merge {
        /// The record that both come from
        base: PathBuf,
        /// The record of this branch, which is written
        ours: PathBuf,
        /// The record of the other branch
        theirs: PathBuf,
    },
    /// Write records anew after a merge or an edit by hand was put right, with a good checksum
    Write,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    match &options.action {
        Action::Merge { base, ours, theirs } => merge_files(base, ours, theirs),
        Action::Write => {
            eprintln!("lock: {} written", write(&workspace::root()?)?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn merge_files(base: &Path, ours: &Path, theirs: &Path) -> Result<ExitCode, Failure> {
    let read = |path: &Path| baseline::read_lock(path, &set_of(path)?);
    let (base, mine, theirs) = (read(base)?, read(ours)?, read(theirs)?);
    match merge(&base, &mine, &theirs) {
        Ok(merged) => {
            fs::write(ours, merged.text())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(conflicts) => {
            for conflict in &conflicts {
                eprintln!("error[P15]: {}\n  instead: {}", conflict.message, conflict.help);
            }
            Err(Failure::Reported)
        }
    }
}

/// The set that a record says it is of: git gives the driver files of other names.
fn set_of(path: &Path) -> Result<String, Failure> {
    let text = fs::read_to_string(path)?;
    let named = text.lines().next().and_then(|line| line.strip_prefix("# What the set ")).and_then(|line| line.split(' ').next());
    Ok(named.unwrap_or_default().to_owned())
}

/// Brings the numbers of every record up to date, or finds out which are not. A record that was edited by hand is refused.
pub(super) fn update_or_check(root: &Path, sources: &Sources, sets: &[Set], check: bool) -> Result<(), Failure> {
    let locks = baseline::locks(root, sources)?;
    if locks.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = locks.iter().map(|lock| lock.set.clone()).collect();
    let side = Side::of(sources, sets, &names);
    for lock in &locks {
        let path = baseline::lock_path(root, &lock.set);
        if !lock.is_intact() {
            let help = "undo the edit, or run `cargo xtask lock write` if it is right";
            return Err(Failure::Message(format!("{} was edited by hand: {help}", path.display())));
        }
        let next = next(lock, &side)?;
        if next.lines == lock.lines {
            continue;
        }
        if check {
            return Err(Failure::Message(format!("{} is out of date: run `cargo xtask gen` and commit the result", path.display())));
        }
        fs::write(&path, next.text())?;
    }
    Ok(())
}

/// Writes every record with a good checksum.
fn write(root: &Path) -> Result<usize, Failure> {
    let side = side_of(Sources::load(&root.join(baseline::SCHEMAS))?).map_err(Failure::Message)?;
    let locks = baseline::locks(root, &side.sources)?;
    for lock in &locks {
        fs::write(baseline::lock_path(root, &lock.set), next(lock, &side)?.text())?;
    }
    Ok(locks.len())
}

fn next(lock: &Lock, side: &Side) -> Result<Lock, Failure> {
    recorded(lock, side).map_err(|reused| {
        for message in &reused {
            eprintln!("error[P03]: {message}\n  instead: write the number that was released; for a new field, take a number and a name that no field has had");
        }
        Failure::Reported
    })
}
