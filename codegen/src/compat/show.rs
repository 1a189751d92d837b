//! Findings for people: what happened, both places, what to do instead.

mod data;

use std::fmt::Write as _;

pub use data::{json, sarif};

use super::judge::{Finding, Findings};
use super::rule::{Pair, Severity};
use crate::diagnostic::Label;
use crate::report::excerpt;
use crate::source::{Sources, Span};

/// Findings as text. Notes are counted, and shown when they are asked for.
pub fn text(findings: &Findings, pair: &Pair<'_>, notes: bool) -> String {
    let mut out = String::new();
    for finding in findings.found.iter().filter(|finding| notes || finding.severity > Severity::Note) {
        paragraph(&mut out, finding, pair);
        out.push('\n');
    }
    for (finding, reason) in &findings.excepted {
        let _ = writeln!(out, "excepted[{}]: {}\n  because: {reason}\n", finding.rule, finding.message);
    }
    out.push_str(&summary(findings));
    out
}

/// The last line: how much was compared, and what was found.
pub fn summary(findings: &Findings) -> String {
    let count = |severity: Severity| match findings.count(severity) {
        1 => format!("1 {severity}"),
        count => format!("{count} {severity}s"),
    };
    let [old, new] = findings.compared;
    let excepted = if findings.excepted.is_empty() { String::new() } else { format!(", {} excepted", findings.excepted.len()) };
    format!(
        "compared {old} items with {new}, {} changes: {}, {}, {}{excepted}\n",
        findings.changes,
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    )
}

fn paragraph(out: &mut String, finding: &Finding, pair: &Pair<'_>) {
    let _ = writeln!(out, "{}[{}]: {}", finding.severity, finding.rule, finding.message);
    place(out, &pair.old.sources, finding.old, "as it was released", '-');
    place(out, &pair.new.sources, finding.new, if finding.old.is_some() { "as it is" } else { "" }, '^');
    if finding.routes.len() > 1 {
        let shown: Vec<&str> = finding.routes.iter().take(4).map(String::as_str).collect();
        let more = if finding.routes.len() > 4 { format!(" and {} more", finding.routes.len() - 4) } else { String::new() };
        let _ = writeln!(out, "  seen at: {}{more}", shown.join(", "));
    }
    if !finding.remedy.is_empty() {
        let _ = writeln!(out, "  instead: {}", finding.remedy);
    }
}

fn place(out: &mut String, sources: &Sources, span: Option<Span>, remark: &str, mark: char) {
    let Some(span) = span else { return };
    let digits = sources.file(span).map_or(1, |(_, source)| source.position(span.start as usize).line.to_string().len());
    excerpt(out, &Label { span, text: remark.to_owned() }, mark, digits, sources);
}
