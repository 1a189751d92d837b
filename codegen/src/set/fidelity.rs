//! How much of a value survives a conversion.

use serde_json::Value;

/// What becomes of the values of a field in one direction. A counter-example stands beside each answer but the first and the last.
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
    /// Functions decide, of which nothing is known.
    Unproved,
}

impl Fidelity {
    /// One word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Respelled { .. } => "respelled",
            Self::Remembered { .. } => "remembered",
            Self::Lost { .. } => "lost",
            Self::Unproved => "unproved",
        }
    }

    /// The better the lower.
    pub fn rank(&self) -> u8 {
        match self {
            Self::Exact => 0,
            Self::Respelled { .. } => 1,
            Self::Remembered { .. } => 2,
            Self::Lost { .. } => 3,
            Self::Unproved => 4,
        }
    }

    /// A value that does not come back as it was, and what comes back of it.
    pub fn example(&self) -> Option<(&Value, &Value)> {
        match self {
            Self::Respelled { value, back } | Self::Remembered { value, back } | Self::Lost { value, back } => Some((value, back)),
            Self::Exact | Self::Unproved => None,
        }
    }
}

/// A value of a kind in two versions, or of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Where the hub has it: JSON names, `[]` for items of a list and values of a map; nothing when the version alone has it.
    pub hub: Vec<String>,
    /// Where the version has it.
    pub spoke: Vec<String>,
    /// The rule that ties the two, such as `scale`; empty when they are the same.
    pub rule: &'static str,
    /// From the hub to the version, and back over what is stored.
    pub view: Fidelity,
    /// From the version to the hub, and read again.
    pub put: Fidelity,
}

impl Leaf {
    /// Whether nothing has to be said of it.
    pub fn is_exact(&self) -> bool {
        self.view == Fidelity::Exact && self.put == Fidelity::Exact
    }
}
