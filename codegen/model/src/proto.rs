//! Protobuf IDL (proto2): prints the messages of a package in the form of Kubernetes' own `generated.proto` files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::api::Api;
use crate::desc::{Desc, Field, Shape, Special, Type};
use crate::special::companions;

/// A map value or a list that is a message of its own, because protobuf nests neither.
const ITEMS: &str = "items";

/// A message as the printer sees it.
#[derive(Default)]
struct Message<'a> {
    doc: &'a str,
    fields: Vec<Line<'a>>,
}

/// A field as the printer sees it: `label type name = number;`.
struct Line<'a> {
    doc: &'a str,
    label: &'static str,
    ty: String,
    name: &'a str,
    number: u32,
}

/// The IDL file of a package: imports, then messages by name, their fields in the order of declaration.
pub fn file(api: &Api, package: &str) -> String {
    let messages = messages(api, package);
    let mut out = format!("syntax = \"proto2\";\n\npackage {package};\n");
    let imports = imports(api, package);
    if !imports.is_empty() {
        out.push('\n');
    }
    for import in imports {
        let _ = writeln!(out, "import \"{}\";", path(&import));
    }
    for (name, message) in messages {
        out.push('\n');
        print(&mut out, &name, &message);
    }
    out
}

/// Path of a package's file below the import root, such as `k8s/io/api/core/v1/generated.proto`.
pub fn path(package: &str) -> String {
    format!("{}/generated.proto", package.replace('.', "/"))
}

/// The packages that files of these packages need, those themselves included.
pub fn closure(api: &Api, packages: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut open: Vec<String> = packages.into_iter().collect();
    let mut done = BTreeSet::new();
    while let Some(package) = open.pop() {
        if done.insert(package.clone()) {
            open.extend(imports(api, &package));
        }
    }
    done
}

fn imports(api: &Api, package: &str) -> BTreeSet<String> {
    let fields = types(api, package).flat_map(|desc| desc.fields.iter()).filter(|field| field.number != 0);
    let names = fields.filter_map(Field::element).map(crate::desc::Ref::proto_name);
    names.filter_map(|name| name.rsplit_once('.').map(|(package, _)| package.to_owned())).filter(|other| other != package).collect()
}

fn types<'a>(api: &'a Api, package: &'a str) -> impl Iterator<Item = &'a Desc> {
    api.types.values().map(|desc| &**desc).filter(move |desc| desc.package == package && desc.special.is_none())
}

fn messages<'a>(api: &'a Api, package: &'a str) -> BTreeMap<String, Message<'a>> {
    let mut messages = BTreeMap::new();
    for special in Special::ALL.into_iter().filter(|special| special.package() == package) {
        messages.insert(special.name().to_owned(), fixed_message(special.proto_fields(), package));
    }
    for (name, fields) in companions(package) {
        messages.insert(name.to_owned(), fixed_message(fields, package));
    }
    for desc in types(api, package) {
        for wrapper in desc.fields.iter().filter(|field| field.number != 0).filter_map(wrapper) {
            messages.entry(wrapper).or_insert_with(list_of_text);
        }
    }
    for desc in types(api, package) {
        let fields = desc.fields.iter().filter(|field| field.number != 0).map(|field| line(field, package)).collect();
        messages.insert(desc.name.to_string(), Message { doc: &desc.doc, fields });
    }
    messages
}

fn fixed_message(fields: Vec<Field>, package: &str) -> Message<'static> {
    let lines = fields.into_iter().map(|field| {
        let name = match field.name {
            std::borrow::Cow::Borrowed(name) => name,
            std::borrow::Cow::Owned(_) => "",
        };
        Line { doc: "", label: "optional ", ty: element(&field.ty, package), name, number: field.number }
    });
    Message { doc: "", fields: lines.collect() }
}

fn list_of_text<'a>() -> Message<'a> {
    Message { doc: "", fields: vec![Line { doc: "", label: "repeated ", ty: "string".to_owned(), name: ITEMS, number: 1 }] }
}

/// Name of the message around a list; where none is stated, `ExtraValue` in maps, else after the field, as in Kubernetes.
fn wrapper(field: &Field) -> Option<String> {
    let lists = field.shape == Shape::MapOfLists || (field.shape == Shape::List && field.wrapped);
    if lists && !field.wrapper.is_empty() {
        return Some(field.wrapper.to_string());
    }
    match field.shape {
        Shape::MapOfLists => Some("ExtraValue".to_owned()),
        Shape::List if field.wrapped => Some(capitalised(field.proto())),
        _ => None,
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

fn line<'a>(field: &'a Field, package: &str) -> Line<'a> {
    let element = wrapper(field).unwrap_or_else(|| element(&field.ty, package));
    let (label, ty) = match field.shape {
        Shape::List if !field.wrapped => ("repeated ", element),
        Shape::One | Shape::List => ("optional ", element),
        Shape::Map | Shape::MapOfLists => ("", format!("map<string, {element}>")),
    };
    Line { doc: &field.doc, label, ty, name: field.proto(), number: field.number }
}

fn element(ty: &Type, package: &str) -> String {
    let Type::Message(reference) = ty else { return scalar(ty).unwrap_or_default().to_owned() };
    let name = reference.proto_name();
    match name.rsplit_once('.') {
        Some((own, short)) if own == package => short.to_owned(),
        _ => format!(".{name}"),
    }
}

fn scalar(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Bool => "bool",
        Type::I32 => "int32",
        Type::I64 => "int64",
        Type::F64 => "double",
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::Message(_) => return None,
    })
}

fn print(out: &mut String, name: &str, message: &Message<'_>) {
    comment(out, "", message.doc);
    if message.fields.is_empty() {
        let _ = writeln!(out, "message {name} {{}}");
        return;
    }
    let _ = writeln!(out, "message {name} {{");
    for (at, line) in message.fields.iter().enumerate() {
        if at > 0 && !line.doc.is_empty() {
            out.push('\n');
        }
        comment(out, "  ", line.doc);
        let _ = writeln!(out, "  {}{} {} = {};", line.label, line.ty, line.name, line.number);
    }
    out.push_str("}\n");
}

fn comment(out: &mut String, indent: &str, doc: &str) {
    for text in doc.lines() {
        let _ = writeln!(out, "{}", format_args!("{indent}// {text}").to_string().trim_end());
    }
}
