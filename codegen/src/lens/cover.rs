//! Coverage: each leaf of both sides is identical by name and type, or claimed exactly once by a rule. Nothing is dropped in silence.
//!
//! One case needs no rule: fields that the hub has more of than the version. A write through the version keeps what is stored of them, so that
//! nothing is lost. Where the version has fields of its own too, one may be the other's old name, and both must be claimed.

use std::collections::HashSet;

use kubewright_model::{Desc, Field, Shape};

use super::relation::{Relation, relation};
use super::rule::{Pair, Rule};
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::raw::group::Rules;
use crate::resolve::Model;
use crate::set::{Path, TypeLens};
use crate::source::Span;

/// A pair of types with the rules that are about it.
struct Entry<'m> {
    hub: &'m Desc,
    spoke: &'m Desc,
    rules: Vec<Rule>,
    /// What its rules claim was compared with its fields.
    covered: bool,
}

/// Walks the pairs of types between a hub and a version.
pub(super) struct Walk<'m, 'r, 'p> {
    model: &'m Model<'m>,
    written: Vec<&'r Rules>,
    entries: Vec<Entry<'m>>,
    problems: &'p mut Collector,
    /// Rules that are about some pair.
    pub(super) used: HashSet<*const Rules>,
    /// A rule could not be read: what is covered cannot be told.
    broken: bool,
    /// Rules whose inside was covered, at their pairs.
    walked: HashSet<(*const Desc, *const Desc, Span)>,
}

/// Leaves claimed by rules, on both sides.
#[derive(Clone, Debug, Default)]
struct Claims {
    hub: Vec<Path>,
    spoke: Vec<Path>,
}

impl<'m, 'r, 'p> Walk<'m, 'r, 'p> {
    pub(super) fn new(model: &'m Model<'m>, written: Vec<&'r Rules>, problems: &'p mut Collector) -> Self {
        Self { model, written, entries: Vec::new(), problems, used: HashSet::new(), broken: false, walked: HashSet::new() }
    }

    /// Takes a pair of kinds and everything below.
    pub(super) fn pair(&mut self, hub: &str, spoke: &str) {
        if let (Some(hub), Some(spoke)) = (self.model.desc(hub), self.model.desc(spoke)) {
            self.gather(hub, spoke);
            if !self.broken {
                self.cover(hub, spoke, &Claims::default());
            }
        }
    }

    /// The lenses of the pairs that have rules.
    pub(super) fn lenses(self) -> Vec<TypeLens> {
        let lens = |entry: Entry<'_>| TypeLens {
            hub: entry.hub.proto_name(),
            spoke: entry.spoke.proto_name(),
            steps: entry.rules.into_iter().flat_map(|rule| rule.steps).collect(),
        };
        self.entries.into_iter().map(lens).filter(|lens| !lens.steps.is_empty()).collect()
    }

    fn entry(&mut self, hub: &'m Desc, spoke: &'m Desc) -> (usize, bool) {
        let known = self.entries.iter().position(|entry| std::ptr::eq(entry.hub, hub) && std::ptr::eq(entry.spoke, spoke));
        known.map_or_else(
            || {
                self.entries.push(Entry { hub, spoke, rules: Vec::new(), covered: false });
                (self.entries.len() - 1, true)
            },
            |at| (at, false),
        )
    }

    /// Brings the rules to the pairs they are about, for this pair and all below.
    fn gather(&mut self, hub: &'m Desc, spoke: &'m Desc) {
        let mut open = vec![(hub, spoke)];
        let mut seen: Vec<(*const Desc, *const Desc)> = Vec::new();
        while let Some((hub, spoke)) = open.pop() {
            if seen.contains(&(std::ptr::from_ref(hub), std::ptr::from_ref(spoke))) {
                continue;
            }
            seen.push((hub, spoke));
            self.entry(hub, spoke);
            for rule in self.rules_of(hub, spoke) {
                open.extend(self.tied(hub, spoke, &rule));
                self.place(hub, spoke, rule);
            }
            for (field, other) in hub.fields.iter().filter_map(|field| Some((field, twin(spoke, field)?))) {
                if let Relation::Pair(hub, spoke) = relation(self.model, field, other) {
                    open.push((hub, spoke));
                }
            }
        }
    }

    fn rules_of(&mut self, hub: &'m Desc, spoke: &'m Desc) -> Vec<Rule> {
        let about: Vec<&'r Rules> =
            self.written.iter().copied().filter(|rules| rules.ty.value == *hub.name || rules.ty.value == *spoke.name).collect();
        let pair = Pair { model: self.model, hub, spoke };
        let mut found = Vec::new();
        for rules in about {
            self.used.insert(std::ptr::from_ref(rules));
            for step in &rules.steps {
                match pair.read(step, self.problems) {
                    Some(rules) => found.extend(rules),
                    None => self.broken = true,
                }
            }
        }
        found
    }

    /// Pairs of message types that a rule ties.
    fn tied(&self, hub: &'m Desc, spoke: &'m Desc, rule: &Rule) -> Vec<(&'m Desc, &'m Desc)> {
        let pair = Pair { model: self.model, hub, spoke };
        let mut found = Vec::new();
        for step in &rule.steps {
            pair.ties(step, &mut found);
        }
        found
    }

    /// Puts a rule to the innermost pair that all its paths lie in.
    fn place(&mut self, hub: &'m Desc, spoke: &'m Desc, rule: Rule) {
        let common = rule.common();
        let inner = common.and_then(|name| {
            let left = hub.fields.iter().find(|field| field.name == *name && field.shape == Shape::One)?;
            let right = spoke.fields.iter().find(|field| field.name == *name)?;
            if let Relation::Pair(hub, spoke) = relation(self.model, left, right) { Some((hub, spoke)) } else { None }
        });
        if let Some((inner_hub, inner_spoke)) = inner {
            return self.place(inner_hub, inner_spoke, rule.below());
        }
        let (at, _) = self.entry(hub, spoke);
        conflict(hub, &rule, &self.entries[at].rules, self.problems);
        self.entries[at].rules.push(rule);
    }

    /// Holds the fields of a pair against what its rules claim, and what rules further out claim in it.
    fn cover(&mut self, hub: &'m Desc, spoke: &'m Desc, outer: &Claims) {
        let (at, _) = self.entry(hub, spoke);
        let inherited = !outer.hub.is_empty() || !outer.spoke.is_empty();
        if self.entries[at].covered && !inherited {
            return;
        }
        self.entries[at].covered |= !inherited;
        let mut claims = outer.clone();
        for rule in &self.entries[at].rules {
            claims.hub.extend(rule.hub.iter().cloned());
            claims.spoke.extend(rule.spoke.iter().cloned());
        }
        for rule in self.entries[at].rules.clone() {
            self.cover_tied(hub, spoke, &rule);
        }
        let own = |field: &&Field| twin(hub, field).is_none() && !claimed(&claims.spoke, field);
        let grown = !spoke.fields.iter().any(|field| own(&field) && below(&claims.spoke, field).is_empty());
        for field in &*hub.fields {
            self.hub_field(hub, spoke, field, &claims, grown);
        }
        for field in spoke.fields.iter().filter(own) {
            let inner = below(&claims.spoke, field);
            if inner.is_empty() {
                self.uncovered(spoke, field, (hub, &claims.hub), "the version", "the hub");
            } else if let Some(desc) = self.model.element(field) {
                self.alone(desc, &inner);
            }
        }
    }

    /// What a rule ties must be covered inside too.
    fn cover_tied(&mut self, hub: &'m Desc, spoke: &'m Desc, rule: &Rule) {
        if !self.walked.insert((std::ptr::from_ref(hub), std::ptr::from_ref(spoke), rule.span)) {
            return;
        }
        if rule.is_guarded() {
            rule.inner.iter().for_each(|arm| self.cover_tied(hub, spoke, arm));
            return;
        }
        let mut inner = Claims::default();
        for rule in &rule.inner {
            inner.hub.extend(rule.hub.iter().cloned());
            inner.spoke.extend(rule.spoke.iter().cloned());
        }
        for (left, right) in self.tied(hub, spoke, rule) {
            self.cover(left, right, &inner);
            for rule in &rule.inner {
                self.cover_tied(left, right, rule);
            }
        }
    }

    fn hub_field(&mut self, hub: &'m Desc, spoke: &'m Desc, field: &'m Field, claims: &Claims, grown: bool) {
        let other = twin(spoke, field).filter(|other| !claimed(&claims.spoke, other));
        if claimed(&claims.hub, field) {
            if let Some(other) = other {
                self.uncovered(spoke, other, (hub, &claims.hub), "the version", "the hub");
            }
            return;
        }
        let (inner_hub, inner_spoke) = (below(&claims.hub, field), below(&claims.spoke, field));
        let Some(other) = other else {
            if inner_hub.is_empty() && !grown {
                self.uncovered(hub, field, (spoke, &claims.spoke), "the hub", "the version");
            }
            return;
        };
        match relation(self.model, field, other) {
            Relation::Same => {}
            Relation::Pair(left, right) => self.cover(left, right, &Claims { hub: inner_hub, spoke: inner_spoke }),
            Relation::Loose(why) | Relation::Differs(why) => {
                let way = if matches!(relation(self.model, field, other), Relation::Loose(_)) {
                    format!(
                        "give both the same type, or write `move: {{hub: {0}, spoke: {0}}}` for {1} under `convert:`",
                        name(field),
                        spoke.name
                    )
                } else {
                    format!("give both the same type, or write `only` for `{}` of both sides under `convert:`", name(field))
                };
                let problem = Diagnostic::new(
                    "convert-type",
                    self.span(spoke, other),
                    format!("`{}` of {} in the two versions {why}", name(field), hub.name),
                );
                let problem = problem.other(self.span(hub, field), "in the hub");
                self.problems.report(problem.help(way));
            }
        }
    }

    /// A message that only the version has: rules must claim all of it.
    fn alone(&mut self, desc: &'m Desc, claims: &[Path]) {
        for field in desc.fields.iter().filter(|field| !claimed(claims, field)) {
            let inner = below(claims, field);
            if let Some(desc) = self.model.element(field).filter(|_| !inner.is_empty()) {
                self.alone(desc, &inner);
            } else {
                let message = format!("`{}` of {} is in the version alone, and no rule says what becomes of it", name(field), desc.name);
                let problem = Diagnostic::new("convert-coverage", self.span(desc, field), message);
                self.problems.report(problem.help("move it too, or list it under `only`"));
            }
        }
    }

    fn uncovered(&mut self, desc: &'m Desc, field: &'m Field, other: (&'m Desc, &[Path]), side: &str, other_side: &str) {
        let free = |candidate: &&Field| twin(desc, candidate).is_none() && !claimed(other.1, candidate);
        let alike: Vec<&Field> = other
            .0
            .fields
            .iter()
            .filter(free)
            .filter(|candidate| !matches!(relation(self.model, field, candidate), Relation::Differs(_)))
            .collect();
        let near = nearest(name(field), alike.iter().map(|field| name(field)))
            .or_else(|| if let [only] = alike.as_slice() { Some(name(only)) } else { None });
        let version = |desc: &Desc| desc.package.rsplit('.').next().unwrap_or_default().to_owned();
        let (is_hub, own) = (side == "the hub", name(field));
        let spoke = if is_hub { other.0 } else { desc };
        let rule = match near {
            Some(near) => format!("move: {{hub: {}, spoke: {}}}", if is_hub { own } else { near }, if is_hub { near } else { own }),
            None => format!("only: {{{}: [{own}]}}", if is_hub { "hub" } else { "spoke" }),
        };
        let problem = Diagnostic::new(
            "convert-coverage",
            self.span(desc, field),
            format!("`{own}` of {} is in {side} alone: {other_side} has no such field, and no rule claims it", desc.name),
        );
        self.problems.report(problem.help(format!(
            "under `convert:` of the group, say what becomes of it, such as `{}: {{{}: [{rule}]}}`",
            spoke.name,
            version(spoke)
        )));
    }

    fn span(&self, desc: &Desc, field: &Field) -> Span {
        let at = desc.fields.iter().position(|other| std::ptr::eq(other, field)).unwrap_or_default();
        self.model.origins.types.get(&desc.proto_name()).map(|origin| origin.place(at)).unwrap_or_default()
    }
}

/// JSON name; of inlined parts, the protobuf name.
fn name(field: &Field) -> &str {
    if field.inline { field.proto() } else { &field.name }
}

fn twin<'m>(desc: &'m Desc, field: &Field) -> Option<&'m Field> {
    desc.fields.iter().find(|other| name(other) == name(field) && other.inline == field.inline)
}

fn claimed(claims: &[Path], field: &Field) -> bool {
    claims.iter().any(|path| matches!(path.as_slice(), [only] if *only == name(field)))
}

/// Claims inside a field, as seen from its message.
fn below(claims: &[Path], field: &Field) -> Vec<Path> {
    let inside = |path: &&Path| path.len() > 1 && path[0] == name(field);
    claims.iter().filter(inside).map(|path| path[1..].to_vec()).collect()
}

/// Reports rules of one list that claim the same.
pub(super) fn conflicts(hub: &Desc, rules: &[Rule], problems: &mut Collector) {
    for (at, rule) in rules.iter().enumerate() {
        conflict(hub, rule, &rules[..at], problems);
    }
}

fn conflict(hub: &Desc, rule: &Rule, others: &[Rule], problems: &mut Collector) {
    for other in others {
        if let Some(leaf) = overlap(&other.hub, &rule.hub).or_else(|| overlap(&other.spoke, &rule.spoke)) {
            let problem = Diagnostic::new("convert-twice", rule.span, format!("two rules claim `{leaf}` of {}", hub.name));
            problems.report(problem.other(other.span, "the other rule").help("each field is the business of one rule"));
        }
    }
}

/// A leaf that both lists claim.
fn overlap(a: &[Path], b: &[Path]) -> Option<String> {
    let both = a.iter().find_map(|a| b.iter().find(|b| a.starts_with(b) || b.starts_with(a)));
    both.map(|path| path.join("."))
}
