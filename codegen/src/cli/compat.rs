//! `compat`: what schemas say against what was released.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, baseline, workspace};
use crate::compat::{Exceptions, Findings, Pair, Severity, judge, show, side_of};
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
    let current = Sources::load(&root.join(baseline::SCHEMAS))?;
    let released = baseline::load(&root, options.against.as_deref(), &current)?;
    let locks = baseline::locks(&root, &current)?;
    let exceptions = Exceptions::read(&current);
    let new = side_of(current).map_err(Failure::Message)?;
    let old = side_of(released).map_err(Failure::Message)?;
    let pair = Pair { old: &old, new: &new, locks: &locks, today: baseline::today(), lint_all: options.lint };
    let mut findings = judge(&pair, &exceptions);
    if !options.sets.is_empty() {
        findings.only(&options.sets);
    }
    match options.format {
        Form::Text => print!("{}", show::text(&findings, &pair, options.notes)),
        Form::Json => println!("{:#}", show::json(&findings, &pair)),
        Form::Sarif => println!("{:#}", show::sarif(&findings, &pair)),
    }
    Ok(if fails(&findings, options.strict) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn fails(findings: &Findings, strict: bool) -> bool {
    findings.count(Severity::Error) > 0 || strict && findings.count(Severity::Warning) > 0
}
