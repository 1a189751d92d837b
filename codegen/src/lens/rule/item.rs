//! The rule `item`: one item of a list against a field, and an annotation for the others.

use kubewright_model::Shape;

use super::{Found, Pair, Read, Rule, acknowledged, notes, unfit};
use crate::check::same_type;
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::value::Located;
use crate::set::{Path, Rest, Side, Step};
use crate::source::Span;
use crate::yaml::Node;

/// Something was reported.
struct Reported;

impl<'m> Pair<'m> {
    /// The first item that fits.
    pub(super) fn item(&self, span: Span, node: &Node, problems: &mut Collector) -> Read {
        let (list, field) = self.both(node, problems)?;
        let Some(item) = self.model.element(list.field).filter(|_| list.field.shape == Shape::List) else {
            unfit(&list, format!("`{}` is no list of messages", list.field.name), problems);
            return None;
        };
        let inside = Pair { model: self.model, hub: item, spoke: item };
        let mut fits: Vec<(Path, String)> = Vec::new();
        for entry in node.map("where") {
            let found = inside.text(Side::Hub, &entry.name(), problems)?;
            fits.push((found.path, entry.value.words()?.value));
        }
        let value = inside.at(Side::Hub, &node.text("value")?, problems)?;
        if value.field.shape != Shape::One || field.field.shape != Shape::One || !same_type(&value.field.ty, &field.field.ty) {
            unfit(&field, format!("`{}` and `{}` are not single values of one type", value.field.name, field.field.name), problems);
            return None;
        }
        let rest = self.rest(span, node, &list, problems).ok()?;
        if rest.as_ref().is_some_and(|rest| rest.all) {
            let loss = format!("a `{}` that says something else than the list", field.field.name);
            acknowledged(span, node, &loss, problems)?;
        }
        let claimed = rest.iter().map(|rest| rest.map.iter().chain([&rest.key]).cloned().collect());
        let spoke = [field.path.clone()].into_iter().chain(claimed).collect();
        let step = Step::Item { list: list.path.clone(), fits, value: value.path, spoke: field.path, rest };
        Some(vec![Rule::of(span, step, vec![list.path], spoke)])
    }

    /// The annotation with the other items, or with all.
    fn rest(&self, span: Span, node: &Node, list: &Found<'m>, problems: &mut Collector) -> Result<Option<Rest>, Reported> {
        let (key, all) = match (node.text("others"), node.text("all")) {
            (None, None) => return Ok(None),
            (Some(key), None) => (key, false),
            (None, Some(key)) => (key, true),
            (Some(_), Some(all)) => {
                let problem = Diagnostic::new("convert-rule", all.span, "an annotation holds the other items or all of them");
                problems.report(problem.help("write `others` or `all`"));
                return Err(Reported);
            }
        };
        let map = notes("annotation");
        self.at(Side::Spoke, &Located { value: map.join("."), span }, problems).ok_or(Reported)?;
        let of = match node.text("of") {
            None => None,
            Some(name) => Some(self.held(Side::Spoke, list, &name.value, name.span, problems).ok_or(Reported)?),
        };
        Ok(Some(Rest { map, key: key.value, of, all }))
    }
}
