//! Rust from checked sets: types with their descriptors, kinds, conversions, crates.

pub mod convert;
pub mod crates;
pub mod docs;
pub mod facts;
pub mod kinds;
pub mod layout;
pub mod modules;
pub mod render;
pub mod types;

pub use kinds::kind_expression;
pub use types::{Names, emit_impl, emit_struct};
