//! Kubernetes-style APIs in Rust: object model, codecs, conversion and API server over one descriptor per type.

// Generated code and macros name this crate by its public path, also inside the crate itself.
extern crate self as kubewright;

pub mod codec;
pub mod object;
#[cfg(feature = "server")]
pub mod openapi;
pub mod registry;

pub use kubewright_model as model;
pub use object::{Message, Object};
