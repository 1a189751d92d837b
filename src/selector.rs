//! Label and field selectors: parsing, matching, and the canonical text.

pub mod field;
pub mod label;
mod lexer;
mod object;
mod parse;

pub use field::FieldSelector;
pub use label::{LabelSelector, SelectorError};
pub use object::{from_object, object_text};
