//! The types every API has: ObjectMeta, Status, DeleteOptions and the like, generated from `schemas/meta`.

#[path = "../generated/meta/mod.rs"]
#[rustfmt::skip] // formatted by its generator
mod generated;

pub use generated::meta::{v1, v1beta1};
