//! What a compatibility rule is: a row of a table, and how it finds what breaks it.

use std::fmt;

use super::change::Change;
use super::lock::Lock;
use super::side::{Item, Side, What};
use crate::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Somebody has to look.
    Warning,
    /// It cannot be released.
    Error,
}

impl Severity {
    /// As reports write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One step less.
    pub fn lowered(self) -> Self {
        if self == Self::Error { Self::Warning } else { Self::Note }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct Rule {
    /// Such as `F01`.
    pub id: &'static str,
    /// What is compared, by the letters of the table's head.
    pub kind: char,
    /// For a beta or stable version.
    pub severity: Severity,
    /// The same for an alpha version.
    pub firm: bool,
    /// What happened, after the name of what it happened to.
    pub title: &'static str,
    /// What to do instead.
    pub remedy: &'static str,
    /// How it is found.
    pub by: By,
}

/// How a rule is kept.
pub enum By {
    /// It judges a change.
    Change(fn(&Change<'_>, &Pair<'_>) -> Verdict),
    /// It looks at a release alone.
    Release(fn(&Pair<'_>) -> Vec<Spot>),
    /// `gen` refuses what breaks it, under these rules of the language; or there is no way to write it.
    Generator(&'static str),
    /// A test holds the program against it.
    Suite(&'static str),
    /// It is not checked, and why.
    Apart(&'static str),
}

impl fmt::Debug for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Change(_) => "Change",
            Self::Release(_) => "Release",
            Self::Generator(_) => "Generator",
            Self::Suite(_) => "Suite",
            Self::Apart(_) => "Apart",
        })
    }
}

/// What a rule makes of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is about something else.
    Other,
    /// It is about this, and nothing is wrong.
    Fine,
    /// It is broken.
    Found,
    /// It is broken, this badly.
    As(Severity),
    /// It is broken, in these words.
    Said(String),
}

impl Verdict {
    /// Broken, or about something else.
    pub fn found(broken: bool) -> Self {
        if broken { Self::Found } else { Self::Other }
    }

    /// Broken this badly, or about something else.
    pub fn found_as(broken: bool, severity: Severity) -> Self {
        if broken { Self::As(severity) } else { Self::Other }
    }
}

/// A place in the newer side that breaks a rule.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The item.
    pub set: String,
    /// Its path.
    pub path: String,
    /// Where.
    pub span: Span,
    /// In which words, where not in the rule's own.
    pub message: String,
    /// How badly, where not as the rule says.
    pub severity: Option<Severity>,
}

impl Spot {
    /// The item itself, in the rule's words.
    pub fn at(item: &Item) -> Self {
        Self { set: item.set.clone(), path: item.path.clone(), span: item.span, message: String::new(), severity: None }
    }

    /// In other words.
    pub fn says(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// As bad as this.
    pub fn graded(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// What is compared, with what is known besides.
#[derive(Debug)]
pub struct Pair<'a> {
    /// The released side.
    pub old: &'a Side,
    /// The side to be released.
    pub new: &'a Side,
    /// What is recorded of releases, by set.
    pub locks: &'a [Lock],
    /// Today, counted from 1970.
    pub today: i64,
    /// Design rules hold for what was released before, too.
    pub lint_all: bool,
}

impl<'a> Pair<'a> {
    /// The record of a set.
    pub fn lock(&self, set: &str) -> Option<&'a Lock> {
        self.locks.iter().find(|lock| lock.set == set)
    }

    /// The release that the newer side of a set describes.
    pub fn release(&self, set: &str) -> &'a str {
        self.new.item(set, set).map(|item| item.text("release")).unwrap_or_default()
    }

    /// The release that the older side of a set describes.
    pub fn old_release(&self, set: &str) -> &'a str {
        self.old.item(set, set).map(|item| item.text("release")).unwrap_or_default()
    }

    /// Whether design rules look at an item: it is new, or other than it was.
    pub fn looks_at(&self, item: &Item) -> bool {
        let changed = |old: &Item| {
            let same = |key: &String| old.value(key) == item.value(key);
            !item.facts.keys().chain(old.facts.keys()).filter(|key| *key != "doc").all(same)
        };
        self.lint_all || self.old.same(item).is_none_or(changed)
    }

    /// Items of one sort that design rules look at.
    pub fn fresh(&self, what: What) -> impl Iterator<Item = &'a Item> {
        let new: &'a Side = self.new;
        new.all(what).filter(|item| self.looks_at(item))
    }
}
