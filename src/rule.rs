//! What holds for objects beyond their shape: defaults, constraints, names, metadata.

mod condition;
pub mod default;
pub mod error;
pub mod names;
pub mod quote;
pub mod validate;

pub use error::{FieldError, FieldErrorKind};
