//! `serve`: the API server of a set, up to date with its schemas.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, cargo, generate, workspace};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Which set to serve
    #[arg(value_name = "SET", default_value = "default")]
    set: String,
    /// Build with optimisations
    #[arg(long)]
    release: bool,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Directory of the data; it is made when it does not exist
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// Write a kubeconfig for this server to FILE
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<String>,
    /// Switch versions and kinds on or off, such as `api/all=true` or `batch/v1beta1=true`
    #[arg(long, value_name = "KEY=VALUE,..")]
    runtime_config: Vec<String>,
    /// Further arguments of the server
    #[arg(last = true, value_name = "ARGS")]
    arguments: Vec<String>,
}

impl Options {
    /// The arguments of the server itself.
    fn server_arguments(&self) -> Vec<&str> {
        let single = [("--listen", &self.listen), ("--data", &self.data), ("--kubeconfig", &self.kubeconfig)];
        let single = single.into_iter().filter_map(|(flag, value)| Some((flag, value.as_deref()?)));
        let switches = self.runtime_config.iter().map(|value| ("--runtime-config", value.as_str()));
        let flags = single.chain(switches).flat_map(|(flag, value)| [flag, value]);
        flags.chain(self.arguments.iter().map(String::as_str)).collect()
    }
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let outcome = generate::generate(&root, false, &[])?;
    outcome.summarise(false);
    if !outcome.has(&options.set) {
        return Err(Failure::Message(format!("no set `{}` to serve; there are {}", options.set, outcome.servers())));
    }
    let mut command = cargo::cargo(&root);
    command.args(["run", "--quiet", "--package", &format!("{}-server", options.set)]);
    if options.release {
        command.arg("--release");
    }
    command.arg("--").args(options.server_arguments());
    cargo::become_program(command)
}
