//! `bench`: what generating, building, decoding and encoding cost, next to the usual ways.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, cargo, workspace};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Leave out the builds, which take minutes
    #[arg(long)]
    no_builds: bool,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let bench = |program: &str| {
        let mut command = cargo::cargo(&root);
        command.args(["run", "--quiet", "--release", "--manifest-path", "tests/bench/Cargo.toml", "--bin", program, "--"]);
        command
    };
    let mut builds = bench("builds");
    builds.arg(&root);
    if options.no_builds {
        builds.arg("--no-builds");
    }
    cargo::run(builds)?;
    for program in ["time", "memory"] {
        cargo::run(bench(program))?;
    }
    Ok(ExitCode::SUCCESS)
}
