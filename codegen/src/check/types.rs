//! What types may be made of: inlined and wrapped fields, keys of inlined parts, messages that contain themselves.

use std::collections::{HashMap, HashSet};

use kubewright_model::{Desc, Field, Shape, Type};

use crate::diagnostic::{Collector, Diagnostic};
use crate::resolve::fields::is_special;
use crate::resolve::{Model, Origin};

pub(super) fn check(model: &Model<'_>, desc: &Desc, origin: &Origin<'_>, problems: &mut Collector) {
    let mut keys: HashMap<&str, usize> = HashMap::new();
    for (at, field) in desc.fields.iter().enumerate() {
        if field.inline {
            inlined(model, desc, origin, (at, field), problems);
        } else if !field.no_json {
            keys.insert(&field.name, at);
        }
        let wrappable = matches!(field.shape, Shape::List | Shape::MapOfLists) && matches!(field.ty, Type::String);
        if field.wrapped && !wrappable {
            let problem =
                Diagnostic::new("field-wrapped", origin.place(at), "only lists of text can be a message of their own in protobuf");
            problems.report(problem.help("leave `wrapped` out"));
        }
    }
    if desc.either {
        either(desc, origin, problems);
    }
    for (at, field) in desc.fields.iter().enumerate().filter(|(_, field)| field.inline) {
        let part = model.element(field).into_iter().flat_map(|part| part.fields.iter());
        for twin in part.filter(|inner| !inner.name.is_empty() && keys.contains_key(&*inner.name)) {
            let problem = Diagnostic::new(
                "name-clash",
                origin.place(at),
                format!("the inlined part brings a second `{}` into {}", twin.name, desc.name),
            );
            problems.report(problem.other(origin.place(keys[&*twin.name]), "the other"));
        }
    }
}

/// The form of a value in JSON, which tells whose it is.
fn form(field: &Field) -> Option<&'static str> {
    match (field.shape, &field.ty) {
        (Shape::List, _) => Some("a list"),
        (Shape::One, Type::Message(part)) if field.optional && !is_special(&part.proto_name()) => Some("an object"),
        (Shape::One, Type::Bool) => Some("a flag"),
        (Shape::One, Type::String) => Some("text"),
        (Shape::One, Type::I32 | Type::I64 | Type::F64) => Some("a number"),
        _ => None,
    }
}

fn either(desc: &Desc, origin: &Origin<'_>, problems: &mut Collector) {
    let mut forms = HashMap::new();
    for (at, field) in desc.fields.iter().enumerate() {
        let problem = match form(field) {
            None => "in an `either`, a field is a list, a message with `?`, a flag, text or a number".to_owned(),
            Some(form) => match forms.insert(form, &field.name) {
                Some(twin) => format!("`{twin}` and `{}` are both {form}, so that their JSON is the same", field.name),
                None => continue,
            },
        };
        problems.report(Diagnostic::new("type-either", origin.place(at), problem).help("give each field a form of its own"));
    }
}

fn inlined(model: &Model<'_>, desc: &Desc, origin: &Origin<'_>, (at, field): (usize, &Field), problems: &mut Collector) {
    let message = field.shape == Shape::One && !field.optional && model.element(field).is_some();
    if !message {
        let problem = Diagnostic::new("field-inline", origin.place(at), format!("only a message can be inlined into {}", desc.name));
        problems.report(problem.help("inlined fields hold one message type of a schema, without `?`"));
    }
}

/// Reports messages that contain themselves without a `?`, a list or a map in between: such a value would have no end.
pub(super) fn recursion(model: &Model<'_>, problems: &mut Collector) {
    let mut done = HashSet::new();
    let mut names: Vec<&String> = model.origins.types.keys().collect();
    names.sort_unstable();
    for name in names {
        visit(model, name, &mut Vec::new(), &mut done, problems);
    }
}

fn visit(model: &Model<'_>, name: &str, open: &mut Vec<String>, done: &mut HashSet<String>, problems: &mut Collector) {
    if done.contains(name) {
        return;
    }
    let Some(desc) = model.desc(name) else { return };
    open.push(name.to_owned());
    for (at, field) in desc.fields.iter().enumerate().filter(|(_, field)| field.shape == Shape::One && !field.optional) {
        let Some(inner) = field.element().map(kubewright_model::Ref::proto_name).filter(|inner| !is_special(inner)) else { continue };
        if open.contains(&inner) {
            let span = model.origins.types.get(name).map(|origin| origin.place(at)).unwrap_or_default();
            let problem =
                Diagnostic::new("type-recursive", span, format!("a {} holds itself through `{}`, without end", desc.name, field.name));
            problems.report(problem.help("write `?` after the type, so that it can be unset"));
        } else {
            visit(model, &inner, open, done, problems);
        }
    }
    open.pop();
    done.insert(name.to_owned());
}
