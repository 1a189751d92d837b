//! The generated crates, as what depends on them sees them.

use super::{error, warning};
use crate::compat::rule::{By, Rule, Verdict};
use crate::compat::side::What;

pub(super) const RULES: &[Rule] = &[
    error(
        "G01",
        'G',
        "has another name in Rust",
        "state the old name: `rust:` of the field",
        By::Change(|change, _| Verdict::found(change.of(What::Field, &["rust"]))),
    ),
    error("G02", 'L', "has an enum that some value cannot be read into", "", By::Generator("enums are text with constants beside them")),
    warning(
        "G03",
        'G',
        "is new: expressions that list every field no longer compile",
        "",
        By::Apart("generated structs carry no mark that forbids such expressions, so that every new field would be told of"),
    ),
    warning(
        "G04",
        'G',
        "needs another version of Rust or other features",
        "",
        By::Apart("versions and features are those of the workspace, not of schemas"),
    ),
];
