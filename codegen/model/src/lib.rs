//! The neutral model of a Kubernetes-style API: what a type, a kind and a set *are*, without where they were written or how they are served.
//!
//! Descriptors are constructible in `static`s (generated and derived types) and at run time (custom resources), so the generator, the
//! macros, the runtime and the document builders all read the same thing.

pub mod api;
pub mod cell;
pub mod crd;
pub mod desc;
pub mod digest;
pub mod duration;
pub mod facts;
mod field_schema;
pub mod kind;
pub mod openapi;
pub mod proto;
pub mod quantity;
pub mod rule;
pub mod special;
pub mod time;

pub use api::Api;
pub use desc::{Desc, Field, ListType, Made, MapType, Omit, Ref, Shape, Special, Text, Type, TypeTable, table, text};
pub use facts::Facts;
pub use kind::{Action, Column, Enabled, Kind, Lifecycle, Methods, NameRule, Shared, Speaks, Strategy, Subresource, Verb, Verbs};
