//! What a set states of its documents and its discovery beyond types and resources: facts that do not follow from anything else.

use std::borrow::Cow;

use crate::desc::Text;
use crate::openapi::Profile;

/// The facts of a set. Generated code holds them in a static.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Names of the groups in the order of discovery; groups that are not named come after.
    pub groups: Cow<'static, [Text]>,
    /// Group and version of what is registered although nothing is served there.
    pub registered: Cow<'static, [(Text, Text)]>,
    /// Checksums in the names of shared parameters, where the wording is not that of the set.
    pub parameters: Cow<'static, [SharedName]>,
    /// Paths outside of groups.
    pub paths: Cow<'static, [PlainPath]>,
    /// `plural.group`, and the version that discovery tells of as the stored one although another is.
    pub storage: Cow<'static, [(Text, Text)]>,
    /// Parts of schemas that no rule makes.
    pub warts: Cow<'static, [Wart]>,
    /// The face of a running server.
    pub live: Profile,
    /// The face of the document that is published with a release.
    pub published: Profile,
}

/// The checksum of a shared parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedName {
    /// Where the parameter comes from: `path`, `query`, or the kind that has it as a field, such as `ListOptions`.
    pub origin: Text,
    /// Its name.
    pub name: Text,
    /// What follows the name in the shared table.
    pub hash: Text,
}

/// A path outside of groups that answers GET.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainPath {
    /// The path, with its parameters in braces.
    pub path: Text,
    /// Id of the operation.
    pub operation: Text,
    /// What it answers; may be empty.
    pub doc: Text,
    /// Media types of answers; without any, documents tell nothing of the answer.
    pub produces: Cow<'static, [Text]>,
    /// Only the published document has it.
    pub published_only: bool,
}

/// Members of a schema that no rule makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wart {
    /// Definition name.
    pub definition: Text,
    /// Property of the definition; empty for the definition itself.
    pub property: Text,
    /// The members, as a JSON object; `null` takes one away.
    pub members: Text,
}

impl Facts {
    /// Nothing besides types and resources.
    pub const NONE: Self = Self {
        groups: Cow::Borrowed(&[]),
        registered: Cow::Borrowed(&[]),
        parameters: Cow::Borrowed(&[]),
        paths: Cow::Borrowed(&[]),
        storage: Cow::Borrowed(&[]),
        warts: Cow::Borrowed(&[]),
        live: Profile::LIVE,
        published: Profile::LIVE,
    };

    /// The recorded checksum of a parameter.
    pub fn hash(&self, origin: &str, name: &str) -> Option<&str> {
        self.parameters.iter().find(|known| known.origin == origin && known.name == name).map(|known| &*known.hash)
    }

    /// The version that discovery tells of as the stored one of a resource, if that is not the one that is.
    pub fn told_storage(&self, group_resource: &str) -> Option<&str> {
        self.storage.iter().find(|(known, _)| known == group_resource).map(|(_, version)| &**version)
    }

    /// Place of a group in discovery; groups that are not named share the last.
    pub fn place(&self, group: &str) -> usize {
        self.groups.iter().position(|known| known == group).unwrap_or(self.groups.len())
    }
}

/// The facts of a set that states none.
pub static PLAIN: Facts = Facts::NONE;

impl Default for Facts {
    fn default() -> Self {
        Self::NONE
    }
}

impl SharedName {
    /// A checksum of the program.
    pub const fn new(origin: &'static str, name: &'static str, hash: &'static str) -> Self {
        Self { origin: Cow::Borrowed(origin), name: Cow::Borrowed(name), hash: Cow::Borrowed(hash) }
    }
}

impl PlainPath {
    /// A path of the program.
    pub const fn new(
        path: &'static str,
        operation: &'static str,
        doc: &'static str,
        produces: &'static [Text],
        published_only: bool,
    ) -> Self {
        Self {
            path: Cow::Borrowed(path),
            operation: Cow::Borrowed(operation),
            doc: Cow::Borrowed(doc),
            produces: Cow::Borrowed(produces),
            published_only,
        }
    }
}

impl Wart {
    /// A wart of the program.
    pub const fn new(definition: &'static str, property: &'static str, members: &'static str) -> Self {
        Self { definition: Cow::Borrowed(definition), property: Cow::Borrowed(property), members: Cow::Borrowed(members) }
    }
}
