//! The order of version names: stable before beta before alpha, higher numbers first, all other names last.

use std::cmp::{Ordering, Reverse};

/// How settled a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `v1alpha1`
    Alpha,
    /// `v1beta1`
    Beta,
    /// `v1`, and every name that is no Kubernetes version.
    Stable,
}

impl Level {
    /// The level of a version by its name.
    pub fn of(version: &str) -> Self {
        parse(version).map_or(Self::Stable, |(level, ..)| level)
    }
}

/// Orders version names, most preferred first. Source: apimachinery `version.CompareKubeAwareVersionStrings`.
pub fn compare(a: &str, b: &str) -> Ordering {
    match (parse(a), parse(b)) {
        (Some(a), Some(b)) => Reverse(a).cmp(&Reverse(b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

/// Level, major and minor number of `v1`, `v2beta1`; `None` for other names.
fn parse(version: &str) -> Option<(Level, u64, u64)> {
    let rest = version.strip_prefix('v')?;
    let (major, rest) = number(rest)?;
    if rest.is_empty() {
        return Some((Level::Stable, major, 0));
    }
    let (level, rest) = match (rest.strip_prefix("alpha"), rest.strip_prefix("beta")) {
        (Some(rest), _) => (Level::Alpha, rest),
        (_, Some(rest)) => (Level::Beta, rest),
        _ => return None,
    };
    let (minor, rest) = number(rest)?;
    rest.is_empty().then_some((level, major, minor))
}

/// The number at the start of a text, and what follows it. Numbers beyond 63 bits are none.
fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    digits.parse::<i64>().ok().map(|number| (number as u64, rest))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Level, compare};

    /// From the reference implementation's test tables, most preferred first.
    const ORDER: [&str; 38] = [
        "v11",
        "v10",
        "v2",
        "v1",
        "v01",
        "v0",
        "v10beta3",
        "v3beta1",
        "v2beta1",
        "v1beta10",
        "v1beta2",
        "v1beta1",
        "v1beta01",
        "v1beta0",
        "v12alpha1",
        "v11alpha2",
        "v2alpha1",
        "v1alpha10",
        "v1alpha2",
        "v1alpha1",
        "1",
        "V1",
        "__internal",
        "bar",
        "foo",
        "foo1",
        "foo10",
        "v",
        "v-1",
        "v1.1",
        "v1Beta1",
        "v1alpha1beta1",
        "v1beta",
        "v1beta1x",
        "v1gamma1",
        "v99999999999999999999",
        "version1",
        "version10",
    ];
    const EQUAL: [(&str, &str); 2] = [("v1", "v01"), ("v1beta1", "v1beta01")];

    #[test]
    fn every_pair_compares_as_in_kubernetes() {
        for (i, a) in ORDER.iter().enumerate() {
            for (j, b) in ORDER.iter().enumerate() {
                let equal = EQUAL.contains(&(a, b)) || EQUAL.contains(&(b, a));
                let want = if equal { Ordering::Equal } else { i.cmp(&j) };
                assert_eq!(compare(a, b), want, "{a} {b}");
            }
        }
    }

    #[test]
    fn levels_follow_the_name() {
        let cases = [("v1", Level::Stable), ("v2beta3", Level::Beta), ("v1alpha1", Level::Alpha), ("foo", Level::Stable)];
        for (version, want) in cases {
            assert_eq!(Level::of(version), want, "{version}");
        }
    }
}
