//! The wrappers of a tag: under which conditions, and where below the field its check holds.

use super::syntax::{Tag, Value};
use crate::import::write::{Map, Node};

/// Conditions and target of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    alpha: Option<String>,
    beta: Option<String>,
    gate: Option<String>,
    unless: Option<String>,
    arm: Option<String>,
    at: String,
}

impl Place {
    /// Takes the wrappers off a tag.
    pub(super) fn unwrap(tag: &Tag) -> Result<(Self, &Tag), String> {
        let mut place = Self::default();
        let mut tag = tag;
        while let Value::Tag(inner) = &tag.value {
            place.enter(tag)?;
            tag = inner;
        }
        Ok((place, tag))
    }

    fn enter(&mut self, tag: &Tag) -> Result<(), String> {
        let only = || tag.args.first().map(|(_, value)| value.clone()).ok_or_else(|| format!("`{}` has no argument", tag.name));
        let condition = match tag.name.as_str() {
            "alpha" => &mut self.alpha,
            "beta" => &mut self.beta,
            "ifEnabled" => &mut self.gate,
            "ifDisabled" => &mut self.unless,
            "member" => &mut self.arm,
            _ => return self.below(tag),
        };
        match condition.replace(only()?) {
            None => Ok(()),
            Some(_) => Err(format!("`{}` stands in itself", tag.name)),
        }
    }

    fn below(&mut self, tag: &Tag) -> Result<(), String> {
        match (tag.name.as_str(), tag.args.as_slice()) {
            ("eachVal", []) => self.at.push_str("[*]"),
            ("eachKey", []) => self.at.push_str("[keys]"),
            ("subfield", [(_, name)]) => {
                self.at.push('.');
                self.at.push_str(name);
            }
            ("item", pairs) if !pairs.is_empty() => {
                let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
                self.at.extend(["[", &pairs.join(","), "]"]);
            }
            (name, _) => return Err(format!("nothing is known about `{name}` around other tags")),
        }
        Ok(())
    }

    /// The keys of a rule that say it.
    pub(super) fn map(self) -> Map {
        let mut map = Map::new();
        let rows = [("alpha", self.alpha), ("beta", self.beta), ("gate", self.gate), ("unless", self.unless), ("arm", self.arm)];
        for (key, value) in rows {
            if let Some(value) = value {
                map.push(key, Node::text(value));
            }
        }
        if !self.at.is_empty() {
            map.push("at", Node::text(self.at));
        }
        map
    }
}
