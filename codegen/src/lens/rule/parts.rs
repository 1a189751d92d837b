//! Rules that tie several fields to one: `join`, `entries`, `annotation`, `label`, `compute`.

use kubewright_model::{Field, Ref, Shape, Type};

use super::{Found, Pair, Read, Rule, acknowledged, is_text, notes, unfit};
use crate::diagnostic::{Collector, Diagnostic};
use crate::lens::fidelity;
use crate::set::{Path, Rest, Side, Step};
use crate::source::Span;
use crate::yaml::{Node, Yaml};

const KEYS: [(Side, &str); 2] = [(Side::Hub, "hub"), (Side::Spoke, "spoke")];

impl<'m> Pair<'m> {
    /// Fields against one text.
    pub(super) fn join(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let side = Self::single(span, node, problems)?;
        let text = self.text(side, &node.text(key(side))?, problems)?;
        let parts = self.paths(side.other(), node, problems)?;
        for part in &parts {
            let fits = part.field.shape == Shape::One && matches!(part.field.ty, Type::String | Type::I32 | Type::I64);
            if !fits {
                unfit(part, format!("`{}` is neither text nor an integer", part.field.name), problems);
                return None;
            }
        }
        let by = node.text("by")?;
        if by.value.is_empty() {
            problems.report(Diagnostic::new(
                "convert-rule",
                by.span,
                "nothing stands between the parts, so that they cannot be told apart",
            ));
            return None;
        }
        let fields: Vec<&Field> = parts.iter().map(|part| part.field).collect();
        if let Some(loss) = fidelity::joined(side, text.field, &fields, &by.value) {
            acknowledged(span, node, &loss, problems)?;
        }
        let parts: Vec<Path> = parts.into_iter().map(|part| part.path).collect();
        let step = Step::Join { side, text: text.path.clone(), parts: parts.clone(), by: by.value };
        Some(vec![Rule::sided(span, side, step, vec![text.path], parts)])
    }

    /// The side of a rule that has one path where the other has several.
    fn single(span: Span, node: &Node, problems: &mut Collector) -> Option<Side> {
        let scalar = |key: &str| node.get(key).is_some_and(|node| matches!(node.value, Yaml::Scalar(_)));
        match (scalar("hub"), scalar("spoke")) {
            (true, false) => Some(Side::Hub),
            (false, true) => Some(Side::Spoke),
            _ => {
                let problem = Diagnostic::new("convert-rule", span, "this rule ties one field of one side to several of the other");
                problems.report(problem.help("write a path on one side, and paths on the other"));
                None
            }
        }
    }

    /// Fields against a map.
    pub(super) fn entries(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let side = Self::single(span, node, problems)?;
        let map = self.at(side, &node.text(key(side))?, problems)?;
        Self::is_map(&map, problems)?;
        let mut fields = Vec::new();
        for entry in node.map(key(side.other())) {
            let field = self.at(side.other(), &entry.value.words()?, problems)?;
            if field.field.shape != Shape::One || !crate::check::same_type(&field.field.ty, &map.field.ty) {
                unfit(&field, format!("`{}` is not what `{}` holds", field.field.name, map.field.name), problems);
                return None;
            }
            fields.push((entry.key.clone(), field.path));
        }
        if side == Side::Spoke {
            let loss = format!("entries of `{}` under other keys", map.field.name);
            acknowledged(span, node, &loss, problems)?;
        }
        let claimed = fields.iter().map(|(_, path)| path.clone()).collect();
        let step = Step::Entries { side, map: map.path.clone(), fields };
        Some(vec![Rule::sided(span, side, step, vec![map.path], claimed)])
    }

    /// A field of one side against an annotation or label of the other.
    pub(super) fn entry(&self, span: Span, word: &str, node: &Node, problems: &mut Collector) -> Read {
        let (owner, field) = self.one(span, node, problems)?;
        let side = owner.other();
        let map = notes(word);
        if word == "label" && !is_text(field.field) {
            unfit(&field, format!("`{}` is not text, and a label holds nothing else", field.field.name), problems);
            return None;
        }
        let words = crate::raw::value::Located { value: map.join("."), span };
        self.at(side, &words, problems)?;
        let of = match node.text("of") {
            None => None,
            Some(name) => Some(self.held(side, &field, &name.value, name.span, problems)?),
        };
        let key = node.text("key")?.value;
        let claimed = map.iter().chain([&key]).cloned().collect();
        let go = node.plain("names") == "Go";
        if go && (of.is_some() || field.field.element().is_none() || field.field.shape != Shape::One) {
            unfit(&field, format!("`{}` is no single message of its own type, which Go's names are for", field.field.name), problems);
            return None;
        }
        let step = Step::Entry { side, map, key, path: field.path.clone(), of, go };
        Some(vec![Rule::sided(span, side, step, vec![claimed], vec![field.path])])
    }

    /// The type whose JSON an annotation holds: a message of the version that has the annotation.
    pub(super) fn held(&self, side: Side, field: &Found<'m>, name: &str, span: Span, problems: &mut Collector) -> Option<String> {
        let full = format!("{}.{name}", self.desc(side).package);
        let Some(desc) = self.model.desc(&full) else {
            problems.report(Diagnostic::new("convert-path", span, format!("there is no type `{name}` in {}", self.desc(side).package)));
            return None;
        };
        if field.field.element().is_none() {
            unfit(field, format!("`{}` holds no messages", field.field.name), problems);
            return None;
        }
        Some(desc.proto_name())
    }

    /// Two functions.
    pub(super) fn compute(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let hub = self.paths(Side::Hub, node, problems)?;
        let spoke = self.paths(Side::Spoke, node, problems)?;
        acknowledged(span, node, "nothing is known about functions", problems)?;
        let paths = |found: Vec<Found<'_>>| found.into_iter().map(|found| found.path).collect::<Vec<Path>>();
        let (hub, spoke) = (paths(hub), paths(spoke));
        let [view, put] = ["view", "put"].map(|key| node.text(key));
        let (view, put) = (view?, put?);
        for name in [&view, &put] {
            if !is_function(&name.value) {
                let problem = Diagnostic::new("convert-function", name.span, format!("`{}` is not the name of a function", name.value));
                problems.report(problem.help("write the name of a public function of the group's functions.rs"));
                return None;
            }
        }
        let step = Step::Compute { hub: hub.clone(), spoke: spoke.clone(), view: view.value, put: put.value };
        Some(vec![Rule::of(span, step, hub, spoke)])
    }

    /// The pairs of message types that the text of an annotation ties.
    pub(in crate::lens) fn held_by(&self, step: &Step) -> Option<(Field, Field)> {
        let (side, path, of) = match step {
            Step::Entry { side, path, of: Some(of), .. } => (side, path, of),
            Step::Item { list, rest: Some(Rest { of: Some(of), .. }), .. } => (&Side::Spoke, list, of),
            _ => return None,
        };
        let own = self.follow(side.other(), path)?.clone();
        let mut other = own.clone();
        other.ty = Type::Message(Ref::Named(of.clone().into()));
        Some(if *side == Side::Spoke { (own, other) } else { (other, own) })
    }

    /// The field at a path.
    pub(in crate::lens) fn follow(&self, side: Side, path: &[String]) -> Option<&'m Field> {
        let (last, before) = path.split_last()?;
        let mut desc = self.desc(side);
        for name in before {
            desc = self.model.element(desc.fields.iter().find(|field| field.name == *name)?)?;
        }
        desc.fields.iter().find(|field| field.name == *last)
    }
}

fn key(side: Side) -> &'static str {
    KEYS[usize::from(side == Side::Spoke)].1
}

/// A Rust identifier in lower case.
fn is_function(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
