//! One conversion rule at one pair of types: its paths looked up, its types compared, and the leaves it claims.

mod alone;
mod inside;
mod item;
mod parts;
mod value;

use kubewright_model::{Desc, Field, Shape, Type};

use super::relation::{Relation, relation};
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::group::Step as Written;
use crate::raw::value::Words;
use crate::resolve::Model;
use crate::set::{Path, Side, Step};
use crate::source::Span;
use crate::yaml::Node;

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
    /// What it says about the inside of the fields it ties.
    pub(super) inner: Vec<Rule>,
}

/// A pair of types that rules are written for.
#[derive(Clone, Copy)]
pub(super) struct Pair<'m> {
    pub(super) model: &'m Model<'m>,
    pub(super) hub: &'m Desc,
    pub(super) spoke: &'m Desc,
}

/// A path with the field it leads to.
#[derive(Clone, Debug)]
struct Found<'m> {
    path: Path,
    field: &'m Field,
    span: Span,
}

/// What a rule was read to; `None` when something was reported.
type Read = Option<Vec<Rule>>;

impl<'m> Pair<'m> {
    /// A rule as it was written for this pair; several where its paths go separate ways. `None` when something was reported.
    pub(super) fn read(&self, written: &Written, problems: &mut Collector) -> Read {
        let span = written.span;
        let Some(entry) = &written.rule else {
            let problem = Diagnostic::new("convert-rule", span, "a rule says one thing");
            problems.report(problem.help("write one rule after each dash, such as `move: {hub: a, spoke: b}`"));
            return None;
        };
        let (word, node) = (entry.key.as_str(), &entry.value);
        match word {
            "move" => self.moved(span, node, problems),
            "unset" | "head" | "table" | "scale" | "form" | "keyed" | "opaque" => self.value(span, word, node, problems),
            "each" | "in" => self.within(span, node, problems),
            "hoist" => self.hoist(span, node, problems),
            "when" => self.when(span, node, problems),
            "tag" => self.tag(span, node, problems),
            "union" => self.union(span, node, problems),
            "lookup" => self.lookup(span, node, problems),
            "join" => self.join(span, node, problems),
            "entries" => self.entries(span, node, problems),
            "annotation" | "label" => self.entry(span, word, node, problems),
            "item" => self.item(span, node, problems),
            "added" | "constant" => self.fixed(span, word, node, problems),
            "compute" => self.compute(span, node, problems),
            "drop" => self.dropped(node, problems),
            _ => self.only(node, problems),
        }
    }

    fn moved(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let (hub, spoke) = self.both(node, problems)?;
        match relation(self.model, hub.field, spoke.field) {
            Relation::Differs(why) => {
                let problem = Diagnostic::new("convert-type", spoke.span, format!("`{}` and `{}` {why}", hub.field.name, spoke.field.name));
                problems.report(problem);
                return None;
            }
            Relation::Same | Relation::Loose(_) | Relation::Pair(..) => {}
        }
        super::fidelity::narrowed(hub.field, spoke.field).map_or(Some(()), |loss| acknowledged(span, node, &loss, problems))?;
        let step = Step::Move { hub: hub.path.clone(), spoke: spoke.path.clone() };
        Some(vec![Rule::of(span, step, vec![hub.path], vec![spoke.path])])
    }

    fn desc(&self, side: Side) -> &'m Desc {
        if side == Side::Hub { self.hub } else { self.spoke }
    }

    /// The paths `hub` and `spoke` of a rule.
    fn both(&self, node: &Node, problems: &mut Collector) -> Option<(Found<'m>, Found<'m>)> {
        let hub = self.at(Side::Hub, &node.text("hub")?, problems);
        let spoke = self.at(Side::Spoke, &node.text("spoke")?, problems);
        Some((hub?, spoke?))
    }

    /// The path of a rule that stands on one side alone.
    fn one(&self, span: Span, node: &Node, problems: &mut Collector) -> Option<(Side, Found<'m>)> {
        match (node.text("hub"), node.text("spoke")) {
            (Some(hub), None) => Some((Side::Hub, self.at(Side::Hub, &hub, problems)?)),
            (None, Some(spoke)) => Some((Side::Spoke, self.at(Side::Spoke, &spoke, problems)?)),
            _ => {
                problems.report(Diagnostic::new("convert-rule", span, "this rule names one side").help("write either `hub` or `spoke`"));
                None
            }
        }
    }

    /// Follows a path through single messages.
    fn at(&self, side: Side, path: &Words, problems: &mut Collector) -> Option<Found<'m>> {
        let names: Path = path.value.trim_start_matches('.').split('.').map(str::to_owned).collect();
        let mut desc = self.desc(side);
        for (at, name) in names.iter().enumerate() {
            let Some(field) = desc.fields.iter().find(|field| field.name == *name && !name.is_empty()) else {
                let problem = Diagnostic::new("convert-path", path.span, format!("{} ({}) has no field `{name}`", desc.name, desc.package));
                problems.report(problem.did_you_mean(name, desc.fields.iter().map(|field| &*field.name)));
                return None;
            };
            if at + 1 == names.len() {
                return Some(Found { path: names, field, span: path.span });
            }
            let inner = self.model.element(field).filter(|_| field.shape == Shape::One);
            let Some(inner) = inner else {
                let problem =
                    Diagnostic::new("convert-path", path.span, format!("`{name}` is no single message, so no path leads through it"));
                problems.report(problem.help("write the rule for the type of its items, or under `each`"));
                return None;
            };
            desc = inner;
        }
        None
    }

    /// A path to text.
    fn text(&self, side: Side, path: &Words, problems: &mut Collector) -> Option<Found<'m>> {
        let found = self.at(side, path, problems)?;
        if is_text(found.field) {
            return Some(found);
        }
        problems.report(Diagnostic::new("convert-type", path.span, format!("`{}` is not text", path.value)));
        None
    }

    /// A map with text as its values.
    fn is_map(found: &Found<'m>, problems: &mut Collector) -> Option<()> {
        if found.field.shape == Shape::Map {
            return Some(());
        }
        problems.report(Diagnostic::new("convert-type", found.span, format!("`{}` is no map", found.field.name)));
        None
    }

    fn paths(&self, side: Side, node: &Node, problems: &mut Collector) -> Option<Vec<Found<'m>>> {
        let key = if side == Side::Hub { "hub" } else { "spoke" };
        node.texts(key).unwrap_or_default().iter().map(|path| self.at(side, path, problems)).collect()
    }
}

/// Annotations or labels of an object.
fn notes(word: &str) -> Path {
    vec!["metadata".to_owned(), format!("{word}s")]
}

/// Whether a field is single text.
fn is_text(field: &Field) -> bool {
    field.shape == Shape::One && matches!(field.ty, Type::String)
}

/// Nothing is lost in silence: a rule that may lose something says so.
fn acknowledged(span: Span, node: &Node, loss: &str, problems: &mut Collector) -> Option<()> {
    if node.text("loses").is_some_and(|reason| !reason.value.trim().is_empty()) {
        return Some(());
    }
    let problem = Diagnostic::new("convert-loss", span, format!("what is written through the version may come back different: {loss}"));
    problems
        .report(problem.help("restrict the values that the version allows, or acknowledge it with `loses: <what, and why that is right>`"));
    None
}

fn unfit(found: &Found<'_>, message: String, problems: &mut Collector) {
    problems.report(Diagnostic::new("convert-type", found.span, message));
}

impl Rule {
    fn of(span: Span, step: Step, hub: Vec<Path>, spoke: Vec<Path>) -> Self {
        Self { span, steps: vec![step], hub, spoke, inner: Vec::new() }
    }

    /// A rule whose side and the other side's claims are given in that order.
    fn sided(span: Span, side: Side, step: Step, own: Vec<Path>, others: Vec<Path>) -> Self {
        if side == Side::Hub { Self::of(span, step, own, others) } else { Self::of(span, step, others, own) }
    }

    /// The field that every path of the rule goes through first, if there is one.
    pub(super) fn common(&self) -> Option<String> {
        let paths = self.paths();
        let first = paths.first()?.first()?;
        paths.iter().all(|path| path.len() > 1 && path.first() == Some(first)).then(|| first.clone())
    }

    fn paths(&self) -> Vec<Path> {
        self.steps.iter().flat_map(Step::paths).chain(self.hub.iter().cloned()).chain(self.spoke.iter().cloned()).collect()
    }

    /// Whether what it says inside holds for some values of a tag, at the same pair of types.
    pub(super) fn is_guarded(&self) -> bool {
        matches!(self.steps.as_slice(), [Step::When { .. }])
    }

    /// The rule as seen from the message that every path goes through.
    pub(super) fn below(&self) -> Self {
        self.with_paths(&|path| path.iter().skip(1).cloned().collect())
    }

    /// The rule as seen from above a message that it is about.
    fn above(&self, message: &[String]) -> Self {
        self.with_paths(&|path| message.iter().chain(path).cloned().collect())
    }

    fn with_paths(&self, map: &dyn Fn(&Path) -> Path) -> Self {
        let inner = if self.is_guarded() { self.inner.iter().map(|rule| rule.with_paths(map)).collect() } else { self.inner.clone() };
        Self {
            span: self.span,
            steps: self.steps.iter().map(|step| step.map_paths(map)).collect(),
            hub: self.hub.iter().map(map).collect(),
            spoke: self.spoke.iter().map(map).collect(),
            inner,
        }
    }
}
