//! Descriptors: the one description of a message type that codecs, defaulting, patching, validation and documents all read.

mod build;
mod index;
pub mod object;
pub mod table;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

pub(crate) use build::set;
pub use index::{GUESS, Hint, Index, Key, Member, PADDING, Zero};
pub use table::{Made, TypeTable};

/// Text that is either part of the program (generated and derived types) or owned (custom resources).
pub type Text = Cow<'static, str>;

/// Text of the program, for the tables of generated code.
pub const fn text(text: &'static str) -> Text {
    Cow::Borrowed(text)
}

/// A message type: its names, its fields in declaration order, and what holds for the type as a whole.
pub struct Desc {
    /// Short name, such as `PodSpec`.
    pub name: Text,
    /// Protobuf package, such as `k8s.io.api.core.v1`.
    pub package: Text,
    /// Prefix of the OpenAPI definition name, such as `io.k8s.api.core.v1`. Empty when the type has no definition of its own.
    pub openapi: Text,
    /// What the type means.
    pub doc: Text,
    /// Set for types whose wire forms are written by hand (Time, Quantity, ...).
    pub special: Option<Special>,
    /// The fields in declaration order, which is the order of JSON output.
    pub fields: Cow<'static, [Field]>,
    /// `x-kubernetes-map-type: atomic`: server-side apply and ownership treat a value as one unit.
    pub atomic: bool,
    /// The value of `x-kubernetes-unions` as JSON, or empty.
    pub unions: Text,
    /// Constraints of the type as a whole, as a JSON object of OpenAPI keywords (`x-kubernetes-validations`, `minProperties`, ...), or empty.
    /// `schema` is merged over its schema in a CustomResourceDefinition.
    pub rules: Text,
    /// In JSON a value is that of one field alone, told by its form: of the last one that is set, where a flag always is. An object sets the
    /// flag beside it. In protobuf it is an ordinary message.
    pub either: bool,
    index: OnceLock<Index>,
}

impl Desc {
    /// Full protobuf name, such as `k8s.io.api.core.v1.PodSpec`: the identity of the type.
    pub fn proto_name(&self) -> String {
        format!("{}.{}", self.package, self.name)
    }

    /// OpenAPI definition name, such as `io.k8s.api.core.v1.PodSpec`; `None` when the type has none.
    pub fn definition_name(&self) -> Option<String> {
        (!self.openapi.is_empty()).then(|| format!("{}.{}", self.openapi, self.name))
    }

    /// Lookup tables, built on first use: JSON key and protobuf number to field.
    #[inline]
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::build(self))
    }

    /// The field with this JSON key, also when it lies in an inlined part.
    pub fn json_field(&self, key: &str) -> Option<&Field> {
        let index = self.index();
        let (last, parts) = index.keys.get(index.find(key.as_bytes(), 0)?)?.path.split_last()?;
        let part = parts.iter().try_fold(self, |desc, at| desc.fields.get(usize::from(*at))?.element()?.desc())?;
        part.fields.get(usize::from(*last))
    }

    /// Position of the field with this JSON name, not looking into inlined parts.
    pub fn field(&self, json_name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == json_name)
    }
}

impl Clone for Desc {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            package: self.package.clone(),
            openapi: self.openapi.clone(),
            doc: self.doc.clone(),
            special: self.special,
            fields: self.fields.clone(),
            atomic: self.atomic,
            unions: self.unions.clone(),
            rules: self.rules.clone(),
            either: self.either,
            index: OnceLock::new(),
        }
    }
}

impl fmt::Debug for Desc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desc")
            .field("name", &self.name)
            .field("package", &self.package)
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

/// One field of a message type.
#[derive(Clone, Debug)]
pub struct Field {
    /// JSON name. Empty when the field's own fields appear in the parent's JSON object (`inline`).
    pub name: Text,
    /// Protobuf number; 0 when the field is not on the protobuf wire (`kind` and `apiVersion` of an object).
    pub number: u32,
    /// Protobuf name where it differs from the JSON name; otherwise empty.
    pub proto_name: Text,
    /// Element type.
    pub ty: Type,
    /// One value, a list, or a map with string keys.
    pub shape: Shape,
    /// Unset can be told from the zero value (`?` in schemas, a pointer in Go).
    pub optional: bool,
    /// When JSON output leaves the field out.
    pub omit: Omit,
    /// Listed in OpenAPI `required`.
    pub required: bool,
    /// The field's own fields appear in the parent's JSON object; on the protobuf wire it is an ordinary nested message.
    pub inline: bool,
    /// Never in JSON, only on the protobuf wire.
    pub no_json: bool,
    /// The list is a message of its own in protobuf (`Verbs`, `ExtraValue`): `{1: repeated items}`.
    pub wrapped: bool,
    /// Name of that message, and of the one around the lists of a map of lists, where it is not the usual one; otherwise empty.
    pub wrapper: Text,
    /// What the field means.
    pub doc: Text,
    /// OpenAPI `format` where it is not the type's usual one; otherwise empty. [`NO_FORMAT`] for numbers without one.
    pub format: Text,
    /// Default rules as JSON, or empty; see [`Field::defaults`].
    pub default: Text,
    /// Constraints as a JSON object of OpenAPI keywords (`minimum`, `maxLength`, `pattern`, `enum`, `immutable`, ...), or empty.
    /// `into` names the map of bytes beside a map of text that its entries move to.
    /// `knownValues` are those of an open enum: published, not enforced. What OpenAPI has no keyword for starts with `x-`: `x-presence`,
    /// `x-check`, `x-unique`, ...; `x-rules` lists such objects with conditions (`x-alpha`, `x-gate`, ...) and a target (`x-at`).
    /// `schema` is merged over the field's schema in a CustomResourceDefinition.
    pub rules: Text,
    /// How lists merge in server-side apply (`x-kubernetes-list-type`).
    pub list_type: Option<ListType>,
    /// Keys of a `map` list, joined by commas (`x-kubernetes-list-map-keys`).
    pub list_keys: Text,
    /// How maps and nested objects merge in server-side apply (`x-kubernetes-map-type` on the field).
    pub map_type: Option<MapType>,
    /// Strategic merge patch strategy (`x-kubernetes-patch-strategy`), or empty.
    pub patch: Text,
    /// Strategic merge patch key (`x-kubernetes-patch-merge-key`), or empty.
    pub merge_key: Text,
}

/// The `format` of numbers that state none.
pub const NO_FORMAT: &str = "none";

impl Field {
    /// Name in protobuf IDL.
    pub fn proto(&self) -> &str {
        if self.proto_name.is_empty() { &self.name } else { &self.proto_name }
    }

    /// Keys of a `map` list.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.list_keys.split(',').filter(|key| !key.is_empty())
    }

    /// Whether a patch strategy (`merge`, `replace`, `retainKeys`) is among the field's.
    pub fn has_patch(&self, strategy: &str) -> bool {
        self.patch.split(',').any(|part| part == strategy)
    }

    /// The element's message type, if it is one.
    pub fn element(&self) -> Option<&Ref> {
        match &self.ty {
            Type::Message(element) => Some(element),
            _ => None,
        }
    }
}

/// Element type of a field.
#[derive(Clone, Debug)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// 32-bit signed integer.
    I32,
    /// 64-bit signed integer.
    I64,
    /// Double.
    F64,
    /// UTF-8 text; enums too, which are open on the wire.
    String,
    /// Bytes, base64 in JSON.
    Bytes,
    /// Another message.
    Message(Ref),
}

/// How values of the element type are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    One,
    /// A list of values.
    List,
    /// A map from text to values.
    Map,
    /// A map from text to lists of text.
    MapOfLists,
}

/// When JSON output leaves a field out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Omit {
    /// Always written; `null` when a list, map or optional is unset.
    Never,
    /// Left out when false, 0, empty or unset; a message that is not optional stays, as `{}`.
    Empty,
    /// As `Empty`, and a zero message is left out too.
    Zero,
}

/// `x-kubernetes-list-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListType {
    /// Replaced as a whole.
    Atomic,
    /// Unique scalars.
    Set,
    /// Items identified by keys.
    Map,
}

/// `x-kubernetes-map-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapType {
    /// Replaced as a whole.
    Atomic,
    /// Merged key by key.
    Granular,
}

/// Types with hand-written wire forms. Source: apimachinery's types of the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Special {
    /// RFC 3339 in whole seconds.
    Time,
    /// RFC 3339 with six fractional digits.
    MicroTime,
    /// Go duration text.
    Duration,
    /// Number with a decimal or binary suffix.
    Quantity,
    /// A 32-bit integer or text.
    IntOrString,
    /// Any JSON object, kept as it came.
    RawExtension,
    /// A set of field paths, kept as JSON.
    FieldsV1,
    /// Any JSON value, kept as it came.
    Json,
    /// `group/version` as one text.
    GroupVersion,
}

/// A message type that a field refers to.
#[derive(Clone)]
pub enum Ref {
    /// A type of the program.
    Static(fn() -> &'static Desc),
    /// A type made at run time.
    Shared(Arc<Desc>),
    /// A type by its full protobuf name, as long as the generator has not laid out the program.
    Named(Text),
}

impl Ref {
    /// The type itself; `None` for a name, which only an [`Api`](crate::Api) can look up.
    pub fn desc(&self) -> Option<&Desc> {
        match self {
            Self::Static(desc) => Some(desc()),
            Self::Shared(desc) => Some(desc),
            Self::Named(_) => None,
        }
    }

    /// Full protobuf name.
    pub fn proto_name(&self) -> String {
        match self {
            Self::Named(name) => name.clone().into_owned(),
            other => other.desc().map(Desc::proto_name).unwrap_or_default(),
        }
    }
}

impl fmt::Debug for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.proto_name())
    }
}
