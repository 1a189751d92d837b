//! Hand-written structs as API resources: the same as generated ones, served next to them, and mistakes in them.

#[path = "derive/clash.rs"]
mod clash;
#[path = "derive/flunder.rs"]
mod flunder;
#[path = "derive/same.rs"]
mod same;
#[path = "derive/served.rs"]
mod served;
#[path = "derive/widget.rs"]
mod widget;

/// One mistake gives one error, at the text to edit.
#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
