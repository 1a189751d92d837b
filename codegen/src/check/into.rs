//! `into`: text that moves to another field. A map of text has a map of bytes to go to.

use kubewright_model::{Desc, Field, Shape, Type};

use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::field as raw;

const RULE: &str = "field-into";

pub(super) fn check(desc: &Desc, field: &Field, written: &raw::Field, problems: &mut Collector) {
    let Some(into) = &written.into else { return };
    if field.shape != Shape::Map || !matches!(field.ty, Type::String) {
        let problem = Diagnostic::new(RULE, into.span, format!("`{}` is no map of text", written.name.value));
        return problems.report(problem.help("`into` is for map(string)"));
    }
    match desc.fields.iter().find(|other| *other.name == *into.value) {
        None => {
            let problem = Diagnostic::new(RULE, into.span, format!("{} has no field `{}`", desc.name, into.value));
            problems
                .report(problem.did_you_mean(&into.value, desc.fields.iter().filter(|field| is_target(field)).map(|field| &*field.name)));
        }
        Some(target) if !is_target(target) => {
            let problem = Diagnostic::new(RULE, into.span, format!("`{}` is no map of bytes", into.value));
            problems.report(problem.help("entries move to a map(bytes)"));
        }
        Some(_) => {}
    }
}

fn is_target(field: &Field) -> bool {
    field.shape == Shape::Map && matches!(field.ty, Type::Bytes)
}
