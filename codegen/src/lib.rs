//! Versioned API schemas to Rust types, conversions, protobuf IDL and OpenAPI: a function from texts to texts.

pub mod api;
pub mod emit;
pub mod files;
pub mod manifest;
pub mod name_case;
pub mod rust;
pub mod set;
