//! What holds for objects beyond their shape: names, metadata, constraints.

pub mod names;
pub mod quote;
