//! The schemas of this repository are read without problems.

use std::path::Path;

use kubewright_codegen::{language_schema, load, report};

#[test]
fn the_schemas_of_the_repository_are_sound() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let (sources, sets) = load(&directory).expect("schemas/ can be read");
    if let Err(problems) = sets {
        panic!("{}", report::text(&problems, &sources));
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
