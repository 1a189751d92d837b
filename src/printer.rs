//! The cells of Table columns: small expressions over an object, parsed once and evaluated per row.
//!
//! ```text
//! .spec.type                               a path; also [0], [*], ["a.b"], [?ready], [?kind=User], [?(@.type=="Ready")]
//! {.status.ready}/{.spec.replicas}         text with expressions in braces
//! age(.a, .b)                              how long ago the first time that is set was, as kubectl shows it
//! count(.data, .binaryData)                number of items or members
//! sum(.status.containers[*].restarts)      sum of numbers
//! join(.ports[*], "{.port}/{.name}", ",")  items as text, by a template if there is one
//! default(.a, .b, "<none>")                the first that is set and not empty
//! lower(.kind)                             in lower case
//! labels(.spec.selector)                   a map as a=b,c=d or <none>
//! selector(.spec.selector)                 a LabelSelector object as text or <none>
//! ```

mod age;
mod evaluate;
mod parse;
mod path;

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use kubewright_model::Desc;
use serde_json::{Number, Value};

pub use age::{human_duration, since};
use path::Path;

/// The expression of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell(Expression);

/// A part of a cell.
#[derive(Clone, Debug, PartialEq)]
enum Expression {
    Path(Path),
    Text(String),
    Number(Number),
    Template(Vec<Expression>),
    Call(Function, Vec<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Age,
    Count,
    Sum,
    Join,
    Default,
    Lower,
    Labels,
    Selector,
}

/// A text is no cell expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// Byte offset of what is wrong.
    pub at: usize,
    /// What was expected there.
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
        parse::expression(text).map(Cell)
    }
}

impl Cell {
    /// The value of the cell for an object. With the object's type, numbers, text and booleans that JSON leaves out when zero are zero, not null.
    /// Numbers stay numbers. A path that meets several values gives the first.
    pub fn evaluate(&self, object: &Value, desc: Option<&Desc>, now: Timestamp) -> Value {
        evaluate::Row { object, desc, now }.value(&self.0)
    }
}

#[cfg(test)]
mod tests;
