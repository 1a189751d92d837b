//! `convert`: objects in another form or version, by the server program of a set.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, cargo, generate, workspace};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Whose kinds the objects are of
    #[arg(long, value_name = "SET", default_value = "kubernetes")]
    set: String,
    /// The form to write
    #[arg(long, value_name = "FORM", value_parser = ["json", "yaml", "pb"])]
    to: String,
    /// The version to write, such as `apps/v1`, or `v1` for the core group [default: that of each object]
    #[arg(long, value_name = "GROUP/VERSION")]
    version: Option<String>,
    /// Refuse fields that a type does not have, or that are given twice
    #[arg(long)]
    strict: bool,
    /// Build with optimisations
    #[arg(long)]
    release: bool,
    /// A file, a folder with everything in it, or `-` for standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// A file or folder to write [default: standard output]
    #[arg(value_name = "OUT")]
    output: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let outcome = generate::generate(&root, false, &[])?;
    if !outcome.has(&options.set) {
        return Err(Failure::Message(format!("no set `{}` to convert objects of; there are {}", options.set, outcome.servers())));
    }
    let mut command = cargo::cargo(&root);
    command.args(["run", "--quiet", "--package", &format!("{}-server", options.set)]);
    if options.release {
        command.arg("--release");
    }
    command.args(["--", "convert", "--to", &options.to]);
    if let Some(version) = &options.version {
        command.args(["--version", version]);
    }
    if options.strict {
        command.arg("--strict");
    }
    for path in std::iter::once(&options.input).chain(&options.output) {
        command.arg(absolute(path)?);
    }
    cargo::become_program(command)
}

/// The program runs in the workspace, not where the command was typed.
fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    if path == Path::new("-") { Ok(path.to_owned()) } else { Ok(std::path::absolute(path)?) }
}
