//! Protobuf numbers: every field states one, none twice, none that protobuf keeps for itself.

use std::collections::BTreeMap;

use kubewright_model::Desc;

use crate::diagnostic::{Collector, Diagnostic};
use crate::resolve::Origin;
use crate::source::Span;

/// Greatest number of a field. Source: protobuf language guide, "Assigning Field Numbers".
const LAST: i64 = (1 << 29) - 1;
/// Numbers that protobuf keeps for itself. Source: the same.
const RESERVED: std::ops::RangeInclusive<i64> = 19000..=19999;

pub(super) fn check(desc: &Desc, origin: &Origin<'_>, problems: &mut Collector) {
    let mut taken: BTreeMap<i64, Span> = desc.fields[..origin.implied].iter().filter(|field| field.number > 0).map(|field| (i64::from(field.number), origin.span)).collect();
    for field in origin.fields {
        let Some(tag) = &field.tag else { continue };
        if !(1..=LAST).contains(&tag.value) || RESERVED.contains(&tag.value) {
            let problem = Diagnostic::new("number-range", tag.span, format!("{} cannot be the number of a field", tag.value));
            problems.report(problem.help(format!("numbers run from 1 to {LAST}; protobuf keeps 19000 to 19999 for itself")));
        } else if let Some(first) = taken.get(&tag.value) {
            let problem = Diagnostic::new("number-duplicate", tag.span, format!("number {} is taken in {}", tag.value, desc.name)).other(*first, "by this");
            problems.report(problem.help(format!("the next free number is {}", next(origin, &taken))));
        } else {
            taken.insert(tag.value, tag.span);
        }
    }
    let mut free = next(origin, &taken);
    for field in origin.fields.iter().filter(|field| field.tag.is_none()) {
        let problem = Diagnostic::new("number-missing", field.name.span, format!("the field `{}` has no protobuf number", field.name.value));
        problems.report(problem.help(format!("the next free number is {free}: write `tag: {free}`")));
        free = after(free);
    }
}

/// The number after the greatest one that is stated.
fn next(origin: &Origin<'_>, taken: &BTreeMap<i64, Span>) -> i64 {
    let stated = origin.fields.iter().filter_map(|field| field.tag.as_ref().map(|tag| tag.value)).filter(|tag| (1..=LAST).contains(tag));
    after(stated.chain(taken.keys().copied()).max().unwrap_or_default())
}

fn after(number: i64) -> i64 {
    if RESERVED.contains(&(number + 1)) { RESERVED.end() + 1 } else { number + 1 }
}
