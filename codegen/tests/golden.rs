//! Small sets and the Rust they become, one feature each. `UPDATE_GOLDEN=1` accepts what is new; the member `tests` compiles them.

#[path = "golden/sets.rs"]
mod sets;

use std::path::Path;
use std::{env, fs};

use kubewright_codegen::emit::modules;
use kubewright_codegen::files::Files;
use kubewright_codegen::rust::layout::Layout;
use kubewright_codegen::rust::modules::Scope;
use kubewright_codegen::set::Set;

#[test]
fn fields() {
    check(sets::fields());
}

#[test]
fn kinds() {
    check(sets::kinds());
}

#[test]
fn enums() {
    check(sets::enums());
}

#[test]
fn union() {
    check(sets::union());
}

#[test]
fn moves() {
    check(sets::moves());
}

#[test]
fn lists() {
    check(sets::lists());
}

#[test]
fn lookup() {
    check(sets::lookup());
}

#[test]
fn hoist() {
    check_all(&sets::written("hoist"));
}

#[test]
fn notes() {
    check_all(&sets::written("notes"));
}

#[test]
fn values() {
    check_all(&sets::written("values"));
}

/// Compares the modules of a set with `golden/<set>/`.
fn check(set: Set) {
    check_all(&[set, sets::meta()]);
}

fn check_all(sets: &[Set]) {
    let name = sets[0].name.clone();
    let layout = Layout::new(sets);
    let scope = Scope { set: &sets[0], layout: &layout };
    let mut files = Files::default();
    files.add("lib.rs", scope.root_file(false));
    modules(&mut files, &scope, ".");
    let mut found = Files::default();
    files.iter().for_each(|(path, text)| found.add(path.trim_start_matches("./"), text));

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let difference = found.compare(&root, &[".".to_owned()]).expect("goldens can be read");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        found.apply(&root, &difference).expect("goldens can be written");
        return;
    }
    for path in &difference.changed {
        let golden = fs::read_to_string(root.join(path)).unwrap_or_default();
        assert_eq!(found.get(path).unwrap_or_default(), golden, "{path}; accept with UPDATE_GOLDEN=1");
    }
    assert!(difference.changed.is_empty(), "new files {:?}; accept with UPDATE_GOLDEN=1", difference.changed);
}
