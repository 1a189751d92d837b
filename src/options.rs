//! The command line of a server.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::batch::Convert;
use crate::rule::gates::FeatureGates;
use crate::served::RuntimeConfig;

/// Everything that can be typed.
#[derive(Debug, Parser)]
#[command(disable_version_flag = true, args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the API (the default).
    Serve(Serve),
    /// Writes objects in another form or version.
    Convert(Convert),
}

/// What to do.
#[derive(Debug)]
pub enum Task {
    /// Serve the API.
    Serve(Serve),
    /// Convert files.
    Convert(Convert),
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Address and port to listen on; port 0 picks a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:6480")]
    pub listen: SocketAddr,
    /// Directory of the store; created when missing.
    #[arg(long, value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
    /// Where to write a kubeconfig for this server.
    #[arg(long, value_name = "FILE", default_value = "kubeconfig")]
    pub kubeconfig: PathBuf,
    /// What to switch on and off, such as `batch/v1beta1=true,api/alpha=false`. May be repeated.
    #[arg(long, value_name = "GROUP/VERSION=BOOL,..", value_parser = RuntimeConfig::parse)]
    pub runtime_config: Vec<RuntimeConfig>,
    /// Feature gates to switch, such as `HPAScaleToZero=true`. May be repeated.
    #[arg(long, value_name = "NAME=BOOL,..", value_parser = FeatureGates::parse)]
    pub feature_gates: Vec<FeatureGates>,
}

impl Options {
    /// What was asked for; to serve, whether `serve` was typed or not.
    pub fn task(self) -> Task {
        match self.command {
            Some(Command::Serve(serve)) => Task::Serve(serve),
            Some(Command::Convert(convert)) => Task::Convert(convert),
            None => Task::Serve(self.serve),
        }
    }
}

impl Serve {
    /// What the arguments of a server that serves mean.
    #[cfg(test)]
    pub(crate) fn of(arguments: &[&str]) -> Self {
        Options::parse_from(["server"].iter().chain(arguments)).serve
    }

    /// All switches, later ones winning.
    pub fn runtime_config(&self) -> RuntimeConfig {
        self.runtime_config.iter().fold(RuntimeConfig::default(), RuntimeConfig::merge)
    }

    /// All switches of feature gates, later ones winning.
    pub fn feature_gates(&self) -> FeatureGates {
        self.feature_gates.iter().fold(FeatureGates::default(), FeatureGates::merge)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Options, RuntimeConfig, Serve, Task};

    fn task(words: &[&str]) -> Result<Task, clap::Error> {
        Options::try_parse_from(["server"].iter().chain(words)).map(Options::task)
    }

    fn parse(words: &[&str]) -> Result<Serve, clap::Error> {
        task(words).map(|task| match task {
            Task::Serve(serve) => serve,
            Task::Convert(convert) => panic!("{convert:?}"),
        })
    }

    #[test]
    fn objects_are_converted_without_serving() {
        let words = ["convert", "--to", "pb", "--version", "apps/v1", "in", "out"];
        let Ok(Task::Convert(convert)) = task(&words) else { panic!("{words:?}") };
        assert_eq!(convert.version.map(|version| version.to_string()).as_deref(), Some("apps/v1"));
        assert!(task(&["convert", "--to", "pb", "--version", "a/b/c", "in"]).is_err());
    }

    #[test]
    fn serve_may_be_left_out() {
        for words in [&["--listen", "127.0.0.1:0"][..], &["serve", "--listen", "127.0.0.1:0"]] {
            let serve = parse(words).expect("valid");
            assert_eq!((serve.listen.port(), serve.data.to_str()), (0, Some("data")));
        }
        assert_eq!(parse(&[]).expect("valid").listen.to_string(), "127.0.0.1:6480");
    }

    #[test]
    fn switches_add_up() {
        let serve = parse(&["--runtime-config=api/all=false,v1=true", "--runtime-config", "v1=false"]).expect("valid");
        assert_eq!(serve.runtime_config(), RuntimeConfig::parse("api/all=false,v1=false").expect("valid"));
    }

    #[test]
    fn mistakes_are_usage_errors() {
        for words in [&["--listen", "here"][..], &["--runtime-config=a/b=maybe"], &["eat"], &["--nosuch"]] {
            assert_eq!(parse(words).expect_err("refused").exit_code(), 2, "{words:?}");
        }
    }
}
