//! What an import could not express, and what else its reader should know.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Most places that are named for one remark.
const PLACES: usize = 8;

/// Remarks with the places they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    remarks: BTreeMap<String, Vec<String>>,
}

impl Report {
    /// Adds a place to a remark.
    pub fn add(&mut self, remark: impl Into<String>, place: impl Into<String>) {
        self.remarks.entry(remark.into()).or_default().push(place.into());
    }

    /// Takes over the remarks of another report.
    pub fn append(&mut self, other: Self) {
        for (remark, places) in other.remarks {
            self.remarks.entry(remark).or_default().extend(places);
        }
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.remarks.is_empty()
    }

    /// Remarks with their places, in the order of the remarks.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.remarks.iter().map(|(remark, places)| (remark.as_str(), places.as_slice()))
    }

    /// The report for people: a line per remark with the first places, or with all of them.
    pub fn text(&self, all: bool) -> String {
        let mut out = String::new();
        for (remark, places) in self.iter() {
            let shown = if all { places.len() } else { places.len().min(PLACES) };
            let _ = write!(out, "- {remark}: {}", places[..shown].join(", "));
            let more = places.len() - shown;
            if more > 0 {
                let _ = write!(out, " and {more} more");
            }
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_one_remark_stand_together() {
        let mut report = Report::default();
        for place in 0..10 {
            report.add("lost", format!("p{place}"));
        }
        report.add("another", "x");
        assert_eq!(report.text(false), "- another: x\n- lost: p0, p1, p2, p3, p4, p5, p6, p7 and 2 more\n");
        assert!(report.text(true).ends_with("p8, p9\n"));
    }
}
