//! What holds for objects beyond their shape: defaults, constraints, names, metadata.

pub mod error;
pub mod metadata;
pub mod names;
pub mod quote;

pub use error::{FieldError, FieldErrorKind};
