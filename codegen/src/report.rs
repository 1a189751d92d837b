//! Problems as text for people, and as JSON for tools.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, Label};
use crate::source::Sources;

/// Problems as text: rule and message, place, the line with the place underlined, other places, help.
pub fn text(problems: &Diagnostics, sources: &Sources) -> String {
    let mut out = String::new();
    for problem in &problems.0 {
        paragraph(&mut out, problem, sources);
        out.push('\n');
    }
    let count = problems.0.len();
    let _ = writeln!(out, "{count} {}; nothing was written", if count == 1 { "problem" } else { "problems" });
    out
}

fn paragraph(out: &mut String, problem: &Diagnostic, sources: &Sources) {
    let _ = writeln!(out, "error[{}]: {}", problem.rule, problem.message);
    let labels = || std::iter::once(&problem.primary).chain(&problem.others);
    let width = labels().filter_map(|label| Some(line_of(label, sources)?.to_string().len())).max().unwrap_or_default();
    for (at, label) in labels().enumerate() {
        excerpt(out, label, if at == 0 { '^' } else { '-' }, width, sources);
    }
    if !problem.help.is_empty() {
        let _ = writeln!(out, "  help: {}", problem.help);
    }
}

fn line_of(label: &Label, sources: &Sources) -> Option<usize> {
    Some(sources.file(label.span)?.1.position(label.span.start as usize).line)
}

/// One place: where it is, its line, and a mark below.
pub(crate) fn excerpt(out: &mut String, label: &Label, mark: char, digits: usize, sources: &Sources) {
    let Some((path, source)) = sources.file(label.span) else { return };
    let from = source.position(label.span.start as usize);
    let to = source.position(label.span.end as usize);
    let _ = writeln!(out, "  --> {}{path}:{}:{}", sources.above, from.line, from.column);
    let line = source.line(from.line);
    if line.is_empty() && label.text.is_empty() {
        return;
    }
    let rest = (line.chars().count() + 1).saturating_sub(from.column);
    let width = if to.line == from.line { to.column.saturating_sub(from.column) } else { rest }.max(1);
    let (number, margin) = (from.line, " ".repeat(digits));
    let indent: String = line.chars().take(from.column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let remark = if label.text.is_empty() { String::new() } else { format!(" {}", label.text) };
    let _ = writeln!(out, "   {number:>digits$} | {line}");
    let _ = writeln!(out, "   {margin} | {indent}{}{remark}", mark.to_string().repeat(width));
}

/// Problems as a JSON list; lines and columns count from 1.
pub fn json(problems: &Diagnostics, sources: &Sources) -> Value {
    let one = |problem: &Diagnostic| {
        let others: Vec<Value> = problem.others.iter().map(|label| place(label, sources)).collect();
        json!({
            "rule": problem.rule,
            "message": problem.message,
            "place": place(&problem.primary, sources),
            "others": others,
            "help": problem.help,
        })
    };
    problems.0.iter().map(one).collect()
}

fn place(label: &Label, sources: &Sources) -> Value {
    let Some((path, source)) = sources.file(label.span) else { return Value::Null };
    let (from, to) = (source.position(label.span.start as usize), source.position(label.span.end as usize));
    json!({"file": path, "line": from.line, "column": from.column, "endLine": to.line, "endColumn": to.column, "text": label.text})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn places_are_shown_and_counted() {
        let mut sources = Sources::new();
        sources.insert("s/a.yaml", "kind: Foo\nplurl: é foos\n");
        let span = Span { file: 0, start: 10, end: 15 };
        let problem =
            Diagnostic::new("key-unknown", span, "no such key").other(Span { file: 0, start: 0, end: 4 }, "in this").help("write `plural`");
        let problems = Diagnostics(vec![problem]);
        let expected = "error[key-unknown]: no such key\n  --> s/a.yaml:2:1\n   2 | plurl: é foos\n     | ^^^^^\n  --> s/a.yaml:1:1\n   1 | kind: Foo\n     | ---- in this\n  help: write `plural`\n\n1 problem; nothing was written\n";
        assert_eq!(text(&problems, &sources), expected);
        assert_eq!(json(&problems, &sources)[0]["place"]["endColumn"], 6);
    }
}
