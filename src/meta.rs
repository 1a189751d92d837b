//! The types every API has: ObjectMeta, Status, DeleteOptions and the like, generated from `schemas/meta`.

#[path = "../generated/meta/mod.rs"]
mod generated;

pub use generated::meta::v1;
