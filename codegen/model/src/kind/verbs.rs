//! What can be done with a resource.

use std::fmt;

/// A set of verbs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Verbs(u16);

/// What can be done with a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Verb {
    /// POST on the collection.
    Create = 1,
    /// DELETE on an object.
    Delete = 2,
    /// DELETE on the collection.
    DeleteCollection = 4,
    /// GET of an object.
    Get = 8,
    /// GET of the collection.
    List = 16,
    /// PATCH of an object.
    Patch = 32,
    /// PUT of an object.
    Update = 64,
    /// GET of the collection as a stream of changes.
    Watch = 128,
}

impl Verb {
    /// Every verb in alphabetical order, which is the order of discovery.
    pub const ALL: [Self; 8] =
        [Self::Create, Self::Delete, Self::DeleteCollection, Self::Get, Self::List, Self::Patch, Self::Update, Self::Watch];

    /// The verb as discovery and authorization write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Delete => "delete",
            Self::DeleteCollection => "deletecollection",
            Self::Get => "get",
            Self::List => "list",
            Self::Patch => "patch",
            Self::Update => "update",
            Self::Watch => "watch",
        }
    }
}

impl Verbs {
    /// Every verb.
    pub const ALL: Self = Self(255);
    /// No verb.
    pub const NONE: Self = Self(0);
    /// What a `status` or `scale` subresource has: get, patch, update.
    pub const STATUS: Self = Self::NONE.with(Verb::Get).with(Verb::Patch).with(Verb::Update);

    /// These and `verb`.
    pub const fn with(self, verb: Verb) -> Self {
        Self(self.0 | verb as u16)
    }
    /// These without `verb`.
    pub const fn without(self, verb: Verb) -> Self {
        Self(self.0 & !(verb as u16))
    }
    /// Whether `verb` is among them.
    pub const fn has(self, verb: Verb) -> bool {
        self.0 & verb as u16 != 0
    }
    /// The verbs in alphabetical order.
    pub fn iter(self) -> impl Iterator<Item = Verb> {
        Verb::ALL.into_iter().filter(move |verb| self.has(*verb))
    }
}

impl FromIterator<Verb> for Verbs {
    fn from_iter<I: IntoIterator<Item = Verb>>(verbs: I) -> Self {
        verbs.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Verbs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
