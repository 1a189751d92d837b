//! Mistakes in derived structs: each gives one error, at the text to edit, and the rest of the program still type-checks.

#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
