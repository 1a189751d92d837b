<<<<<<< HEAD
//! What holds for objects beyond their shape: names, metadata, constraints.

pub mod names;
pub mod quote;
=======
//! Rules of fields: defaults and constraints, read from the descriptor and applied over the reflection contract.

mod condition;
pub mod default;
pub mod error;
pub mod validate;

pub use error::{FieldError, FieldErrorKind};
>>>>>>> engine
