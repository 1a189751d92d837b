//! Other descriptions of APIs to schema files that a person would be glad to own.

pub mod write;
