//! The promises of an API, kept by a gate: what is to be released is held against what was.
//!
//! Both sides become flat lists of items with facts (`side`, `walk`, `meaning`, `reach`); what differs becomes a list of changes (`change`); rules
//! classify them (`rules`, `judge`). A change that no rule is about is an error. What is to be known of releases stands in `lock`, what people
//! state about comparisons in `suppress`.

mod change;
pub mod judge;
pub mod lock;
mod meaning;
mod reach;
pub mod rule;
pub mod rules;
mod sample;
pub mod show;
mod side;
pub mod suppress;
mod table;
mod walk;

pub use change::{Change, changes};
pub use judge::{Finding, Findings, judge};
pub use lock::Lock;
pub use rule::{Pair, Severity};
pub use sample::samples;
pub use side::{Fact, Item, Side, Track, What, side_of};
pub use suppress::Exceptions;
pub use table::table;
