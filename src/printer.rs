//! The cells of Table columns: small expressions over an object, parsed once and evaluated per row. [`kubewright_model::cell`] has the notation.

mod age;
mod call;
mod evaluate;
mod found;

use std::str::FromStr;

use jiff::Timestamp;
use kubewright_model::{Desc, cell};
use serde_json::Value;

pub use age::{human_duration, since};
pub use cell::CellError;

/// The expression of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell(cell::Cell);

impl FromStr for Cell {
    type Err = CellError;

    fn from_str(text: &str) -> Result<Self, CellError> {
        text.parse().map(Cell)
    }
}

impl Cell {
    /// The value of the cell for an object. With the object's type, numbers, text and booleans that JSON leaves out when zero are zero, not null.
    /// Numbers stay numbers. A path that meets several values gives the first.
    pub fn evaluate(&self, object: &Value, desc: Option<&Desc>, now: Timestamp) -> Value {
        evaluate::Row::new(&self.0, object, desc, now).value()
    }
}

#[cfg(test)]
mod tests;
