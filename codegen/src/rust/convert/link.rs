//! What corresponds between two types: single values, unions, and text that depends on another field.

use kubewright_model::{Field, Shape, Special, Type};
use proc_macro2::Ident;

use super::pair::key_of;
use crate::set::Side;

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
    /// JSON names from the type down.
    pub(super) fn path(&self) -> Vec<&str> {
        self.parents.iter().map(|(field, _)| *field).chain([self.last.0]).map(key_of).collect()
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
    /// How its notations correspond, where they differ.
    pub notation: Option<Notation>,
}

/// Two notations of a value.
#[derive(Clone)]
pub(super) struct Notation {
    /// How they correspond.
    pub value: crate::set::Value,
    /// Of lists with a key: the items' key.
    pub key: Option<Ident>,
    /// Of lists with a key: the items' field that is the map's value.
    pub of: Option<Ident>,
}

/// A rule that is more than one value against one.
pub(super) enum Work<'a> {
    /// A tag that follows from what is set on the other side.
    Tag { side: Side, tag: Chain<'a>, arms: Vec<(String, Chain<'a>)> },
    /// A value that follows from nothing.
    Fixed { side: Side, at: Chain<'a>, value: String, always: bool },
    /// A value that the side with the map keeps as text in it.
    Entry { side: Side, map: Chain<'a>, key: String, at: Chain<'a>, held: Option<Held>, go: bool },
    /// An item of a list against a field.
    Item(Box<Item<'a>>),
    /// Fields against one text.
    Join { side: Side, text: Chain<'a>, parts: Vec<Chain<'a>>, by: String },
    /// Fields against a map.
    Entries { side: Side, map: Chain<'a>, fields: Vec<(String, Chain<'a>)> },
    /// Links that hold for some values of a tag.
    When { hub_by: Chain<'a>, spoke_by: Chain<'a>, arms: Vec<(String, Vec<Link<'a>>)> },
    /// Two functions.
    Compute { hub: Vec<Chain<'a>>, spoke: Vec<Chain<'a>>, view: String, put: String },
    /// A message that is always there.
    Present { side: Side, at: Chain<'a> },
    /// A field of the hub that is emptied.
    Reset { at: Chain<'a> },
}

/// The first item of the hub's list that fits, against a field of the version.
pub(super) struct Item<'a> {
    /// The list.
    pub list: Chain<'a>,
    /// The items' type, by its full protobuf name.
    pub ty: String,
    /// Places in the item and the texts they have.
    pub fits: Vec<(Chain<'a>, String)>,
    /// The place in the item of the field's value.
    pub value: Chain<'a>,
    /// The field.
    pub field: Chain<'a>,
    /// The annotation with the rest: its map, its key, what it holds, and whether it holds every item.
    pub rest: Option<(Chain<'a>, String, Option<Held>, bool)>,
}

/// The message type that a text holds, other than the field's own.
pub(super) struct Held {
    /// Its full protobuf name.
    pub name: String,
    /// The pair of it and the field's own.
    pub pair: usize,
}

impl<'a> Work<'a> {
    /// The fields of a side that it takes care of.
    pub(super) fn claims(&self, of: Side) -> Vec<&Chain<'a>> {
        match self {
            Self::Tag { side, tag: at, .. } | Self::Fixed { side, at, .. } => {
                if *side == of {
                    vec![at]
                } else {
                    Vec::new()
                }
            }
            Self::Entry { side, at, .. } => {
                if *side == of {
                    Vec::new()
                } else {
                    vec![at]
                }
            }
            Self::Join { side, text: one, parts, .. } => {
                if *side == of {
                    vec![one]
                } else {
                    parts.iter().collect()
                }
            }
            Self::Entries { side, map, fields } => {
                if *side == of {
                    vec![map]
                } else {
                    fields.iter().map(|(_, at)| at).collect()
                }
            }
            Self::When { arms, .. } => {
                arms.iter().flat_map(|(_, links)| links).map(|link| if of == Side::Hub { &link.hub } else { &link.spoke }).collect()
            }
            Self::Compute { hub, spoke, .. } => {
                if of == Side::Hub {
                    hub.iter().collect()
                } else {
                    spoke.iter().collect()
                }
            }
            Self::Item(item) => vec![if of == Side::Hub { &item.list } else { &item.field }],
            Self::Present { .. } => Vec::new(),
            Self::Reset { at } => {
                if of == Side::Hub {
                    vec![at]
                } else {
                    Vec::new()
                }
            }
        }
    }

    /// Whether what is stored matters.
    pub(super) fn remembers(&self) -> bool {
        match self {
            Self::Tag { side, .. } | Self::Entries { side, .. } => *side == Side::Hub,
            Self::Fixed { side, always, .. } => *side == Side::Hub && !always,
            Self::Join { .. } | Self::When { .. } | Self::Compute { .. } => true,
            Self::Entry { held, .. } => held.is_some(),
            Self::Item(item) => item.rest.as_ref().is_none_or(|(_, _, held, _)| held.is_some()),
            Self::Present { .. } | Self::Reset { .. } => false,
        }
    }
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
