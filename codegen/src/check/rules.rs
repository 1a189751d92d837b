//! Rules of fields: each checks something that what it looks at can have, and names what exists.

use kubewright_model::rule::{FORMS, Step, Target};
use kubewright_model::{Desc, Field, Shape, Text, Type};
use serde_json::Value;

use super::{constraints, defaults, path};
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::raw::field as raw;
use crate::raw::kind::Kind;
use crate::raw::rule::{Rule, TypeRule};
use crate::raw::value::{Located, Words};
use crate::resolve::Model;

type Checks = [(&'static str, Located<Value>)];

/// The checks of a field line, and each of its rules.
pub(super) fn check(model: &Model<'_>, desc: &Desc, field: &Field, written: &raw::Field, problems: &mut Collector) {
    checks(model, field, &written.name.value, &written.rules, problems);
    for rule in &written.conditional {
        if rule.checks.is_empty() {
            let problem = Diagnostic::new("rule-empty", rule.span, "this rule checks nothing");
            problems.report(problem.help("say what must hold, such as `presence: required` or `check: k8s-long-name`"));
        }
        arm(model, desc, rule, problems);
        if let Some(seen) = target(model, field, rule, problems) {
            checks(model, &seen, &seen.name, &rule.checks, problems);
        }
    }
}

/// The rules and defaults of a kind's metadata, which is not written as a field.
pub(super) fn of_metadata(model: &Model<'_>, desc: &Desc, kind: &Kind, problems: &mut Collector) {
    let (Some(metadata), Some(at)) = (&kind.metadata, desc.field("metadata")) else { return };
    let field = &desc.fields[at];
    for rule in &metadata.rules {
        if let Some(seen) = target(model, field, rule, problems) {
            checks(model, &seen, &seen.name, &rule.checks, problems);
        }
    }
    for fill in metadata.default.iter().filter_map(|default| default.fill.as_ref()) {
        defaults::fill(model, desc, field, fill, problems);
    }
}

/// The rules of a type or kind.
pub(super) fn of_type(rules: &[TypeRule], open: bool, problems: &mut Collector) {
    for rule in rules {
        let subresource = rule.supports.is_some() || rule.is.is_some();
        if !rule.closed && !subresource {
            let problem = Diagnostic::new("rule-empty", rule.span, "this rule checks nothing");
            problems.report(problem.help("a rule of a type has `closed: true`, `supports` or `is`"));
        } else if rule.closed && !open {
            let problem = Diagnostic::new("rule-target", rule.span, "only an open enum can be closed under conditions");
            problems.report(problem.help("write `open: true` beside `enum:`"));
        }
    }
}

/// What a rule looks at, as a field of its own; `None` when nothing is known about it.
fn target(model: &Model<'_>, field: &Field, rule: &Rule, problems: &mut Collector) -> Option<Field> {
    let Some(at) = &rule.at else { return Some(field.clone()) };
    let target: Target = match at.value.parse() {
        Ok(target) => target,
        Err(wrong) => {
            problems.report(Diagnostic::new("rule-target", at.span, format!("`{}` is no target: {wrong}", at.value)));
            return None;
        }
    };
    let mut seen = field.clone();
    for step in &target.0 {
        seen = match walk(model, seen, step) {
            Ok(next) => next?,
            Err((wrong, near)) => {
                let problem = Diagnostic::new("rule-target", at.span, format!("`{}` leads nowhere: {wrong}", at.value));
                problems.report(match near {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("`.name` is for messages, `[*]` for lists and maps, `[keys]` for maps, `[type=Ready]` for lists"),
                });
                return None;
            }
        };
    }
    Some(seen)
}

type Lost = (String, Option<String>);

fn walk(model: &Model<'_>, field: Field, step: &Step) -> Result<Option<Field>, Lost> {
    let one = |field: Field| Field { shape: Shape::One, rules: Text::default(), ..field };
    match (step, field.shape) {
        (Step::Field(name), Shape::One) => member(model, &field, name).map(Option::<&Field>::cloned),
        (Step::Each, Shape::List | Shape::Map) => Ok(Some(one(field))),
        (Step::Each, Shape::MapOfLists) => Ok(Some(Field { shape: Shape::List, rules: Text::default(), ..field })),
        (Step::Keys, Shape::Map | Shape::MapOfLists) => Ok(Some(Field { ty: Type::String, ..one(field) })),
        (Step::Item(pairs), Shape::List) => {
            let item = one(field);
            for (name, _) in pairs {
                member(model, &item, name)?;
            }
            Ok(Some(item))
        }
        (step, _) => Err((format!("`{}` is not for `{}`", Target(vec![step.clone()]), field.name), None)),
    }
}

fn member<'m>(model: &'m Model<'_>, field: &Field, name: &str) -> Result<Option<&'m Field>, Lost> {
    let Some(element) = field.element() else { return Err((format!("`{}` has no fields", field.name), None)) };
    let Some(desc) = model.desc(&element.proto_name()) else { return Ok(None) };
    match path::member(model, desc, name) {
        Some(field) => Ok(Some(field)),
        None => Err((format!("{} has no field `{name}`", desc.name), nearest(name, path::members(model, desc)).map(str::to_owned))),
    }
}

fn checks(model: &Model<'_>, field: &Field, name: &str, checks: &Checks, problems: &mut Collector) {
    constraints::values(model, field, name, checks, problems);
    for (key, value) in checks {
        match (*key, value.value.as_str()) {
            ("check", Some(form)) if FORMS.iter().all(|(known, _)| *known != form) => {
                let known = FORMS.iter().map(|(known, _)| *known);
                let list: Vec<&str> = known.clone().collect();
                let problem = Diagnostic::new("rule-form", value.span, format!("nothing is known about a form `{form}`"));
                problems.report(problem.help(format!("known are {}", list.join(", "))).did_you_mean(form, known));
            }
            ("unique", None) => unique(model, field, value, problems),
            _ => {}
        }
    }
}

fn unique(model: &Model<'_>, field: &Field, value: &Located<Value>, problems: &mut Collector) {
    let item = Field { shape: Shape::One, ..field.clone() };
    for name in value.value.as_array().into_iter().flatten().filter_map(Value::as_str) {
        if let Err((wrong, near)) = member(model, &item, name) {
            let problem = Diagnostic::new("rule-target", value.span, format!("items cannot be told apart: {wrong}"));
            problems.report(near.iter().fold(problem, |problem, near| problem.help(format!("did you mean `{near}`?"))));
        }
    }
}

/// An arm needs a discriminator beside the field.
fn arm(model: &Model<'_>, desc: &Desc, rule: &Rule, problems: &mut Collector) {
    let Some(arm): Option<&Words> = rule.when.arm.as_ref() else { return };
    let origin = model.origins.types.get(&desc.proto_name());
    let fields = origin.map(|origin| origin.fields).unwrap_or_default();
    let mut checks = fields.iter().flat_map(|field| field.rules.iter().chain(field.conditional.iter().flat_map(|rule| &rule.checks)));
    if !checks.any(|(key, _)| *key == "discriminator") {
        let problem = Diagnostic::new("rule-target", arm.span, format!("no field of {} is a discriminator", desc.name));
        problems.report(problem.help("mark the field whose value decides with `discriminator: true`"));
    }
}
