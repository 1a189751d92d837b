//! How lists, maps and messages merge: list types and keys, map types, patch strategies and keys.

use kubewright_model::{Field, ListType, Shape, Type};

use super::path;
use crate::diagnostic::{Collector, Diagnostic};
use crate::raw::field as raw;
use crate::raw::value::Words;
use crate::resolve::Model;

pub(super) fn check(model: &Model<'_>, field: &Field, written: &raw::Field, problems: &mut Collector) {
    list_type(field, written, problems);
    for key in &written.keys {
        self::key(model, field, key, "list-key", problems);
    }
    if let Some(map) = &written.map
        && !matches!((field.shape, &field.ty), (Shape::Map | Shape::MapOfLists, _) | (Shape::One, Type::Message(_)))
    {
        let problem = Diagnostic::new("map-type", map.span, format!("`{}` is no map and no message", written.name.value));
        problems.report(problem.help("leave `map` out; lists have `list` and `keys`"));
    }
    if let Some(key) = &written.merge_key {
        if field.has_patch("merge") {
            self::key(model, field, key, "patch-key", problems);
        } else {
            let problem = Diagnostic::new("patch-key", key.span, "a merge key has a meaning only with `patch: merge`");
            problems.report(problem.help("write `patch: merge`, or leave the key out"));
        }
    }
}

fn list_type(field: &Field, written: &raw::Field, problems: &mut Collector) {
    let Some(stated) = written.list.as_ref().or(written.keys.first()) else { return };
    let name = &written.name.value;
    let bytes = matches!(field.ty, Type::Bytes) && stated.value == "atomic";
    if field.shape != Shape::List && !bytes {
        let problem = Diagnostic::new("list-type", stated.span, format!("`{name}` is no list"));
        problems.report(problem.help("leave `list` and `keys` out; maps and messages have `map`"));
    } else if let (Some(list), Some(key)) = (&written.list, written.keys.first()) {
        let problem = Diagnostic::new("list-type", list.span, format!("`{name}` merges by its keys, or as `{}`, not both", list.value));
        problems.report(problem.other(key.span, "its keys").help("keep one of `list` and `keys`"));
    } else if field.list_type == Some(ListType::Set) && field.element().is_some() {
        let problem = Diagnostic::new("list-type", stated.span, format!("only lists of single values are sets; `{name}` holds messages"));
        problems.report(problem.help("name the fields that identify an item with `keys`"));
    }
}

/// A key exists among the fields of an item, and is a single value.
fn key(model: &Model<'_>, field: &Field, key: &Words, rule: &'static str, problems: &mut Collector) {
    let Some(item) = model.element(field).filter(|_| field.shape == Shape::List) else {
        problems.report(Diagnostic::new(rule, key.span, "only lists of messages have keys"));
        return;
    };
    match path::member(model, item, &key.value) {
        None => {
            let problem = Diagnostic::new(rule, key.span, format!("{} has no field `{}`", item.name, key.value));
            problems.report(problem.did_you_mean(&key.value, item.fields.iter().map(|field| &*field.name)));
        }
        Some(found) if found.shape != Shape::One || found.element().is_some() => {
            problems.report(Diagnostic::new(rule, key.span, format!("`{}` identifies no item: it is not a single value", key.value)));
        }
        Some(_) => {}
    }
}
