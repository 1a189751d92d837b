//! JSON keys of a type: how they are told apart without comparing texts, and a perfect hash of them.

/// Marks an empty entry of a table.
pub(super) const VACANT: u16 = u16::MAX;

/// Length, head and tail of a key. Two keys of at most sixteen bytes with one print are the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Print {
    head: u64,
    tail: u64,
    length: usize,
}

/// Keys longer than this are not decided by their print alone.
pub(super) const DECIDED: usize = 16;

impl Print {
    #[inline]
    pub(super) fn of(key: &[u8]) -> Self {
        let (head, tail) = if let (Some(head), Some(tail)) = (key.first_chunk::<8>(), key.last_chunk::<8>()) {
            (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
        } else if let (Some(head), Some(tail)) = (key.first_chunk::<4>(), key.last_chunk::<4>()) {
            (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail)))
        } else {
            (key.iter().fold(0, |head, &byte| head << 8 | u64::from(byte)), 0)
        };
        Self { head, tail, length: key.len() }
    }

    /// Mixes the print; the middle of long keys too, for those that agree at both ends.
    #[inline]
    fn hash(self, key: &[u8]) -> u64 {
        let middle = if self.length > DECIDED { u64::from(key[self.length / 2]) << 40 } else { 0 };
        self.head ^ self.tail.rotate_left(29) ^ self.length as u64 ^ middle
    }
}

/// A key as a document is likely to go on: `name":`, without the first quote. Only keys that fit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    text: u128,
    mask: u128,
    length: usize,
}

/// Bytes of a document that a guess looks at.
pub const GUESS: usize = 16;

impl Guess {
    pub(super) fn of(key: &str) -> Self {
        let text = format!("{key}\":");
        let mut padded = [0; GUESS];
        match padded.get_mut(..text.len()) {
            // A key that is written with escapes is not guessed.
            Some(place) if !key.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') => place.copy_from_slice(text.as_bytes()),
            _ => return Self { text: 1, mask: 0, length: 0 },
        }
        let unused = 8 * (GUESS - text.len()) as u32;
        Self { text: u128::from_le_bytes(padded), mask: u128::MAX.checked_shr(unused).unwrap_or(0), length: text.len() }
    }

    /// The length of the key and what follows it, if the document goes on like this.
    #[inline]
    pub(super) fn matches(&self, document: &[u8; GUESS]) -> Option<usize> {
        (u128::from_le_bytes(*document) & self.mask == self.text).then_some(self.length)
    }
}

/// A multiplier that sends every key of a type to a place of its own.
#[derive(Debug)]
pub(super) struct Perfect {
    table: Box<[u16]>,
    multiplier: u64,
    shift: u32,
}

impl Perfect {
    pub(super) fn of<'a>(keys: impl Iterator<Item = &'a [u8]>) -> Self {
        let hashes: Vec<u64> = keys.map(|key| Print::of(key).hash(key)).collect();
        let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
        let least = (hashes.len() * 2).next_power_of_two().trailing_zeros().max(1);
        for bits in least..least + 4 {
            for _ in 0..1000 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let (multiplier, shift) = (seed | 1, 64 - bits);
                let mut table = vec![VACANT; 1 << bits];
                let fits = hashes.iter().enumerate().all(|(at, hash)| {
                    let slot = &mut table[(hash.wrapping_mul(multiplier) >> shift) as usize];
                    std::mem::replace(slot, u16::try_from(at).unwrap_or(VACANT)) == VACANT
                });
                if fits {
                    return Self { table: table.into(), multiplier, shift };
                }
            }
        }
        Self { table: Box::default(), multiplier: 0, shift: 0 }
    }

    /// Whether there is none: two keys have one hash, and every key must be looked at.
    #[inline]
    pub(super) fn is_absent(&self) -> bool {
        self.table.is_empty()
    }

    /// The only key that this one can be.
    #[inline]
    pub(super) fn candidate(&self, print: Print, key: &[u8]) -> Option<usize> {
        let slot = print.hash(key).wrapping_mul(self.multiplier) >> self.shift;
        self.table.get(slot as usize).map(|at| usize::from(*at))
    }
}
