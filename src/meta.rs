//! The types every API has: ObjectMeta, Status, DeleteOptions and the like, generated from `schemas/meta`.

#[path = "../generated/meta/mod.rs"]
#[expect(unreachable_pub, reason = "generated modules do not know how deep they are compiled in")]
mod generated;

pub use generated::meta::v1;
