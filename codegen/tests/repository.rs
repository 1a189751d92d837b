//! The schemas of this repository are read without problems.

use std::path::Path;

use kubewright_codegen::source::Sources;
use kubewright_codegen::{language_schema, load, read, report};

#[test]
fn the_schemas_of_the_repository_are_sound() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let (sources, sets) = load(&directory).expect("schemas/ can be read");
    if let Err(problems) = sets {
        panic!("{}", report::text(&problems, &sources));
    }
}

#[test]
fn a_file_cut_anywhere_is_reported_and_no_more() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/wardle");
    let mut files: Vec<(String, String)> = Sources::load(&directory)
        .expect("schemas/wardle can be read")
        .iter()
        .map(|(path, source)| (format!("wardle/{path}"), source.text.clone()))
        .filter(|(path, _)| path != "wardle/set.yaml")
        .collect();
    files.push(("wardle/set.yaml".to_owned(), "set: wardle\n".to_owned()));
    for (path, text) in &files {
        for (end, _) in text.char_indices().step_by(7) {
            let mut sources = Sources::new();
            for (other, whole) in &files {
                sources.insert(other.as_str(), if other == path { &text[..end] } else { whole.as_str() });
            }
            if let Err(problems) = read(&sources) {
                assert!(!problems.0.is_empty() && !report::text(&problems, &sources).is_empty(), "{path} cut at {end}");
            }
        }
    }
}

#[test]
fn the_schema_of_the_language_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/schema.json");
    let text = language_schema::text();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).expect("schemas/schema.json can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "schemas/schema.json is not what the grammar says; set UPDATE_GOLDEN=1 to write it");
}
