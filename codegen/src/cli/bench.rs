//! `bench`: what generating, building, decoding and encoding cost, next to the usual ways.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, cargo, workspace};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Leave out the clean builds, which take minutes
    #[arg(long)]
    no_builds: bool,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let mut bench = cargo::cargo(&root);
    bench.args(["run", "--quiet", "--release", "--manifest-path", "tests/bench/Cargo.toml", "--"]).arg(root.join("schemas"));
    if options.no_builds {
        bench.arg("--no-builds");
    }
    cargo::run(bench)?;
    let mut memory = cargo::cargo(&root);
    memory.args(["run", "--quiet", "--release", "--manifest-path", "tests/bench/Cargo.toml", "--bin", "memory"]);
    cargo::run(memory)?;
    Ok(ExitCode::SUCCESS)
}
