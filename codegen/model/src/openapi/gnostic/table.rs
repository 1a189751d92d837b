//! How the tables of protobuf messages are made up: which JSON key goes into which field.

use serde_json::Value;

/// A message: its named keys, and where all other keys go.
pub(super) struct Table {
    pub(super) slots: &'static [Slot],
    pub(super) rest: &'static [Rest],
}

/// A key with a field of its own.
pub(super) struct Slot {
    pub(super) number: u32,
    pub(super) key: &'static str,
    pub(super) kind: Kind,
}

/// Keys that become entries `{1: name, 2: value}` of a repeated field.
pub(super) struct Rest {
    pub(super) number: u32,
    pub(super) takes: fn(&str) -> bool,
    pub(super) item: Item,
}

/// What a field holds.
pub(super) enum Kind {
    Text,
    Texts,
    Flag,
    Double,
    Int,
    One(Item),
    Many(Item),
}

/// What a message field holds.
#[derive(Clone, Copy)]
pub(super) enum Item {
    /// A message with these keys.
    Table(&'static Table),
    /// One of several messages, by what the value looks like.
    Choice(fn(&Value) -> Option<Chosen>),
    /// Any value, as YAML in field 2.
    Any,
    /// `{1: repeated text}`, from a text or a list.
    Words,
}

/// The member of a oneof that a value goes into: field numbers from the outside in, and what the innermost holds.
pub(super) struct Chosen {
    pub(super) numbers: &'static [u32],
    pub(super) leaf: Leaf,
}

/// What the innermost field of a oneof holds.
pub(super) enum Leaf {
    Table(&'static Table),
    Flag,
    Double,
    Text,
    /// The member stays empty: the value has a kind that the message cannot hold.
    Nothing,
}

pub(super) const fn slot(number: u32, key: &'static str, kind: Kind) -> Slot {
    Slot { number, key, kind }
}
pub(super) const fn text(number: u32, key: &'static str) -> Slot {
    slot(number, key, Kind::Text)
}
pub(super) const fn texts(number: u32, key: &'static str) -> Slot {
    slot(number, key, Kind::Texts)
}
pub(super) const fn flag(number: u32, key: &'static str) -> Slot {
    slot(number, key, Kind::Flag)
}
pub(super) const fn double(number: u32, key: &'static str) -> Slot {
    slot(number, key, Kind::Double)
}
pub(super) const fn int(number: u32, key: &'static str) -> Slot {
    slot(number, key, Kind::Int)
}
pub(super) const fn any(number: u32, key: &'static str) -> Slot {
    slot(number, key, Kind::One(Item::Any))
}
pub(super) const fn one(number: u32, key: &'static str, table: &'static Table) -> Slot {
    slot(number, key, Kind::One(Item::Table(table)))
}
pub(super) const fn many(number: u32, key: &'static str, table: &'static Table) -> Slot {
    slot(number, key, Kind::Many(Item::Table(table)))
}
pub(super) const fn choice(number: u32, key: &'static str, choose: fn(&Value) -> Option<Chosen>) -> Slot {
    slot(number, key, Kind::One(Item::Choice(choose)))
}
pub(super) const fn extensions(number: u32) -> Rest {
    Rest { number, takes: is_extension, item: Item::Any }
}
pub(super) const fn entries(item: Item) -> Rest {
    Rest { number: 1, takes: is_any, item }
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}
fn is_any(_: &str) -> bool {
    true
}
pub(super) fn is_path(key: &str) -> bool {
    key.starts_with('/')
}
pub(super) fn is_response(key: &str) -> bool {
    key == "default" || (key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_digit()))
}

#[allow(clippy::unnecessary_wraps)] // the shape every choice has
pub(super) fn chosen(numbers: &'static [u32], table: &'static Table) -> Option<Chosen> {
    Some(Chosen { numbers, leaf: Leaf::Table(table) })
}

pub(super) fn is_reference(value: &Value) -> bool {
    value.get("$ref").is_some()
}
