//! Two-way rules between a type of the hub and a type of a version.

use super::Path;

/// The two sides of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The version that all conversions go through.
    Hub,
    /// The other version.
    Spoke,
}

impl Side {
    /// The opposite side.
    pub fn other(self) -> Self {
        if self == Self::Hub { Self::Spoke } else { Self::Hub }
    }
}

/// A two-way rule between a hub type and a spoke type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same value under another name or in another place.
    Move {
        /// Where the hub has it.
        hub: Path,
        /// Where the version has it.
        spoke: Path,
    },
    /// One value in two notations.
    Value {
        /// Where the hub has it.
        hub: Path,
        /// Where the version has it.
        spoke: Path,
        /// How the notations correspond.
        value: Value,
    },
    /// Messages, lists or maps of messages that correspond by rules of their own, besides those of their types.
    Within {
        /// The hub's field.
        hub: Path,
        /// The version's field.
        spoke: Path,
        /// Rules between the two element types.
        steps: Vec<Step>,
    },
    /// The hub has one field per arm, the version one field for all; a tag that both have names the arm.
    Union {
        /// The hub's tag.
        hub_tag: Path,
        /// Tag value and the hub's field for it.
        arms: Vec<(String, Path)>,
        /// The version's tag.
        spoke_tag: Path,
        /// The version's field.
        spoke_value: Path,
    },
    /// Two text fields whose values correspond, depending on a third that both have. Rows that do not fit copy the text.
    Lookup {
        /// The field that both have and that chooses the row.
        by: Path,
        /// The hub's field.
        hub: Path,
        /// The version's field.
        spoke: Path,
        /// Value of `by`, the hub's text, the version's text.
        rows: Vec<(String, String, String)>,
    },
    /// A tag that one side has; on the other, the arm that is set says as much.
    Tag {
        /// Who has the tag.
        side: Side,
        /// The tag.
        tag: Path,
        /// Tag value and the other side's field for it.
        arms: Vec<(String, Path)>,
    },
    /// A value that one side has alone and that follows from nothing.
    Fixed {
        /// Who has it.
        side: Side,
        /// The field.
        path: Path,
        /// Its value, as JSON.
        value: String,
        /// It has no other value; otherwise this one stands in for one that is not set.
        always: bool,
    },
    /// A value of one side that the other keeps as text in a map, such as an annotation.
    Entry {
        /// Who has the map.
        side: Side,
        /// The map of text.
        map: Path,
        /// The key in it.
        key: String,
        /// The other side's field.
        path: Path,
        /// Full protobuf name of the message that the text holds, where the field's own type is not the one.
        of: Option<String>,
        /// The text has the names that Go gives a struct's fields.
        go: bool,
    },
    /// The first item of the hub's list that fits, against a field of the version.
    Item {
        /// The hub's list.
        list: Path,
        /// Paths in the item and the texts they have.
        fits: Vec<(Path, String)>,
        /// Path in the item of the field's value.
        value: Path,
        /// The version's field.
        spoke: Path,
        /// The annotation with the rest.
        rest: Option<Rest>,
    },
    /// Several fields of one side that are one text on the other.
    Join {
        /// Who has the text.
        side: Side,
        /// The text.
        text: Path,
        /// The other side's fields, in order.
        parts: Vec<Path>,
        /// What stands between two of them.
        by: String,
    },
    /// Fields of one side that are entries of a map on the other.
    Entries {
        /// Who has the map.
        side: Side,
        /// The map.
        map: Path,
        /// Key and the other side's field.
        fields: Vec<(String, Path)>,
    },
    /// Rules that hold for some values of a tag that both sides have.
    When {
        /// The hub's tag.
        hub_by: Path,
        /// The version's tag.
        spoke_by: Path,
        /// Tag values and the rules for them.
        arms: Vec<Arm>,
    },
    /// Two functions.
    Compute {
        /// The hub's fields.
        hub: Vec<Path>,
        /// The version's fields.
        spoke: Vec<Path>,
        /// From the hub's fields to the version's.
        view: String,
        /// From the version's fields, and the hub's as stored, to the hub's.
        put: String,
    },
    /// A message that is there even when nothing in it is set.
    Present {
        /// Who has it.
        side: Side,
        /// The message.
        path: Path,
    },
    /// A field of the hub that a write through the version empties.
    Reset {
        /// The field.
        path: Path,
    },
}

/// An annotation of the version that holds a list's items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The map of annotations.
    pub map: Path,
    /// The key in it.
    pub key: String,
    /// Full protobuf name of the items in it, where they are not the hub's.
    pub of: Option<String>,
    /// It holds the item that fits, too.
    pub all: bool,
}

/// Rules for some values of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// The tag's value.
    pub tag: String,
    /// What holds then.
    pub steps: Vec<Step>,
}

/// How one value corresponds to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// What is unset on one side is this value on the other, as JSON. `shown`: the version always shows it.
    Unset {
        /// The value that stands in.
        json: String,
        /// The version never leaves it unset, because it defaults to that value.
        shown: bool,
    },
    /// The first item of a list, or a list of one.
    Head {
        /// Who has the list.
        list: Side,
    },
    /// Texts by table: the hub's, the version's. Of several rows with the same text, the first counts on the way back.
    Table(Vec<(String, String)>),
    /// The version's number is the hub's times a fraction.
    Scale {
        /// Above.
        times: i64,
        /// Below.
        over: i64,
    },
    /// Two notations of the same thing.
    Form {
        /// What it is.
        form: Form,
        /// The unit of integers; text is written in full.
        unit: Unit,
    },
    /// A list on one side, a map by the list's key on the other.
    Keyed {
        /// Who has the list.
        list: Side,
        /// The items' key.
        key: String,
        /// The items' field that is the map's value; the rest of the item otherwise.
        value: Option<String>,
    },
    /// Raw JSON in two types.
    Raw,
}

/// What two notations stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Numbers, flags and text that spell the same.
    Text,
    /// A quantity.
    Quantity,
    /// A length of time.
    Duration,
    /// A moment.
    Time,
}

/// What an integer counts, as a fraction of one: of a second, or of a quantity's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Nanoseconds, or billionths of one.
    pub nanos: i64,
}

impl Step {
    /// Every path of the rule that starts at the type it stands for, with its side.
    pub fn each_path(&mut self, apply: &mut dyn FnMut(Side, &mut Path)) {
        use Side::{Hub, Spoke};
        match self {
            Self::Move { hub, spoke } | Self::Value { hub, spoke, .. } | Self::Within { hub, spoke, .. } => {
                apply(Hub, hub);
                apply(Spoke, spoke);
            }
            Self::Union { hub_tag, arms, spoke_tag, spoke_value } => {
                apply(Hub, hub_tag);
                apply(Spoke, spoke_tag);
                apply(Spoke, spoke_value);
                for (_, path) in arms {
                    apply(Hub, path);
                }
            }
            Self::Lookup { by, hub, spoke, .. } => {
                apply(Hub, by);
                apply(Hub, hub);
                apply(Spoke, spoke);
            }
            Self::Tag { side, tag, arms } => {
                apply(*side, tag);
                for (_, path) in arms {
                    apply(side.other(), path);
                }
            }
            Self::Fixed { side, path, .. } | Self::Present { side, path } => apply(*side, path),
            Self::Reset { path } => apply(Hub, path),
            Self::Entry { side, map, path, .. } => {
                apply(*side, map);
                apply(side.other(), path);
            }
            Self::Item { list, spoke, rest, .. } => {
                apply(Hub, list);
                apply(Spoke, spoke);
                if let Some(rest) = rest {
                    apply(Spoke, &mut rest.map);
                }
            }
            Self::Join { side, text, parts, .. } => {
                apply(*side, text);
                for path in parts {
                    apply(side.other(), path);
                }
            }
            Self::Entries { side, map, fields } => {
                apply(*side, map);
                for (_, path) in fields {
                    apply(side.other(), path);
                }
            }
            Self::When { hub_by, spoke_by, arms } => {
                apply(Hub, hub_by);
                apply(Spoke, spoke_by);
                for step in arms.iter_mut().flat_map(|arm| &mut arm.steps) {
                    step.each_path(apply);
                }
            }
            Self::Compute { hub, spoke, .. } => {
                for path in hub {
                    apply(Hub, path);
                }
                for path in spoke {
                    apply(Spoke, path);
                }
            }
        }
    }

    /// Every path of the rule.
    pub fn paths(&self) -> Vec<Path> {
        let mut found = Vec::new();
        self.clone().each_path(&mut |_, path| found.push(path.clone()));
        found
    }

    /// The same rule with other paths.
    pub fn map_paths(&self, map: impl Fn(&Path) -> Path) -> Self {
        let mut step = self.clone();
        step.each_path(&mut |_, path| *path = map(path));
        step
    }
}
