//! One conversion rule at one pair of types: its paths looked up, its types compared, and the leaves it claims.

use kubewright_model::{Desc, Field, Shape, Type};

use super::cover::{Relation, relation};
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::group::{Step as Written, StepBody};
use crate::raw::value::Words;
use crate::resolve::Model;
use crate::set::{Path, Step};
use crate::source::Span;

/// A rule at a pair of types.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Where it was written.
    pub(super) span: Span,
    /// What it does; nothing where it only says that one side has a field alone.
    pub(super) steps: Vec<Step>,
    /// Leaves of the hub that it takes care of.
    pub(super) hub: Vec<Path>,
    /// Leaves of the version that it takes care of.
    pub(super) spoke: Vec<Path>,
}

/// A pair of types that rules are written for.
pub(super) struct Pair<'m> {
    pub(super) model: &'m Model<'m>,
    pub(super) hub: &'m Desc,
    pub(super) spoke: &'m Desc,
}

impl<'m> Pair<'m> {
    /// A rule as it was written for this pair; several where its paths go separate ways. `None` when something was reported.
    pub(super) fn read(&self, written: &Written, problems: &mut Collector) -> Option<Vec<Rule>> {
        let span = written.span;
        match written.body.as_ref() {
            None => {
                let problem = Diagnostic::new("convert-rule", span, "a rule says one thing");
                problems.report(problem.help("write one of `move`, `union`, `lookup` and `only` after the dash"));
                None
            }
            Some(StepBody::Move(hub, spoke)) => {
                let (hub_path, hub_field) = self.field(self.hub, hub, problems)?;
                let (spoke_path, spoke_field) = self.field(self.spoke, spoke, problems)?;
                self.comparable(hub_field, spoke_field, spoke, problems)?;
                let step = Step::Move { hub: hub_path.clone(), spoke: spoke_path.clone() };
                Some(vec![Rule { span, steps: vec![step], hub: vec![hub_path], spoke: vec![spoke_path] }])
            }
            Some(StepBody::Union { hub_tag, arms, spoke_tag, spoke_value }) => {
                self.union(span, (hub_tag, arms), (spoke_tag, spoke_value), problems).map(|rule| vec![rule])
            }
            Some(StepBody::Lookup { by, hub, spoke, rows }) => {
                let by = self.text(self.hub, by, problems).and(self.text(self.spoke, by, problems))?;
                let hub = self.text(self.hub, hub, problems)?;
                let spoke = self.text(self.spoke, spoke, problems)?;
                let rows = rows.iter().map(|(by, hub, spoke)| (by.value.clone(), hub.clone(), spoke.clone())).collect();
                let step = Step::Lookup { by, hub: hub.clone(), spoke: spoke.clone(), rows };
                Some(vec![Rule { span, steps: vec![step], hub: vec![hub], spoke: vec![spoke] }])
            }
            Some(StepBody::Only(hub, spoke)) => {
                let mut rules = Vec::new();
                for path in hub {
                    let (path, span) = (self.field(self.hub, path, problems)?.0, path.span);
                    rules.push(Rule { span, steps: Vec::new(), hub: vec![path], spoke: Vec::new() });
                }
                for path in spoke {
                    let (path, span) = (self.field(self.spoke, path, problems)?.0, path.span);
                    rules.push(Rule { span, steps: Vec::new(), hub: Vec::new(), spoke: vec![path] });
                }
                Some(rules)
            }
        }
    }

    fn union(&self, span: Span, hub: (&Words, &[(Words, Words)]), spoke: (&Words, &Words), problems: &mut Collector) -> Option<Rule> {
        let hub_tag = self.text(self.hub, hub.0, problems)?;
        let spoke_tag = self.text(self.spoke, spoke.0, problems)?;
        let (spoke_value, value) = self.field(self.spoke, spoke.1, problems)?;
        let mut arms = Vec::new();
        for (tag, path) in hub.1 {
            let (path, arm) = self.field(self.hub, path, problems)?;
            self.comparable(arm, value, spoke.1, problems)?;
            arms.push((tag.value.clone(), path));
        }
        let mut claimed: Vec<Path> = arms.iter().map(|(_, path)| path.clone()).collect();
        let mut values = vec![spoke_value.clone()];
        let mut steps = Vec::new();
        if hub_tag != spoke_tag {
            claimed.push(hub_tag.clone());
            values.push(spoke_tag.clone());
            steps.push(Step::Move { hub: hub_tag.clone(), spoke: spoke_tag.clone() });
        }
        steps.push(Step::Union { hub_tag, arms, spoke_tag, spoke_value });
        Some(Rule { span, steps, hub: claimed, spoke: values })
    }

    /// Follows a path through single messages.
    fn field(&self, from: &'m Desc, path: &Words, problems: &mut Collector) -> Option<(Path, &'m Field)> {
        let names: Path = path.value.trim_start_matches('.').split('.').map(str::to_owned).collect();
        let mut desc = from;
        for (at, name) in names.iter().enumerate() {
            let Some(field) = desc.fields.iter().find(|field| field.name == *name && !name.is_empty()) else {
                let problem = Diagnostic::new("convert-path", path.span, format!("{} ({}) has no field `{name}`", desc.name, desc.package));
                problems.report(problem.did_you_mean(name, desc.fields.iter().map(|field| &*field.name)));
                return None;
            };
            if at + 1 == names.len() {
                return Some((names, field));
            }
            let inner = self.model.element(field).filter(|_| field.shape == Shape::One);
            let Some(inner) = inner else {
                let problem = Diagnostic::new("convert-path", path.span, format!("`{name}` is no single message, so no path leads through it"));
                problems.report(problem.help("write the rule for the type of its items"));
                return None;
            };
            desc = inner;
        }
        None
    }

    fn text(&self, from: &'m Desc, path: &Words, problems: &mut Collector) -> Option<Path> {
        let (names, field) = self.field(from, path, problems)?;
        if field.shape == Shape::One && matches!(field.ty, Type::String) {
            return Some(names);
        }
        problems.report(Diagnostic::new("convert-type", path.span, format!("`{}` is not text", path.value)));
        None
    }

    fn comparable(&self, hub: &Field, spoke: &Field, at: &Words, problems: &mut Collector) -> Option<()> {
        match relation(self.model, hub, spoke) {
            Relation::Same | Relation::Pair(..) => Some(()),
            Relation::Differs(why) => {
                problems.report(Diagnostic::new("convert-type", at.span, format!("`{}` and `{}` {why}", hub.name, spoke.name)));
                None
            }
        }
    }
}

impl Rule {
    /// The field that every path of the rule goes through first, if there is one.
    pub(super) fn common(&self) -> Option<&str> {
        let mut paths = self.paths();
        let first = paths.next()?.first()?;
        let all = self.paths().all(|path| path.len() > 1 && path.first() == Some(first));
        all.then_some(first)
    }

    fn paths(&self) -> impl Iterator<Item = &Path> {
        self.steps.iter().flat_map(Step::paths).chain(&self.hub).chain(&self.spoke)
    }

    /// The rule as seen from the message that every path goes through.
    pub(super) fn below(&self) -> Self {
        let cut = |paths: &[Path]| paths.iter().map(|path| path[1..].to_vec()).collect();
        Self { span: self.span, steps: self.steps.iter().map(|step| step.map_paths(|path| path[1..].to_vec())).collect(), hub: cut(&self.hub), spoke: cut(&self.spoke) }
    }
}
