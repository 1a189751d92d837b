//! Rules about what one side has alone: `added`, `constant`, `only`, `drop`.

use kubewright_model::{Field, Shape, Type};
use serde_json::Value as Json;

use super::{Found, Pair, Read, Rule, acknowledged, unfit};
use crate::diagnostic::Collector;
use crate::lens::fidelity;
use crate::set::{Path, Side, Step};
use crate::source::Span;
use crate::yaml::Node;

impl Pair<'_> {
    /// A value that follows from nothing.
    pub(super) fn fixed(&self, span: Span, word: &str, node: &Node, problems: &mut Collector) -> Read {
        let (side, found) = self.one(span, node, problems)?;
        let value = node.get("value")?.json();
        fits(&found, &value, problems)?;
        let always = word == "constant";
        if always && side == Side::Spoke && !fidelity::only_value(found.field, &value) {
            let loss = format!("a `{}` other than {value}", found.field.name);
            acknowledged(span, node, &loss, problems)?;
        }
        if always && side == Side::Hub && !fidelity::only_value(found.field, &value) {
            let loss = format!("a `{}` of the hub other than {value} is overwritten", found.field.name);
            acknowledged(span, node, &loss, problems)?;
        }
        let step = Step::Fixed { side, path: found.path.clone(), value: value.to_string(), always };
        Some(vec![Rule::sided(span, side, step, vec![found.path], Vec::new())])
    }

    /// Fields of one side that the other lacks.
    pub(super) fn only(&self, node: &Node, problems: &mut Collector) -> Read {
        let (hub, spoke) = (self.paths(Side::Hub, node, problems)?, self.paths(Side::Spoke, node, problems)?);
        let hub = hub.into_iter().map(|found| claim(&found, Side::Hub, Vec::new()));
        Some(hub.chain(spoke.into_iter().map(|found| claim(&found, Side::Spoke, Vec::new()))).collect())
    }

    /// Fields that are given up.
    pub(super) fn dropped(&self, node: &Node, problems: &mut Collector) -> Read {
        let (hub, spoke) = (self.paths(Side::Hub, node, problems)?, self.paths(Side::Spoke, node, problems)?);
        let hub = hub.into_iter().map(|found| {
            let reset = Step::Reset { path: found.path.clone() };
            claim(&found, Side::Hub, vec![reset])
        });
        Some(hub.chain(spoke.into_iter().map(|found| claim(&found, Side::Spoke, Vec::new()))).collect())
    }
}

fn claim(found: &Found<'_>, side: Side, steps: Vec<Step>) -> Rule {
    let own: Vec<Path> = vec![found.path.clone()];
    let (hub, spoke) = if side == Side::Hub { (own, Vec::new()) } else { (Vec::new(), own) };
    Rule { span: found.span, steps, hub, spoke, inner: Vec::new() }
}

/// A value must be one that the field can have.
pub(super) fn fits(found: &Found<'_>, value: &Json, problems: &mut Collector) -> Option<()> {
    if is_value_of(found.field, value) {
        return Some(());
    }
    unfit(found, format!("{value} is no value of `{}`", found.field.name), problems);
    None
}

fn is_value_of(field: &Field, value: &Json) -> bool {
    field.shape == Shape::One
        && match field.ty {
            Type::Bool => value.is_boolean(),
            Type::I32 => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            Type::I64 => value.is_i64(),
            Type::F64 => value.is_number(),
            Type::String => value.is_string(),
            Type::Bytes | Type::Message(_) => false,
        }
}
