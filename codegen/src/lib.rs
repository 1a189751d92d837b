//! API schemas in YAML to Rust types, conversions, protobuf IDL and OpenAPI.

pub mod api;
#[cfg(feature = "schemas")]
mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "schemas")]
pub mod compat;
pub mod crd;
#[cfg(feature = "schemas")]
pub mod diagnostic;
pub mod emit;
pub mod files;
#[cfg(feature = "schemas")]
pub mod import;
#[cfg(feature = "schemas")]
pub mod language_schema;
#[cfg(feature = "schemas")]
mod lens;
pub mod manifest;
pub mod name_case;
#[cfg(feature = "schemas")]
pub mod raw;
#[cfg(feature = "schemas")]
mod read;
#[cfg(feature = "schemas")]
pub mod report;
#[cfg(feature = "schemas")]
pub mod resolve;
pub mod rust;
pub mod set;
#[cfg(feature = "schemas")]
pub mod source;
#[cfg(feature = "schemas")]
pub mod yaml;

#[cfg(feature = "schemas")]
pub use read::{load, read};
