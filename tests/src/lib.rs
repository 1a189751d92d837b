//! What the whole-system tests share: a server of its own for each test, and the real clients that talk to it.

mod http;
mod kubectl;
mod server;

use std::io::Write;
use std::path::{Path, PathBuf};

pub use http::{Answer, send};
pub use kubectl::Kubectl;
pub use server::Server;

/// The workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new("."))
}

/// Says on the real standard error, past the capture of the test runner, that something was not tested; fails instead when
/// `KUBEWRIGHT_NO_SKIP` is set.
///
/// # Panics
/// When skipping is not allowed.
pub fn skip(what: &str, how: &str) {
    assert!(std::env::var_os("KUBEWRIGHT_NO_SKIP").is_none(), "not tested: {what}; {how}");
    // A test that says nothing would look like one that passed.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}; {how}");
}

/// The large corpora of facts and recorded exchanges, which are not part of the repository.
pub fn corpora() -> Option<PathBuf> {
    let found = std::env::var_os("KUBEWRIGHT_CORPORA").map(PathBuf::from).filter(|path| path.is_dir());
    if found.is_none() {
        skip("recorded facts and exchanges", "set KUBEWRIGHT_CORPORA to their directory");
    }
    found
}
