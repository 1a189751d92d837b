//! The keys of conversion rules.

use super::{Form, Key, Object, TEXTS, key, must};

/// A conversion rule: one of its keys.
pub static STEP: Object = Object {
    name: "conversion rule",
    doc: "A two-way rule between the hub and a version: one of these keys.",
    keys: &[
        key("move", Form::Object(&MOVE), "The same value under another name or in another place."),
        key("unset", Form::Object(&UNSET), "What is unset on one side is a value on the other."),
        key("head", Form::Object(&HEAD), "A list on one side, its first item on the other."),
        key("table", Form::Object(&TABLE), "Two texts, or a flag and a text, that correspond."),
        key("scale", Form::Object(&SCALE), "The same number in two units."),
        key("form", Form::Object(&FORM), "The same thing in two notations."),
        key("keyed", Form::Object(&KEYED), "A list with a key on one side, a map on the other."),
        key("opaque", Form::Object(&OPAQUE), "Raw JSON that is copied as it is."),
        key("each", Form::Object(&WITHIN), "Rules for the items of a list or the values of a map."),
        key("in", Form::Object(&WITHIN), "Rules whose paths start at a message."),
        key("hoist", Form::Object(&HOIST), "The fields of a message stand in the type itself on the other side."),
        key("tag", Form::Object(&TAG), "A tag that on the other side follows from the field that is set."),
        key("union", Form::Object(&UNION), "One field per arm in the hub, one field for all in the version."),
        key("lookup", Form::Object(&LOOKUP), "Two texts that correspond, depending on a third."),
        key("when", Form::Object(&WHEN), "Rules that hold for some values of a tag."),
        key("join", Form::Object(&JOIN), "Several fields on one side, one text on the other."),
        key("entries", Form::Object(&ENTRIES), "Fields on one side, entries of a map on the other."),
        key("item", Form::Object(&ITEM), "An item of a list on the hub's side, a field of the version."),
        key("annotation", Form::Object(&ANNOTATION), "A field that the other side keeps as an annotation."),
        key("label", Form::Object(&LABEL), "A field that the other side keeps as a label."),
        key("added", Form::Object(&ADDED), "A field that only the hub has, and its value in objects made through the version."),
        key("constant", Form::Object(&CONSTANT), "A field that one side has alone and that always has the same value."),
        key("compute", Form::Object(&COMPUTE), "Two functions."),
        key(
            "only",
            Form::Object(&ONLY),
            "Fields that the other side does not have. Writes through the version keep the hub's as stored; the version's own are not stored at all.",
        ),
        key("drop", Form::Object(&DROP), "Fields that are given up: neither shown nor kept."),
    ],
};

const HUB: Key = must("hub", Form::Text, "Path in the hub.");
const SPOKE: Key = must("spoke", Form::Text, "Path in the version.");
const LOSES: Key = key("loses", Form::Text, "Acknowledged: what may be lost, and why that is right.");
const HUB_ALONE: Key = key("hub", Form::Text, "Path in the hub, when the hub has it.");
const SPOKE_ALONE: Key = key("spoke", Form::Text, "Path in the version, when the version has it.");

macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $about:literal, [$($key:expr),* $(,)?];)*) => {
        $($(#[$doc])* static $name: Object = Object { name: $text, doc: $about, keys: &[$($key),*] };)*
    };
}

objects! {
    /// The rule `move`.
    MOVE = "move", "The same value in two places.", [HUB, SPOKE, LOSES];
    /// The rule `unset`.
    UNSET = "unset", "Unset on one side, a value on the other.",
        [HUB, SPOKE, must("as", Form::Any, "The value that stands for unset."), LOSES];
    /// The rule `head`.
    HEAD = "head", "A list and its first item.", [HUB, SPOKE, LOSES];
    /// The rule `table`.
    TABLE = "table", "Texts that correspond.",
        [HUB, SPOKE, must("rows", Form::Map(&Form::Text), "The hub's value to the version's. What is in no row is copied."), LOSES];
    /// The rule `scale`.
    SCALE = "scale", "The same number in two units.",
        [HUB, SPOKE, must("factor", Form::Text, "The version's number divided by the hub's: `1000`, or `1/60`."), LOSES];
    /// The rule `form`.
    FORM = "form", "The same thing in two notations, which follow from the types.", [
        HUB,
        SPOKE,
        key("of", Form::Word(&["text", "quantity", "duration", "time"]), "What it is; text of a number or flag otherwise."),
        key("unit", Form::Word(&["nano", "micro", "milli", "one", "kilo", "minute", "hour", "day"]), "What an integer counts, of a second or of the quantity's unit; one otherwise."),
        LOSES,
    ];
    /// The rule `keyed`.
    KEYED = "keyed", "A list with a key and a map by that key.", [
        HUB,
        SPOKE,
        must("key", Form::Text, "The field of the items that names them."),
        key("value", Form::Text, "The field of the items that is the map's value; the rest of the item otherwise."),
        LOSES,
    ];
    /// The rule `opaque`.
    OPAQUE = "opaque", "Raw JSON in two types.", [HUB, SPOKE];
    /// The rules `each` and `in`.
    WITHIN = "within", "Rules for what is inside.",
        [HUB, SPOKE, must("rules", Form::List(&STEP_FORM), "The rules; their paths start inside.")];
    /// The rule `hoist`.
    HOIST = "hoist", "A message whose fields stand in the type itself on the other side.",
        [HUB_ALONE, SPOKE_ALONE, key("always", Form::Flag, "The message is there even when nothing in it is set.")];
    /// The rule `tag`.
    TAG = "tag", "A tag that follows from the field that is set.", [
        HUB_ALONE,
        SPOKE_ALONE,
        must("arms", Form::Map(&Form::Text), "Tag value to the path of the other side's field."),
        LOSES,
    ];
    /// The rule `union`.
    UNION = "union", "A field per arm against one field.",
        [must("hub", Form::Object(&UNION_HUB), "The hub's side."), must("spoke", Form::Object(&UNION_SPOKE), "The version's side.")];
    /// The hub's side of `union`.
    UNION_HUB = "union's hub", "The hub's side.",
        [must("tag", Form::Text, "Path of the tag."), must("arms", Form::Map(&Form::Text), "Tag value to the path of its field.")];
    /// The version's side of `union`.
    UNION_SPOKE = "union's spoke", "The version's side.",
        [must("tag", Form::Text, "Path of the tag."), must("value", Form::Text, "Path of the field for every arm.")];
    /// The rule `lookup`.
    LOOKUP = "lookup", "Two texts that correspond, depending on a third that both sides have.",
        [must("by", Form::Text, "Path of the field that chooses the row."), HUB, SPOKE, must("rows", Form::Map(&Form::Object(&ROW)), "Value of `by` to the two texts.")];
    /// A row of `lookup`.
    ROW = "row", "Two texts that correspond.",
        [must("hub", Form::Text, "The hub's text."), must("spoke", Form::Text, "The version's text.")];
    /// The rule `when`.
    WHEN = "when", "Rules for some values of a tag that both sides have.", [
        must("by", Form::Either(&[Form::Text, Form::Object(&BOTH)]), "Path of the tag; `{hub, spoke}` where the paths differ."),
        must("rows", Form::Map(&Form::List(&STEP_FORM)), "Tag value to the rules that hold then. Fields of other rows are unset."),
    ];
    /// A path on either side.
    BOTH = "both", "A path on either side.", [HUB, SPOKE];
    /// The rule `join`.
    JOIN = "join", "Fields against one text: a list of paths on one side, a path on the other.", [
        must("hub", Form::Either(&[Form::Text, TEXTS]), "The text or the fields of the hub."),
        must("spoke", Form::Either(&[Form::Text, TEXTS]), "The text or the fields of the version."),
        must("by", Form::Text, "What stands between two fields."),
        LOSES,
    ];
    /// The rule `entries`.
    ENTRIES = "entries", "Fields against a map: the path of a map on one side, paths by key on the other.", [
        must("hub", Form::Either(&[Form::Text, Form::Map(&Form::Text)]), "The map of the hub, or its fields by key."),
        must("spoke", Form::Either(&[Form::Text, Form::Map(&Form::Text)]), "The map of the version, or its fields by key."),
        LOSES,
    ];
    /// The rule `annotation`.
    ANNOTATION = "annotation", "A field that the other side keeps as an annotation: text as it is, everything else as JSON.", [
        must("key", Form::Text, "Key of the annotation."),
        HUB_ALONE,
        SPOKE_ALONE,
        key("of", Form::Text, "The type whose JSON the annotation holds, in the version that has the annotation; the field's own otherwise."),
        key("names", Form::Word(&["Go"]), "`Go`: the JSON has the names that Go gives a struct's fields, and every field is written."),
    ];
    /// The rule `item`.
    ITEM = "item", "The first item of a list that fits, against a field.", [
        must("hub", Form::Text, "Path of the list in the hub."),
        must("where", Form::Map(&Form::Text), "Paths in the item, and the texts they have."),
        must("value", Form::Text, "Path in the item of what the field holds."),
        must("spoke", Form::Text, "Path of the field in the version."),
        key("others", Form::Text, "Key of an annotation of the version that holds the other items; otherwise they are kept as stored."),
        key("all", Form::Text, "Key of an annotation of the version that holds the whole list; the field only repeats one item."),
        key("of", Form::Text, "The type whose JSON the annotation holds, in the version; the items' own otherwise."),
        LOSES,
    ];
    /// The rule `label`.
    LABEL = "label", "A field that the other side keeps as a label.",
        [must("key", Form::Text, "Key of the label."), HUB_ALONE, SPOKE_ALONE];
    /// The rule `added`.
    ADDED = "added", "A field that only the hub has.",
        [HUB, must("value", Form::Any, "Its value where nothing is stored.")];
    /// The rule `constant`.
    CONSTANT = "constant", "A field that always has the same value.",
        [HUB_ALONE, SPOKE_ALONE, must("value", Form::Any, "The value."), LOSES];
    /// The rule `compute`.
    COMPUTE = "compute", "Two functions of the group's functions.rs.", [
        must("hub", TEXTS, "The hub's fields."),
        must("spoke", TEXTS, "The version's fields."),
        must("view", Form::Text, "Takes the hub's fields, gives the version's."),
        must("put", Form::Text, "Takes the version's fields and then the hub's as stored, gives the hub's."),
        must("loses", Form::Text, "Acknowledged: why no rule says it, and what may be lost."),
    ];
    /// The rule `only`.
    ONLY = "only", "Fields that one side has alone.",
        [key("hub", TEXTS, "Paths that only the hub has."), key("spoke", TEXTS, "Paths that only the version has.")];
    /// The rule `drop`.
    DROP = "drop", "Fields that are given up.", [
        key("hub", TEXTS, "Paths in the hub; a write through the version empties them."),
        key("spoke", TEXTS, "Paths in the version; they are never set."),
        must("loses", Form::Text, "Acknowledged: why."),
    ];
}

static STEP_FORM: Form = Form::Object(&STEP);
