//! CustomResourceDefinitions and the model: their structural schemas to types and back, and whole manifests of kinds.
//!
//! What the model has no word for stays data: a merge patch beside the field, type or kind it belongs to. So nothing of a definition is lost
//! on the way to the model and back.

pub mod definition;
pub mod field;
mod keyword;
pub mod manifest;
pub mod names;
pub mod patch;
pub mod schema;
pub mod types;

pub use definition::{Definition, Version};
pub use manifest::Manifest;
pub use schema::Schemas;
pub use types::Types;

pub use crate::field_schema::Object;

/// The key of [`Field::rules`](crate::Field) and [`Desc::rules`](crate::Desc) whose value is merged over the schema.
pub const PATCH: &str = "schema";

/// What no rule of the model says is kept: unknown members of an object.
pub const PRESERVE: &str = "x-kubernetes-preserve-unknown-fields";

/// An object with a kind and metadata of its own.
pub const EMBEDDED: &str = "x-kubernetes-embedded-resource";

/// A number or text.
pub const INT_OR_STRING: &str = "x-kubernetes-int-or-string";

/// Rules in the Common Expression Language.
pub const CEL: &str = "x-kubernetes-validations";

/// The pattern that tells a Quantity from other numbers or texts. Source: `resource.Quantity` as definitions of Go types have it.
pub const QUANTITY: &str =
    r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";
