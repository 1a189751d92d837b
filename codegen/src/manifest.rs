//! `generated/MANIFEST`: which schemas the generated files were made from.

use kubewright_model::digest::Digest;

/// Where it lies.
pub const PATH: &str = "generated/MANIFEST";

/// The text for these schema files: a line per set with its digest. Names are relative to `schemas/`; their order does not matter.
pub fn text(files: &[(String, String)]) -> String {
    let mut sorted: Vec<&(String, String)> = files.iter().collect();
    sorted.sort();
    let mut sets: Vec<(&str, Digest)> = Vec::new();
    for (name, text) in sorted {
        let Some((set, _)) = name.split_once('/') else { continue };
        if sets.last().is_none_or(|(last, _)| *last != set) {
            sets.push((set, Digest::default()));
        }
        if let Some((_, digest)) = sets.last_mut() {
            digest.add(name, text);
        }
    }
    sets.into_iter().map(|(set, digest)| format!("{set} {}\n", digest.hex())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_per_set() {
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let one = text(&[file("b/set.yaml", "set: b"), file("a/set.yaml", "set: a"), file("a/v1/x.yaml", ""), file("schema.json", "{}")]);
        let two = text(&[file("a/v1/x.yaml", ""), file("a/set.yaml", "set: a"), file("b/set.yaml", "set: b")]);
        assert_eq!(one, two);
        assert_eq!(one.lines().map(|line| line.split(' ').next()).collect::<Vec<_>>(), [Some("a"), Some("b")]);
    }
}
