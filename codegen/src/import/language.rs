//! What the schema language has keys for. What an import would write beyond it is left out, and reported.

use super::report::Report;
use super::write::{Map, Node};
use crate::raw::grammar::{FIELD, Form, GROUP, KIND, Object, SUBRESOURCE, TYPES_FILE};

/// A file of the language.
#[derive(Clone, Copy, Debug)]
pub(super) enum File {
    Group,
    Kind,
    Types,
}

/// Takes out what the language cannot say. `place` is the file's, for the report.
pub(super) fn keep_known(tree: &mut Map, file: File, place: &str, report: &mut Report) {
    let object = match file {
        File::Group => &GROUP,
        File::Kind => &KIND,
        File::Types => &TYPES_FILE,
    };
    known(tree, object, place, report);
}

fn known(tree: &mut Map, object: &'static Object, place: &str, report: &mut Report) {
    tree.entries.retain_mut(|entry| {
        let form = object.keys.iter().find(|key| key.name == entry.key).map(|key| key.form);
        let fits = form.is_some_and(|form| fits(&mut entry.value, form, &inside(place, &entry.key, object), report));
        if !fits {
            let what = if form.is_some() { "has another form" } else { "is not known" };
            report.add(format!("the `{}` of a {} {what} in the language", entry.key, object.name), place);
        }
        fits
    });
}

/// Places are named by types and fields, not by the keys of the language between them.
fn inside(place: &str, key: &str, object: &'static Object) -> String {
    if object.name == FIELD.name || object.keys.iter().any(|known| known.name == key) { place.to_owned() } else { format!("{place} {key}") }
}

fn fits(value: &mut Node, form: Form, place: &str, report: &mut Report) -> bool {
    match (form, value) {
        (_, Node::Kept(_)) | (Form::Any, _) | (Form::Whole | Form::Number, Node::Raw(_)) | (Form::Text, Node::Text(_) | Node::Raw(_)) => {
            true
        }
        (Form::Either(forms), value) => forms.iter().any(|form| fits(value, *form, place, report)),
        (Form::Object(object), Node::Map(map)) => {
            let keys = map.entries.len();
            known(map, object, place, report);
            // Half a subresource would do something else.
            object.name != SUBRESOURCE.name || map.entries.len() == keys
        }
        (Form::Map(inner), Node::Map(map)) => {
            map.entries.retain_mut(|entry| fits(&mut entry.value, *inner, &format!("{place}.{}", entry.key), report));
            true
        }
        (Form::List(inner), Node::List(items)) => items.iter_mut().all(|item| fits(item, *inner, place, report)),
        (Form::Flag, Node::Raw(text)) => text == "true" || text == "false",
        (Form::Word(words), Node::Text(text)) => words.contains(&text.as_str()),
        _ => false,
    }
}
