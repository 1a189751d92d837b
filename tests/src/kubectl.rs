//! The real kubectl, in the versions that the tests are run with.

use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use crate::{Server, root, skip};

/// A kubectl that talks to one server.
pub struct Kubectl {
    program: PathBuf,
    kubeconfig: PathBuf,
    cache: tempfile::TempDir,
}

impl Kubectl {
    /// The kubectl of this name (`kubectl-1.20`, `kubectl-current`) that `tests/clients/install` has put into `target/clients`;
    /// `None`, said aloud, when it is not there.
    ///
    /// # Panics
    /// When it is missing although skipping is not allowed.
    pub fn find(name: &str, server: &Server) -> Option<Self> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let program = target.join("clients").join(name);
        if !program.is_file() {
            skip(name, "run tests/clients/install");
            return None;
        }
        Some(Self { program, kubeconfig: server.kubeconfig(), cache: tempfile::tempdir().expect("a directory") })
    }

    /// Runs it with these arguments, split at white space, and gives what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn run(&self, arguments: &str) -> String {
        self.run_with(&arguments.split_whitespace().collect::<Vec<_>>(), "")
    }

    /// Runs it with these arguments and this standard input, and gives what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> String {
        let output = self.output(arguments, input);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "kubectl {arguments:?}: {printed}{}", String::from_utf8_lossy(&output.stderr));
        printed
    }

    /// Runs it expecting that it fails, and gives what it said.
    ///
    /// # Panics
    /// When it succeeds.
    pub fn refuse(&self, arguments: &str, input: &str) -> String {
        let output = self.output(&arguments.split_whitespace().collect::<Vec<_>>(), input);
        assert!(!output.status.success(), "kubectl {arguments} should fail: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// Starts it in the background; its standard output can be read.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(&self, arguments: &str) -> Child {
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        self.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("kubectl starts")
    }

    fn output(&self, arguments: &[&str], input: &str) -> Output {
        use std::io::Write;
        let mut child =
            self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("kubectl starts");
        child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("kubectl reads");
        child.wait_with_output().expect("kubectl ends")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .env("KUBECONFIG", &self.kubeconfig)
            .env("HOME", self.cache.path())
            .arg("--cache-dir")
            .arg(self.cache.path())
            .args(arguments);
        command
    }
}
