//! Findings for tools: JSON of our own, and SARIF 2.1.0.

use serde_json::{Value, json};

use crate::compat::judge::{Finding, Findings};
use crate::compat::rule::{Pair, Severity};
use crate::compat::rules;
use crate::source::{Sources, Span};

/// Findings as JSON; lines and columns count from 1.
pub fn json(findings: &Findings, pair: &Pair<'_>) -> Value {
    let of = |finding: &Finding| {
        json!({
            "rule": finding.rule,
            "severity": finding.severity.word(),
            "set": finding.set,
            "path": finding.path,
            "message": finding.message,
            "old": place(&pair.old.sources, finding.old),
            "new": place(&pair.new.sources, finding.new),
            "instead": finding.remedy,
            "seenAt": finding.routes,
        })
    };
    let excepted = |(finding, reason): &(Finding, String)| {
        let mut value = of(finding);
        value["reason"] = json!(reason);
        value
    };
    json!({
        "compared": {"old": findings.compared[0], "new": findings.compared[1], "changes": findings.changes},
        "errors": findings.count(Severity::Error),
        "warnings": findings.count(Severity::Warning),
        "notes": findings.count(Severity::Note),
        "findings": findings.found.iter().map(of).collect::<Vec<_>>(),
        "excepted": findings.excepted.iter().map(excepted).collect::<Vec<_>>(),
    })
}

fn place(sources: &Sources, span: Option<Span>) -> Value {
    let Some((span, (path, source))) = span.and_then(|span| Some((span, sources.file(span)?))) else { return Value::Null };
    let (from, to) = (source.position(span.start as usize), source.position(span.end as usize));
    json!({"file": format!("{}{path}", sources.above), "line": from.line, "column": from.column, "endLine": to.line, "endColumn": to.column})
}

/// Findings as SARIF. Results stand where the newer side says something; where it was released is a related place.
pub fn sarif(findings: &Findings, pair: &Pair<'_>) -> Value {
    let rules: Vec<Value> = rules::all()
        .map(|rule| {
            let help = if rule.remedy.is_empty() { rule.title } else { rule.remedy };
            json!({
                "id": rule.id,
                "shortDescription": {"text": format!("What is compared {}.", rule.title)},
                "help": {"text": help},
                "defaultConfiguration": {"level": rule.severity.word()},
            })
        })
        .collect();
    let kept = findings.found.iter().map(|finding| result(finding, pair, None));
    let excepted = findings.excepted.iter().map(|(finding, reason)| result(finding, pair, Some(reason)));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "kubewright compat", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "results": kept.chain(excepted).collect::<Vec<_>>(),
        }],
    })
}

fn result(finding: &Finding, pair: &Pair<'_>, reason: Option<&String>) -> Value {
    let old = location(&pair.old.sources, finding.old);
    let new = location(&pair.new.sources, finding.new).or_else(|| old.clone());
    let mut result = json!({
        "ruleId": finding.rule,
        "level": finding.severity.word(),
        "message": {"text": format!("{}. Instead: {}", finding.message, finding.remedy)},
        "locations": new.into_iter().collect::<Vec<_>>(),
        "partialFingerprints": {"place/v1": format!("{}:{}:{}", finding.rule, finding.set, finding.path)},
    });
    if let Some(mut old) = old {
        old["message"] = json!({"text": "as it was released"});
        result["relatedLocations"] = json!([old]);
    }
    if let Some(reason) = reason {
        result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": reason}]);
    }
    result
}

fn location(sources: &Sources, span: Option<Span>) -> Option<Value> {
    let span = span?;
    let (path, source) = sources.file(span)?;
    let (from, to) = (source.position(span.start as usize), source.position(span.end as usize));
    Some(json!({"physicalLocation": {
        "artifactLocation": {"uri": format!("{}{path}", sources.above)},
        "region": {"startLine": from.line, "startColumn": from.column, "endLine": to.line, "endColumn": to.column},
    }}))
}
