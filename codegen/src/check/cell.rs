//! Cells of columns: that they are expressions, and that their paths lead somewhere, also in filters, templates and the values of names.

use std::ops::Range;

use kubewright_model::cell::{Cell, CellError, Expression, Function, Origin, Path, Step};
use kubewright_model::{Desc, Field, Shape};

use super::path::{member, members};
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::raw::value::Words;
use crate::resolve::Model;
use crate::source::Span;

/// What is known of a value.
#[derive(Clone, Debug)]
enum Known<'m> {
    /// Nothing: it is not looked into.
    Any,
    /// It has no members.
    Plain,
    Message(&'m Desc),
    List(Box<Known<'m>>),
    Map(Box<Known<'m>>),
    /// An item of `entries`, `zip` or `cross`: what its label is called, and its values.
    Pair(&'static str, Box<Known<'m>>, Box<Known<'m>>),
}

/// Reports what is wrong with a cell over a type.
pub(super) fn check(model: &Model<'_>, desc: &Desc, written: &Words, problems: &mut Collector) {
    let cell: Cell = match written.value.parse() {
        Ok(cell) => cell,
        Err(fault) => {
            let fault: CellError = fault;
            let at = fault.at..written.value.len().min(fault.at + 1);
            let problem = Diagnostic::new(
                "column-cell",
                place(written, &at),
                format!("{} in a cell: {}", position(written, fault.at), fault.message),
            );
            problems.report(problem.help(help(written, fault.at)));
            return;
        }
    };
    let mut walk = Walk { model, written, object: Known::Message(desc), names: Vec::new(), problems };
    for (_, value) in &cell.names {
        let known = walk.expression(value, &walk.object.clone());
        walk.names.push(known);
    }
    walk.expression(&cell.value, &walk.object.clone());
}

/// A part of what was written. Plain text, quotes without escapes and blocks without empty lines show it; of others it is the whole.
fn place(written: &Words, part: &Range<usize>) -> Span {
    let (span, text) = (written.span, written.value.trim_end());
    let added = ((span.end - span.start) as usize).saturating_sub(text.len());
    let (quote, indent) = match text.matches('\n').count() {
        0 if added == 0 || added == 2 => (added / 2, 0),
        lines if lines > 0 && added % lines == 0 => (0, added / lines),
        _ => return span,
    };
    let at = |offset: usize| {
        let lines = text.get(..offset).unwrap_or(text).matches('\n').count();
        span.start + u32::try_from(quote + offset + lines * indent).unwrap_or_default()
    };
    Span { start: at(part.start).min(span.end), end: at(part.end.max(part.start + 1)).min(span.end), ..span }
}

fn position(written: &Words, at: usize) -> String {
    let before = written.value.get(..at).unwrap_or_default();
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    if written.value.trim_end().contains('\n') { format!("line {}, character {column}", line + 1) } else { format!("character {column}") }
}

/// What may have been meant.
fn help(written: &Words, at: usize) -> String {
    let rest = written.value.get(at..).unwrap_or_default();
    let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    match nearest(word, Function::names()) {
        Some(near) if near != word => format!("did you mean `{near}`?"),
        _ => "cells are paths such as `.spec.x`, functions such as `count(.spec.list)`, or text with both in braces".to_owned(),
    }
}

struct Walk<'m, 'a> {
    model: &'m Model<'a>,
    written: &'m Words,
    object: Known<'m>,
    names: Vec<Known<'m>>,
    problems: &'m mut Collector,
}

impl<'m> Walk<'m, '_> {
    fn expression(&mut self, expression: &Expression, item: &Known<'m>) -> Known<'m> {
        match expression {
            Expression::Path(path) => self.path(path, item),
            Expression::Text(_) | Expression::Number(_) | Expression::Flag(_) => Known::Plain,
            Expression::Template(parts) | Expression::All(parts) | Expression::Any(parts) => {
                for part in parts {
                    self.expression(part, item);
                }
                Known::Plain
            }
            Expression::Not(inner) => {
                self.expression(inner, item);
                Known::Plain
            }
            Expression::Compare(left, _, right) => {
                self.expression(left, item);
                self.expression(right, item);
                Known::Plain
            }
            Expression::Call(function, arguments) => self.call(*function, arguments, item),
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expression], item: &Known<'m>) -> Known<'m> {
        let mut known: Vec<Known<'m>> = Vec::new();
        for (at, argument) in arguments.iter().enumerate() {
            let of_list = known.first().filter(|_| function.is_per_item(at, arguments.len())).map(|list| list.clone().item());
            let found = self.expression(argument, of_list.as_ref().unwrap_or(item));
            known.push(found);
        }
        let at = |position: usize| known.get(position).cloned().unwrap_or(Known::Any);
        let pair = |label: &'static str, first: Known<'m>, second: Known<'m>| {
            Known::List(Box::new(Known::Pair(label, Box::new(first), Box::new(second))))
        };
        match function {
            Function::First if known.len() == 1 => at(0).item(),
            Function::First => at(1),
            Function::Each => Known::List(Box::new(at(1).item())),
            Function::Entries => pair("key", at(0).item(), at(1).item()),
            Function::Zip => pair("index", at(0).item(), at(1).item()),
            Function::Cross => pair("", at(0).item(), at(1).item()),
            Function::Default => together(&known),
            Function::If => together(known.get(1..).unwrap_or_default()),
            Function::Case | Function::Max => Known::Any,
            Function::List => Known::List(Box::new(together(&known.into_iter().map(Known::item).collect::<Vec<_>>()))),
            Function::Keys | Function::Pick | Function::Unique | Function::Split => Known::List(Box::new(Known::Plain)),
            _ => Known::Plain,
        }
    }

    fn path(&mut self, path: &Path, item: &Known<'m>) -> Known<'m> {
        let mut known = match &path.origin {
            Origin::Item => item.clone(),
            Origin::Object => self.object.clone(),
            Origin::Name(at) => self.names.get(*at).cloned().unwrap_or(Known::Any),
            Origin::Value(value) => self.expression(value, item),
        };
        // Several values are taken one by one: those of a name or a function, and those that a filter or `[*]` met.
        let mut several = matches!(path.origin, Origin::Name(_) | Origin::Value(_)) && !matches!(path.steps.first(), Some(Step::Item(_)));
        let many = path.is_many() || several && matches!(known, Known::List(_));
        let mut last = String::new();
        for step in &path.steps {
            known = match step {
                Step::Member(name) => {
                    let of = if several { known.item() } else { known };
                    let found = self.member(path, of, name, &last);
                    last.clone_from(name);
                    found
                }
                Step::Item(_) | Step::All => known.item(),
                Step::Filter(condition) => {
                    let item = known.item();
                    self.expression(condition, &item);
                    item
                }
            };
            several = false;
        }
        if many && !path.steps.is_empty() { Known::List(Box::new(known)) } else { known }
    }

    /// A member of a value; `last` is the name that led to the value.
    fn member(&mut self, path: &Path, known: Known<'m>, name: &str, last: &str) -> Known<'m> {
        let (wrong, near) = match known {
            Known::Any => return Known::Any,
            Known::Map(value) => return *value,
            Known::Message(desc) => match member(self.model, desc, name) {
                Some(field) => return self.field(field),
                None => (format!("{} has no field `{name}`", desc.name), nearest(name, members(self.model, desc)).map(str::to_owned)),
            },
            Known::Pair(label, first, second) => match name {
                "first" => return *first,
                "second" => return *second,
                _ if name == label => return Known::Plain,
                _ => (format!("`{name}` is none of `first`, `second`, `{label}`"), None),
            },
            Known::List(_) => (format!("`{last}` is a list; write `{last}[*]` for its items"), None),
            Known::Plain => (format!("`{last}` has no fields"), None),
        };
        let text = self.written.value.get(path.place.clone()).unwrap_or_default();
        let problem = Diagnostic::new("path-unknown", place(self.written, &path.place), format!("`{text}` leads nowhere: {wrong}"));
        self.problems.report(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("paths start at the object, such as `.spec.replicas`"),
        });
        Known::Any
    }

    fn field(&self, field: &'m Field) -> Known<'m> {
        let element = match field.element() {
            None => Known::Plain,
            Some(reference) => self.model.resolve(reference).map_or(Known::Any, Known::Message),
        };
        match field.shape {
            Shape::One => element,
            Shape::List => Known::List(Box::new(element)),
            Shape::Map => Known::Map(Box::new(element)),
            Shape::MapOfLists => Known::Map(Box::new(Known::List(Box::new(element)))),
        }
    }
}

impl Known<'_> {
    /// What is known of the items; a single value is an item itself.
    fn item(self) -> Self {
        match self {
            Self::List(item) | Self::Map(item) => *item,
            single => single,
        }
    }
}

/// What is known of one of several values.
fn together<'m>(known: &[Known<'m>]) -> Known<'m> {
    let same = |a: &Known<'_>, b: &Known<'_>| match (a, b) {
        (Known::Message(a), Known::Message(b)) => a.proto_name() == b.proto_name(),
        (Known::Plain, Known::Plain) => true,
        (Known::List(a), Known::List(b)) => {
            matches!((&**a, &**b), (Known::Message(a), Known::Message(b)) if a.proto_name() == b.proto_name())
        }
        _ => false,
    };
    match known.split_first() {
        Some((first, rest)) if rest.iter().all(|other| same(first, other)) => first.clone(),
        _ => Known::Any,
    }
}
