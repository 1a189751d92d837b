//! Lookup tables of a descriptor: JSON key to field path, protobuf number to field, and the fields as the codecs need them.

mod hint;
mod keys;
mod member;

use super::{Desc, Shape};
pub use hint::Hint;
pub use keys::GUESS;
use keys::{DECIDED, Guess, Perfect, Print, VACANT};
pub use member::{Member, Zero};

/// Any key may be read to this length from its start.
pub const PADDING: usize = 32;

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
    /// Per field, what the codecs need of it.
    pub members: Box<[Member]>,
    /// The keys of the fields as they are written, `,"name":`, one after the other, and [`PADDING`] bytes.
    pub written: Box<[u8]>,
    /// Field positions by ascending protobuf number.
    pub by_number: Box<[(u32, u16)]>,
    /// Position of the `metadata` field of an object.
    pub metadata: Option<u16>,
    /// Whether some part of an object is there as long as the object is: messages that are not optional.
    pub has_standing: bool,
    /// How large JSON documents of the type are.
    pub json_size: Hint,
    /// How large protobuf documents of the type are.
    pub protobuf_size: Hint,
    numbers: Box<[u16]>,
    guesses: Box<[Guess]>,
    prints: Box<[Print]>,
    perfect: Perfect,
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
        let mut written = Vec::new();
        let members = desc.fields.iter().map(|field| Member::new(field, &mut written)).collect();
        written.extend([b' '; PADDING]);
        Self {
            flattened: desc.fields.iter().any(|field| field.inline || field.no_json),
            members,
            written: written.into(),
            by_number: by_number.into(),
            metadata: desc.field("metadata").map(position),
            has_standing: desc.fields.iter().any(|field| !field.optional && field.shape == Shape::One && field.element().is_some()),
            json_size: Hint::up_to(16 << 10),
            protobuf_size: Hint::up_to(4 << 20),
            numbers: numbers.into(),
            guesses: keys.iter().map(|key| Guess::of(&key.name)).collect(),
            prints: keys.iter().map(|key| Print::of(key.name.as_bytes())).collect(),
            perfect: Perfect::of(keys.iter().map(|key| key.name.as_bytes())),
            keys: keys.into(),
        }
    }

    /// Whether a document, just after the quote of a key, goes on with the key at this position and a colon; and the length of both.
    #[inline]
    pub fn goes_on(&self, at: usize, document: &[u8; GUESS]) -> Option<usize> {
        self.guesses.get(at)?.matches(document)
    }

    /// Position of a JSON key among [`Index::keys`]; `next` is the one that usually follows.
    #[inline]
    pub fn find(&self, name: &[u8], next: usize) -> Option<usize> {
        let print = Print::of(name);
        if self.is(next, print, name) {
            return Some(next);
        }
        if self.perfect.is_absent() {
            return (0..self.keys.len()).find(|&at| self.is(at, print, name));
        }
        self.perfect.candidate(print, name).filter(|&at| self.is(at, print, name))
    }

    #[inline]
    fn is(&self, at: usize, print: Print, name: &[u8]) -> bool {
        self.prints.get(at) == Some(&print) && (name.len() <= DECIDED || self.keys.get(at).is_some_and(|key| key.name.as_bytes() == name))
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
