//! Placeholder.
pub mod set;
