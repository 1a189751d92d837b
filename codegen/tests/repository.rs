//! The schemas of this repository are read without problems.

use std::path::Path;

use kubewright_codegen::{load, report};

#[test]
fn the_schemas_of_the_repository_are_sound() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let started = std::time::Instant::now();
    let (sources, sets) = load(&directory).expect("schemas/ can be read");
    println!("{} files in {:?}", sources.iter().count(), started.elapsed());
    if let Err(problems) = sets {
        panic!("{}", report::text(&problems, &sources));
    }
}
