//! What corresponds between two types: single values, unions, and text that depends on another field.

use kubewright_model::{Field, Shape, Special, Type};
use proc_macro2::Ident;

use super::pair::key_of;

/// The fields from a type down to a value, with their Rust names; never empty.
#[derive(Clone, Debug)]
pub(super) struct Chain<'a> {
    /// All but the last.
    pub parents: Vec<(&'a Field, Ident)>,
    last: (&'a Field, Ident),
}

impl<'a> Chain<'a> {
    /// The chain of these fields; `None` without any.
    pub(super) fn new(mut parts: Vec<(&'a Field, Ident)>) -> Option<Self> {
        let last = parts.pop()?;
        Some(Self { parents: parts, last })
    }
    /// The field that holds the value.
    pub(super) fn field(&self) -> &'a Field {
        self.last.0
    }
    /// Its Rust name.
    pub(super) fn ident(&self) -> &Ident {
        &self.last.1
    }
    /// Whether the value lies below a field of the type.
    pub(super) fn is_deep(&self) -> bool {
        !self.parents.is_empty()
    }
    /// Whether this is the field of that name itself.
    pub(super) fn is(&self, key: &str) -> bool {
        self.parents.is_empty() && key_of(self.last.0) == key
    }
}

/// A value that both types have.
pub(super) struct Link<'a> {
    /// Where the hub has it.
    pub hub: Chain<'a>,
    /// Where the version has it.
    pub spoke: Chain<'a>,
    /// What has to be done to it.
    pub inner: Inner,
}

/// What has to be done to a value, apart from presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inner {
    /// Nothing.
    Same,
    /// Integers of different width.
    Integer,
    /// The functions of another pair, by position.
    Pair(usize),
}

/// One field of the version against one per arm of the hub.
pub(super) struct Union<'a> {
    /// The hub's tag.
    pub hub_tag: Chain<'a>,
    /// The version's tag.
    pub spoke_tag: Chain<'a>,
    /// The version's field.
    pub spoke_value: Chain<'a>,
    /// Tag value, and the hub's field for it against the version's.
    pub arms: Vec<(String, Link<'a>)>,
}

/// Two texts that correspond depending on a third.
pub(super) struct Lookup<'a> {
    /// The hub's field that chooses the row.
    pub hub_by: Chain<'a>,
    /// The version's field that chooses the row.
    pub spoke_by: Chain<'a>,
    /// The hub's text.
    pub hub: Chain<'a>,
    /// The version's text.
    pub spoke: Chain<'a>,
    /// Choosing value, hub's text, version's text.
    pub rows: Vec<(String, String, String)>,
}

/// How values of two fields correspond; `None` when they cannot. The position of a pair is filled in by who knows it.
pub(super) fn compatible(hub: &Field, spoke: &Field) -> Option<Inner> {
    if hub.shape != spoke.shape {
        return None;
    }
    match (&hub.ty, &spoke.ty) {
        (Type::Message(hub), Type::Message(spoke)) => {
            let (hub, spoke) = (hub.proto_name(), spoke.proto_name());
            if hub == spoke {
                return Some(Inner::Same);
            }
            (Special::named(&hub).is_none() && Special::named(&spoke).is_none()).then_some(Inner::Pair(0))
        }
        (Type::I32, Type::I64) | (Type::I64, Type::I32) => (hub.shape == Shape::One).then_some(Inner::Integer),
        (hub, spoke) => (std::mem::discriminant(hub) == std::mem::discriminant(spoke)).then_some(Inner::Same),
    }
}
