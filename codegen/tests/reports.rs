//! Every rule of the schema language has a case that breaks it, and the report that its author gets.
//!
//! A case is a directory named after its rule: `bad.yaml` (the file of a kind in an otherwise sound set) or `schemas/` (a whole tree), and
//! `report.txt`. Set `UPDATE_GOLDEN=1` to write the reports anew.

use std::fs;
use std::path::{Path, PathBuf};

use kubewright_codegen::diagnostic::RULES;
use kubewright_codegen::source::Sources;
use kubewright_codegen::{read, report};

const SET: &str = "set: demo\n";
const GROUP: &str = "group: demo.example.com\nversions:\n  v1: {}\n";

fn reports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

fn sources(case: &Path) -> Sources {
    let tree = case.join("schemas");
    if tree.exists() {
        let mut sources = Sources::load(&tree).expect("the case can be read");
        sources.above.clear();
        return sources;
    }
    let mut sources = Sources::new();
    sources.insert("demo/set.yaml", SET);
    sources.insert("demo/group.yaml", GROUP);
    sources.insert("demo/v1/bad.yaml", fs::read_to_string(case.join("bad.yaml")).expect("the case can be read"));
    sources
}

#[test]
fn every_rule_reports_what_its_author_needs() {
    let accept = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for rule in RULES {
        let case = reports().join(rule);
        let sources = sources(&case);
        let Err(problems) = read(&sources) else {
            wrong.push(format!("{rule}: nothing was reported"));
            continue;
        };
        if !problems.0.iter().any(|problem| problem.rule == rule) {
            wrong.push(format!("{rule}: other rules were broken:\n{}", report::text(&problems, &sources)));
            continue;
        }
        let text = report::text(&problems, &sources);
        let expected = case.join("report.txt");
        if accept {
            fs::write(&expected, &text).expect("the report can be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!("{rule}: the report changed to:\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_is_about_a_rule() {
    for entry in fs::read_dir(reports()).expect("the cases can be listed") {
        let name = entry.expect("the case can be listed").file_name().into_string().unwrap_or_default();
        assert!(RULES.contains(&name.as_str()), "{name} is not a rule");
    }
}
