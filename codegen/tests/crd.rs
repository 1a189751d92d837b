//! Definitions to schemas and back: what comes out says what went in.

#[path = "crd/hostile.rs"]
mod hostile;
#[path = "crd/own.rs"]
mod own;
#[path = "crd/round.rs"]
mod round;

use std::path::{Path, PathBuf};
use std::{env, fs};

use round::{Outcome, round};

/// Files below a directory, in order of name.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "yaml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn our_definitions_come_back_equal() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crd/corpus");
    let files = files(&directory);
    assert!(files.len() >= 10, "{}", directory.display());
    for path in files {
        let text = fs::read_to_string(&path).expect("the corpus can be read");
        match round(&[&text]) {
            Ok(outcome) => assert!(outcome.differences.is_empty(), "{}: {}", path.display(), outcome.differences.join("\n")),
            Err(problem) => panic!("{}: {problem}", path.display()),
        }
    }
}

/// The definitions of `KUBEWRIGHT_CORPORA`, one by one and all of a project together.
#[test]
fn real_definitions_come_back_equal() {
    let Some(corpora) = env::var_os("KUBEWRIGHT_CORPORA") else {
        eprintln!("SKIPPED: KUBEWRIGHT_CORPORA does not name the directory of real definitions");
        return;
    };
    let directory = Path::new(&corpora).join("crds/manifests");
    let (mut equal, mut problems) = (0, Vec::new());
    let files = files(&directory);
    let show = env::var_os("SHOW");
    for path in &files {
        let text = fs::read_to_string(path).expect("the corpus can be read");
        let name = path.strip_prefix(&directory).unwrap_or(path).display().to_string();
        match round(&[&text]) {
            Ok(Outcome { differences, files, report }) => {
                if show.as_ref().is_some_and(|show| name.contains(&*show.to_string_lossy())) {
                    for (path, text) in &files {
                        println!("=== {path}\n{text}");
                    }
                    println!("--- report\n{report}");
                }
                if differences.is_empty() { equal += 1 } else { problems.push(format!("{name}: {}", differences.join("\n  "))) }
            }
            Err(problem) => problems.push(format!("{name}: {problem}")),
        }
    }
    eprintln!("{equal} of {} come back equal", files.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let mut projects: Vec<PathBuf> = fs::read_dir(&directory).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    projects.sort();
    for project in projects {
        let texts: Vec<String> =
            self::files(&project).iter().map(|path| fs::read_to_string(path).expect("the corpus can be read")).collect();
        match round(&texts.iter().map(String::as_str).collect::<Vec<_>>()) {
            Ok(outcome) => assert!(outcome.differences.is_empty(), "{}: {}", project.display(), outcome.differences.join("\n")),
            Err(problem) => panic!("{}: {problem}", project.display()),
        }
    }
}
