//! Lookup tables of a descriptor: JSON key to field path, protobuf number to field.

use super::{Desc, Field};

/// Marks an empty entry of a table.
const VACANT: u16 = u16::MAX;

/// A JSON key of a type, and how to get to its field.
#[derive(Debug)]
pub struct Key {
    /// The key, as in the document.
    pub name: Box<str>,
    /// Field positions from this type through inlined parts to the field.
    pub path: Box<[u16]>,
}

/// Derived from a [`Desc`] on first use.
#[derive(Debug)]
pub struct Index {
    /// The JSON keys in output order, those of inlined parts included.
    pub keys: Box<[Key]>,
    /// Whether some key lies in an inlined part, so that positions of keys and fields differ.
    pub flattened: bool,
    /// Per field, its key as it is written: `,"name":`; empty for fields that have none.
    pub written: Box<[Box<[u8]>]>,
    /// Field positions by ascending protobuf number.
    pub by_number: Box<[(u32, u16)]>,
    /// Position of the `metadata` field of an object.
    pub metadata: Option<u16>,
    numbers: Box<[u16]>,
    table: Box<[u16]>,
    multiplier: u64,
    shift: u32,
}

impl Index {
    pub(super) fn build(desc: &Desc) -> Self {
        let mut keys = Vec::new();
        collect(desc, &mut Vec::new(), &mut keys);
        let mut by_number: Vec<(u32, u16)> =
            desc.fields.iter().enumerate().filter(|(_, field)| field.number != 0).map(|(i, field)| (field.number, position(i))).collect();
        by_number.sort_unstable();
        let dense = by_number.last().map_or(0, |(number, _)| (*number).min(255) as usize + 1);
        let mut numbers = vec![VACANT; dense];
        for (number, at) in &by_number {
            if let Some(entry) = numbers.get_mut(*number as usize) {
                *entry = *at;
            }
        }
        let (multiplier, shift, table) = perfect(&keys);
        Self {
            flattened: desc.fields.iter().any(|field| field.inline || field.no_json),
            written: desc.fields.iter().map(written).collect(),
            by_number: by_number.into(),
            metadata: desc.field("metadata").map(position),
            keys: keys.into(),
            numbers: numbers.into(),
            table,
            multiplier,
            shift,
        }
    }

    /// Position of a JSON key among [`Index::keys`]; `next` is the one that usually follows.
    #[inline]
    pub fn find(&self, name: &[u8], next: usize) -> Option<usize> {
        let is = |at: usize| self.keys.get(at).is_some_and(|key| key.name.as_bytes() == name);
        if is(next) {
            return Some(next);
        }
        if self.table.is_empty() {
            return (0..self.keys.len()).find(|&at| is(at));
        }
        let slot = hash(name).wrapping_mul(self.multiplier) >> self.shift;
        let at = *self.table.get(slot as usize)? as usize;
        is(at).then_some(at)
    }

    /// Position of the field with this protobuf number.
    #[inline]
    pub fn number(&self, number: u32) -> Option<usize> {
        match self.numbers.get(number as usize) {
            Some(&VACANT) => None,
            Some(&at) => Some(at as usize),
            None => self.by_number.binary_search_by_key(&number, |(number, _)| *number).ok().map(|at| self.by_number[at].1 as usize),
        }
    }
}

fn position(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(VACANT)
}

fn collect(desc: &Desc, path: &mut Vec<u16>, keys: &mut Vec<Key>) {
    for (at, field) in desc.fields.iter().enumerate().filter(|(_, field)| !field.no_json) {
        path.push(position(at));
        if !field.inline {
            keys.push(Key { name: field.name.clone().into(), path: path.clone().into() });
        } else if let Some(part) = field.element().and_then(super::Ref::desc) {
            collect(part, path, keys);
        }
        path.pop();
    }
}

fn written(field: &Field) -> Box<[u8]> {
    if field.inline || field.no_json { Box::default() } else { format!(",\"{}\":", field.name).into_bytes().into() }
}

/// Mixes length, head and tail of a key; keys of one type rarely agree in all three.
#[inline]
fn hash(key: &[u8]) -> u64 {
    let n = key.len();
    let word = |at: usize| key.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
    let half = |at: usize| key.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes);
    let (head, tail) = match n {
        0 => (0, 0),
        1..4 => (u64::from(key[0]) | u64::from(key[n / 2]) << 8 | u64::from(key[n - 1]) << 16, 0),
        4..8 => (u64::from(half(0)), u64::from(half(n - 4))),
        _ => (word(0), word(n - 8)),
    };
    head ^ tail.rotate_left(29) ^ n as u64 ^ middle(key)
}

/// Long keys that agree at both ends differ in the middle.
#[inline]
fn middle(key: &[u8]) -> u64 {
    if key.len() > 16 { u64::from(key[key.len() / 2]) << 40 } else { 0 }
}

/// A multiplier that sends every key to a place of its own. An empty table (two keys with one hash) means: search in order.
fn perfect(keys: &[Key]) -> (u64, u32, Box<[u16]>) {
    let hashes: Vec<u64> = keys.iter().map(|key| hash(key.name.as_bytes())).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let least = (keys.len() * 2).next_power_of_two().trailing_zeros().max(1);
    for bits in least..least + 4 {
        for _ in 0..1000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (multiplier, shift) = (seed | 1, 64 - bits);
            let mut table = vec![VACANT; 1 << bits];
            let fits = hashes.iter().enumerate().all(|(at, hash)| {
                let slot = &mut table[(hash.wrapping_mul(multiplier) >> shift) as usize];
                std::mem::replace(slot, position(at)) == VACANT
            });
            if fits {
                return (multiplier, shift, table.into());
            }
        }
    }
    (0, 0, Box::default())
}

#[cfg(test)]
mod tests {
    use super::super::{Desc, Field};

    fn desc(names: &[String]) -> Desc {
        let fields = names.iter().zip(1..).map(|(name, number)| {
            let mut field = Field::string("", number);
            field.name = name.clone().into();
            field
        });
        Desc::owned("T", "p", "o", fields.collect())
    }

    #[test]
    fn every_key_is_found_from_anywhere() {
        for count in [0, 1, 2, 9, 64, 300] {
            let names: Vec<String> = (0..count).map(|i| format!("field{i}")).collect();
            let desc = desc(&names);
            let index = desc.index();
            for (at, name) in names.iter().enumerate() {
                for next in [0, at, count] {
                    assert_eq!(index.find(name.as_bytes(), next), Some(at), "{name} of {count}");
                }
                assert_eq!(index.number(at as u32 + 1), Some(at));
            }
            assert_eq!(index.find(b"absent", 0), None);
            assert_eq!(index.number(count as u32 + 1), None);
        }
    }

    #[test]
    fn keys_with_one_hash_are_still_told_apart() {
        let names = ["aXXXXXXXXbYYYYYYYYc", "aXXXXXXXXbZYYYYYYYc"].map(String::from);
        let twins: Vec<String> = names.into_iter().collect();
        let desc = desc(&twins);
        for (at, name) in twins.iter().enumerate() {
            assert_eq!(desc.index().find(name.as_bytes(), 7), Some(at));
        }
    }

    #[test]
    fn large_numbers_are_found() {
        let desc = Desc::owned("T", "p", "o", vec![Field::string("a", 1000), Field::string("b", 2)]);
        assert_eq!(desc.index().number(1000), Some(0));
        assert_eq!(desc.index().number(2), Some(1));
        assert_eq!(desc.index().number(999), None);
    }
}
