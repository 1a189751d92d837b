//! How a field of the hub relates to a field of another version.

use kubewright_model::{Desc, Field, Shape, Type};

use crate::check::same_type;
use crate::resolve::Model;

/// How a field of the hub relates to one of the version.
pub(super) enum Relation<'m> {
    /// The same type.
    Same,
    /// Messages that may differ inside.
    Pair(&'m Desc, &'m Desc),
    /// Convertible, but a value may come out another: why. Only a rule ties such fields.
    Loose(&'static str),
    /// Not convertible: why.
    Differs(&'static str),
}

/// Compares two fields.
pub(super) fn relation<'m>(model: &'m Model<'_>, hub: &Field, spoke: &Field) -> Relation<'m> {
    if hub.shape != spoke.shape {
        return Relation::Differs("differ: one is a list or map, the other is not");
    }
    let presence = hub.optional != spoke.optional;
    match (&hub.ty, &spoke.ty) {
        (left, right) if same_type(left, right) && !presence => Relation::Same,
        (left, right) if same_type(left, right) => Relation::Loose("differ in `?`: only one of them tells unset from zero"),
        (Type::I32, Type::I64) | (Type::I64, Type::I32) if hub.shape == Shape::One => Relation::Loose("are integers of different size"),
        _ => match (model.element(hub), model.element(spoke)) {
            (Some(_), Some(_)) if presence => Relation::Differs("differ in `?`: only one of them tells unset from zero"),
            (Some(hub), Some(spoke)) => Relation::Pair(hub, spoke),
            _ => Relation::Differs("have different types"),
        },
    }
}
