//! The expressions of table cells: what they are made of, and their notation.
//!
//! ```text
//! .spec.type                             a path from the item at hand, which is the object to begin with; also `@.spec.type`
//! $.spec.type                            a path from the object, wherever it stands
//! .a[0]  .a[-1]  .a[*]  .a["b.c"]        an item, from the end, every item, a member by name
//! .a[?.type == "x" && !.done]            the items for which a condition holds
//! "{.status.ready}/{.spec.wanted}"       text with expressions in braces; a whole cell needs no quotes for it
//! .a == "x"  !=  <  <=  >  >=            compares texts, or numbers
//! .name in $.spec.names                  whether a list has an item
//! .name like "limits.*"                  compares with a pattern, in which `*` stands for anything
//! && || ! ( )                            a condition holds for what is set and neither empty nor false
//! name = .a.b; default($name, "none")    a value under a name, for the rest of the cell
//! ```
//!
//! [`Function`] lists the functions.

mod function;
mod parse;
mod scan;

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde_json::Number;

pub use function::Function;

/// An expression, and the names it uses.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What the names stand for, each an expression over the object and the names before it.
    pub names: Vec<(String, Expression)>,
    /// The value of the cell.
    pub value: Expression,
}

/// A part of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// What a path leads to.
    Path(Path),
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
    /// True or false.
    Flag(bool),
    /// Texts in a row.
    Template(Vec<Expression>),
    /// The value of a function.
    Call(Function, Vec<Expression>),
    /// Whether something does not hold.
    Not(Box<Expression>),
    /// Whether all hold.
    All(Vec<Expression>),
    /// Whether one holds.
    Any(Vec<Expression>),
    /// Whether two values are in a relation.
    Compare(Box<Expression>, Relation, Box<Expression>),
}

/// How two values may relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same text.
    Equal,
    /// Different texts.
    Unequal,
    /// A smaller number.
    Less,
    /// No greater number.
    AtMost,
    /// A greater number.
    Greater,
    /// No smaller number.
    AtLeast,
    /// The text of an item of the list.
    In,
    /// The same text, where `*` stands for any.
    Like,
}

/// A way into a value; without steps the value it starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Where it starts.
    pub origin: Origin,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Where it stands in the text of the cell.
    pub place: Range<usize>,
}

/// Where a path starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// At the item at hand.
    Item,
    /// At the object.
    Object,
    /// At the value of a name, by its position.
    Name(usize),
    /// At the value of an expression.
    Value(Box<Expression>),
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A member.
    Member(String),
    /// An item; negative positions count from the end.
    Item(i64),
    /// Every item, or the value of every member.
    All,
    /// The items for which the condition holds.
    Filter(Box<Expression>),
}

impl Path {
    /// Whether it may meet several values.
    pub fn is_many(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::All | Step::Filter(_)))
    }
}

/// A text is no cell expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// Byte offset of what is wrong.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}: {}", self.at, self.message)
    }
}

impl std::error::Error for CellError {}

impl FromStr for Cell {
    type Err = CellError;

    fn from_str(text: &str) -> Result<Self, CellError> {
        parse::cell(text)
    }
}

#[cfg(test)]
mod tests;
