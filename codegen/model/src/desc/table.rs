//! The table of a type as generated code states it: a text that a compiler reads as one literal. It becomes a descriptor on first use.
//!
//! ```text
//!   doc A message.
//! spec 2 CronJobSpec omit-empty required
//!   doc What is wanted.
//! ```
//!
//! A field is a line of its own: JSON name (`-` when it has none), protobuf number, element type, and words; the indented lines below it are
//! its texts. Those before the first field are about the type. A text of several lines repeats its key.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::{Desc, Field, ListType, MapType, Omit, Ref, Shape, Text, Type};

/// A message type.
pub struct TypeTable {
    /// Short name, such as `PodSpec`.
    pub name: &'static str,
    /// Protobuf package.
    pub package: &'static str,
    /// Prefix of the OpenAPI definition name, or empty.
    pub openapi: &'static str,
    /// The message types of the fields that have one, in their order.
    pub types: &'static [fn() -> &'static Desc],
    /// What holds for the type, then its fields.
    pub text: &'static str,
    /// The descriptor, once it is asked for.
    pub made: Made,
}

/// Room for the descriptor of a table.
pub struct Made(OnceLock<Desc>);

impl Made {
    /// Not made yet.
    #[allow(clippy::declare_interior_mutable_const, reason = "what a static begins with, as plain data")]
    pub const NOT: Self = Self(OnceLock::new());
}

impl TypeTable {
    /// The descriptor.
    #[inline]
    pub fn desc(&self) -> &Desc {
        self.made.0.get_or_init(|| self.make())
    }

    #[cold]
    fn make(&self) -> Desc {
        let mut types = self.types.iter().map(|desc| Ref::Static(*desc));
        read(Desc::owned(self.name, self.package, self.openapi, Vec::new()), self.text, || types.next())
    }
}

/// The text of a table. The types of its fields go beside it.
pub fn write(desc: &Desc) -> String {
    let mut text = String::new();
    if desc.atomic {
        text.push_str("  atomic\n");
    }
    if desc.either {
        text.push_str("  either\n");
    }
    put(&mut text, "unions", &desc.unions);
    put(&mut text, "rules", &desc.rules);
    put(&mut text, "doc", &desc.doc);
    for field in desc.fields.iter() {
        write_field(&mut text, field);
    }
    text
}

fn write_field(text: &mut String, field: &Field) {
    let element = match &field.ty {
        Type::Message(element) => element.proto_name().rsplit('.').next().unwrap_or_default().to_owned(),
        scalar => SCALARS
            .iter()
            .find(|(_, ty)| std::mem::discriminant(ty) == std::mem::discriminant(scalar))
            .map_or("", |(word, _)| word)
            .to_owned(),
    };
    let name = if field.name.is_empty() { "-" } else { &*field.name };
    // Writing to a String cannot fail.
    let _ = write!(text, "{name} {} {element}", field.number);
    for word in words(field) {
        text.push(' ');
        text.push_str(word);
    }
    text.push('\n');
    for (key, value) in TEXTS.iter().map(|(key, of)| (key, of(field))) {
        put(text, key, value);
    }
}

fn put(text: &mut String, key: &str, value: &str) {
    if !value.is_empty() {
        value.split('\n').for_each(|line| text.extend(["  ", key, " ", line, "\n"]));
    }
}

/// The words of scalar types.
const SCALARS: [(&str, Type); 6] = [
    ("bool", Type::Bool),
    ("int32", Type::I32),
    ("int64", Type::I64),
    ("double", Type::F64),
    ("string", Type::String),
    ("bytes", Type::Bytes),
];

type TextOf = fn(&Field) -> &Text;

/// The texts of a field, by their keys.
const TEXTS: [(&str, TextOf); 9] = [
    ("wrapper", |field| &field.wrapper),
    ("proto-name", |field| &field.proto_name),
    ("format", |field| &field.format),
    ("default", |field| &field.default),
    ("rules", |field| &field.rules),
    ("list-keys", |field| &field.list_keys),
    ("patch", |field| &field.patch),
    ("merge-key", |field| &field.merge_key),
    ("doc", |field| &field.doc),
];

fn words(field: &Field) -> impl Iterator<Item = &'static str> {
    let shape = match field.shape {
        Shape::One => None,
        Shape::List => Some("list"),
        Shape::Map => Some("map"),
        Shape::MapOfLists => Some("map-of-lists"),
    };
    let omit = match field.omit {
        Omit::Never => None,
        Omit::Empty => Some("omit-empty"),
        Omit::Zero => Some("omit-zero"),
    };
    let list = field.list_type.map(|list| match list {
        ListType::Atomic => "atomic-list",
        ListType::Set => "set-list",
        ListType::Map => "map-list",
    });
    let map = field.map_type.map(|map| match map {
        MapType::Atomic => "atomic-map",
        MapType::Granular => "granular-map",
    });
    let words = [
        shape,
        field.optional.then_some("optional"),
        omit,
        field.required.then_some("required"),
        field.inline.then_some("inline"),
        field.no_json.then_some("no-json"),
        field.wrapped.then_some("wrapped"),
        list,
        map,
    ];
    words.into_iter().flatten()
}

/// The descriptor of a text that [`write`] made. Words it does not know are left out.
fn read(mut desc: Desc, text: &'static str, mut types: impl FnMut() -> Option<Ref>) -> Desc {
    let mut fields: Vec<Field> = Vec::new();
    for line in text.split('\n').filter(|line| !line.is_empty()) {
        match (line.strip_prefix("  ").map(keyed), fields.last_mut()) {
            (Some((key, value)), Some(field)) => read_text(field, key, value),
            (Some((key, value)), None) => read_about(&mut desc, key, value),
            (None, _) => fields.extend(read_field(line, &mut types)),
        }
    }
    desc.fields = Cow::Owned(fields);
    desc
}

fn keyed(line: &'static str) -> (&'static str, &'static str) {
    line.split_once(' ').unwrap_or((line, ""))
}

fn read_about(desc: &mut Desc, key: &str, value: &'static str) {
    match key {
        "atomic" => desc.atomic = true,
        "either" => desc.either = true,
        "unions" => join(&mut desc.unions, value),
        "rules" => join(&mut desc.rules, value),
        "doc" => join(&mut desc.doc, value),
        _ => {}
    }
}

fn read_field(line: &'static str, types: &mut impl FnMut() -> Option<Ref>) -> Option<Field> {
    let mut words = line.split(' ');
    let name = words.next()?;
    let number = words.next()?.parse().ok()?;
    let element = words.next()?;
    let ty = match SCALARS.into_iter().find(|(word, _)| *word == element) {
        Some((_, scalar)) => scalar,
        None => Type::Message(types()?),
    };
    let mut field = Field::new(if name == "-" { "" } else { name }, number, ty);
    for word in words {
        match word {
            "list" => field.shape = Shape::List,
            "map" => field.shape = Shape::Map,
            "map-of-lists" => field.shape = Shape::MapOfLists,
            "optional" => field.optional = true,
            "omit-empty" => field.omit = Omit::Empty,
            "omit-zero" => field.omit = Omit::Zero,
            "required" => field.required = true,
            "inline" => field.inline = true,
            "no-json" => field.no_json = true,
            "wrapped" => field.wrapped = true,
            "atomic-list" => field.list_type = Some(ListType::Atomic),
            "set-list" => field.list_type = Some(ListType::Set),
            "map-list" => field.list_type = Some(ListType::Map),
            "atomic-map" => field.map_type = Some(MapType::Atomic),
            "granular-map" => field.map_type = Some(MapType::Granular),
            _ => {}
        }
    }
    Some(field)
}

fn read_text(field: &mut Field, key: &str, value: &'static str) {
    let place = match key {
        "wrapper" => &mut field.wrapper,
        "proto-name" => &mut field.proto_name,
        "format" => &mut field.format,
        "default" => &mut field.default,
        "rules" => &mut field.rules,
        "list-keys" => &mut field.list_keys,
        "patch" => &mut field.patch,
        "merge-key" => &mut field.merge_key,
        "doc" => &mut field.doc,
        _ => return,
    };
    join(place, value);
}

/// One more line of a text.
fn join(text: &mut Text, line: &'static str) {
    if text.is_empty() {
        *text = Cow::Borrowed(line);
    } else {
        let text = text.to_mut();
        text.push('\n');
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static NOTHING: Desc = Desc::new("Nothing", "example", "", &[]);

    fn nothing() -> &'static Desc {
        &NOTHING
    }

    fn field(name: &str, ty: Type, change: impl FnOnce(&mut Field)) -> Field {
        let mut field = Field::new("", 7, ty);
        field.name = name.to_owned().into();
        change(&mut field);
        field
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let message = || Type::Message(Ref::Static(nothing));
        let fields = vec![
            field("doc", Type::String, |field| field.doc = "Two\n\nlines, \"quoted\".".into()),
            field("rules", Type::Bool, |field| (field.optional, field.omit) = (true, Omit::Zero)),
            field("atomic", Type::I32, |field| field.rules = r#"{"enum":["a  b"," "]}"#.into()),
            field("i", Type::I64, |field| field.format = "int-or-string".into()),
            field("d", Type::F64, |field| (field.required, field.omit) = (true, Omit::Empty)),
            field("b", Type::Bytes, |field| field.shape = Shape::Map),
            field("", message(), |field| (field.inline, field.no_json) = (true, true)),
            field("items", message(), |field| {
                (field.shape, field.list_type, field.list_keys) = (Shape::List, Some(ListType::Map), "a,b".into());
                (field.patch, field.merge_key, field.default) = ("merge,retainKeys".into(), "a".into(), "[1, 2]".into());
            }),
            field("lists", Type::String, |field| {
                (field.shape, field.wrapped, field.wrapper) = (Shape::MapOfLists, true, "Values".into());
                (field.map_type, field.proto_name) = (Some(MapType::Granular), "other".into());
            }),
            field("set", Type::String, |field| (field.shape, field.list_type) = (Shape::List, Some(ListType::Set))),
            field("one", Type::String, |field| (field.shape, field.list_type) = (Shape::List, Some(ListType::Atomic))),
            field("whole", message(), |field| field.map_type = Some(MapType::Atomic)),
        ];
        let mut desc = Desc::owned("Name", "package", "openapi", fields);
        (desc.atomic, desc.either, desc.doc) = (true, true, "First.\nSecond.".into());
        (desc.unions, desc.rules) = ("[]".into(), "{}".into());
        let text: &'static str = Box::leak(write(&desc).into_boxed_str());
        let again = read(Desc::owned("Name", "package", "openapi", Vec::new()), text, || Some(Ref::Static(nothing)));
        assert_eq!(format!("{:?}", again.fields), format!("{:?}", desc.fields));
        let about = |desc: &Desc| (desc.atomic, desc.either, desc.doc.clone(), desc.unions.clone(), desc.rules.clone());
        assert_eq!(about(&again), about(&desc));
    }
}
