//! How much of a value survives a conversion.

use serde_json::Value;

/// What becomes of the values of a field in one direction. A counter-example stands beside each answer but the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// Every value comes back as it was.
    Exact,
    /// Every value comes back, perhaps spelled another way.
    Respelled {
        /// A value.
        value: Value,
        /// How it comes back.
        back: Value,
    },
    /// The other side does not show every value; what is stored is kept.
    Remembered {
        /// A value.
        value: Value,
        /// What the other side shows of it; null when nothing.
        back: Value,
    },
    /// Some value does not come back.
    Lost {
        /// A value.
        value: Value,
        /// What comes back of it; null when nothing.
        back: Value,
    },
}
