//! The command line behind `cargo xtask`: reads files, calls the generator, writes or compares, runs cargo.

mod baseline;
mod bench;
mod blame;
mod cargo;
mod compat;
mod convert;
mod explain;
mod fixtures;
mod fuzz;
mod generate;
mod import;
mod lock;
mod release;
mod serve;
mod stamp;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Describe an API once, in YAML; get Rust types, conversions, documents and a server.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make generated/ from schemas/
    ///
    /// Reads every set below schemas/, checks it, and writes what changed below generated/. Nothing is written when a schema has a problem.
    Gen(generate::Options),
    /// Make generated/, then run the API server of a set
    ///
    /// Stops with the server, and with its exit code.
    Serve(serve::Options),
    /// Turn another description of an API into schemas
    ///
    /// Reads a Kubernetes OpenAPI v2 document or a facts document, and writes schema files. What people wrote in files that are there already
    /// stays: texts, defaults, columns, conversion rules, comments. A source that says nothing new changes nothing.
    Import(import::Options),
    /// Write objects in another form or version
    ///
    /// Reads JSON, YAML and Kubernetes' protobuf, whatever the files are called. Each file that cannot be converted is told on a line of its own.
    Convert(convert::Options),
    /// Say what becomes of the values of a kind between two of its versions
    ///
    /// Each value is exact, respelled, remembered (not shown, but kept over a write) or lost. An object stands beside each that is not exact.
    ExplainConversion(explain::Options),
    /// Hold schemas against what was released
    ///
    /// Every difference is classified by the rules of schemas/COMPAT.md. Exceptions stand in a set's compat.yaml, each with a reason and an end.
    Compat(compat::Options),
    /// Tell the life of a kind or field: its number, when it came, when it goes
    Blame(blame::Options),
    /// Work on api.lock, the record of what a set has given away
    Lock(lock::Options),
    /// Record a release: api.lock, the schemas to compare with, and objects of every kind
    Release(release::Options),
    /// Run every check: generated files, what was released, Rust tests, real clients
    ///
    /// Real clients are those that tests/clients/install has put into target/clients; what is missing is skipped, aloud.
    Test(test::Options),
    /// Let a fuzzer look for bytes that make a decoder panic
    ///
    /// JSON, YAML and protobuf objects, and schemas, each for as long as told. What it finds is kept below fuzz/artifacts.
    Fuzz(fuzz::Options),
    /// Measure generating, building, decoding and encoding, next to their peers
    ///
    /// The peers, serde_json over k8s-openapi's types and prost over k8s-pb's, are built first, in release mode.
    Bench(bench::Options),
}

/// Why a command stopped.
#[derive(Debug)]
enum Failure {
    /// What it found is reported; nothing is to be added.
    Reported,
    /// What went wrong, for people.
    Message(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Message(error.to_string())
    }
}

/// Runs the command of the process's arguments: 0 when it went well, 1 when it failed, 2 when the arguments make no sense.
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Gen(options) => generate::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Convert(options) => convert::run(&options),
        Command::ExplainConversion(options) => explain::run(&options),
        Command::Compat(options) => compat::run(&options),
        Command::Blame(options) => blame::run(&options),
        Command::Lock(options) => lock::run(&options),
        Command::Release(options) => release::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Bench(options) => bench::run(&options),
    };
    outcome.unwrap_or_else(|failure| {
        if let Failure::Message(message) = failure {
            eprintln!("error: {message}");
        }
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn arguments_of_the_server_pass_through() {
        for (line, ok) in [
            ("gen", true),
            ("gen --check wardle", true),
            ("serve", true),
            ("serve wardle --listen 127.0.0.1:0 --data /tmp/x --kubeconfig k --runtime-config api/all=true", true),
            ("serve wardle --release -- --some-server-flag", true),
            ("test -- --nocapture", true),
            ("convert --to yaml in out", true),
            ("convert --set wardle --to pb --version wardle.example.com/v1beta1 -", true),
            ("convert in out", false),
            ("convert --to xml in out", false),
            ("import facts api.json --set acme --into x --dry-run", true),
            ("import swagger.json --proto a.proto --proto b.proto --check", true),
            ("import", false),
            ("compat --against v1.0 --format sarif wardle", true),
            ("compat --format xml", false),
            ("lock merge a b c", true),
            ("release 1.0 --set wardle --day 2026-08-01", true),
            ("blame Flunder.spec", true),
            ("gen --chekc", false),
            ("sevre", false),
        ] {
            let words = ["cargo xtask"].into_iter().chain(line.split(' '));
            assert_eq!(Cli::try_parse_from(words).is_ok(), ok, "{line}");
        }
    }
}
