//! `compat.yaml`: exceptions, each with a rule, a place, a reason and an end; and what else people state about comparisons.

use kubewright_model::Lifecycle;

use super::judge::Finding;
use super::lock::{day_number, reached};
use super::rule::{Pair, Severity};
use super::side::Track;
use crate::diagnostic::Collector;
use crate::raw::value::Words;
use crate::source::{Sources, Span};
use crate::yaml::{self, Node};

/// Name of the file beside a set's `set.yaml`.
pub const FILE: &str = "compat.yaml";
/// Name of the rule about exceptions that are over, and ones for nothing.
pub const EXCEPTION: &str = "exception";

/// What the `compat.yaml` files of a tree state.
#[derive(Clone, Debug, Default)]
pub struct Exceptions {
    sets: Vec<Stated>,
}

/// One file.
#[derive(Clone, Debug)]
struct Stated {
    set: String,
    strict_alpha: bool,
    migrated: Vec<String>,
    exceptions: Vec<Exception>,
}

#[derive(Clone, Debug)]
struct Exception {
    rule: Words,
    at: String,
    reason: String,
    until: Words,
}

impl Exceptions {
    /// Reads the files of a tree, which fit the grammar.
    pub fn read(sources: &Sources) -> Self {
        let mut sets = Vec::new();
        for (at, (path, source)) in sources.iter().enumerate() {
            let Some(set) = path.strip_suffix(FILE).and_then(|path| path.strip_suffix('/')) else { continue };
            let mut unread = Collector::new();
            let node = yaml::parse(at, source, &mut unread);
            let _ = unread.finish();
            sets.extend(node.map(|node| stated(set, &node)));
        }
        Self { sets }
    }

    fn of(&self, set: &str) -> Option<&Stated> {
        self.sets.iter().find(|stated| stated.set == set)
    }

    /// Kinds in versions of a set of which nothing is stored any more.
    pub fn migrated(&self, set: &str) -> Vec<String> {
        self.of(set).map(|stated| stated.migrated.clone()).unwrap_or_default()
    }

    /// How bad something is in a version of a track.
    pub(super) fn graded(&self, severity: Severity, firm: bool, track: Track, set: &str) -> Severity {
        let strict = self.of(set).is_some_and(|stated| stated.strict_alpha);
        if track == Track::Alpha && !firm && !strict { severity.lowered() } else { severity }
    }

    /// What counts, and what an exception stands for with its reason.
    pub(super) fn divide(&self, found: Vec<Finding>, pair: &Pair<'_>) -> (Vec<Finding>, Vec<(Finding, String)>) {
        let (mut kept, mut excepted) = (Vec::new(), Vec::new());
        let mut used: Vec<*const Exception> = Vec::new();
        for finding in found {
            let exceptions = self.of(&finding.set).map(|stated| stated.exceptions.as_slice()).unwrap_or_default();
            match exceptions.iter().find(|exception| exception.covers(&finding) && !exception.is_over(pair, &finding.set)) {
                Some(exception) => {
                    used.push(exception);
                    excepted.push((finding, exception.reason.clone()));
                }
                None => kept.push(finding),
            }
        }
        for stated in &self.sets {
            let unused = stated
                .exceptions
                .iter()
                .filter(|exception| !used.contains(&std::ptr::from_ref(*exception)) && !exception.is_over(pair, &stated.set));
            kept.extend(unused.map(|exception| exception.problem(&stated.set, Severity::Warning, "stands for nothing that was found")));
        }
        (kept, excepted)
    }

    /// Exceptions that are over.
    pub(super) fn problems(&self, pair: &Pair<'_>) -> Vec<Finding> {
        let over = |stated: &Stated| {
            let over = stated.exceptions.iter().filter(|exception| exception.is_over(pair, &stated.set));
            over.map(|exception| exception.problem(&stated.set, Severity::Error, &format!("was good until {}", exception.until.value)))
                .collect::<Vec<_>>()
        };
        self.sets.iter().flat_map(over).collect()
    }
}

impl Exception {
    fn covers(&self, finding: &Finding) -> bool {
        let names = |path: &str| match self.at.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == self.at,
        };
        self.rule.value == finding.rule && (names(&finding.path) || finding.routes.iter().any(|route| names(route)))
    }

    /// Until a day, or until the release that no longer has it.
    fn is_over(&self, pair: &Pair<'_>, set: &str) -> bool {
        match day_number(&self.until.value) {
            Some(day) => pair.today > day,
            None => self.until.value != Lifecycle::ALWAYS && reached(pair.release(set), &self.until.value),
        }
    }

    fn problem(&self, set: &str, severity: Severity, what: &str) -> Finding {
        Finding {
            rule: EXCEPTION,
            severity,
            set: set.to_owned(),
            path: self.at.clone(),
            message: format!("the exception for {} at `{}` {what}", self.rule.value, self.at),
            old: None,
            new: Some(self.rule.span),
            remedy: "take it out of compat.yaml, or have it agreed on again".to_owned(),
            routes: Vec::new(),
        }
    }
}

fn stated(set: &str, node: &Node) -> Stated {
    let one = |node: &Node| {
        let unsaid = || Words { value: String::new(), span: Span::default() };
        Exception {
            rule: node.text("rule").unwrap_or_else(unsaid),
            at: node.plain("at"),
            reason: node.plain("reason"),
            until: node.text("until").unwrap_or_else(unsaid),
        }
    };
    Stated {
        set: set.to_owned(),
        strict_alpha: node.is("strictAlpha"),
        migrated: node.texts("migrated").unwrap_or_default().into_iter().map(|path| path.value).collect(),
        exceptions: node.get("exceptions").map(Node::items).unwrap_or_default().iter().map(one).collect(),
    }
}
