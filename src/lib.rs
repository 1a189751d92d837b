//! Kubernetes-style APIs in Rust: object model, codecs, conversion and API server over one descriptor per type.

// Generated code and macros name this crate by its public path, also inside the crate itself.
extern crate self as kubewright;

#[cfg(feature = "server")]
pub mod batch;
#[cfg(feature = "server")]
pub mod cache;
pub mod codec;
#[cfg(feature = "server")]
pub mod connect;
pub mod convert;
pub mod describe;
#[cfg(feature = "server")]
pub mod discovery;
#[cfg(feature = "server")]
pub mod handler;
#[cfg(feature = "server")]
pub mod health;
#[cfg(feature = "server")]
pub mod intake;
#[cfg(feature = "server")]
pub mod kubeconfig;
pub mod meta;
#[cfg(feature = "server")]
pub mod metadata;
#[cfg(feature = "server")]
pub mod namespace;
#[cfg(feature = "server")]
pub mod negotiate;
pub mod object;
#[cfg(feature = "server")]
pub mod openapi;
#[cfg(feature = "server")]
pub mod options;
pub mod patch;
pub mod printer;
pub mod registry;
#[cfg(feature = "server")]
pub mod reply;
#[cfg(feature = "server")]
pub mod request;
pub mod rule;
#[cfg(all(test, feature = "server"))]
mod sample;
#[cfg(feature = "server")]
pub mod scale;
pub mod selector;
#[cfg(feature = "server")]
pub mod served;
#[cfg(feature = "server")]
pub mod server;
pub mod special;
#[cfg(feature = "server")]
pub mod status;
#[cfg(feature = "server")]
pub mod store;
#[cfg(feature = "server")]
pub mod table;
pub mod transcode;

pub use kubewright_model as model;
pub use object::{ApiType, Message, Object};
pub use registry::ApiResource;
