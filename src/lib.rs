//! Kubernetes-style APIs in Rust: object model, codecs, conversion and API server over one descriptor per type.

// Generated code and macros name this crate by its public path, also inside the crate itself.
extern crate self as kubewright;

#[cfg(feature = "server")]
pub mod cache;
pub mod codec;
pub mod convert;
pub mod describe;
pub mod meta;
pub mod object;
#[cfg(feature = "server")]
pub mod openapi;
pub mod patch;
pub mod registry;
pub mod rule;
pub mod selector;
#[cfg(feature = "server")]
pub mod store;
pub mod special;

pub use kubewright_model as model;
pub use object::{Message, Object};
