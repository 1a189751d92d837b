//! What lies below an object's path, and how the server carries it out.

use super::{Methods, Verbs};
use crate::desc::{Ref, Text};

/// What lies below an object's path.
#[derive(Clone, Debug)]
pub struct Subresource {
    /// Last path segment, such as `status`.
    pub name: Text,
    /// What can be done with it.
    pub verbs: Verbs,
    /// The kind it reads and writes; `None` for the parent's own kind.
    pub speaks: Option<Speaks>,
    /// The kind whose fields are query parameters of a GET.
    pub options: Option<Speaks>,
    /// How the server carries it out.
    pub action: Action,
}

impl Subresource {
    /// The kinds of bodies and options.
    pub fn spoken(&self) -> impl Iterator<Item = &Speaks> {
        self.speaks.iter().chain(&self.options)
    }
    /// The methods by which it connects; none for a subresource that does something else.
    pub fn methods(&self) -> Methods {
        if let Action::Connect { methods, .. } = self.action { methods } else { Methods::NONE }
    }
    /// Whether requests may name more of the path than the subresource itself.
    pub fn has_tail(&self) -> bool {
        matches!(self.action, Action::Connect { tail: true, .. })
    }
}

/// The kind a subresource reads and writes, when it is not the parent's.
#[derive(Clone, Debug)]
pub struct Speaks {
    /// API group.
    pub group: Text,
    /// Version.
    pub version: Text,
    /// Kind.
    pub kind: Text,
    /// Its type.
    pub ty: Ref,
}

/// How the server carries out a subresource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reads and writes the part of the object at this path (`status`, `spec.ephemeralContainers`); everything else comes from the stored
    /// object. A part that is a whole field of the object is written by its subresource alone.
    Part(Text),
    /// The `autoscaling/v1` Scale of the object, found at these paths of it.
    Scale {
        /// Path of the wanted number, such as `.spec.replicas`.
        spec_replicas: Text,
        /// Path of the observed number, such as `.status.replicas`.
        status_replicas: Text,
        /// Path of the label selector, an object or its text form; empty when there is none.
        selector: Text,
    },
    /// The `finalize` step of a Namespace: only `.spec.finalizers` is written.
    Finalize,
    /// A connection to what the object stands for, such as a shell in a container. Code of the program answers.
    Connect {
        /// The HTTP methods it takes.
        methods: Methods,
        /// Paths below its own are taken too.
        tail: bool,
    },
    /// What something else holds of the object, such as a log. Code of the program answers.
    Read {
        /// In plain text, if the client likes.
        text: bool,
    },
    /// Takes an Eviction: deletes the object with the delete options in it.
    Evict,
    /// Takes a Binding: assigns the object to the target in it.
    Bind,
    /// Takes a request that code of the program answers, such as one for a token.
    Ask,
}
