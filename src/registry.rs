//! The kinds a program knows: per version its description, a constructor, and the conversion to and from the hub.

mod pair;

use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;

pub use kubewright_macros::ApiResource;
use kubewright_model::{Kind, Shared, Text};

use crate::object::{ApiType, Object};
use crate::rule::gates::{self, FeatureGates, GateError, Gates};

pub use pair::FromPair;

/// The kinds a program knows, in the order they were added.
#[derive(Debug, Default)]
pub struct Registry {
    /// One entry per stored form.
    pub resources: Vec<Resource>,
    /// Kinds that are no resource by themselves.
    pub objects: Vec<ObjectKind>,
    /// Feature gates, which rules depend on.
    pub gates: Gates,
}

/// A kind that is read and written but not stored as such: options, what subresources speak, versions that nobody serves any more.
#[derive(Clone, Debug)]
pub struct ObjectKind {
    /// Group; empty for the core group.
    pub group: Text,
    /// Version.
    pub version: Text,
    /// Kind.
    pub kind: Text,
    /// Makes an empty object of it.
    pub new: fn() -> Object,
}

/// One stored form, and the versions it is seen through.
#[derive(Debug)]
pub struct Resource {
    /// Key prefix in the store below `/registry/`, such as `configmaps` or `wardle.example.com/flunders`.
    pub key: Text,
    /// Position of the hub among the versions.
    pub hub: usize,
    /// Position of the version that is stored.
    pub storage: usize,
    /// Most preferred first.
    pub versions: Vec<Version>,
}

/// A struct that is a kind of an API; the derive of the same name implements it.
pub trait ApiResource: ApiType {
    /// Key prefix in the store below `/registry/`.
    const KEY: &'static str;

    /// What the kind is.
    fn kind() -> &'static Kind;
}

impl Resource {
    /// A resource whose hub, stored and most preferred version is `T`.
    pub fn of<T: ApiResource>() -> Self {
        Self { key: T::KEY.into(), hub: 0, storage: 0, versions: Vec::from([Version::hub::<T>(T::kind())]) }
    }

    /// The same resource, seen also as `S`. `H` is the hub.
    pub fn seen_as<H: ApiResource + From<S>, S: ApiResource + From<H>>(mut self) -> Self {
        self.versions.push(Version::spoke::<S>(S::kind(), FromPair::<H, S>::default()));
        self
    }
}

/// A kind in one version.
pub struct Version {
    /// What it is.
    pub kind: Shared<Kind>,
    /// Makes an empty object of it.
    pub new: Box<dyn Fn() -> Object + Send + Sync>,
    /// How it relates to the hub; `None` for the hub itself.
    pub conversion: Option<Box<dyn Conversion>>,
}

/// The two directions between the hub and another version.
pub trait Conversion: Send + Sync {
    /// What the version shows of a hub object.
    fn view(&self, hub: Object) -> Result<Object, ConversionError>;
    /// The hub object after a client wrote this through the version. `stored` is the hub object so far: what the version cannot say is kept
    /// from there; what it can say always comes from the client.
    fn put(&self, spoke: Object, stored: Option<Object>) -> Result<Object, ConversionError>;
}

/// An object could not be converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversionError(pub String);

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConversionError {}

/// A pair of typed functions as a [`Conversion`]; what schemas' `convert:` rules compile to.
pub struct Typed<H, S> {
    /// What the version shows of a hub object.
    pub view: fn(H) -> S,
    /// The hub object after a write through the version, over the stored one.
    pub put: fn(S, Option<H>) -> H,
}

impl<H: ApiType, S: ApiType> Conversion for Typed<H, S> {
    fn view(&self, hub: Object) -> Result<Object, ConversionError> {
        Ok(Box::new((self.view)(*typed(hub)?)))
    }
    fn put(&self, spoke: Object, stored: Option<Object>) -> Result<Object, ConversionError> {
        let stored = stored.map(typed).transpose()?;
        Ok(Box::new((self.put)(*typed(spoke)?, stored.map(|stored| *stored))))
    }
}

fn typed<T: ApiType>(object: Object) -> Result<Box<T>, ConversionError> {
    let name = object.descriptor().name.clone();
    let any: Box<dyn Any> = object;
    any.downcast().map_err(|_| ConversionError(format!("expected a {}, got a {name}", T::desc().name)))
}

impl Version {
    /// The hub of a resource.
    pub fn hub<T: ApiType>(kind: &'static Kind) -> Self {
        Self { kind: Shared::Static(kind), new: Box::new(T::boxed), conversion: None }
    }

    /// A version that the functions convert to and from the hub.
    pub fn spoke<S: ApiType>(kind: &'static Kind, conversion: impl Conversion + 'static) -> Self {
        Self { kind: Shared::Static(kind), new: Box::new(S::boxed), conversion: Some(Box::new(conversion)) }
    }

    /// A version with a pair of typed functions: what it shows of a hub object, and the hub object after a write over the stored one.
    pub fn typed<H: ApiType, S: ApiType>(kind: &'static Kind, view: fn(H) -> S, put: fn(S, Option<H>) -> H) -> Self {
        Self::spoke::<S>(kind, Typed { view, put })
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Version").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Registry {
    /// Adds a resource.
    pub fn add(&mut self, resource: Resource) -> &mut Self {
        self.resources.push(resource);
        self
    }

    /// Adds a kind that is no resource.
    pub fn object<T: ApiType>(&mut self, group: &'static str, version: &'static str, kind: &'static str) -> &mut Self {
        self.objects.push(ObjectKind { group: group.into(), version: version.into(), kind: kind.into(), new: T::boxed });
        self
    }

    /// States what feature gates are unless they are switched.
    pub fn gates(&mut self, gates: &[(&'static str, bool)]) -> &mut Self {
        self.gates.declare(gates);
        self
    }

    /// Switches feature gates. Gates that nothing knows are refused.
    pub fn switch_gates(&mut self, switches: &FeatureGates) -> Result<(), GateError> {
        if switches.is_empty() {
            return Ok(());
        }
        let (mut seen, mut named) = (BTreeSet::new(), BTreeSet::new());
        for version in self.resources.iter().flat_map(|resource| &resource.versions) {
            gates::named((version.new)().descriptor(), &mut seen, &mut named);
        }
        self.gates.switch(switches, &named)
    }

    /// The resource that serves `plural` in a group-version, and the position of that version.
    pub fn resource(&self, group: &str, version: &str, plural: &str) -> Option<(&Resource, usize)> {
        self.find(|kind| kind.group == group && kind.version == version && kind.plural == plural)
    }

    /// The resource with this kind, and the position of its version.
    pub fn kind(&self, group: &str, version: &str, name: &str) -> Option<(&Resource, usize)> {
        self.find(|kind| kind.group == group && kind.version == version && kind.kind == name)
    }

    fn find(&self, is: impl Fn(&Kind) -> bool) -> Option<(&Resource, usize)> {
        self.resources.iter().find_map(|resource| Some((resource, resource.versions.iter().position(|version| is(&version.kind))?)))
    }
}
