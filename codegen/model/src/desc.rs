//! Descriptors: the one description of a message type that codecs, defaulting, patching, validation and documents all read.

mod index;
pub mod object;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

pub use index::{GUESS, Hint, Index, Key, Member, PADDING, Zero};

/// Text that is either part of the program (generated and derived types) or owned (custom resources).
pub type Text = Cow<'static, str>;

/// Text of the program, for the tables of generated code.
pub const fn text(text: &'static str) -> Text {
    Cow::Borrowed(text)
}

/// Replaces a `Cow` in a `const fn`, where dropping the old value is not allowed; the old value never owns memory there.
macro_rules! set {
    ($place:expr, $value:expr) => {
        std::mem::forget(std::mem::replace(&mut $place, $value))
    };
}
pub(crate) use set;

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
    /// A plain message type.
    pub const fn new(name: &'static str, package: &'static str, openapi: &'static str, fields: &'static [Field]) -> Self {
        Self {
            name: Cow::Borrowed(name),
            package: Cow::Borrowed(package),
            openapi: Cow::Borrowed(openapi),
            doc: Cow::Borrowed(""),
            special: None,
            fields: Cow::Borrowed(fields),
            atomic: false,
            unions: Cow::Borrowed(""),
            rules: Cow::Borrowed(""),
            either: false,
            index: OnceLock::new(),
        }
    }

    /// A type with a hand-written wire form.
    pub const fn special(name: &'static str, package: &'static str, openapi: &'static str, special: Special) -> Self {
        let mut desc = Self::new(name, package, openapi, &[]);
        desc.special = Some(special);
        desc
    }

    /// A message type put together at run time, or by the generator.
    pub fn owned(name: impl Into<Text>, package: impl Into<Text>, openapi: impl Into<Text>, fields: Vec<Field>) -> Self {
        Self {
            name: name.into(),
            package: package.into(),
            openapi: openapi.into(),
            doc: Text::default(),
            special: None,
            fields: Cow::Owned(fields),
            atomic: false,
            unions: Text::default(),
            rules: Text::default(),
            either: false,
            index: OnceLock::new(),
        }
    }

    /// States what the type means.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        set!(self.doc, Cow::Borrowed(doc));
        self
    }

    /// Marks the type atomic (`x-kubernetes-map-type: atomic`).
    pub const fn atomic(mut self) -> Self {
        self.atomic = true;
        self
    }

    /// In JSON a value is that of one of the fields alone; see [`Desc::either`].
    pub const fn either(mut self) -> Self {
        self.either = true;
        self
    }

    /// States the value of `x-kubernetes-unions`, as JSON.
    pub const fn unions(mut self, json: &'static str) -> Self {
        set!(self.unions, Cow::Borrowed(json));
        self
    }

    /// States the constraints of the type as a whole.
    pub const fn rules(mut self, json: &'static str) -> Self {
        set!(self.rules, Cow::Borrowed(json));
        self
    }

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

const NONE: Text = Cow::Borrowed("");

/// The `format` of numbers that state none.
pub const NO_FORMAT: &str = "none";

impl Field {
    /// A required-by-nobody, always written field of one value.
    pub const fn new(name: &'static str, number: u32, ty: Type) -> Self {
        Self {
            name: Cow::Borrowed(name),
            number,
            proto_name: NONE,
            ty,
            shape: Shape::One,
            optional: false,
            omit: Omit::Never,
            required: false,
            inline: false,
            no_json: false,
            wrapped: false,
            wrapper: NONE,
            doc: NONE,
            format: NONE,
            default: NONE,
            rules: NONE,
            list_type: None,
            list_keys: NONE,
            map_type: None,
            patch: NONE,
            merge_key: NONE,
        }
    }

    /// A text field.
    pub const fn string(name: &'static str, number: u32) -> Self {
        Self::new(name, number, Type::String)
    }
    /// A boolean field.
    pub const fn bool(name: &'static str, number: u32) -> Self {
        Self::new(name, number, Type::Bool)
    }
    /// A 32-bit integer field.
    pub const fn int32(name: &'static str, number: u32) -> Self {
        Self::new(name, number, Type::I32)
    }
    /// A 64-bit integer field.
    pub const fn int64(name: &'static str, number: u32) -> Self {
        Self::new(name, number, Type::I64)
    }
    /// A double field.
    pub const fn float64(name: &'static str, number: u32) -> Self {
        Self::new(name, number, Type::F64)
    }
    /// A field of bytes, base64 in JSON.
    pub const fn bytes(name: &'static str, number: u32) -> Self {
        Self::new(name, number, Type::Bytes)
    }
    /// A field holding another message.
    pub const fn message(name: &'static str, number: u32, desc: fn() -> &'static Desc) -> Self {
        Self::new(name, number, Type::Message(Ref::Static(desc)))
    }

    /// Makes it a list.
    pub const fn list(mut self) -> Self {
        self.shape = Shape::List;
        self
    }
    /// Makes it a map with string keys.
    pub const fn map(mut self) -> Self {
        self.shape = Shape::Map;
        self
    }
    /// Makes it a map of lists; only of text.
    pub const fn map_of_lists(mut self) -> Self {
        self.shape = Shape::MapOfLists;
        self
    }
    /// Unset can be told from zero.
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    /// Left out of JSON when empty (Go's `omitempty`).
    pub const fn omit_empty(mut self) -> Self {
        self.omit = Omit::Empty;
        self
    }
    /// Left out of JSON when zero, also as a whole message (Go's `omitzero`).
    pub const fn omit_zero(mut self) -> Self {
        self.omit = Omit::Zero;
        self
    }
    /// Listed in OpenAPI `required`.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
    /// Its fields appear in the parent's JSON object.
    pub const fn inline(mut self) -> Self {
        self.inline = true;
        self
    }
    /// Only on the protobuf wire.
    pub const fn no_json(mut self) -> Self {
        self.no_json = true;
        self
    }
    /// The list is a message of its own in protobuf.
    pub const fn wrapped(mut self) -> Self {
        self.wrapped = true;
        self
    }
    /// Names the message around the list, or around the lists of a map.
    pub const fn wrapper(mut self, name: &'static str) -> Self {
        set!(self.wrapper, Cow::Borrowed(name));
        self
    }
    /// States what the field means.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        set!(self.doc, Cow::Borrowed(doc));
        self
    }
    /// States the protobuf name.
    pub const fn proto_name(mut self, name: &'static str) -> Self {
        set!(self.proto_name, Cow::Borrowed(name));
        self
    }
    /// States the OpenAPI format.
    pub const fn format(mut self, format: &'static str) -> Self {
        set!(self.format, Cow::Borrowed(format));
        self
    }
    /// States the default rules; see [`Field::defaults`].
    pub const fn default(mut self, json: &'static str) -> Self {
        set!(self.default, Cow::Borrowed(json));
        self
    }
    /// States the constraints.
    pub const fn rules(mut self, json: &'static str) -> Self {
        set!(self.rules, Cow::Borrowed(json));
        self
    }
    /// `x-kubernetes-list-type: atomic`.
    pub const fn atomic_list(mut self) -> Self {
        self.list_type = Some(ListType::Atomic);
        self
    }
    /// `x-kubernetes-list-type: set`.
    pub const fn set_list(mut self) -> Self {
        self.list_type = Some(ListType::Set);
        self
    }
    /// `x-kubernetes-list-type: map` with its keys, joined by commas.
    pub const fn map_list(mut self, keys: &'static str) -> Self {
        self.list_type = Some(ListType::Map);
        set!(self.list_keys, Cow::Borrowed(keys));
        self
    }
    /// `x-kubernetes-map-type` on the field.
    pub const fn map_type(mut self, map_type: MapType) -> Self {
        self.map_type = Some(map_type);
        self
    }
    /// Strategic merge patch: strategy and merge key, either may be empty.
    pub const fn patch(mut self, strategy: &'static str, merge_key: &'static str) -> Self {
        set!(self.patch, Cow::Borrowed(strategy));
        set!(self.merge_key, Cow::Borrowed(merge_key));
        self
    }

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
