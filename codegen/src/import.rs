//! Other descriptions of APIs to schema files that a person would be glad to own.
//!
//! A source becomes a [`catalog::Catalog`]: what there is, as trees in the schema language. [`arrange`] puts it into files, [`merge`] lays it over
//! the files that are there already, and [`write`] makes text of it.

pub mod arrange;
pub mod catalog;
pub mod crd;
pub mod docs;
mod existing;
pub mod facts;
pub mod idl;
pub mod input;
mod language;
pub mod merge;
pub mod openapi;
pub mod report;
mod version;
pub mod write;

pub use version::version_order;
