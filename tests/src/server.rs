//! A generated server as a child process: built once, on a free port, with a store of its own, stopped at the end of the test.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use tempfile::TempDir;

use crate::http::{Answer, send};
use crate::root;

/// A running server.
pub struct Server {
    child: Child,
    base: String,
    directory: TempDir,
    set: String,
}

impl Server {
    /// Starts the server of a set with these further flags.
    ///
    /// # Panics
    /// When it does not become ready.
    pub fn start(set: &str, flags: &[&str]) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let (child, base) = spawn(set, &directory, flags);
        Self { child, base, directory, set: set.to_owned() }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.base
    }

    /// The kubeconfig it wrote.
    pub fn kubeconfig(&self) -> PathBuf {
        self.directory.path().join("kubeconfig")
    }

    /// Sends a request with a JSON body; `Value::Null` for none.
    pub fn request(&self, method: &str, path: &str, body: &Value) -> Answer {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.send(method, path, &[("content-type", "application/json")], &bytes)
    }

    /// Sends a request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        send(&self.base, method, path, headers, body)
    }

    /// Reads a path as JSON.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    /// Asks it to end, and waits.
    ///
    /// # Panics
    /// When it cannot be signalled.
    pub fn terminate(mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill");
        assert!(sent.success(), "kill -TERM {pid}");
        self.child.wait().expect("an exit status")
    }

    /// Ends it without warning, and starts it again on the same store.
    ///
    /// # Panics
    /// When it does not become ready again.
    pub fn crash_and_restart(&mut self, flags: &[&str]) {
        self.child.kill().expect("kill -9");
        self.child.wait().expect("an exit status");
        (self.child, self.base) = spawn(&self.set, &self.directory, flags);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone is as good as stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(set: &str, directory: &TempDir, flags: &[&str]) -> (Child, String) {
    let log = std::fs::File::create(directory.path().join("log")).expect("a log file");
    let mut child = Command::new(binary(set))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .arg("--data")
        .arg(directory.path().join("data"))
        .arg("--kubeconfig")
        .arg(directory.path().join("kubeconfig"))
        .args(flags)
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the server starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("standard output");
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let Some(base) = line.trim().strip_prefix("listening on ") else {
        let log = std::fs::read_to_string(directory.path().join("log")).unwrap_or_default();
        panic!("expected `listening on ..`, got {line:?}; log:\n{log}");
    };
    (child, base.to_owned())
}

/// The server of a set, built on first use: a test must never run yesterday's binary.
fn binary(set: &str) -> PathBuf {
    static BUILT: Mutex<BTreeMap<String, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    built.entry(set.to_owned()).or_insert_with(|| build(set)).clone()
}

fn build(set: &str) -> PathBuf {
    let package = format!("{set}-server");
    let status =
        Command::new(env!("CARGO")).args(["build", "--quiet", "--package", &package]).current_dir(root()).status().expect("cargo runs");
    assert!(status.success(), "cargo build --package {package}");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug").join(package)
}
