//! The one part that every object has, and the program's own types for parts of dynamic objects.

use kubewright_model::Desc;

use super::Object;

/// An empty object of the program's own type for this descriptor, if it has one.
pub(super) fn known(_desc: &Desc) -> Option<Object> {
    None
}
