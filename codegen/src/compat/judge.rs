//! Changes against rules: findings, as bad as the track of their version makes them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::{Change, changes};
use super::rule::{By, Pair, Rule, Severity, Spot, Verdict};
use super::rules;
use super::side::{Item, Side, Track, What};
use super::suppress::Exceptions;
use crate::source::Span;

/// Name of the rule about changes that no rule is about.
pub const UNCLASSIFIED: &str = "unclassified";

/// Something that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Its set.
    pub set: String,
    /// What it is about.
    pub path: String,
    /// What happened.
    pub message: String,
    /// Where it was written.
    pub old: Option<Span>,
    /// Where it is written.
    pub new: Option<Span>,
    /// What to do instead.
    pub remedy: String,
    /// By which kinds it is seen.
    pub routes: Vec<String>,
}

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Worst first.
    pub found: Vec<Finding>,
    /// What an exception stands for, with its reason.
    pub excepted: Vec<(Finding, String)>,
    /// How many items of each side were compared.
    pub compared: [usize; 2],
    /// How many differences there are.
    pub changes: usize,
}

impl Findings {
    /// Leaves out what is about other sets.
    pub fn only(&mut self, sets: &[String]) {
        self.found.retain(|finding| sets.contains(&finding.set));
        self.excepted.retain(|(finding, _)| sets.contains(&finding.set));
    }

    /// How many are this bad.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Holds every change, and the newer side alone, against every rule.
pub fn judge(pair: &Pair<'_>, exceptions: &Exceptions) -> Findings {
    let changes = changes(pair.old, pair.new);
    let mut found: Vec<Finding> = changes.iter().flat_map(|change| of_change(change, pair, exceptions)).collect();
    for rule in rules::all() {
        if let By::Release(check) = rule.by {
            found.extend(check(pair).into_iter().map(|spot| of_spot(rule, spot, pair.new, exceptions)));
        }
    }
    found.extend(exceptions.problems(pair));
    let (kept, excepted) = exceptions.divide(found, pair);
    let mut findings = Findings { found: kept, excepted, compared: [pair.old.items.len(), pair.new.items.len()], changes: changes.len() };
    findings.found.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| (&a.set, &a.path, a.rule).cmp(&(&b.set, &b.path, b.rule))));
    findings
}

fn of_change(change: &Change<'_>, pair: &Pair<'_>, exceptions: &Exceptions) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut known = rules::is_harmless(change);
    for rule in rules::all() {
        let By::Change(judge) = rule.by else { continue };
        let (severity, said) = match judge(change, pair) {
            Verdict::Other => continue,
            Verdict::Fine => {
                known = true;
                continue;
            }
            Verdict::Found => (rule.severity, None),
            Verdict::As(severity) => (severity, None),
            Verdict::Said(said) => (rule.severity, Some(said)),
        };
        known = true;
        let Some(item) = change.item() else { continue };
        let message = said.unwrap_or_else(|| message(rule.title, change, item));
        found.push(Finding {
            rule: rule.id,
            severity: exceptions.graded(severity, rule.firm, item.track(), &item.set),
            set: item.set.clone(),
            path: item.path.clone(),
            message,
            old: change.before_place(),
            new: change.after_place().or_else(|| near(change, pair.new)),
            remedy: rule.remedy.to_owned(),
            routes: item.routes.clone(),
        });
    }
    if !known && let Some(item) = change.item() {
        found.push(unclassified(change, item));
    }
    found
}

/// Where something would stand that is gone: at what it was part of.
fn near(change: &Change<'_>, side: &Side) -> Option<Span> {
    let old = change.old?;
    side.item(&old.set, &old.parent).map(|parent| parent.span).filter(|span| span.end > span.start)
}

fn message(title: &str, change: &Change<'_>, item: &Item) -> String {
    let subject = format!("{} `{}`", item.what.word(), item.shown());
    match (change.before(), change.after()) {
        (Value::Null, Value::Null) => format!("{subject} {title}"),
        (before, Value::Null) => format!("{subject} {title}: {} was {}", change.key, short(before)),
        (Value::Null, after) => format!("{subject} {title}: {} is {}", change.key, short(after)),
        (before, after) => format!("{subject} {title}: {} was {}, is {}", change.key, short(before), short(after)),
    }
}

/// A value in a sentence.
fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() > 60 { format!("{}...", text.chars().take(57).collect::<String>()) } else { text }
}

fn unclassified(change: &Change<'_>, item: &Item) -> Finding {
    let about = if change.key.is_empty() { "comes or goes".to_owned() } else { format!("differs in `{}`", change.key) };
    Finding {
        rule: UNCLASSIFIED,
        severity: Severity::Error,
        set: item.set.clone(),
        path: item.path.clone(),
        message: format!("{} `{}` {about}, which no rule is about", item.what.word(), item.shown()),
        old: change.before_place(),
        new: change.after_place(),
        remedy: "undo it, or give the comparison a rule about it".to_owned(),
        routes: item.routes.clone(),
    }
}

fn of_spot(rule: &Rule, spot: Spot, side: &Side, exceptions: &Exceptions) -> Finding {
    let item = side.item(&spot.set, &spot.path);
    let track = item.map_or(Track::Stable, Item::track);
    let subject = item.map_or_else(|| format!("`{}`", spot.path), |item| format!("{} `{}`", item.what.word(), item.shown()));
    let message = if spot.message.is_empty() { format!("{subject} {}", rule.title) } else { format!("{subject} {}", spot.message) };
    Finding {
        rule: rule.id,
        severity: exceptions.graded(spot.severity.unwrap_or(rule.severity), rule.firm, track, &spot.set),
        set: spot.set,
        path: spot.path,
        message,
        old: None,
        new: Some(spot.span),
        remedy: rule.remedy.to_owned(),
        routes: item.map(|item| item.routes.clone()).unwrap_or_default(),
    }
}

/// How many kinds of each set both sides have: a comparison of nothing must not look like a good one.
pub fn kinds(side: &Side) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for item in side.all(What::Kind) {
        *kinds.entry(item.set.as_str()).or_default() += 1;
    }
    kinds
}
