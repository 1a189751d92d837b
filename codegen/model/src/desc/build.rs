//! How descriptors are put together: in the tables of generated code, where everything is `const`, and at run time.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{Desc, Field, ListType, MapType, Omit, Ref, Shape, Special, Text, Type};

/// Replaces a `Cow` in a `const fn`, where dropping the old value is not allowed; the old value never owns memory there.
macro_rules! set {
    ($place:expr, $value:expr) => {
        std::mem::forget(std::mem::replace(&mut $place, $value))
    };
}
pub(crate) use set;

const NONE: Text = Cow::Borrowed("");

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
}

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
}
