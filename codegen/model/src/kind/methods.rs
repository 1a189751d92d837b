//! The HTTP methods by which a subresource connects, and the verbs they count as.

use super::{Verb, Verbs};

/// A set of HTTP methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Methods(u8);

/// Every method in alphabetical order, and the verb that discovery and authorization see in it.
const ALL: [(&str, Methods, Option<Verb>); 7] = [
    ("DELETE", Methods::DELETE, Some(Verb::Delete)),
    ("GET", Methods::GET, Some(Verb::Get)),
    ("HEAD", Methods::HEAD, None),
    ("OPTIONS", Methods::OPTIONS, None),
    ("PATCH", Methods::PATCH, Some(Verb::Patch)),
    ("POST", Methods::POST, Some(Verb::Create)),
    ("PUT", Methods::PUT, Some(Verb::Update)),
];

impl Methods {
    /// No method.
    pub const NONE: Self = Self(0);
    /// DELETE alone.
    pub const DELETE: Self = Self(1);
    /// GET alone.
    pub const GET: Self = Self(2);
    /// HEAD alone.
    pub const HEAD: Self = Self(4);
    /// OPTIONS alone.
    pub const OPTIONS: Self = Self(8);
    /// PATCH alone.
    pub const PATCH: Self = Self(16);
    /// POST alone.
    pub const POST: Self = Self(32);
    /// PUT alone.
    pub const PUT: Self = Self(64);

    /// These and those.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
    /// The method of this name alone, in capitals; none for a name that is no method's.
    pub fn named(name: &str) -> Self {
        ALL.iter().find(|(known, ..)| *known == name).map_or(Self::NONE, |(_, method, _)| *method)
    }
    /// Whether the method of this name is among them.
    pub fn has(self, name: &str) -> bool {
        self.0 & Self::named(name).0 != 0
    }
    /// The names of the methods in alphabetical order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        ALL.into_iter().filter(move |(_, method, _)| self.0 & method.0 != 0).map(|(name, ..)| name)
    }
    /// The verbs that discovery and authorization see in them.
    pub const fn verbs(self) -> Verbs {
        let (mut verbs, mut at) = (Verbs::NONE, 0);
        while at < ALL.len() {
            if let (true, Some(verb)) = (self.0 & ALL[at].1.0 != 0, ALL[at].2) {
                verbs = verbs.with(verb);
            }
            at += 1;
        }
        verbs
    }
}

impl<'a> FromIterator<&'a str> for Methods {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        names.into_iter().fold(Self::NONE, |methods, name| methods.and(Self::named(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_count_as_verbs() {
        let methods: Methods = ["POST", "GET", "HEAD", "BREW"].into_iter().collect();
        assert_eq!(methods.names().collect::<Vec<_>>(), ["GET", "HEAD", "POST"]);
        assert_eq!(methods.verbs(), Verbs::NONE.with(Verb::Create).with(Verb::Get));
        assert!(methods.has("HEAD") && !methods.has("PUT") && !methods.has("BREW"));
    }
}
