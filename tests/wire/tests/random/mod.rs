//! Random objects of any type, and random parts of them.

use kubewright::codec::json;
use kubewright::codec::protobuf::{Reader, Wire};
use kubewright::model::Special;
use kubewright::object::{Bytes, Message, Slot};

/// A source of choices.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
    fn text(&mut self) -> String {
        const PARTS: [&str; 6] = ["a", "<&>", "é", "\"\\\n\u{1}", "0123456789abcdef", "\u{1F600}"];
        (0..self.roll(4)).map(|_| PARTS[self.roll(6) as usize]).collect()
    }
    fn whole(&mut self) -> i64 {
        [0, 1, -1, i64::MAX, i64::MIN, 1 << 40, 127, 128][self.roll(8) as usize]
    }
}

/// Gives about half of the fields a value, down to a depth.
pub(crate) fn fill(message: &mut dyn Message, dice: &mut Dice, depth: u32) {
    let shared = message.shared();
    if let Some(kind) = shared.special {
        let text = special(kind, dice);
        json::decode(text.as_bytes(), message, None).expect("a value");
        return;
    }
    for (at, field) in shared.fields.iter().enumerate() {
        // Parts of parts of parts get fewer and fewer.
        let deep = field.element().is_some() && dice.roll(1 << depth.min(6)) > 0;
        // Kind and version of an object are no part of its message.
        if field.number == 0 || deep || dice.roll(2) == 0 {
            continue;
        }
        let count = dice.roll(3);
        match message.slot(at) {
            Slot::None => {}
            Slot::Bool(place) => *place = count > 0,
            Slot::I32(place) => *place = dice.whole() as i32,
            Slot::I64(place) => *place = dice.whole(),
            Slot::F64(place) => *place = [0.0, 1.5, -1e-7, 1e21, f64::MAX][dice.roll(5) as usize],
            Slot::Str(place) => *place = dice.text(),
            Slot::Bytes(place) => *place = Bytes(dice.text().into_bytes()),
            Slot::Msg(part) => fill(part, dice, depth + 1),
            Slot::Strs(list) => list.extend((0..count).map(|_| dice.text())),
            Slot::I32s(list) => list.extend((0..count).map(|_| dice.whole() as i32)),
            Slot::I64s(list) => list.extend((0..count).map(|_| dice.whole())),
            Slot::Bools(list) => list.extend((0..count).map(|_| true)),
            Slot::List(list) => (0..count).for_each(|_| fill(list.push(), dice, depth + 1)),
            Slot::StrMap(map) => map.extend((0..count).map(|_| (dice.text(), dice.text()))),
            Slot::StrsMap(map) => map.extend((0..count).map(|_| (dice.text(), vec![dice.text()]))),
            Slot::BytesMap(map) => map.extend((0..count).map(|_| (dice.text(), Bytes(dice.text().into_bytes())))),
            Slot::Map(map) => (0..count).for_each(|_| fill(map.entry(dice.text()), dice, depth + 1)),
        }
    }
}

fn special(kind: Special, dice: &mut Dice) -> String {
    match kind {
        Special::Time => format!("\"{}-02-28T01:02:03Z\"", 1900 + dice.roll(200)),
        Special::MicroTime => format!("\"2024-02-29T01:02:03.{:06}Z\"", dice.roll(1_000_000)),
        Special::Duration => format!("\"{}ns\"", dice.whole()),
        Special::Quantity => format!("\"{}Mi\"", dice.roll(5000)),
        Special::IntOrString if dice.roll(2) == 0 => "\"http\"".to_owned(),
        Special::IntOrString => (dice.whole() as i32).to_string(),
        Special::GroupVersion => "\"apps/v1\"".to_owned(),
        _ => r#"{"x":[1,"<",null]}"#.to_owned(),
    }
}

/// The message without some of its records.
pub(crate) fn without_some(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let mut reader = Reader::new(rest);
        let Ok(Some((_, wire))) = reader.record() else { break };
        let skipped = if wire == Wire::Bytes { reader.bytes().map(|_| ()) } else { reader.skip(wire) };
        if skipped.is_err() {
            break;
        }
        let length = rest.len() - reader.left();
        if dice.roll(4) > 0 {
            out.extend_from_slice(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out
}
