//! Which version of a group is preferred, where nobody says.

use std::cmp::{Ordering, Reverse};

/// Orders names of versions, the most preferred first: stable ones before beta before alpha, newer before older, anything else last.
pub fn version_order(a: &str, b: &str) -> Ordering {
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}

fn rank(name: &str) -> (u8, Reverse<u32>, Reverse<u32>) {
    let last = (3, Reverse(0), Reverse(0));
    let Some(rest) = name.strip_prefix('v') else { return last };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (major, stage) = rest.split_at(digits);
    let Ok(major) = major.parse() else { return last };
    let (level, minor) = match (stage.strip_prefix("beta"), stage.strip_prefix("alpha")) {
        (Some(minor), _) => (1, minor),
        (_, Some(minor)) => (2, minor),
        _ if stage.is_empty() => (0, "0"),
        _ => return last,
    };
    minor.parse().map_or(last, |minor| (level, Reverse(major), Reverse(minor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stable_and_newer_versions_come_first() {
        let expected = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v1beta1", "v12alpha1", "v11alpha2", "foo", "v1x"];
        let mut sorted = expected;
        sorted.reverse();
        sorted.sort_by(|a, b| version_order(a, b));
        assert_eq!(sorted, expected);
    }
}
