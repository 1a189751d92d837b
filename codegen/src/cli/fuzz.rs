//! `fuzz`: bytes that a fuzzer makes up, guided by what they reach, against every decoder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clap::Args;

use super::{Failure, cargo, workspace};

/// The targets: name, and the extension of the files they start from.
const TARGETS: [(&str, &str); 4] = [("json", "json"), ("yaml", "yaml"), ("protobuf", "pb"), ("schema", "yaml")];

/// Coverage of a stable compiler, as libFuzzer reads it.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

#[derive(Args, Debug)]
pub(super) struct Options {
    /// How long each target runs
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    seconds: u32,
    /// Only these targets [default: all]
    #[arg(value_name = "TARGET", value_parser = ["json", "yaml", "protobuf", "schema"])]
    targets: Vec<String>,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let root = workspace::root()?;
    let chosen = |name: &str| options.targets.is_empty() || options.targets.iter().any(|target| target == name);
    let targets: Vec<_> = TARGETS.into_iter().filter(|(name, _)| chosen(name)).collect();
    let host = host(&root)?;
    let mut build = cargo::cargo(&root);
    build.args(["build", "--quiet", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &host]).env("RUSTFLAGS", COVERAGE);
    for (name, _) in &targets {
        build.args(["--bin", name]);
    }
    cargo::run(build)?;
    for (name, extension) in targets {
        let corpus = corpus(&root, name, extension)?;
        let artifacts = root.join("fuzz/artifacts").join(name);
        fs::create_dir_all(&artifacts)?;
        let mut fuzz = std::process::Command::new(root.join("fuzz/target").join(&host).join("release").join(name));
        fuzz.arg(corpus).arg(format!("-artifact_prefix={}/", artifacts.display()));
        fuzz.arg(format!("-max_total_time={}", options.seconds)).args([
            "-timeout=20",
            "-rss_limit_mb=4096",
            "-verbosity=0",
            "-print_final_stats=1",
        ]);
        cargo::run(fuzz)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The platform that programs are built for, named so that build scripts are built without coverage.
fn host(root: &Path) -> Result<String, Failure> {
    let mut rustc = std::process::Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let told = rustc.current_dir(root).arg("-vV").output()?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::Message("rustc does not say its host".to_owned()))
}

/// Where a target keeps what it found worth keeping, with every fixture that there is to start from.
fn corpus(root: &Path, name: &str, extension: &str) -> Result<PathBuf, Failure> {
    let corpus = root.join("fuzz/corpus").join(name);
    fs::create_dir_all(&corpus)?;
    let fixtures = [
        Some(root.join("tests/fixtures/golden")),
        env::var_os("KUBEWRIGHT_CORPORA").map(|all| PathBuf::from(all).join("kubernetes-1.36/testdata/HEAD")),
    ];
    let from = if name == "schema" {
        vec![root.join("schemas/wardle"), root.join("schemas/kubernetes")]
    } else {
        fixtures.into_iter().flatten().collect()
    };
    let mut found = Vec::new();
    for directory in from.iter().chain([&root.join("fuzz/seeds").join(name)]).filter(|directory| directory.is_dir()) {
        files(directory, extension, &mut found)?;
    }
    for path in found {
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('/', "_");
        fs::copy(&path, corpus.join(name.trim_start_matches('_')))?;
    }
    Ok(corpus)
}

fn files(directory: &Path, extension: &str, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, extension, found)?;
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    Ok(())
}
