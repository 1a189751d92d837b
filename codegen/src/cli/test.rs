//! `test`: everything that has to hold before a change is good.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::{fs, io};

use clap::Args;

use super::{Failure, cargo, generate};
use crate::cli::workspace;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Leave out the tests with real clients
    #[arg(long)]
    no_clients: bool,
    /// Arguments for `cargo test`, such as `-p kubewright` or `-- --nocapture`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGS")]
    arguments: Vec<String>,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    generate::check(&root)?;
    let mut tests = cargo::cargo(&root);
    tests.args(["test", "--workspace"]).args(&options.arguments);
    cargo::run(tests)?;
    if !options.no_clients {
        for script in client_scripts(&root.join("tests/clients"))? {
            let mut command = Command::new(root.join("tests/clients").join(&script));
            command.current_dir(&root);
            cargo::run(command)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Names of the scripts that try real clients, in alphabetical order.
fn client_scripts(directory: &Path) -> io::Result<Vec<String>> {
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let names = fs::read_dir(directory)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
    names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "sh"));
    names.sort();
    Ok(names)
}
