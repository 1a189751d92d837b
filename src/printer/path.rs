//! Paths into an object, with the selections that JSONPath of kubectl's columns has.

use std::borrow::Cow;

use kubewright_model::{Desc, Field, Shape, Type};
use serde_json::Value;

/// A path; without steps it is the value itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// A member.
    Member(String),
    /// An item; negative positions count from the end.
    Item(i64),
    /// Every item, or the value of every member.
    All,
    /// The items for which the condition holds.
    Filter(Filter),
}

/// A condition on items: a path is set and neither empty nor false, or has a value, or has not.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Filter {
    pub(super) path: Path,
    /// The text to compare with, and whether it should be equal.
    pub(super) compare: Option<(bool, String)>,
}

impl Path {
    /// Whether it may meet several values.
    pub(super) fn is_many(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::All | Step::Filter(_)))
    }

    /// The values it meets.
    pub(super) fn select<'v>(&self, root: &'v Value) -> Vec<&'v Value> {
        self.steps.iter().fold(vec![root], |values, step| values.into_iter().flat_map(|value| step.select(value)).collect())
    }

    /// The value it meets, the first of several; zero where the type says that JSON leaves it out when it is.
    pub(super) fn first<'v>(&self, root: &'v Value, desc: Option<&Desc>) -> Option<Cow<'v, Value>> {
        let found = self.select(root).into_iter().find(|value| !value.is_null());
        found.map(Cow::Borrowed).or_else(|| self.zero(desc?).map(Cow::Owned))
    }

    /// The zero value of the field that a path of members leads to.
    fn zero(&self, desc: &Desc) -> Option<Value> {
        let (last, steps) = self.steps.split_last()?;
        let parent =
            steps.iter().try_fold(desc, |desc, step| step.field(desc).filter(|field| field.shape == Shape::One)?.element()?.desc())?;
        let field = last.field(parent).filter(|field| field.shape == Shape::One && !field.optional)?;
        match field.ty {
            Type::Bool => Some(Value::from(false)),
            Type::I32 | Type::I64 | Type::F64 => Some(Value::from(0)),
            Type::String => Some(Value::from("")),
            Type::Bytes | Type::Message(_) => None,
        }
    }
}

impl Step {
    fn field<'d>(&self, desc: &'d Desc) -> Option<&'d Field> {
        match self {
            Self::Member(name) => desc.json_field(name),
            _ => None,
        }
    }

    fn select<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match (self, value) {
            (Self::Member(name), Value::Object(members)) => members.get(name).into_iter().collect(),
            (Self::Item(at), Value::Array(items)) => {
                let at = if *at < 0 { *at + items.len() as i64 } else { *at };
                usize::try_from(at).ok().and_then(|at| items.get(at)).into_iter().collect()
            }
            (Self::All, Value::Array(items)) => items.iter().collect(),
            (Self::All, Value::Object(members)) => members.values().collect(),
            (Self::Filter(filter), Value::Array(items)) => items.iter().filter(|item| filter.holds(item)).collect(),
            _ => Vec::new(),
        }
    }
}

impl Filter {
    fn holds(&self, item: &Value) -> bool {
        let found = self.path.first(item, None);
        match &self.compare {
            None => found.is_some_and(|value| !matches!(&*value, Value::Bool(false)) && !super::evaluate::is_empty(&value)),
            Some((equal, text)) => found.is_some_and(|value| super::evaluate::text(&value) == *text) == *equal,
        }
    }
}
