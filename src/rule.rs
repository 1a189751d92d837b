//! What holds for objects beyond their shape: defaults, constraints, names, metadata.

mod condition;
pub mod default;
pub mod error;
mod fold;
pub mod gates;
pub mod metadata;
pub mod names;
pub mod quote;
#[cfg(test)]
mod tests;
pub mod validate;

pub use error::{FieldError, FieldErrorKind};
