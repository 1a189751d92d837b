//! Holds a tree against the grammar: unknown and missing keys, values of the wrong form.

use super::grammar::{Form, Object};
use crate::diagnostic::{Collector, Diagnostic};
use crate::source::Span;
use crate::yaml::{Node, Yaml};

/// Reports everything about a mapping that the grammar does not know.
pub(crate) fn object(node: &Node, object: &Object, at: Span, problems: &mut Collector) {
    let Yaml::Map(entries) = &node.value else {
        let problem = Diagnostic::new("value-form", place(node, at), format!("a {} is a mapping, not {}", object.name, found(node)));
        problems.report(if node.is_null() { problem.help("write `{}` for one without keys") } else { problem });
        return;
    };
    for entry in entries {
        match object.keys.iter().find(|key| key.name == entry.key) {
            Some(key) => value(&entry.value, &key.form, entry.span, problems),
            None => problems.report(unknown(&entry.key, entry.span, object)),
        }
    }
    for key in object.keys.iter().filter(|key| key.required && node.get(key.name).is_none()) {
        let problem = Diagnostic::new("key-missing", at, format!("this {} has no `{}`", object.name, key.name));
        problems.report(problem.help(format!("add `{}`: {}", key.name, key.doc)));
    }
}

fn unknown(written: &str, span: Span, object: &Object) -> Diagnostic {
    let known: Vec<&str> = object.keys.iter().map(|key| key.name).collect();
    let problem = Diagnostic::new("key-unknown", span, format!("a {} has no key `{written}`", object.name));
    problem.help(format!("its keys are {}", known.join(", "))).did_you_mean(written, known)
}

fn value(node: &Node, form: &Form, at: Span, problems: &mut Collector) {
    match form {
        Form::Object(inner) => object(node, inner, at, problems),
        Form::Any => {}
        Form::Either(forms) => either(node, forms, at, problems),
        Form::List(item) => match &node.value {
            Yaml::List(items) => items.iter().for_each(|part| value(part, item, part.span, problems)),
            _ => problems.report(wrong(node, form, at)),
        },
        Form::Map(item) => match &node.value {
            Yaml::Map(entries) => entries.iter().for_each(|entry| value(&entry.value, item, entry.span, problems)),
            _ => problems.report(wrong(node, form, at)),
        },
        Form::Word(words) => match word(node) {
            Some(text) if words.contains(&text) => {}
            Some(text) => {
                let problem = Diagnostic::new("value-word", place(node, at), format!("`{text}` is none of {}", words.join(", ")));
                problems.report(problem.help(format!("write one of {}", words.join(", "))).did_you_mean(text, words.iter().copied()));
            }
            None => problems.report(wrong(node, form, at)),
        },
        Form::Text | Form::Flag | Form::Whole | Form::Number => {
            if !scalar_fits(node, *form) {
                problems.report(wrong(node, form, at));
            }
        }
    }
}

fn either(node: &Node, forms: &'static [Form], at: Span, problems: &mut Collector) {
    match forms.iter().find(|form| same_form(node, form)) {
        Some(form) => value(node, form, at, problems),
        None => problems.report(wrong(node, &Form::Either(forms), at)),
    }
}

fn same_form(node: &Node, form: &Form) -> bool {
    match &node.value {
        Yaml::List(_) => matches!(form, Form::List(_)),
        Yaml::Map(_) => matches!(form, Form::Map(_) | Form::Object(_)),
        Yaml::Scalar(_) => !matches!(form, Form::List(_) | Form::Map(_) | Form::Object(_)),
    }
}

fn word(node: &Node) -> Option<&str> {
    match &node.value {
        Yaml::Scalar(scalar) if !node.is_null() => Some(&scalar.text),
        _ => None,
    }
}

fn scalar_fits(node: &Node, form: Form) -> bool {
    let Yaml::Scalar(scalar) = &node.value else { return false };
    match form {
        Form::Text => !node.is_null(),
        Form::Flag => scalar.plain && matches!(scalar.text.as_str(), "true" | "false"),
        Form::Whole => scalar.plain && scalar.text.parse::<i64>().is_ok(),
        _ => node.json().is_number(),
    }
}

fn wrong(node: &Node, form: &Form, at: Span) -> Diagnostic {
    let problem = Diagnostic::new("value-form", place(node, at), format!("expected {}, found {}", expected(form), found(node)));
    let switch = matches!(form, Form::Flag) && matches!(word(node), Some("yes" | "no" | "on" | "off" | "True" | "False"));
    if switch { problem.help("flags are written `true` and `false`") } else { problem }
}

fn expected(form: &Form) -> String {
    match form {
        Form::Text => "text".to_owned(),
        Form::Flag => "true or false".to_owned(),
        Form::Whole => "an integer".to_owned(),
        Form::Number => "a number".to_owned(),
        Form::Any => "a value".to_owned(),
        Form::Word(words) => format!("one of {}", words.join(", ")),
        Form::List(_) => "a list".to_owned(),
        Form::Map(_) | Form::Object(_) => "a mapping".to_owned(),
        Form::Either(forms) => forms.iter().map(expected).collect::<Vec<_>>().join(" or "),
    }
}

fn found(node: &Node) -> String {
    match &node.value {
        _ if node.is_null() => "nothing".to_owned(),
        Yaml::List(_) => "a list".to_owned(),
        Yaml::Map(_) => "a mapping".to_owned(),
        Yaml::Scalar(scalar) => format!("`{}`", scalar.text),
    }
}

/// The value's place, or its key's when the value takes none.
fn place(node: &Node, at: Span) -> Span {
    if node.span.end > node.span.start { node.span } else { at }
}
