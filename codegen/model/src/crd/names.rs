//! Names for types that have none: as short as their fields' names allow, told apart by what holds them.

use std::collections::{BTreeMap, BTreeSet};

use super::types::Place;

/// Words that say nothing alone.
const GENERIC: [&str; 9] = ["Spec", "Status", "Metadata", "Item", "Data", "Value", "Config", "Template", "Ref"];

/// A name for each type by its places, none of them among the names that are taken. The most used types get the shortest names.
pub fn choose(places: &[Vec<Place>], taken: &BTreeSet<String>) -> Vec<String> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    let depth = |at: usize| places[at].iter().map(|place| place.path.len()).min().unwrap_or_default();
    order.sort_by_key(|at| (std::cmp::Reverse(places[*at].len()), depth(*at), *at));
    let mut taken = taken.clone();
    let mut names = vec![String::new(); places.len()];
    for at in order {
        let candidates = typical(&places[at]).map(candidates).unwrap_or_default();
        let last = candidates.last().cloned().unwrap_or_else(|| "Part".to_owned());
        let numbered = (2..).map(|number| format!("{last}{number}"));
        let name = candidates.into_iter().chain(numbered).find(|name| !taken.contains(name)).unwrap_or(last);
        taken.insert(name.clone());
        names[at] = name;
    }
    names
}

/// The shortest of the places that end in the most usual name.
fn typical(places: &[Place]) -> Option<&Place> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for place in places {
        *counts.entry(end(place)).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    places.iter().filter(|place| counts.get(&end(place)) == Some(&most)).min_by_key(|place| place.path.len())
}

fn end(place: &Place) -> String {
    place.path.last().map(word).unwrap_or_default()
}

/// From the shortest to the longest: the last word, then with what holds it, up to the kind.
fn candidates(place: &Place) -> Vec<String> {
    let mut words: Vec<String> = place.path.iter().map(word).collect();
    match (place.path.first(), words.len()) {
        (Some((first, false)), 1) if matches!(first.as_str(), "spec" | "status") => {
            return vec![format!("{}{}", pascal(&place.kind), words[0])];
        }
        (Some((first, false)), _) if first == "spec" => words[0] = pascal(&place.kind),
        _ => words.insert(0, pascal(&place.kind)),
    }
    let mut found = Vec::new();
    let mut name = String::new();
    for (at, word) in words.iter().enumerate().rev() {
        name = if name.starts_with(word.as_str()) { name } else { format!("{word}{name}") };
        let last = at + 1 == words.len();
        if !(last && words.len() > 1 && GENERIC.contains(&name.as_str())) && found.last() != Some(&name) {
            found.push(name.clone());
        }
    }
    found
}

/// A property as a word of a type's name; of items, in the singular.
pub(super) fn word((name, item): &(String, bool)) -> String {
    let word = pascal(name);
    if *item { singular(&word) } else { word }
}

/// Letters and digits, each part with a capital; what starts with none gets one.
fn pascal(name: &str) -> String {
    let mut out = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut chars = part.chars();
        out.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    match out.chars().next() {
        None => "Part".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{out}"),
        Some(_) => out,
    }
}

fn singular(word: &str) -> String {
    let ends = |end: &str| word.ends_with(end);
    let cut = |count: usize| word[..word.len() - count].to_owned();
    match word {
        _ if ends("ies") && word.len() > 4 => cut(3) + "y",
        _ if ends("sses") || ends("xes") || ends("ches") || ends("shes") || ends("uses") && !ends("auses") => cut(2),
        _ if ends("ss") || ends("us") || ends("is") || !ends("s") || word.len() < 3 => word.to_owned(),
        _ => cut(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(kind: &str, path: &str) -> Place {
        let step = |step: &str| (step.trim_end_matches("[]").to_owned(), step.ends_with("[]"));
        Place { kind: kind.to_owned(), path: path.split('.').map(step).collect() }
    }

    #[test]
    fn names_are_as_short_as_they_can_be() {
        let places = [
            ("Rocket", "spec"),
            ("Rocket", "status"),
            ("Rocket", "spec.stages[]"),
            ("Rocket", "spec.template"),
            ("Rocket", "spec.template.spec"),
            ("Rocket", "spec.policies[]"),
            ("Rocket", "status.policies[]"),
            ("Rocket", "spec.tank.policies[]"),
            ("Rocket", "spec.addresses[]"),
            ("Rocket", "spec.3d"),
            ("Rocket", "spec.x-y"),
        ];
        let places: Vec<Vec<Place>> = places.into_iter().map(|(kind, path)| vec![place(kind, path)]).collect();
        let taken = BTreeSet::from(["Rocket".to_owned()]);
        let expected = [
            "RocketSpec",
            "RocketStatus",
            "Stage",
            "RocketTemplate",
            "TemplateSpec",
            "Policy",
            "StatusPolicy",
            "TankPolicy",
            "Address",
            "N3d",
            "XY",
        ];
        assert_eq!(choose(&places, &taken), expected);
    }

    #[test]
    fn plurals_have_singulars() {
        for (many, one) in [
            ("Stages", "Stage"),
            ("Classes", "Class"),
            ("Boxes", "Box"),
            ("Patches", "Patch"),
            ("Status", "Status"),
            ("Statuses", "Status"),
            ("Clauses", "Clause"),
            ("Policies", "Policy"),
            ("Dns", "Dn"),
            ("Access", "Access"),
            ("IPs", "IP"),
            ("Data", "Data"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
