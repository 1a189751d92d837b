//! Constraints: what fields may hold, by the rules of the descriptor.
//!
//! On an update, what an unchanged value breaks is tolerated: it was accepted once, and the writer may not know of it.

mod constraint;
mod counterpart;
mod form;
mod format;
mod place;
mod rule;
#[cfg(test)]
mod tests;
mod union;
mod unique;

use kubewright_model::Field;
use kubewright_model::rule::{Step, Target};

use super::gates::Gates;
use super::{FieldError, FieldErrorKind};
use crate::object::path::{self, to_json};
use crate::object::{Message, Value, equality, with_values};
use constraint::{Constraint, Presence};
use counterpart::Counterparts;
use place::Place;
use rule::{Rule, Rules};
use union::{Member, Unions};

/// What is wrong with an object, by the constraints of its descriptor. `old` is what it replaces.
pub fn check(message: &dyn Message, old: Option<&dyn Message>, gates: &Gates) -> Vec<FieldError> {
    let mut walk = Walk { gates, errors: Vec::new() };
    walk.message("", message, old);
    walk.errors
}

struct Walk<'g> {
    gates: &'g Gates,
    errors: Vec<FieldError>,
}

/// What a field stands in.
#[derive(Clone, Copy)]
struct Home<'a> {
    path: &'a str,
    message: &'a dyn Message,
    old: Option<&'a dyn Message>,
}

impl Walk<'_> {
    fn message(&mut self, path: &str, message: &dyn Message, old: Option<&dyn Message>) {
        let desc = message.descriptor();
        if desc.special.is_some() {
            return;
        }
        let home = Home { path, message, old };
        let mut unions = Unions::default();
        with_values(message, desc, |values| {
            for (at, (value, field)) in values.iter().zip(&*desc.fields).enumerate() {
                let old = old.map(|old| path::field(old, at));
                let found = self.errors.len();
                self.field(home, field, *value, old, &mut unions);
                if self.errors.len() > found && old.is_some_and(|old| equality::value_equal(old, *value)) {
                    self.errors.truncate(found);
                }
            }
        });
        unions.check(path, &mut self.errors);
    }

    fn field(&mut self, home: Home<'_>, field: &Field, value: Value<'_>, old: Option<Value<'_>>, unions: &mut Unions) {
        let path = if field.inline { home.path.to_owned() } else { join(home.path, &field.name) };
        if !field.rules.is_empty() {
            let rules = rule::of(&field.rules);
            if !rules.idle {
                self.rules(home, field, &rules, &Place::field(&path, field, value, old), unions);
            }
        }
        match value {
            Value::Msg(part) => self.message(&path, part, old.and_then(as_message)),
            Value::List(list) => {
                let counterparts = Counterparts::of(old, field);
                for at in 0..list.len() {
                    if let Some(item) = list.get(at) {
                        let old = counterparts.as_ref().and_then(|old| old.find(item));
                        self.message(&format!("{path}[{at}]"), item, old);
                    }
                }
            }
            Value::Map(map) => {
                for (key, part) in map.iter() {
                    let old = if let Some(Value::Map(old)) = old { old.get(key) } else { None };
                    self.message(&format!("{path}[{key}]"), part, old);
                }
            }
            _ => {}
        }
    }

    fn rules(&mut self, home: Home<'_>, field: &Field, rules: &Rules, place: &Place<'_>, unions: &mut Unions) {
        let own = rules.targets.first().filter(|(target, _)| target.0.is_empty());
        let active = own.into_iter().flat_map(|(_, rules)| self.active(home, rules));
        let constraints: Vec<&Constraint> = [&rules.plain].into_iter().chain(active).collect();
        for constraint in &constraints {
            join_unions(constraint, home, field, place, unions);
        }
        check_place(&constraints, place, &mut self.errors);
        let mut items = Unions::default();
        for (target, rules) in rules.targets.iter().filter(|(target, _)| !target.0.is_empty()) {
            let constraints = self.active(home, rules);
            if constraints.is_empty() {
                continue;
            }
            item_members(&constraints, target, field, place, &mut items);
            for place in place::find(place.clone(), field, target) {
                let found = self.errors.len();
                check_place(&constraints, &place, &mut self.errors);
                if place.old.is_some_and(|old| equality::value_equal(old, place.value)) {
                    self.errors.truncate(found);
                }
            }
        }
        items.check(&place.path, &mut self.errors);
    }

    /// The constraints that count here and now.
    fn active<'r>(&self, home: Home<'_>, rules: &'r [Rule]) -> Vec<&'r Constraint> {
        let counts = |rule: &&Rule| rule.counts(self.gates) && rule.arm.as_ref().is_none_or(|arm| discriminator(home.message) == *arm);
        rules.iter().filter(counts).map(|rule| &rule.constraint).collect()
    }
}

/// Checks one place: first what cannot change, then whether there may be a value, then the value.
fn check_place(constraints: &[&Constraint], place: &Place<'_>, errors: &mut Vec<FieldError>) {
    for constraint in constraints {
        changes(constraint, place, errors);
    }
    let says = |presence| constraints.iter().any(|constraint| constraint.presence == Some(presence));
    if place.is_unset() && says(Presence::Required) {
        errors.push(FieldError::required(place.path.as_str(), ""));
        return;
    }
    if !place.is_unset() && says(Presence::Forbidden) {
        errors.push(FieldError::forbidden(place.path.as_str(), ""));
        return;
    }
    if place.is_unset() && says(Presence::Optional) || !place.is_given() {
        return;
    }
    for constraint in constraints {
        constraint.check(&place.path, place.value, errors);
        if let Some(rule) = &constraint.unique {
            unique::check(rule, &place.path, place.value, errors);
        }
    }
}

/// What an update may not do.
fn changes(constraint: &Constraint, place: &Place<'_>, errors: &mut Vec<FieldError>) {
    let (Some(old), Some(was_unset)) = (place.old, place.was_unset()) else { return };
    if constraint.immutable && !equality::value_equal(old, place.value) {
        errors.push(FieldError {
            path: place.path.clone(),
            kind: FieldErrorKind::Invalid,
            value: to_json(place.value),
            detail: "field is immutable".to_owned(),
        });
    }
    let update = constraint.update;
    let wrong = match (was_unset, place.is_unset()) {
        (true, false) if update.no_set => "field cannot be set once created",
        (false, true) if update.no_unset => "field cannot be cleared once set",
        (false, false) if update.no_modify && !equality::value_equal(old, place.value) => "field cannot be modified once set",
        _ => return,
    };
    errors.push(FieldError::invalid(place.path.as_str(), serde_json::Value::Null, wrong));
}

/// Enters the field into the unions it is part of.
fn join_unions(constraint: &Constraint, home: Home<'_>, field: &Field, place: &Place<'_>, unions: &mut Unions) {
    if let Some(union) = &constraint.discriminator {
        let unchanged = home.old.is_some() && place.old.is_some_and(|old| equality::value_equal(old, place.value));
        unions.discriminator(union, &field.name, &text(place.value), unchanged);
    }
    if let Some(member) = &constraint.member {
        let value = if place.is_unset() { serde_json::Value::from("") } else { to_json(place.value) };
        let entry = Member {
            name: field.name.to_string(),
            tag: member.tag.clone().unwrap_or_else(|| capital(&field.name)),
            path: place.path.clone(),
            set: !place.is_unset(),
            was: place.was_unset().map(|unset| !unset),
            value,
        };
        unions.member(&member.union, member.may_be_none, entry);
    }
}

/// Enters the items that a target names into the unions they are part of.
fn item_members(constraints: &[&Constraint], target: &Target, field: &Field, place: &Place<'_>, unions: &mut Unions) {
    let [Step::Item(pairs)] = target.0.as_slice() else { return };
    let has = |value: Value<'_>| matches!(value, Value::List(list) if place::any(list, pairs));
    for member in constraints.iter().filter_map(|constraint| constraint.member.as_ref()) {
        let keys: serde_json::Map<String, serde_json::Value> =
            pairs.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let entry = Member {
            name: format!("{}[{}]", field.name, serde_json::Value::Object(keys)),
            tag: String::new(),
            path: place.path.clone(),
            set: has(place.value),
            was: place.old.map(has),
            value: serde_json::Value::Null,
        };
        unions.member(&member.union, member.may_be_none, entry);
    }
}

/// What the discriminator of a message says.
fn discriminator(message: &dyn Message) -> String {
    let desc = message.descriptor();
    let decides = |field: &Field| field.rules.contains("\"x-discriminator\"") && rule::of(&field.rules).discriminates;
    desc.fields.iter().position(decides).map(|at| text(path::field(message, at))).unwrap_or_default()
}

fn text(value: Value<'_>) -> String {
    if let Value::Str(text) = value { text.to_owned() } else { String::new() }
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn as_message(value: Value<'_>) -> Option<&dyn Message> {
    match value {
        Value::Msg(message) => Some(message),
        _ => None,
    }
}
