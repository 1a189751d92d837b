//! The table of rules, a section a module, and what changes nothing for anybody.

mod conversion;
mod fields;
mod http;
mod lint;
mod moves;
mod rust;
mod surface;
mod types;
mod validation;
mod versions;
mod wire;

use super::change::Change;
use super::rule::{By, Rule, Severity};
use super::side::What;

/// Sections of the table with their titles.
pub const SECTIONS: [(&str, &[&[Rule]]); 9] = [
    ("API surface", &[surface::RULES]),
    ("Versions, life cycle, storage", &[versions::RULES]),
    ("Fields and types", &[fields::RULES, types::RULES]),
    ("Validation", &[validation::RULES]),
    ("Conversion between versions", &[conversion::RULES]),
    ("Protobuf wire", &[wire::RULES]),
    ("OpenAPI and HTTP", &[http::RULES]),
    ("Generated crates", &[rust::RULES]),
    ("Design of one release", &[lint::RULES]),
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    SECTIONS.iter().flat_map(|(_, parts)| parts.iter().flat_map(|part| part.iter()))
}

/// A rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// A row for any track: `!` after the severity in the table.
const fn firm(id: &'static str, kind: char, title: &'static str, remedy: &'static str, by: By) -> Rule {
    Rule { id, kind, severity: Severity::Error, firm: true, title, remedy, by }
}

/// A row that alpha versions are held to less.
const fn error(id: &'static str, kind: char, title: &'static str, remedy: &'static str, by: By) -> Rule {
    Rule { id, kind, severity: Severity::Error, firm: false, title, remedy, by }
}

const fn warning(id: &'static str, kind: char, title: &'static str, remedy: &'static str, by: By) -> Rule {
    Rule { id, kind, severity: Severity::Warning, firm: false, title, remedy, by }
}

const fn note(id: &'static str, kind: char, title: &'static str, remedy: &'static str, by: By) -> Rule {
    Rule { id, kind, severity: Severity::Note, firm: false, title, remedy, by }
}

/// Whether nobody who uses the API can be harmed by a change, whatever its values: what rules are about is judged by them besides.
pub(super) fn is_harmless(change: &Change<'_>) -> bool {
    let what = change.what;
    if change.key.is_empty() {
        // Fields that have a type that is gone are told of each for itself, and so are definitions.
        return change.old.is_none() && what != What::Lens || what == What::Type;
    }
    matches!(
        (what, change.key),
        (_, "title" | "example" | "externalDocs")
            // What documents show is told of by the documents.
            | (What::Set, "release" | "typeMeta" | "crds" | "documents" | "use" | "groups")
            | (What::Version, "openapi")
            | (What::Group, "module")
            | (What::Kind, "crd")
            | (What::Version | What::Kind, "warning" | "replacement")
            | (What::Subresource, "tail" | "text")
            | (What::Column, "doc" | "priority")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_the_list() {
        let expected: Vec<String> = [('A', 15), ('V', 18), ('F', 39), ('C', 16), ('X', 14), ('P', 15), ('O', 10), ('G', 4), ('L', 23)]
            .into_iter()
            .flat_map(|(letter, count)| (1..=count).map(move |number| format!("{letter}{number:02}")))
            .collect();
        let mut ids: Vec<&str> = all().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), 154);
        let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        ids.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ids, expected);
    }
}
