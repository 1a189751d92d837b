//! Expressions over an object.

use std::cell::OnceCell;

use jiff::Timestamp;
use kubewright_model::cell::{Cell, Expression, Origin, Path, Relation, Step};
use kubewright_model::{Desc, Field, Shape, Type};
use serde_json::Value;

use super::call;
use super::found::Found;

/// An object, and what is needed beside it.
pub(super) struct Row<'r, 'v> {
    object: &'v Value,
    desc: Option<&'r Desc>,
    pub(super) now: Timestamp,
    cell: &'r Cell,
    /// The values of the names, as far as they were needed.
    names: Vec<OnceCell<Found<'v>>>,
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s, 'v> {
    pub(super) row: &'s Row<'s, 'v>,
    /// The item at hand; the object otherwise.
    item: Option<&'s Found<'v>>,
    /// What JSON leaves out when it is zero is zero.
    zeros: bool,
}

impl<'r, 'v> Row<'r, 'v> {
    pub(super) fn new(cell: &'r Cell, object: &'v Value, desc: Option<&'r Desc>, now: Timestamp) -> Self {
        Self { object, desc, now, cell, names: cell.names.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The value of the cell.
    pub(super) fn value(&self) -> Value {
        Scope { row: self, item: None, zeros: true }.find(&self.cell.value).one().into_owned()
    }
}

impl<'v> Scope<'_, 'v> {
    /// The same place, where what is not there is nothing.
    pub(super) fn without_zeros(self) -> Self {
        Self { zeros: false, ..self }
    }

    /// The value of an expression for an item.
    pub(super) fn find_for(self, item: &Found<'v>, expression: &Expression) -> Found<'v> {
        Scope { row: self.row, item: Some(item), zeros: false }.find(expression)
    }

    pub(super) fn find(self, expression: &Expression) -> Found<'v> {
        match expression {
            Expression::Path(path) => self.path(path),
            Expression::Text(text) => Found::made(text.as_str()),
            Expression::Number(number) => Found::made(Value::Number(number.clone())),
            Expression::Flag(flag) => Found::made(*flag),
            Expression::Template(parts) => Found::made(parts.iter().fold(String::new(), |text, part| text + &self.find(part).text())),
            Expression::Call(function, arguments) => call::call(self, *function, arguments),
            condition => Found::made(self.holds(condition)),
        }
    }

    /// Whether a condition holds.
    pub(super) fn holds(self, expression: &Expression) -> bool {
        match expression {
            Expression::Not(inner) => !self.holds(inner),
            Expression::All(parts) => parts.iter().all(|part| self.holds(part)),
            Expression::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Expression::Compare(left, relation, right) => self.compare(left, *relation, right),
            value => self.without_zeros().find(value).holds(),
        }
    }

    fn compare(self, left: &Expression, relation: Relation, right: &Expression) -> bool {
        let (left, right) = (self.find(left), self.find(right));
        match relation {
            Relation::Equal => left.text() == right.text(),
            Relation::Unequal => left.text() != right.text(),
            Relation::Like => is_like(&left.text(), &right.text()),
            Relation::In => right.items().iter().any(|item| item.text() == left.text()),
            ordered => match (left.number(), right.number()) {
                (Some(left), Some(right)) => match ordered {
                    Relation::Less => left < right,
                    Relation::AtMost => left <= right,
                    Relation::Greater => left > right,
                    _ => left >= right,
                },
                _ => false,
            },
        }
    }

    fn path(self, path: &Path) -> Found<'v> {
        let start = match (&path.origin, self.item) {
            (Origin::Item, Some(item)) => item.clone(),
            (Origin::Object, _) | (Origin::Item, None) => Found::of(self.row.object),
            (Origin::Name(at), _) => self.name(*at),
            (Origin::Value(expression), _) => self.find(expression),
        };
        if path.steps.is_empty() {
            return start;
        }
        let many = path.is_many() || matches!(start, Found::Many(_)) && !matches!(path.steps.first(), Some(Step::Item(_)));
        let mut found =
            path.steps.iter().fold(vec![start], |values, step| values.into_iter().flat_map(|value| self.step(value, step)).collect());
        if many {
            return Found::Many(found);
        }
        match found.pop() {
            Some(value) if !matches!(&value, Found::Json(json) if json.is_null()) => value,
            _ if self.zeros && self.is_at_object(&path.origin) => zero(&path.steps, self.row.desc).map_or(Found::NOTHING, Found::made),
            _ => Found::NOTHING,
        }
    }

    fn is_at_object(self, origin: &Origin) -> bool {
        match origin {
            Origin::Object => true,
            Origin::Item => self.item.is_none(),
            Origin::Name(_) | Origin::Value(_) => false,
        }
    }

    fn step(self, value: Found<'v>, step: &Step) -> Vec<Found<'v>> {
        match step {
            Step::Member(name) => value.member(name),
            Step::Item(at) => value.item(*at),
            Step::All => value.all(),
            Step::Filter(_) if !value.is_list() => Vec::new(),
            Step::Filter(condition) => {
                let holds = |item: &Found<'v>| Scope { row: self.row, item: Some(item), zeros: false }.holds(condition);
                value.items().into_iter().filter(holds).collect()
            }
        }
    }

    /// The value of a name. It sees the object, not the item at hand.
    fn name(self, at: usize) -> Found<'v> {
        let row = self.row;
        let (Some(kept), Some((_, expression))) = (row.names.get(at), row.cell.names.get(at)) else { return Found::NOTHING };
        kept.get_or_init(|| Scope { row, item: None, zeros: false }.find(expression)).clone()
    }
}

/// Whether a text is one that a pattern describes, in which `*` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((start, pattern)) = pattern.split_once('*') else { return text == pattern };
    let Some(rest) = text.strip_prefix(start) else { return false };
    let (between, end) = pattern.rsplit_once('*').unwrap_or(("", pattern));
    let Some(mut rest) = rest.strip_suffix(end) else { return false };
    between.split('*').all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

/// The zero value of the field that a path of members leads to, which JSON leaves out.
fn zero(steps: &[Step], desc: Option<&Desc>) -> Option<Value> {
    let (last, steps) = steps.split_last()?;
    let parent =
        steps.iter().try_fold(desc?, |desc, step| member(step, desc).filter(|field| field.shape == Shape::One)?.element()?.desc())?;
    let field = member(last, parent).filter(|field| field.shape == Shape::One && !field.optional)?;
    match field.ty {
        Type::Bool => Some(Value::from(false)),
        Type::I32 | Type::I64 | Type::F64 => Some(Value::from(0)),
        Type::String => Some(Value::from("")),
        Type::Bytes | Type::Message(_) => None,
    }
}

fn member<'d>(step: &Step, desc: &'d Desc) -> Option<&'d Field> {
    if let Step::Member(name) = step { desc.json_field(name) } else { None }
}
