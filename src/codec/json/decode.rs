//! Decoding: members of a document into the fields of a message, by its descriptor.

use base64::engine::general_purpose::STANDARD;
use base64::{DecodeError, Engine as _};
use kubewright_model::desc::{GUESS, Index};
use kubewright_model::{Desc, Field};

use super::error::JsonError;
use super::findings::FindingKind;
use super::go;
use super::parser::{Parser, Read};
use crate::object::{Bytes, List, Map, Message, Slot};

impl Parser<'_> {
    /// A whole document. `null` leaves the message as it is.
    pub(super) fn document(&mut self, message: &mut dyn Message) -> Read {
        if !self.null()? {
            self.message(message)?;
        }
        self.end()
    }

    /// The next value into a message.
    pub fn message(&mut self, message: &mut dyn Message) -> Result<(), JsonError> {
        let shared = message.shared();
        let desc: &Desc = &shared;
        if desc.special.is_some() {
            return match message.special_mut() {
                Some(special) => special.read_json(self),
                None => self.skip(),
            };
        }
        if desc.either {
            return self.either(message, desc);
        }
        if self.peek() != b'{' {
            return Err(self.mismatch(&go::message(desc)));
        }
        let index = desc.index();
        let mut next = 0;
        let mut seen = Seen::default();
        self.members(|parser| {
            parser.peek();
            let start = parser.at;
            let Some(key) = parser.field(index, next)? else {
                return parser.unknown(start, &mut seen);
            };
            next = key + 1;
            let before = parser.found.len();
            if parser.strict && seen.again(key) {
                parser.find(before, FindingKind::Duplicate, String::new());
            }
            let result =
                if index.flattened { parser.flattened(message, index, &index.keys[key].path) } else { parser.member(message, index, key) };
            if let Err(error) = result {
                return Err(error.in_field(&desc.name, &index.keys[key].name, || {
                    described(desc, &index.keys[key].path).map(go::field).unwrap_or_default()
                }));
            }
            if parser.found.len() > before {
                parser.prefix_found(before, &index.keys[key].name);
            }
            Ok(())
        })
    }

    /// The name of a member and its colon: the position of its key. Most members come in the order of the fields.
    #[inline]
    fn field(&mut self, index: &Index, next: usize) -> Read<Option<usize>> {
        if let Some([b'"', ahead @ ..]) = self.bytes().get(self.at..).and_then(|rest| rest.first_chunk::<{ GUESS + 1 }>())
            && let Some(length) = index.goes_on(next, ahead)
        {
            self.at += 1 + length;
            return Ok(Some(next));
        }
        self.key(|name| index.find(name.as_bytes(), next))
    }

    /// A member whose field lies in an inlined part.
    fn flattened(&mut self, message: &mut dyn Message, index: &Index, path: &[u16]) -> Read {
        let Some((&last, parts)) = path.split_last() else { return self.skip() };
        if parts.is_empty() {
            return self.member(message, index, usize::from(last));
        }
        if self.null()? {
            return Ok(());
        }
        let mut part = message;
        for &step in parts {
            match part.slot(usize::from(step)) {
                Slot::Msg(inner) => part = inner,
                _ => return self.skip(),
            }
        }
        self.value(part.slot(usize::from(last)))
    }

    #[inline]
    fn member(&mut self, message: &mut dyn Message, index: &Index, at: usize) -> Read {
        if self.null()? {
            if index.members.get(at).is_some_and(|member| member.is_nullable()) {
                message.clear(at);
            }
            return Ok(());
        }
        self.value(message.slot(at))
    }

    /// A member that the type does not have. Objects without fields for `kind` and `apiVersion` still carry them at the top.
    #[cold]
    fn unknown(&mut self, start: usize, seen: &mut Seen) -> Read {
        if self.strict {
            let name = self.key_at(start);
            let head = match (self.depth, name.as_str()) {
                (1, "kind") => Some(0),
                (1, "apiVersion") => Some(1),
                _ => None,
            };
            let before = self.found.len();
            match head {
                Some(head) if seen.head_again(head) => self.find(before, FindingKind::Duplicate, name),
                Some(_) => {}
                None => self.find(before, FindingKind::Unknown, name),
            }
        }
        let (strict, result) = (std::mem::take(&mut self.strict), self.skip());
        self.strict = strict;
        result
    }

    #[inline]
    pub(super) fn value(&mut self, slot: Slot<'_>) -> Read {
        match slot {
            Slot::Str(place) => *place = self.string()?,
            Slot::Msg(part) => self.message(part)?,
            Slot::Bool(place) => *place = self.bool()?,
            Slot::I32(place) => *place = self.int32()?,
            Slot::I64(place) => *place = self.int64()?,
            Slot::F64(place) => *place = self.float64()?,
            Slot::Bytes(place) => *place = self.base64()?,
            Slot::List(list) => self.list(list)?,
            Slot::Strs(list) => self.scalars(list, Self::string)?,
            Slot::I32s(list) => self.scalars(list, Self::int32)?,
            Slot::I64s(list) => self.scalars(list, Self::int64)?,
            Slot::Bools(list) => self.scalars(list, Self::bool)?,
            Slot::StrMap(map) => self.map(|parser, key| Ok(map.insert(key, parser.or_empty(Self::string)?).is_none()))?,
            Slot::BytesMap(map) => self.map(|parser, key| Ok(map.insert(key, parser.or_empty(Self::base64)?).is_none()))?,
            Slot::StrsMap(map) => self.map(|parser, key| {
                let mut list = Vec::new();
                match parser.peek() {
                    b'n' => parser.word("null")?,
                    b'[' => parser.scalars(&mut list, Self::string)?,
                    _ => return Err(parser.mismatch("[]string")),
                }
                Ok(map.insert(key, list).is_none())
            })?,
            Slot::Map(map) => self.messages(map)?,
            Slot::None => self.skip()?,
        }
        Ok(())
    }

    #[inline]
    fn or_empty<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.null()? { Ok(T::default()) } else { read(self) }
    }

    fn scalars<T: Default>(&mut self, list: &mut Vec<T>, read: impl Fn(&mut Self) -> Read<T>) -> Read {
        list.clear();
        self.array(|parser| {
            let item = parser.or_empty(&read)?;
            if list.capacity() == 0 {
                list.reserve_exact(1);
            }
            list.push(item);
            Ok(())
        })
    }

    fn list(&mut self, list: &mut dyn List) -> Read {
        for at in (0..list.len()).rev() {
            list.remove(at);
        }
        self.array(|parser| {
            let item = list.push();
            if parser.null()? { Ok(()) } else { parser.message(item) }
        })
    }

    fn messages(&mut self, map: &mut dyn Map) -> Read {
        self.map(|parser, key| {
            // A second value of a key replaces the first as a whole.
            let before = map.len();
            map.remove(&key);
            let new = map.len() == before;
            let value = map.entry(key);
            if !parser.null()? {
                parser.message(value)?;
            }
            Ok(new)
        })
    }

    fn base64(&mut self) -> Read<Bytes> {
        if self.peek() != b'"' {
            return Err(self.mismatch("[]uint8"));
        }
        self.with_str(|text| decode_base64(text).map(Bytes))
    }
}

/// Which keys of an object were read, when duplicates matter.
#[derive(Default)]
struct Seen {
    keys: Vec<u64>,
    heads: [bool; 2],
}

impl Seen {
    /// Notes a key by its position; whether it was noted before.
    fn again(&mut self, key: usize) -> bool {
        let (word, bit) = (key / 64, 1 << (key % 64));
        if self.keys.len() <= word {
            self.keys.resize(word + 1, 0);
        }
        let before = self.keys[word];
        self.keys[word] |= bit;
        before & bit != 0
    }

    /// As [`Seen::again`] for `kind` and `apiVersion` outside the fields.
    fn head_again(&mut self, head: usize) -> bool {
        std::mem::replace(&mut self.heads[head], true)
    }
}

/// Standard base64; line breaks are ignored, as in Go.
fn decode_base64(text: &str) -> Result<Vec<u8>, String> {
    let decoded = if text.contains(['\n', '\r']) { STANDARD.decode(text.replace(['\n', '\r'], "")) } else { STANDARD.decode(text) };
    decoded.map_err(|error| {
        let at = match error {
            DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol { offset: at, .. } => at,
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => text.len() / 4 * 4,
        };
        format!("illegal base64 data at input byte {at}")
    })
}

/// The field at the end of a path through inlined parts.
fn described<'a>(desc: &'a Desc, path: &[u16]) -> Option<&'a Field> {
    let (&first, rest) = path.split_first()?;
    let field = desc.fields.get(usize::from(first))?;
    if rest.is_empty() { Some(field) } else { described(field.element()?.desc()?, rest) }
}
