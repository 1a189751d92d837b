//! The sample set's Flunder of v1beta1, written by hand: once whole, and once without fields for kind and apiVersion.

#![allow(clippy::duplicated_attributes, reason = "each column states its own priority; the lint does not look that deep")]

use kubewright::meta::v1::ObjectMeta;
use kubewright::{ApiResource, ApiType};

/// A thing that refers to another flunder or to a fischer.
#[derive(Clone, Default, ApiResource)]
#[api_resource(
    group = "wardle.example.com",
    version = "v1beta1",
    short_names("fl"),
    introduced = "1.0",
    column(name = "Name", cell = ".metadata.name", format = "name"),
    column(name = "Refers To", cell = ".spec.referenceType"),
    column(name = "Flunder", cell = ".spec.flunderReference", priority = 1),
    column(name = "Fischer", cell = ".spec.fischerReference", priority = 1),
    column(name = "Age", cell = "age(.metadata.creationTimestamp)")
)]
pub(crate) struct Flunder {
    kind: String,
    api_version: String,
    metadata: ObjectMeta,
    /// What the flunder refers to.
    #[api_resource(tag = 2, omit = "empty")]
    spec: FlunderSpec,
    /// What is observed of the flunder.
    #[api_resource(tag = 3, omit = "empty")]
    status: FlunderStatus,
}

#[derive(Clone, Default, ApiType)]
#[api_resource(group = "wardle.example.com", version = "v1beta1")]
pub(crate) struct FlunderSpec {
    /// Name of another flunder.
    #[api_resource(tag = 1, omit = "empty")]
    flunder_reference: String,
    /// Name of a fischer.
    #[api_resource(tag = 2, omit = "empty")]
    fischer_reference: String,
    /// Which of the two references is meant.
    #[api_resource(tag = 3, values("Flunder", "Fischer"))]
    reference_type: Option<String>,
}

/// Nothing yet.
#[derive(Clone, Default, ApiType)]
#[api_resource(group = "wardle.example.com", version = "v1beta1")]
pub(crate) struct FlunderStatus {}

/// The same kind in a struct that leaves kind and apiVersion to the engine.
pub(crate) mod bare {
    use kubewright::ApiResource;

    use super::{FlunderSpec, FlunderStatus, ObjectMeta};

    /// A thing that refers to another flunder or to a fischer.
    #[derive(Clone, Default, ApiResource)]
    #[api_resource(group = "wardle.example.com", version = "v1beta1", kind = "Flunder", short_names("fl"))]
    pub(crate) struct Bare {
        metadata: ObjectMeta,
        /// What the flunder refers to.
        #[api_resource(tag = 2, omit = "empty")]
        spec: FlunderSpec,
        /// What is observed of the flunder.
        #[api_resource(tag = 3, omit = "empty")]
        status: FlunderStatus,
    }
}
