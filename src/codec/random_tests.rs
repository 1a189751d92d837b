//! Random types, random objects, random bytes: what holds for all of them.

use std::sync::Arc;

use kubewright_model::{Desc, Field, Ref, Shape, Special, Type};
use proptest::prelude::*;

use crate::codec::{envelope, json, protobuf, yaml};
use crate::object::sample::{FULL, Whole};
use crate::object::{ApiType, Bytes, Dyn, Message, Object, Slot};
use crate::special;

/// A type with up to 90 fields of every form, nested to a depth.
fn desc(depth: u32) -> BoxedStrategy<Arc<Desc>> {
    let count = if depth == 0 { 0..=6_usize } else { 0..=90 };
    let fields = proptest::collection::vec((ty(depth), 0..4_u8, any::<[bool; 3]>()), count);
    fields
        .prop_map(|fields| {
            let fields = fields.into_iter().enumerate().map(|(at, (ty, shape, flags))| field(at, ty, shape, flags)).collect();
            Arc::new(Desc::owned("Random", "k8s.io.test.v1", "", fields))
        })
        .boxed()
}

fn field(at: usize, ty: Type, shape: u8, [optional, omit, wrapped]: [bool; 3]) -> Field {
    let mut field = Field::new("", 1 + (at as u32 * 7) % 500, ty);
    field.name = format!("field{at}").into();
    field.shape = match (shape, &field.ty) {
        (1, Type::F64 | Type::Bytes) | (2, Type::Bool | Type::I32 | Type::I64 | Type::F64) | (0, _) => Shape::One,
        (1, _) => Shape::List,
        (3, Type::String) => Shape::MapOfLists,
        (3, _) => Shape::One,
        _ => Shape::Map,
    };
    field.optional = optional && field.shape == Shape::One;
    field.wrapped = wrapped && field.shape == Shape::List && matches!(field.ty, Type::String);
    if omit { field.omit_empty() } else { field }
}

fn ty(depth: u32) -> BoxedStrategy<Type> {
    let special = prop_oneof![
        Just(special::Time::desc()),
        Just(special::MicroTime::desc()),
        Just(special::Quantity::desc()),
        Just(special::IntOrString::desc()),
        Just(special::Duration::desc()),
        Just(special::Json::desc()),
    ];
    let scalar = prop_oneof![Just(Type::Bool), Just(Type::I32), Just(Type::I64), Just(Type::F64), Just(Type::String), Just(Type::Bytes)];
    let special = special.prop_map(|desc| Type::Message(Ref::Shared(Arc::new(desc.clone()))));
    if depth == 0 {
        return prop_oneof![4 => scalar, 1 => special].boxed();
    }
    prop_oneof![4 => scalar, 1 => special, 1 => desc(depth - 1).prop_map(|desc| Type::Message(Ref::Shared(desc)))].boxed()
}

/// A source of choices, for filling objects.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
    fn text(&mut self) -> String {
        const PARTS: [&str; 8] = ["a", "<&>", "é", "\u{2028}", "\"\\", "\n\u{1}", "0123456789abcdef", "\u{1F600}"];
        (0..self.roll(4)).map(|_| PARTS[self.roll(8) as usize]).collect()
    }
    fn whole(&mut self) -> i64 {
        [0, 1, -1, i64::MAX, i64::MIN, 1 << 40, 127, 128][self.roll(8) as usize]
    }
}

fn fill(message: &mut dyn Message, dice: &mut Dice) {
    let shared = message.shared();
    if let (Some(kind), Some(special)) = (shared.special, message.special_mut()) {
        let whole = dice.whole();
        let text = match kind {
            Special::Time => "\"2024-02-29T01:02:03Z\"".to_owned(),
            Special::MicroTime => "\"2024-02-29T01:02:03.000004Z\"".to_owned(),
            Special::Duration => format!("\"{whole}ns\""),
            Special::Quantity => format!("\"{}Mi\"", dice.roll(5000)),
            Special::IntOrString => (whole as i32).to_string(),
            _ => r#"{"x":[1,"<",null]}"#.to_owned(),
        };
        return special.read_json(&mut json::Parser::new(&text)).expect("a value");
    }
    for at in 0..shared.fields.len() {
        if dice.roll(2) == 0 {
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
            Slot::Msg(part) => fill(part, dice),
            Slot::Strs(list) => list.extend((0..count).map(|_| dice.text())),
            Slot::I32s(list) => list.extend((0..count).map(|_| dice.whole() as i32)),
            Slot::I64s(list) => list.extend((0..count).map(|_| dice.whole())),
            Slot::Bools(list) => list.extend((0..count).map(|_| true)),
            Slot::List(list) => (0..count).for_each(|_| fill(list.push(), dice)),
            Slot::StrMap(map) => map.extend((0..count).map(|_| (dice.text(), dice.text()))),
            Slot::StrsMap(map) => map.extend((0..count).map(|_| (dice.text(), vec![dice.text()]))),
            Slot::BytesMap(map) => map.extend((0..count).map(|_| (dice.text(), Bytes(dice.text().into_bytes())))),
            Slot::Map(map) => (0..count).for_each(|_| fill(map.entry(dice.text()), dice)),
        }
    }
}

fn encoded(message: &dyn Message) -> String {
    let mut out = Vec::new();
    json::encode(message, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

/// Every decoder over the bytes. What one takes must be written again.
fn decode_all(bytes: &[u8]) {
    let makers: [fn() -> Object; 2] = [Whole::boxed, || Box::new(Dyn::of(Whole::desc()))];
    for make in makers {
        let mut object = make();
        let mut findings = json::Findings::default();
        if json::decode(bytes, &mut *object, Some(&mut findings)).is_ok() {
            let text = encoded(&*object);
            let mut again = make();
            json::decode(text.as_bytes(), &mut *again, None).expect("what was written can be read");
            assert_eq!(encoded(&*again), text);
        }
        let mut object = make();
        if protobuf::decode(bytes, &mut *object).is_ok() {
            let _ = (encoded(&*object), json::to_value(&*object));
            let wire = protobuf::encode(&*object);
            let mut again = make();
            protobuf::decode(&wire, &mut *again).expect("what was written can be read");
            assert_eq!(protobuf::encode(&*again), wire);
        }
    }
    let _ = json::type_meta(bytes);
    let _ = envelope::unwrap(bytes);
    if let Ok(value) = yaml::to_json(bytes) {
        let _ = json::from_value(&value, &mut Whole::default(), None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = (text.parse::<special::Time>(), text.parse::<special::MicroTime>(), text.parse::<special::Duration>());
        if let Ok(quantity) = text.parse::<special::Quantity>() {
            assert_eq!(
                quantity.as_str().parse::<special::Quantity>().map(|again| again.as_str().to_owned()),
                Ok(quantity.as_str().to_owned())
            );
        }
    }
}

fn mutated(original: &[u8], changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        match byte % 4 {
            0 => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 if bytes.len() > 1 => drop(bytes.remove(at)),
            _ => bytes[at] ^= 1 << (byte % 8),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_objects_survive_both_wires(desc in desc(2), seed in any::<u64>()) {
        let mut object = Dyn::made(Arc::clone(&desc));
        fill(&mut object, &mut Dice(seed));
        let text = encoded(&object);
        let mut from_json = Dyn::made(Arc::clone(&desc));
        let mut findings = json::Findings::default();
        json::decode(text.as_bytes(), &mut from_json, Some(&mut findings)).expect("decodes");
        prop_assert!(findings.is_empty());
        prop_assert_eq!(encoded(&from_json), text.clone());
        let wire = protobuf::encode(&object);
        let mut from_wire = Dyn::made(Arc::clone(&desc));
        protobuf::decode(&wire, &mut from_wire).expect("decodes");
        prop_assert_eq!(protobuf::encode(&from_wire), wire);
        prop_assert_eq!(encoded(&from_wire), text);
        prop_assert!(object.clone() == object);
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        decode_all(&bytes);
    }

    #[test]
    fn almost_yaml_and_json_never_panic(text in r#"[-+.\[\]{}:,"'&*<!|>#% \n\\a-e0-9yuTZKMGim]{0,60}"#) {
        decode_all(text.as_bytes());
    }

    #[test]
    fn mutated_documents_never_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        decode_all(&mutated(FULL.as_bytes(), &changes));
        let mut whole = Whole::default();
        json::decode(FULL.as_bytes(), &mut whole, None).expect("decodes");
        decode_all(&mutated(&protobuf::encode(&whole), &changes));
        decode_all(&mutated(&envelope::wrap(&whole, "v1", "Whole"), &changes));
    }
}
