//! What generating and building cost, next to their peers: each crate once more after its dependencies are built.

mod generate;
mod measure;

use std::path::PathBuf;

use measure::{Cost, cost, measured};

/// A crate, or a crate with the program that uses it, and what to do with it.
struct Build {
    name: &'static str,
    /// What is built again.
    packages: &'static [&'static str],
    command: &'static [&'static str],
    profile: &'static str,
}

const fn types(name: &'static str, packages: &'static [&'static str], command: &'static [&'static str], profile: &'static str) -> Build {
    Build { name, packages, command, profile }
}

/// Ours, its peer, and the most that ours should be of it: in CPU time, and in memory.
const PAIRS: [(Build, Build, f64, f64); 5] = [
    (types("types crate, check", &["kubernetes-types"], &["check"], "dev"), types("", &["k8s-openapi"], &["check"], "dev"), 0.6, 0.5),
    (types("types crate, debug", &["kubernetes-types"], &["build"], "dev"), types("", &["k8s-openapi"], &["build"], "dev"), 0.5, 0.5),
    (
        types("types crate, release", &["kubernetes-types"], &["build", "--release"], "release"),
        types("", &["k8s-openapi"], &["build", "--release"], "release"),
        0.5,
        0.5,
    ),
    (
        types("program that reads six kinds, debug", &["kubernetes-types", "six-ours"], &["build"], "dev"),
        types("", &["k8s-openapi", "six-peer"], &["build"], "dev"),
        0.3,
        0.5,
    ),
    (
        types("program that reads six kinds, release", &["kubernetes-types", "six-ours"], &["build", "--release"], "release"),
        types("", &["k8s-openapi", "six-peer"], &["build", "--release"], "release"),
        0.3,
        0.5,
    ),
];

/// `builds ROOT [--no-builds]`: ROOT is the workspace, whose `schemas/` and `generated/` are read.
fn main() {
    if measured() {
        return;
    }
    let mut arguments = std::env::args().skip(1);
    let root = PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    generate::compare(&root);
    if arguments.next().is_some() {
        return;
    }
    println!(
        "\n{:<40}{:>9}{:>9}{:>8}{:>7}{:>9}{:>9}{:>8}{:>7}",
        "builds, dependencies done", "ours s", "peer s", "ratio", "aim", "MB", "MB", "ratio", "aim"
    );
    for (ours, peer, time_aim, memory_aim) in &PAIRS {
        match (build(ours), build(peer)) {
            (Some(a), Some(b)) => println!(
                "{:<40}{:>9.1}{:>9.1}{:>8.2}{time_aim:>7.2}{:>9}{:>9}{:>8.2}{memory_aim:>7.2}",
                ours.name,
                a.cpu.as_secs_f64(),
                b.cpu.as_secs_f64(),
                a.cpu.as_secs_f64() / b.cpu.as_secs_f64(),
                a.megabytes,
                b.megabytes,
                a.megabytes as f64 / b.megabytes as f64,
            ),
            _ => println!("{:<40} does not build", ours.name),
        }
    }
}

/// CPU time of everything that ran, and the memory of the biggest process.
fn build(build: &Build) -> Option<Cost> {
    let packages: Vec<&str> = build.packages.iter().flat_map(|package| ["--package", package]).collect();
    let (last, run) = (build.packages.last().map(|last| ["--package", last])?, |arguments: &[&[&str]]| cost(&arguments.concat()));
    // The first build is for the dependencies.
    run(&[build.command, &last])?;
    run(&[&["clean", "--profile", build.profile], &packages])?;
    run(&[build.command, &last])
}
