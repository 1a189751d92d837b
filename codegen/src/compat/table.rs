//! The table of rules as a page of documentation.

use std::fmt::Write as _;

use super::rule::{By, Rule, Severity};
use super::rules::SECTIONS;

/// Every rule, where it applies, and what keeps it.
pub fn table() -> String {
    let mut out = HEAD.to_owned();
    for (title, parts) in SECTIONS {
        let _ = write!(out, "\n## {title}\n\n| rule | kind | severity | what | kept by | instead |\n|---|---|---|---|---|---|\n");
        let mut rules: Vec<&Rule> = parts.iter().flat_map(|part| part.iter()).collect();
        rules.sort_by_key(|rule| rule.id);
        for rule in rules {
            row(&mut out, rule);
        }
    }
    out
}

fn row(out: &mut String, rule: &Rule) {
    let severity = match rule.severity {
        Severity::Error => "E",
        Severity::Warning => "W",
        Severity::Note => "N",
    };
    let by = match rule.by {
        By::Change(_) | By::Release(_) => "compat".to_owned(),
        By::Generator(how) => format!("gen: {how}"),
        By::Suite(how) => format!("tests: {how}"),
        By::Apart(why) => format!("**not checked**: {why}"),
    };
    let firm = if rule.firm { "!" } else { "" };
    let remedy = if rule.remedy.is_empty() { "" } else { rule.remedy };
    let _ = writeln!(out, "| {} | {} | {severity}{firm} | {} | {by} | {remedy} |", rule.id, rule.kind, rule.title);
}

const HEAD: &str = "\
# Compatibility rules

`cargo xtask compat` holds what schemas say against what was released. This table is made from the rules themselves.

Kind: `R` a release and the one before it, `S` served versions of one release, `H` the recorded history (`api.lock`), `L` one release alone,
`X` conversions, `W` the protobuf wire, `O` OpenAPI and HTTP, `G` generated crates. Severity, for beta and stable versions: `E` error, `W` warning,
`N` note. Alpha versions are held to one step less, but for rows with `!` and with `strictAlpha: true` in compat.yaml. Fields that are seen in status
alone are the server's own: tighter bounds are warnings there. A change that no rule is about is the error `unclassified`.

Design rules (the last section, and `L` elsewhere) look at what is new or changed; `--lint` has them look at everything.
";
