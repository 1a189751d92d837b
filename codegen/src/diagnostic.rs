//! What is wrong with a schema, and where. A collector gathers the problems of one stage, which are reported together.

use std::fmt;

use crate::source::Span;

/// Every rule, in the order of their names.
pub const RULES: [&str; 77] = [
    "alias-cycle",
    "column-cell",
    "constraint-order",
    "constraint-type",
    "convert-coverage",
    "convert-factor",
    "convert-function",
    "convert-loss",
    "convert-path",
    "convert-rule",
    "convert-twice",
    "convert-type",
    "convert-unused",
    "default-form",
    "default-from",
    "default-order",
    "default-value",
    "default-when",
    "enum-values",
    "field-implied",
    "field-inline",
    "field-into",
    "field-wrapped",
    "file-empty",
    "file-place",
    "group-missing",
    "group-unknown",
    "key-missing",
    "key-unknown",
    "list-key",
    "list-type",
    "map-type",
    "name-clash",
    "name-field",
    "name-group",
    "name-package",
    "name-plural",
    "name-resource",
    "name-set",
    "name-type",
    "name-version",
    "number-duplicate",
    "number-missing",
    "number-range",
    "patch-key",
    "path-unknown",
    "pattern",
    "registered-form",
    "release-form",
    "release-order",
    "rule-empty",
    "rule-form",
    "rule-target",
    "selectable",
    "set-unknown",
    "speaks-unknown",
    "store-key",
    "stored-as",
    "subresource-unknown",
    "type-body",
    "type-duplicate",
    "type-either",
    "type-notation",
    "type-recursive",
    "type-shape",
    "type-unknown",
    "use-unknown",
    "value-form",
    "value-word",
    "version-roles",
    "version-unknown",
    "yaml-alias",
    "yaml-depth",
    "yaml-documents",
    "yaml-duplicate-key",
    "yaml-key",
    "yaml-syntax",
];

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule was broken, such as `number-missing`.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter.
    pub others: Vec<Label>,
    /// What to do about it; may be empty.
    pub help: String,
}

/// A place with a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark; may be empty.
    pub text: String,
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        debug_assert!(RULES.binary_search(&rule).is_ok(), "{rule} is not listed among the rules");
        Self { rule, message: message.into(), primary: Label { span, text: String::new() }, others: Vec::new(), help: String::new() }
    }

    /// Remarks on the place itself.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points at another place.
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = text.into();
        self
    }

    /// Suggests the word that is nearest to the one that was written, if one is near.
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, known) {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

/// The problems that stopped a reading, in the order of their places. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            let line = if at == 0 { "" } else { "\n" };
            write!(f, "{line}{}: {}", problem.rule, problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Gathers the problems of a stage. Dropping it without [`Collector::finish`] is a mistake in the program, and panics.
#[derive(Debug, Default)]
pub struct Collector {
    problems: Vec<Diagnostic>,
    read: bool,
}

impl Collector {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// How many problems there are so far.
    pub fn count(&self) -> usize {
        self.problems.len()
    }

    /// Ends the stage: goes on when nothing was reported.
    pub fn finish(mut self) -> Result<(), Diagnostics> {
        self.read = true;
        if self.problems.is_empty() {
            return Ok(());
        }
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by(|a, b| (a.primary.span, a.rule, &a.message).cmp(&(b.primary.span, b.rule, &b.message)));
        problems.dedup();
        Err(Diagnostics(problems))
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        assert!(
            self.read || self.problems.is_empty() || std::thread::panicking(),
            "problems of a schema were dropped unread: {:?}",
            self.problems
        );
    }
}

/// The known word that is nearest to a written one: at most a third of its letters differ.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let distances = known.into_iter().map(|word| (distance(&lower, &word.to_lowercase()), word));
    let limit = (written.chars().count() / 3).max(1);
    distances.filter(|(distance, _)| *distance <= limit).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found() {
        let known = ["fields", "plural", "singular", "kind"];
        for (written, expected) in [
            ("feilds", Some("fields")),
            ("Plural", Some("plural")),
            ("plurals", Some("plural")),
            ("kin", Some("kind")),
            ("columns", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
    }

    #[test]
    fn problems_come_in_the_order_of_their_places() {
        let mut problems = Collector::new();
        for start in [5, 1] {
            problems.report(Diagnostic::new("pattern", Span { file: 0, start, end: 9 }, "m"));
        }
        let found = problems.finish().map_err(|problems| problems.0.iter().map(|p| p.primary.span.start).collect::<Vec<_>>());
        assert_eq!(found, Err(vec![1, 5]));
    }

    #[test]
    #[should_panic(expected = "dropped unread")]
    fn dropping_problems_unread_is_a_mistake() {
        let mut problems = Collector::new();
        problems.report(Diagnostic::new("pattern", Span::default(), "m"));
    }
}
