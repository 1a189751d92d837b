//! What a descriptor says about merging the part of an object at hand.

use kubewright_model::{Desc, Field, Shape};

/// The type of the value being merged.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    /// A described message.
    Message(&'a Desc),
    /// A map whose values, or the items of whose values, are of this message.
    Map(&'a Desc),
    /// Nothing is known: maps merge, lists are replaced.
    Opaque,
}

/// How a field merges.
#[derive(Clone, Copy, Default)]
pub(super) struct Rule<'a> {
    field: Option<&'a Field>,
}

impl<'a> Node<'a> {
    /// The type of a member (of a list: of its items), and how it merges.
    pub(super) fn child(self, key: &str) -> (Node<'a>, Rule<'a>) {
        match self {
            Node::Opaque => (Node::Opaque, Rule::default()),
            Node::Map(element) => (Node::Message(element), Rule::default()),
            Node::Message(desc) => match desc.json_field(key) {
                None => (Node::Opaque, Rule::default()),
                Some(field) => (below(field), Rule { field: Some(field) }),
            },
        }
    }
}

fn below(field: &Field) -> Node<'_> {
    let element = field.element().and_then(|element| element.desc()).filter(|desc| desc.special.is_none() && !desc.either);
    match (element, field.shape) {
        (None, _) | (_, Shape::MapOfLists) => Node::Opaque,
        (Some(desc), Shape::Map) => Node::Map(desc),
        (Some(desc), Shape::One | Shape::List) => Node::Message(desc),
    }
}

impl<'a> Rule<'a> {
    /// A list that merges, instead of being replaced.
    pub(super) fn merges(self) -> bool {
        self.field.is_some_and(|field| field.has_patch("merge"))
    }

    /// A map that is replaced, instead of merging.
    pub(super) fn replaces(self) -> bool {
        self.field.is_some_and(|field| field.has_patch("replace"))
    }

    /// The member that tells the items of a merging list apart; empty for lists of scalars.
    pub(super) fn merge_key(self) -> &'a str {
        self.field.map_or("", |field| &field.merge_key)
    }
}
