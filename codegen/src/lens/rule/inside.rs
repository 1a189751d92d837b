//! Rules about messages: `each`, `in`, `hoist`, `when`, `tag`, `union`, `lookup`.

use kubewright_model::{Desc, Field, Shape};

use super::{Found, Pair, Read, Rule, acknowledged, is_text, unfit};
use crate::diagnostic::{Collector, Diagnostic};
use crate::lens::cover::conflicts;
use crate::lens::relation::{Relation, relation};
use crate::raw::group::Step as Written;
use crate::raw::value::Words;
use crate::set::{Arm, Path, Side, Step};
use crate::source::Span;
use crate::yaml::Node;

impl<'m> Pair<'m> {
    /// Rules for what is inside two fields.
    pub(super) fn within(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let (hub, spoke) = self.both(node, problems)?;
        let Relation::Pair(hub_inside, spoke_inside) = relation(self.model, hub.field, spoke.field) else {
            unfit(
                &spoke,
                format!("`{}` and `{}` are not two kinds of message in the same shape", hub.field.name, spoke.field.name),
                problems,
            );
            return None;
        };
        let inner = Pair { model: self.model, hub: hub_inside, spoke: spoke_inside }.list(node.get("rules"), problems)?;
        if hub.path == spoke.path && hub.field.shape == Shape::One {
            return Some(inner.iter().map(|rule| rule.above(&hub.path)).collect());
        }
        let steps = inner.iter().flat_map(|rule| rule.steps.iter().cloned()).collect();
        let step = Step::Within { hub: hub.path.clone(), spoke: spoke.path.clone(), steps };
        Some(vec![Rule { inner, ..Rule::of(span, step, vec![hub.path], vec![spoke.path]) }])
    }

    /// A list of rules for this pair.
    fn list(&self, node: Option<&Node>, problems: &mut Collector) -> Read {
        let read: Vec<Read> =
            node.map(Node::items).unwrap_or_default().iter().map(|node| self.read(&Written::of(node), problems)).collect();
        let rules: Vec<Rule> = read.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
        conflicts(self.hub, &rules, problems);
        Some(rules)
    }

    /// The fields of a message against the same fields in the other side's type itself.
    pub(super) fn hoist(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let (side, message) = self.one(span, node, problems)?;
        let Some(inside) = self.model.element(message.field).filter(|_| message.field.shape == Shape::One) else {
            unfit(&message, format!("`{}` is no single message", message.field.name), problems);
            return None;
        };
        let flat = self.desc(side.other());
        let (mut steps, mut own, mut others, mut complete) = (Vec::new(), Vec::new(), Vec::new(), true);
        for field in &*inside.fields {
            let mut deep = message.path.clone();
            deep.push(field.name.clone().into_owned());
            let shallow: Path = vec![field.name.clone().into_owned()];
            complete &= self.hoisted(side, (inside, field), flat, &message, problems);
            let (hub, spoke) = if side == Side::Hub { (deep.clone(), shallow.clone()) } else { (shallow.clone(), deep.clone()) };
            steps.push(Step::Move { hub, spoke });
            own.push(deep);
            others.push(shallow);
        }
        if node.is("always") {
            steps.push(Step::Present { side, path: message.path.clone() });
        }
        let (hub, spoke) = if side == Side::Hub { (own, others) } else { (others, own) };
        complete.then(|| vec![Rule { span, steps, hub, spoke, inner: Vec::new() }])
    }

    /// Whether a field of a hoisted message has its like in the other side's type.
    fn hoisted(&self, side: Side, (inside, field): (&Desc, &'m Field), flat: &'m Desc, at: &Found<'m>, problems: &mut Collector) -> bool {
        let why = match flat.fields.iter().find(|other| other.name == field.name && !field.inline) {
            None => Some("has no such field".to_owned()),
            Some(other) => {
                let (hub, spoke) = if side == Side::Hub { (field, other) } else { (other, field) };
                match relation(self.model, hub, spoke) {
                    Relation::Same | Relation::Pair(..) => None,
                    Relation::Loose(why) | Relation::Differs(why) => Some(format!("has another: they {why}")),
                }
            }
        };
        let Some(why) = why else { return true };
        let problem =
            Diagnostic::new("convert-type", at.span, format!("`{}` of {} cannot be hoisted: {} {why}", field.name, inside.name, flat.name));
        problems.report(problem.help("write `move` for each field instead"));
        false
    }

    /// Rules that hold for some values of a tag.
    pub(super) fn when(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let by = node.get("by")?;
        let (hub_by, spoke_by) = match by.words() {
            Some(path) => (path.clone(), path),
            None => (by.text("hub")?, by.text("spoke")?),
        };
        let (hub_by, spoke_by) = (self.text(Side::Hub, &hub_by, problems)?, self.text(Side::Spoke, &spoke_by, problems)?);
        let (mut arms, mut inner) = (Vec::new(), Vec::new());
        let (mut hub, mut spoke): (Vec<Path>, Vec<Path>) = (Vec::new(), Vec::new());
        for row in node.map("rows") {
            let rules = self.list(Some(&row.value), problems)?;
            arms.push(Arm { tag: row.key.clone(), steps: rules.iter().flat_map(|rule| rule.steps.iter().cloned()).collect() });
            hub.extend(rules.iter().flat_map(|rule| rule.hub.iter().cloned()));
            spoke.extend(rules.iter().flat_map(|rule| rule.spoke.iter().cloned()));
            inner.extend(rules);
        }
        let simple = |step: &Step| matches!(step, Step::Move { .. } | Step::Value { .. } | Step::Within { .. });
        if !arms.iter().flat_map(|arm| &arm.steps).all(simple) {
            let problem = Diagnostic::new("convert-rule", span, "rows of `when` tie one field to one field");
            problems.report(problem.help("write `move`, `each`, `in` or a rule for one value in them"));
            return None;
        }
        for paths in [&mut hub, &mut spoke] {
            paths.sort();
            paths.dedup();
        }
        let step = Step::When { hub_by: hub_by.path, spoke_by: spoke_by.path, arms };
        Some(vec![Rule { inner, ..Rule::of(span, step, hub, spoke) }])
    }

    /// A tag that follows from what is set on the other side.
    pub(super) fn tag(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let (side, tag) = self.one(span, node, problems)?;
        if !is_text(tag.field) {
            unfit(&tag, format!("`{}` is not text", tag.field.name), problems);
            return None;
        }
        let arm = |value: &Words, path: &Words, problems: &mut Collector| {
            Some((value.value.clone(), self.at(side.other(), path, problems)?.path))
        };
        let arms: Option<Vec<(String, Path)>> =
            node.map("arms").iter().map(|entry| arm(&entry.name(), &entry.value.words()?, problems)).collect();
        if side == Side::Spoke {
            let loss = format!("a `{}` that says something else than the fields that are set", tag.field.name);
            acknowledged(span, node, &loss, problems)?;
        }
        let step = Step::Tag { side, tag: tag.path.clone(), arms: arms? };
        Some(vec![Rule::sided(span, side, step, vec![tag.path], Vec::new())])
    }

    pub(super) fn union(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let (hub, spoke) = (node.get("hub")?, node.get("spoke")?);
        let hub_tag = self.text(Side::Hub, &hub.text("tag")?, problems)?.path;
        let spoke_tag = self.text(Side::Spoke, &spoke.text("tag")?, problems)?.path;
        let value = self.at(Side::Spoke, &spoke.text("value")?, problems)?;
        let mut arms = Vec::new();
        for entry in hub.map("arms") {
            let arm = self.at(Side::Hub, &entry.value.words()?, problems)?;
            if let Relation::Differs(why) = relation(self.model, arm.field, value.field) {
                unfit(&value, format!("`{}` and `{}` {why}", arm.field.name, value.field.name), problems);
                return None;
            }
            arms.push((entry.key.clone(), arm.path));
        }
        let mut claimed: Vec<Path> = arms.iter().map(|(_, path)| path.clone()).collect();
        let mut values = vec![value.path.clone()];
        if hub_tag != spoke_tag {
            claimed.push(hub_tag.clone());
            values.push(spoke_tag.clone());
        }
        Some(vec![Rule::of(span, Step::Union { hub_tag, arms, spoke_tag, spoke_value: value.path }, claimed, values)])
    }

    pub(super) fn lookup(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let by = node.text("by")?;
        let by = self.text(Side::Hub, &by, problems).and(self.text(Side::Spoke, &by, problems))?.path;
        let hub = self.text(Side::Hub, &node.text("hub")?, problems)?.path;
        let spoke = self.text(Side::Spoke, &node.text("spoke")?, problems)?.path;
        let rows = node.map("rows").iter().map(|row| (row.key.clone(), row.value.plain("hub"), row.value.plain("spoke"))).collect();
        Some(vec![Rule::of(span, Step::Lookup { by, hub: hub.clone(), spoke: spoke.clone(), rows }, vec![hub], vec![spoke])])
    }

    /// The pairs of message types that a step ties.
    pub(in crate::lens) fn ties(&self, step: &Step, found: &mut Vec<(&'m Desc, &'m Desc)>) {
        match step {
            Step::Move { hub, spoke } | Step::Within { hub, spoke, .. } => found.extend(self.tie(hub, spoke)),
            Step::Union { arms, spoke_value, .. } => found.extend(arms.iter().filter_map(|(_, arm)| self.tie(arm, spoke_value))),
            Step::When { arms, .. } => arms.iter().flat_map(|arm| &arm.steps).for_each(|step| self.ties(step, found)),
            Step::Entry { .. } | Step::Item { .. } => {
                if let Some((hub, spoke)) = self.held_by(step)
                    && let Relation::Pair(hub, spoke) = relation(self.model, &hub, &spoke)
                {
                    found.push((hub, spoke));
                }
            }
            _ => {}
        }
    }

    fn tie(&self, hub: &[String], spoke: &[String]) -> Option<(&'m Desc, &'m Desc)> {
        match relation(self.model, self.follow(Side::Hub, hub)?, self.follow(Side::Spoke, spoke)?) {
            Relation::Pair(hub, spoke) => Some((hub, spoke)),
            _ => None,
        }
    }
}
