//! `test`: everything that has to hold before a change is good.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, cargo, compat, generate, workspace};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Arguments for `cargo test`, such as `-p kubewright` or `-- --nocapture`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
    arguments: Vec<String>,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    generate::check(&root)?;
    compat::check(&root)?;
    let mut tests = cargo::cargo(&root);
    tests.arg("test");
    if !options.arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package")) {
        tests.arg("--workspace");
    }
    tests.args(&options.arguments);
    cargo::run(tests)?;
    Ok(ExitCode::SUCCESS)
}
