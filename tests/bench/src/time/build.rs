//! Clean builds of a crate with its dependencies prebuilt.

use std::process::{Command, Stdio};
use std::time::Instant;

/// Times `cargo check` of one dependency of the benchmarks.
pub fn check(package: &str) {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let cargo = |arguments: &[&str]| {
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--quiet", "--manifest-path", manifest, "--package", package])
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    // The first build is for the dependencies.
    if !(cargo(&["check"]) && cargo(&["clean", "--profile", "dev"])) {
        println!("check of {package}: does not build");
        return;
    }
    let start = Instant::now();
    if cargo(&["check"]) {
        println!("check of {package}, clean: {:.1} s", start.elapsed().as_secs_f64());
    }
}
