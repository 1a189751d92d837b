//! Fields as written to fields of descriptors: type names looked up, aliases expanded, what is not written filled in.

use kubewright_model::desc::NO_FORMAT;
use kubewright_model::{Field, ListType, MapType, Omit, Ref, Shape, Type};
use serde_json::{Map, Value, json};

use super::keywords;
use super::names::{Item, Names, SPECIALS, Target};
use super::notation::{self, Form};
use super::rules::{self, Values};
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::field::{self as raw, Body};
use crate::raw::value::Words;
use crate::source::Span;

/// Most aliases that stand for each other.
const ALIASES: usize = 16;

/// A type after every name in it was looked up.
pub(super) struct Resolved {
    ty: Type,
    shape: Shape,
    /// The values of an enum.
    values: Option<Values>,
    format: &'static str,
}

impl Resolved {
    fn one(ty: Type) -> Self {
        Self { ty, shape: Shape::One, values: None, format: "" }
    }
}

/// Turns fields of one package into fields of descriptors.
pub(super) struct Fields<'a, 'n, 'p> {
    pub(super) names: &'n Names<'a>,
    pub(super) package: usize,
    pub(super) problems: &'p mut Collector,
}

impl Fields<'_, '_, '_> {
    /// One field; problems are reported, and what is unknown becomes text.
    pub(super) fn field(&mut self, written: &raw::Field) -> Field {
        let (resolved, optional) = self.notation(&written.ty);
        let number = written.tag.as_ref().and_then(|tag| u32::try_from(tag.value).ok()).unwrap_or_default();
        let mut field = Field::new("", number, resolved.ty);
        field.shape = resolved.shape;
        field.optional = optional;
        field.inline = written.inline;
        field.no_json = !written.json;
        field.wrapped = written.wrapped;
        field.wrapper = written.wrapper.as_ref().map(|name| name.value.clone()).unwrap_or_default().into();
        if !written.inline {
            field.name = written.name.value.clone().into();
        }
        let proto = written.proto.as_ref().map(|proto| proto.value.clone());
        field.proto_name = proto.or_else(|| written.inline.then(|| written.name.value.clone())).unwrap_or_default().into();
        field.omit = omit(written.omit.as_ref(), optional || field.shape != Shape::One);
        field.required = written.required.unwrap_or(field.omit == Omit::Never && !written.inline && written.json);
        field.doc = written.doc.clone().into();
        field.format = if written.format.is_empty() { resolved.format.into() } else { written.format.clone().into() };
        field.default = defaults(&written.default).into();
        field.rules = keywords::add(rules::of_field(written, resolved.values), &written.keywords).into();
        merging(&mut field, written);
        field
    }

    fn notation(&mut self, words: &Words) -> (Resolved, bool) {
        match notation::parse(&words.value) {
            Ok(notation) => {
                let resolved = self.resolve(self.package, &notation.form, words.span, ALIASES);
                if notation.optional && resolved.shape != Shape::One {
                    let problem = Diagnostic::new("type-shape", words.span, "a list or map takes no `?`");
                    self.problems.report(problem.help("an empty list or map and an unset one are the same; leave the `?` out"));
                }
                (resolved, notation.optional)
            }
            Err(wrong) => {
                self.problems.report(
                    Diagnostic::new("type-notation", words.span, wrong)
                        .help("types are written string, T, T?, list(T), map(T), map(list(string))"),
                );
                (Resolved::one(Type::String), false)
            }
        }
    }

    fn resolve(&mut self, package: usize, form: &Form<'_>, span: Span, aliases: usize) -> Resolved {
        match form {
            Form::Name(name) => self.name(package, name, span, aliases),
            Form::List(item) => {
                let item = self.resolve(package, item, span, aliases);
                self.nested(item, Shape::List, span)
            }
            Form::Map(item) => {
                let item = self.resolve(package, item, span, aliases);
                self.nested(item, Shape::Map, span)
            }
        }
    }

    /// A list or map of something.
    fn nested(&mut self, item: Resolved, outer: Shape, span: Span) -> Resolved {
        let shape = match (outer, item.shape, &item.ty) {
            (outer, Shape::One, _) => outer,
            (Shape::Map, Shape::List, Type::String) => Shape::MapOfLists,
            _ => {
                let problem = Diagnostic::new(
                    "type-shape",
                    span,
                    "lists and maps hold single values; of nested ones only `map(list(string))` exists",
                );
                self.problems.report(problem.help("give the inner list or map a message of its own under `types:`"));
                outer
            }
        };
        Resolved { shape, ..item }
    }

    fn name(&mut self, package: usize, name: &str, span: Span, aliases: usize) -> Resolved {
        if let Some(scalar) = scalar(name) {
            return scalar;
        }
        match self.names.find(package, name) {
            Some(Target::Special(proto)) => Resolved::one(Type::Message(Ref::Named(format!("{proto}.{name}").into()))),
            Some(Target::Item(home, Item::Message)) => {
                let short = name.rsplit('.').next().unwrap_or(name);
                Resolved::one(Type::Message(Ref::Named(format!("{}.{short}", self.names.packages[home].proto).into())))
            }
            Some(Target::Item(_, Item::Enum(ty))) => {
                let Body::Enum { values, open } = &ty.body else { return Resolved::one(Type::String) };
                let values = values.iter().map(|(value, _)| Value::String(value.value.clone())).collect();
                Resolved { values: Some(Values::new(values, *open, &ty.rules)), ..Resolved::one(Type::String) }
            }
            Some(Target::Item(home, Item::Alias(alias))) => self.alias(home, alias, span, aliases),
            None => {
                self.unknown(package, name, span);
                Resolved::one(Type::String)
            }
        }
    }

    fn alias(&mut self, home: usize, alias: &Words, span: Span, aliases: usize) -> Resolved {
        if aliases == 0 {
            self.problems.report(Diagnostic::new("alias-cycle", alias.span, "this alias stands for itself").other(span, "used here"));
            return Resolved::one(Type::String);
        }
        match notation::parse(&alias.value) {
            Ok(notation) if !notation.optional => self.resolve(home, &notation.form, alias.span, aliases - 1),
            Ok(_) => {
                self.problems
                    .report(Diagnostic::new("type-notation", alias.span, "an alias takes no `?`").help("write it where the alias is used"));
                Resolved::one(Type::String)
            }
            Err(wrong) => {
                self.problems.report(Diagnostic::new("type-notation", alias.span, wrong));
                Resolved::one(Type::String)
            }
        }
    }

    fn unknown(&mut self, package: usize, name: &str, span: Span) {
        let problem = Diagnostic::new("type-unknown", span, format!("there is no type `{name}`"));
        let suggestion = self.names.elsewhere(package, name).or_else(|| self.names.nearest(package, name));
        self.problems.report(match suggestion {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("define it under `types:`, or name the version that has it: `<group directory>/<version>.<Type>`"),
        });
    }
}

fn scalar(name: &str) -> Option<Resolved> {
    let ty = match name {
        "string" => Type::String,
        "bool" => Type::Bool,
        "int" => return Some(Resolved { format: "int32", ..Resolved::one(Type::I64) }),
        "integer" => return Some(Resolved { format: NO_FORMAT, ..Resolved::one(Type::I64) }),
        "number" => return Some(Resolved { format: NO_FORMAT, ..Resolved::one(Type::F64) }),
        "int32" => Type::I32,
        "int64" => Type::I64,
        "float64" => Type::F64,
        "bytes" => Type::Bytes,
        _ => return None,
    };
    Some(Resolved::one(ty))
}

/// What `omit:` says, or what it is for a value that can be empty or not.
pub(super) fn omit(written: Option<&Words>, can_be_unset: bool) -> Omit {
    match written.map(|omit| omit.value.as_str()) {
        Some("empty") => Omit::Empty,
        Some("zero") => Omit::Zero,
        None if can_be_unset => Omit::Empty,
        _ => Omit::Never,
    }
}

pub(super) fn defaults(written: &[raw::Default]) -> String {
    if written.is_empty() {
        return String::new();
    }
    let one = |default: &raw::Default| {
        let mut out = Map::new();
        out.extend(default.value.iter().map(|value| ("value".to_owned(), value.value.clone())));
        out.extend(default.from.iter().map(|from| ("from".to_owned(), json!(from.value))));
        out.extend(default.fill.iter().map(|fill| ("fill".to_owned(), fill.value.clone())));
        out.extend(default.when.iter().map(|when| ("when".to_owned(), json!(when.value))));
        Value::Object(out)
    };
    written.iter().map(one).collect::<Value>().to_string()
}

fn merging(field: &mut Field, written: &raw::Field) {
    field.list_type = match written.list.as_ref().map(|list| list.value.as_str()) {
        _ if !written.keys.is_empty() => Some(ListType::Map),
        Some("atomic") => Some(ListType::Atomic),
        Some(_) => Some(ListType::Set),
        None => None,
    };
    field.list_keys = written.keys.iter().map(|key| key.value.as_str()).collect::<Vec<_>>().join(",").into();
    field.map_type = written.map.as_ref().map(|map| if map.value == "atomic" { MapType::Atomic } else { MapType::Granular });
    field.patch = written.patch.as_ref().map(|patch| patch.value.clone()).unwrap_or_default().into();
    let only_key = || match written.keys.as_slice() {
        [key] if field.has_patch("merge") => key.value.clone(),
        _ => String::new(),
    };
    field.merge_key = written.merge_key.as_ref().map_or_else(only_key, |key| key.value.clone()).into();
}

/// Whether a full protobuf name is that of a type with a hand-written wire form.
pub(crate) fn is_special(name: &str) -> bool {
    SPECIALS.iter().any(|(short, _, package)| name.strip_prefix(package).and_then(|rest| rest.strip_prefix('.')) == Some(short))
}

/// Whether `null` may be written for a field.
pub(crate) fn is_nullable(field: &Field) -> bool {
    let rules: Option<Value> = serde_json::from_str(&field.rules).ok();
    rules.is_some_and(|rules| rules.get("nullable") == Some(&Value::Bool(true)))
}
