//! The machinery types that every API shares: ObjectMeta, Status, Table and the like. Generated from `schemas/meta`.

#[path = "../generated/meta/mod.rs"]
mod generated;

pub use generated::meta::v1;
