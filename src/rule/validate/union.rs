//! Unions: of some fields, or of some items of a list, exactly one or at most one is set; a discriminator may name which.

use serde_json::Value as Json;

use crate::rule::FieldError;
use crate::rule::quote::quoted;

/// The unions of one message or list while its members are gone through.
#[derive(Debug, Default)]
pub(super) struct Unions(Vec<Union>);

#[derive(Debug, Default)]
struct Union {
    name: String,
    may_be_none: bool,
    members: Vec<Member>,
    discriminator: Option<Discriminator>,
}

/// A field or item that a union is made of.
#[derive(Debug)]
pub(super) struct Member {
    /// What messages call it.
    pub(super) name: String,
    /// What the discriminator calls it.
    pub(super) tag: String,
    /// Where it is.
    pub(super) path: String,
    pub(super) set: bool,
    /// Whether it was set; `None` when nothing is known of before.
    pub(super) was: Option<bool>,
    pub(super) value: Json,
}

#[derive(Debug)]
struct Discriminator {
    name: String,
    value: String,
    unchanged: bool,
}

impl Unions {
    fn named(&mut self, name: &str, may_be_none: bool) -> &mut Union {
        let at = self.0.iter().position(|union| union.name == name && union.may_be_none == may_be_none).unwrap_or_else(|| {
            self.0.push(Union { name: name.to_owned(), may_be_none, ..Union::default() });
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    /// Adds a member.
    pub(super) fn member(&mut self, union: &str, may_be_none: bool, member: Member) {
        self.named(union, may_be_none).members.push(member);
    }

    /// States what the discriminator of a union says.
    pub(super) fn discriminator(&mut self, union: &str, name: &str, value: &str, unchanged: bool) {
        self.named(union, false).discriminator = Some(Discriminator { name: name.to_owned(), value: value.to_owned(), unchanged });
    }

    /// What is wrong. A union whose members are set as they were is left alone.
    pub(super) fn check(&self, path: &str, errors: &mut Vec<FieldError>) {
        for union in self.0.iter().filter(|union| !union.members.is_empty() && !union.unchanged()) {
            match &union.discriminator {
                Some(discriminator) => union.discriminated(discriminator, errors),
                None => union.counted(path, errors),
            }
        }
    }
}

impl Union {
    fn unchanged(&self) -> bool {
        self.members.iter().all(|member| member.was == Some(member.set))
            && self.discriminator.as_ref().is_none_or(|discriminator| discriminator.unchanged)
    }

    fn discriminated(&self, discriminator: &Discriminator, errors: &mut Vec<FieldError>) {
        for member in &self.members {
            let wanted = member.tag == discriminator.value;
            let word = match (wanted, member.set) {
                (true, false) => "must",
                (false, true) => "may only",
                _ => continue,
            };
            let detail = format!("{word} be specified when `{}` is {}", discriminator.name, quoted(&member.tag));
            errors.push(FieldError::invalid(member.path.clone(), member.value.clone(), detail));
        }
    }

    fn counted(&self, path: &str, errors: &mut Vec<FieldError>) {
        let list =
            |members: &mut dyn Iterator<Item = &Member>| members.map(|member| format!("`{}`", member.name)).collect::<Vec<_>>().join(", ");
        let all = list(&mut self.members.iter());
        let set = || self.members.iter().filter(|member| member.set);
        match set().count() {
            0 if !self.may_be_none => errors.push(FieldError::invalid(path, "", format!("must specify one of: {all}"))),
            0 | 1 => {}
            _ => {
                let how = if self.may_be_none { "at most" } else { "exactly" };
                let found = format!("{{{}}}", list(&mut set()));
                errors.push(FieldError::invalid(path, found, format!("must specify {how} one of: {all}")));
            }
        }
    }
}
