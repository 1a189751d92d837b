//! How a kind is served: columns, selectable fields and subresources name what the kind has.

use kubewright_model::{Desc, Shape};

use super::cell;
use super::path::{self, Found};
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::kind::{Column, Kind, Subresource};
use crate::raw::value::Words;
use crate::resolve::Model;

pub(super) fn check(model: &Model<'_>, desc: &Desc, kind: &Kind, problems: &mut Collector) {
    for column in &kind.columns {
        self::column(model, desc, column, problems);
    }
    for selectable in &kind.selectable {
        if let Some(Found::Field(field)) = lead(model, desc, selectable, &selectable.value, problems)
            && (field.shape != Shape::One || field.element().is_some())
        {
            let problem = Diagnostic::new("selectable", selectable.span, format!("`{}` is not a single value", selectable.value));
            problems.report(problem.help("field selectors compare single values with text"));
        }
    }
    for sub in &kind.subresources {
        subresource(model, desc, sub, problems);
    }
}

fn column(model: &Model<'_>, desc: &Desc, column: &Column, problems: &mut Collector) {
    match (&column.path, &column.cell, &column.json_path) {
        (Some(path), None, None) if path.value.starts_with('.') => cell::check(model, desc, path, problems),
        (Some(path), None, None) => drop(lead(model, desc, path, &path.value, problems)),
        (None, None, Some(_)) => {}
        (None, Some(cell), None) => cell::check(model, desc, cell, problems),
        _ => {
            let problem = Diagnostic::new(
                "column-cell",
                column.span,
                format!("the column `{}` has a `path` or a `cell`, one of the two", column.name.value),
            );
            problems.report(problem.help("write `path: .spec.x` for a field, or `cell: ...` for an expression"));
        }
    }
}

fn subresource(model: &Model<'_>, desc: &Desc, sub: &Subresource, problems: &mut Collector) {
    for path in [&sub.replicas, &sub.observed, &sub.selector].into_iter().flatten() {
        lead(model, desc, path, &path.value, problems);
    }
    let implied = match (sub.name.value.as_str(), &sub.part) {
        (_, Some(part)) => {
            lead(model, desc, part, &part.value, problems);
            return;
        }
        ("status", None) => vec![".status"],
        ("finalize", None) => vec![".spec.finalizers"],
        ("scale", None) => {
            let unless = |stated: &Option<Words>, path| if stated.is_some() { None } else { Some(path) };
            [unless(&sub.replicas, ".spec.replicas"), unless(&sub.observed, ".status.replicas")].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    for path in implied {
        lead(model, desc, &sub.name, path, problems);
    }
}

/// Follows a path, and reports one that leads nowhere.
fn lead<'m>(model: &'m Model<'_>, desc: &'m Desc, at: &Words, path: &str, problems: &mut Collector) -> Option<Found<'m>> {
    match path::follow(model, desc, path) {
        Ok(found) => Some(found),
        Err((wrong, near)) => {
            let problem = Diagnostic::new("path-unknown", at.span, format!("`{path}` leads nowhere: {wrong}"));
            problems.report(match near {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("paths start at the object, such as `.spec.replicas`"),
            });
            None
        }
    }
}
