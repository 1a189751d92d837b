//! Coverage: each leaf of both sides is identical by name and type, or claimed exactly once by a rule. Nothing is dropped in silence.

use std::collections::HashSet;

use kubewright_model::{Desc, Field, Shape};

use super::rule::{Pair, Rule};
use crate::check::same_type;
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::raw::group::Rules;
use crate::resolve::Model;
use crate::set::{Path, TypeLens};
use crate::source::Span;

/// How a field of the hub relates to one of the version.
pub(super) enum Relation<'m> {
    /// The same type.
    Same,
    /// Messages that may differ inside.
    Pair(&'m Desc, &'m Desc),
    /// Not convertible: why.
    Differs(&'static str),
}

/// Compares two fields.
pub(super) fn relation<'m>(model: &'m Model<'_>, hub: &Field, spoke: &Field) -> Relation<'m> {
    if hub.shape != spoke.shape {
        return Relation::Differs("differ: one is a list or map, the other is not");
    }
    if hub.optional != spoke.optional {
        return Relation::Differs("differ in `?`: only one of them tells unset from zero");
    }
    if same_type(&hub.ty, &spoke.ty) {
        return Relation::Same;
    }
    match (model.element(hub), model.element(spoke)) {
        (Some(hub), Some(spoke)) => Relation::Pair(hub, spoke),
        _ => Relation::Differs("have different types"),
    }
}

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
}

/// Leaves claimed by rules, on both sides.
#[derive(Clone, Debug, Default)]
struct Claims {
    hub: Vec<Path>,
    spoke: Vec<Path>,
}

impl<'m, 'r, 'p> Walk<'m, 'r, 'p> {
    pub(super) fn new(model: &'m Model<'m>, written: Vec<&'r Rules>, problems: &'p mut Collector) -> Self {
        Self { model, written, entries: Vec::new(), problems, used: HashSet::new(), broken: false }
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
                open.extend(self.moved(hub, spoke, &rule));
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
        let about: Vec<&'r Rules> = self.written.iter().copied().filter(|rules| rules.ty.value == *hub.name || rules.ty.value == *spoke.name).collect();
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

    /// Pairs of message types that a rule ties under different names.
    fn moved(&self, hub: &'m Desc, spoke: &'m Desc, rule: &Rule) -> Vec<(&'m Desc, &'m Desc)> {
        let ends = |from: &'m Desc, paths: &[Path]| -> Vec<&'m Field> { paths.iter().filter_map(|path| self.end(from, path)).collect() };
        let (left, right) = (ends(hub, &rule.hub), ends(spoke, &rule.spoke));
        let pairs = left.iter().flat_map(|left| right.iter().map(move |right| (*left, *right)));
        pairs.filter_map(|(left, right)| if let Relation::Pair(hub, spoke) = relation(self.model, left, right) { Some((hub, spoke)) } else { None }).collect()
    }

    fn end(&self, from: &'m Desc, path: &Path) -> Option<&'m Field> {
        let (last, before) = path.split_last()?;
        let mut desc = from;
        for name in before {
            desc = self.model.element(desc.fields.iter().find(|field| field.name == *name)?)?;
        }
        desc.fields.iter().find(|field| field.name == *last)
    }

    /// Puts a rule to the innermost pair that all its paths lie in.
    fn place(&mut self, hub: &'m Desc, spoke: &'m Desc, rule: Rule) {
        let inner = rule.common().and_then(|name| {
            let left = hub.fields.iter().find(|field| field.name == *name && field.shape == Shape::One)?;
            let right = spoke.fields.iter().find(|field| field.name == *name)?;
            if let Relation::Pair(hub, spoke) = relation(self.model, left, right) { Some((hub, spoke)) } else { None }
        });
        if let Some((inner_hub, inner_spoke)) = inner {
            return self.place(inner_hub, inner_spoke, rule.below());
        }
        let (at, _) = self.entry(hub, spoke);
        for other in &self.entries[at].rules {
            if let Some(leaf) = overlap(&other.hub, &rule.hub).or_else(|| overlap(&other.spoke, &rule.spoke)) {
                let problem = Diagnostic::new("convert-twice", rule.span, format!("two rules claim `{leaf}` of {}", hub.name));
                self.problems.report(problem.other(other.span, "the other rule").help("each field is the business of one rule"));
            }
        }
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
        for field in &*hub.fields {
            self.hub_field(hub, spoke, field, &claims);
        }
        for field in spoke.fields.iter().filter(|field| twin(hub, field).is_none() && !claimed(&claims.spoke, field)) {
            let inner = below(&claims.spoke, field);
            if inner.is_empty() {
                self.uncovered(spoke, field, (hub, &claims.hub), "the version", "the hub");
            } else if let Some(desc) = self.model.element(field) {
                self.alone(desc, &inner, "the version");
            }
        }
    }

    fn hub_field(&mut self, hub: &'m Desc, spoke: &'m Desc, field: &'m Field, claims: &Claims) {
        let other = twin(spoke, field).filter(|other| !claimed(&claims.spoke, other));
        if claimed(&claims.hub, field) {
            if let Some(other) = other {
                self.uncovered(spoke, other, (hub, &claims.hub), "the version", "the hub");
            }
            return;
        }
        let (inner_hub, inner_spoke) = (below(&claims.hub, field), below(&claims.spoke, field));
        let Some(other) = other else {
            if inner_hub.is_empty() {
                self.uncovered(hub, field, (spoke, &claims.spoke), "the hub", "the version");
            } else if let Some(desc) = self.model.element(field) {
                self.alone(desc, &inner_hub, "the hub");
            }
            return;
        };
        match relation(self.model, field, other) {
            Relation::Same => {}
            Relation::Pair(left, right) => self.cover(left, right, &Claims { hub: inner_hub, spoke: inner_spoke }),
            Relation::Differs(why) => {
                let problem = Diagnostic::new("convert-type", self.span(spoke, other), format!("`{}` of {} in the two versions {why}", name(field), hub.name));
                let problem = problem.other(self.span(hub, field), "in the hub");
                self.problems.report(problem.help(format!("give both the same type, or write `only` for `{}` of both sides under `convert:`", name(field))));
            }
        }
    }

    /// A message that only one side has: rules must claim all of it.
    fn alone(&mut self, desc: &'m Desc, claims: &[Path], side: &str) {
        for field in desc.fields.iter().filter(|field| !claimed(claims, field)) {
            let inner = below(claims, field);
            if let Some(desc) = self.model.element(field).filter(|_| !inner.is_empty()) {
                self.alone(desc, &inner, side);
            } else {
                let message = format!("`{}` of {} is in {side} alone, and no rule says what becomes of it", name(field), desc.name);
                let problem = Diagnostic::new("convert-coverage", self.span(desc, field), message);
                self.problems.report(problem.help("move it too, or list it under `only`"));
            }
        }
    }

    fn uncovered(&mut self, desc: &'m Desc, field: &'m Field, other: (&'m Desc, &[Path]), side: &str, other_side: &str) {
        let free = |candidate: &&Field| twin(desc, candidate).is_none() && !claimed(other.1, candidate);
        let alike: Vec<&Field> = other.0.fields.iter().filter(free).filter(|candidate| !matches!(relation(self.model, field, candidate), Relation::Differs(_))).collect();
        let near = nearest(name(field), alike.iter().map(|field| name(field))).or_else(|| if let [only] = alike.as_slice() { Some(name(only)) } else { None });
        let version = |desc: &Desc| desc.package.rsplit('.').next().unwrap_or_default().to_owned();
        let (is_hub, own) = (side == "the hub", name(field));
        let spoke = if is_hub { other.0 } else { desc };
        let rule = match near {
            Some(near) => format!("move: {{hub: {}, spoke: {}}}", if is_hub { own } else { near }, if is_hub { near } else { own }),
            None => format!("only: {{{}: [{own}]}}", if is_hub { "hub" } else { "spoke" }),
        };
        let problem = Diagnostic::new("convert-coverage", self.span(desc, field), format!("`{own}` of {} is in {side} alone: {other_side} has no such field, and no rule claims it", desc.name));
        self.problems.report(problem.help(format!("under `convert:` of the group, say what becomes of it, such as `{}: {{{}: [{rule}]}}`", spoke.name, version(spoke))));
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

/// A leaf that both lists claim.
fn overlap(a: &[Path], b: &[Path]) -> Option<String> {
    let both = a.iter().find_map(|a| b.iter().find(|b| a.starts_with(b) || b.starts_with(a)));
    both.map(|path| path.join("."))
}
