//! Kinds: what is served under a group and version, and how clients may use it.

mod build;
mod methods;
mod subresource;
mod verbs;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::desc::{Ref, Text};

pub use methods::Methods;
pub use subresource::{Action, Speaks, Subresource};
pub use verbs::{Verb, Verbs};

/// One kind in one version of its group.
#[derive(Clone, Debug)]
pub struct Kind {
    /// API group; empty for the core group.
    pub group: Text,
    /// Version, such as `v1beta1`.
    pub version: Text,
    /// Kind, such as `Pod`.
    pub kind: Text,
    /// Kind of its list, such as `PodList`.
    pub list_kind: Text,
    /// Resource name in paths, such as `pods`.
    pub plural: Text,
    /// Name clients may type for one object, such as `pod`.
    pub singular: Text,
    /// Objects live in a namespace.
    pub namespaced: bool,
    /// Abbreviations clients may type.
    pub short_names: Cow<'static, [Text]>,
    /// Groups of resources clients may ask for together, such as `all`.
    pub categories: Cow<'static, [Text]>,
    /// What can be done with it.
    pub verbs: Verbs,
    /// What lies below an object's path.
    pub subresources: Cow<'static, [Subresource]>,
    /// Columns of its Table form. Empty: `Name` and `Created At`.
    pub columns: Cow<'static, [Column]>,
    /// Field paths that field selectors may name, besides `metadata.name` and `metadata.namespace`.
    pub selectable: Cow<'static, [Text]>,
    /// The object's type.
    pub ty: Ref,
    /// The list's type.
    pub list_ty: Ref,
    /// When it came, and when it goes.
    pub lifecycle: Lifecycle,
    /// Whether it is served unless switched.
    pub enabled: Enabled,
    /// How the server treats its objects.
    pub strategy: Strategy,
}

impl Kind {
    /// `version` of the core group, `group/version` of others.
    pub fn api_version(&self) -> String {
        api_version(&self.group, &self.version)
    }
    /// `plural` of the core group, `plural.group` of others: how messages name the resource.
    pub fn group_resource(&self) -> String {
        if self.group.is_empty() { self.plural.clone().into_owned() } else { format!("{}.{}", self.plural, self.group) }
    }
    /// Whether objects are kept. Kinds that are only posted are answered; those that cannot be made are computed.
    pub fn is_stored(&self) -> bool {
        self.verbs.has(Verb::Create) && self.verbs.has(Verb::Get)
    }
    /// The subresource of this name.
    pub fn subresource(&self, name: &str) -> Option<&Subresource> {
        self.subresources.iter().find(|sub| sub.name == name)
    }
}

/// `version` of the core group, `group/version` of others.
pub fn api_version(group: &str, version: &str) -> String {
    if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") }
}

/// What holds for objects of a kind apart from their fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strategy {
    /// `metadata.generation` starts at 1 and counts changes outside metadata and status.
    pub generation: bool,
    /// PUT without a resourceVersion overwrites.
    pub unconditional_update: bool,
    /// PUT of an object that does not exist creates it.
    pub create_on_update: bool,
    /// DELETE answers with the object instead of a Status.
    pub delete_returns_object: bool,
    /// How names are checked.
    pub names: NameRule,
}

impl Strategy {
    /// What custom kinds have: generations, conditional updates, DNS subdomain names.
    pub const CUSTOM: Self = Self {
        generation: true,
        unconditional_update: false,
        create_on_update: false,
        delete_returns_object: false,
        names: NameRule::Subdomain,
    };
}

/// How `metadata.name` is checked. Source: apimachinery `validation`, and the Kubernetes page "Object Names and IDs".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRule {
    /// RFC 1123 subdomain, at most 253 characters.
    Subdomain,
    /// RFC 1123 label, at most 63 characters.
    Label,
    /// RFC 1035 label, at most 63 characters, starting with a letter.
    Label1035,
    /// Anything that fits one path segment.
    PathSegment,
}

/// A column of the Table form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading, such as `Age`.
    pub name: Text,
    /// OpenAPI type of the cells: `string`, `integer`, `number`, `boolean`, `date`.
    pub ty: Text,
    /// OpenAPI format, such as `name`; may be empty.
    pub format: Text,
    /// 0 is shown always, above 0 only in wide output.
    pub priority: i32,
    /// Where the cell comes from: a field path (`.spec.type`) or an expression over paths.
    pub cell: Text,
    /// What the column shows.
    pub doc: Text,
}

/// When a kind's version came, and when it goes. Releases are those of the set, such as `1.22`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// First release with it; empty when not stated.
    pub introduced: Text,
    /// First release that warns; empty when not deprecated, [`Lifecycle::ALWAYS`] when it was deprecated before there were releases.
    pub deprecated: Text,
    /// First release without it; empty when not planned.
    pub removed: Text,
    /// What to use instead, as `group/version Kind`; empty when nothing.
    pub replacement: Text,
    /// What clients of a deprecated version are told, when that is not made from the rest.
    pub warning: Text,
}

impl Lifecycle {
    /// Stands for a release that has long been reached.
    pub const ALWAYS: &str = "true";

    /// Whether the version is deprecated in a release of its set.
    pub fn is_deprecated(&self, release: &str) -> bool {
        let numbers = |release: &str| -> Vec<u32> {
            let number = |part: &str| part.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0);
            release.split('.').map(number).collect()
        };
        self.deprecated == Self::ALWAYS || !self.deprecated.is_empty() && numbers(release) >= numbers(&self.deprecated)
    }
}

/// Whether a kind's version is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enabled {
    /// Served unless switched off.
    On,
    /// Served when its version or level is switched on.
    Off,
    /// Past its removal: decoded and converted, but served only when named (`group/version=true`).
    Removed,
}

/// Something of the program or made at run time.
pub enum Shared<T: 'static> {
    /// Part of the program.
    Static(&'static T),
    /// Made at run time.
    Made(Arc<T>),
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        match self {
            Self::Static(value) => value,
            Self::Made(value) => value,
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Static(value) => Self::Static(value),
            Self::Made(value) => Self::Made(Arc::clone(value)),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
