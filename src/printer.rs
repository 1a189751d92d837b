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
use kubewright_model::{Column, Desc};
use serde_json::{Number, Value};

use crate::codec::json::to_value;
use crate::object::Message;

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

/// The columns of a table, ready to show objects.
#[derive(Clone, Debug)]
pub struct Columns(Vec<(Result<Cell, CellError>, bool)>);

impl Columns {
    /// Columns whose expression is none show nothing; schemas are checked when they are read.
    pub fn new(columns: &[Column]) -> Self {
        Self(columns.iter().map(|column| (column.cell.parse(), column.ty == "string")).collect())
    }

    /// The cells of one object, in the order of the columns. Text that is unset is empty, anything else null.
    pub fn cells(&self, object: &dyn Message, now: Timestamp) -> Vec<Value> {
        let (value, desc) = (to_value(object), object.descriptor());
        self.0.iter().map(|(cell, is_text)| cell_of(cell.as_ref().ok(), *is_text, &value, desc, now)).collect()
    }
}

fn cell_of(cell: Option<&Cell>, is_text: bool, object: &Value, desc: &Desc, now: Timestamp) -> Value {
    match cell.map(|cell| cell.evaluate(object, Some(desc), now)) {
        None | Some(Value::Null) if is_text => Value::from(""),
        value => value.unwrap_or_default(),
    }
}

/// The cell of one column for one object, now; [`Columns`] does less work for tables.
pub fn cell(object: &dyn Message, column: &Column) -> Value {
    let cells = Columns::new(std::slice::from_ref(column)).cells(object, Timestamp::now());
    cells.into_iter().next().unwrap_or_default()
}

/// A cell of a custom resource's column, made to fit the column's type as Kubernetes does: dates become ages, other types than the column's
/// nothing.
pub fn custom_cell(value: &Value, column_type: &str, now: Timestamp) -> Value {
    match (column_type, value) {
        (_, Value::Null) => Value::Null,
        ("integer", Value::Number(number)) => {
            number.as_i64().or_else(|| number.as_f64().map(|number| number as i64)).map_or(Value::Null, Value::from)
        }
        ("number", Value::Number(_)) | ("boolean", Value::Bool(_)) => value.clone(),
        ("date", Value::String(time)) => Value::from(since(time, now)),
        ("string", value) => Value::from(evaluate::text(value)),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests;
