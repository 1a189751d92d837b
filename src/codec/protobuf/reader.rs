//! The records of a protobuf message, front to back.

use super::ProtobufError;

type Read<T = ()> = Result<T, ProtobufError>;

/// Reads the records of one message.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
}

/// How a record's value is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A variable-length integer.
    Varint,
    /// Eight bytes.
    Fixed64,
    /// A length and as many bytes.
    Bytes,
    /// The start of a group, a form long out of use.
    Group,
    /// The end of a group.
    GroupEnd,
    /// Four bytes.
    Fixed32,
}

impl<'a> Reader<'a> {
    /// A reader at the start of a message.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// How many bytes are still to be read.
    pub fn left(&self) -> usize {
        self.bytes.len()
    }

    /// Whether everything was read.
    pub fn is_at_end(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Number and layout of the next record; `None` at the end.
    #[inline]
    pub fn record(&mut self) -> Result<Option<(u32, Wire)>, ProtobufError> {
        match self.bytes.split_first() {
            None => Ok(None),
            // Most numbers are below 16, and most values are bytes or integers.
            Some((&tag @ (8..0x80), rest)) if matches!(tag & 7, 0 | 2) => {
                self.bytes = rest;
                Ok(Some((u32::from(tag >> 3), if tag & 7 == 2 { Wire::Bytes } else { Wire::Varint })))
            }
            _ => self.any_record().map(Some),
        }
    }

    #[inline(never)]
    fn any_record(&mut self) -> Read<(u32, Wire)> {
        let tag = self.varint()?;
        let number = u32::try_from(tag >> 3).ok().filter(|number| (1..=i32::MAX as u32).contains(number));
        let Some(number) = number else {
            return Err(ProtobufError::text(format!("proto: illegal tag {} (wire type {tag})", (tag >> 3) as i32)));
        };
        let wire = match tag & 7 {
            0 => Wire::Varint,
            1 => Wire::Fixed64,
            2 => Wire::Bytes,
            3 => Wire::Group,
            4 => Wire::GroupEnd,
            5 => Wire::Fixed32,
            other => return Err(ProtobufError::text(format!("proto: illegal wireType {other}"))),
        };
        Ok((number, wire))
    }

    /// How many records of bytes with this number come next, one after the other; not more than is sensible to make room for at once.
    pub(super) fn run(&self, number: u32) -> usize {
        let mut ahead = Reader { bytes: self.bytes };
        let next =
            |ahead: &mut Reader<'_>| ahead.record().is_ok_and(|record| record == Some((number, Wire::Bytes))) && ahead.bytes().is_ok();
        std::iter::from_fn(|| next(&mut ahead).then_some(())).take(4096).count()
    }

    /// A variable-length integer.
    #[inline]
    pub fn varint(&mut self) -> Result<u64, ProtobufError> {
        match self.bytes.split_first() {
            Some((&byte, rest)) if byte < 0x80 => {
                self.bytes = rest;
                Ok(u64::from(byte))
            }
            _ => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Read<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let Some((&byte, rest)) = self.bytes.split_first() else { return Err(ProtobufError::cut_short()) };
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ProtobufError::text("proto: integer overflow"))
    }

    /// A length and as many bytes.
    #[inline]
    pub fn bytes(&mut self) -> Result<&'a [u8], ProtobufError> {
        let length = self.varint()?;
        usize::try_from(length).map_err(|_| ProtobufError::cut_short()).and_then(|length| self.take(length))
    }

    /// A length and as many bytes of text. What is not UTF-8 becomes U+FFFD, so that it can be written as JSON.
    #[inline]
    pub fn text(&mut self) -> Result<String, ProtobufError> {
        self.bytes().map(text)
    }

    /// Eight bytes.
    pub fn fixed64(&mut self) -> Result<u64, ProtobufError> {
        let bytes = self.take(8)?;
        bytes.try_into().map(u64::from_le_bytes).map_err(|_| ProtobufError::cut_short())
    }

    #[inline]
    fn take(&mut self, length: usize) -> Read<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or_else(ProtobufError::cut_short)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// Reads the value of a record without keeping it.
    pub fn skip(&mut self, wire: Wire) -> Result<(), ProtobufError> {
        let mut groups = 0_usize;
        let mut wire = wire;
        loop {
            match wire {
                Wire::Varint => self.varint().map(|_| ())?,
                Wire::Fixed64 => self.take(8).map(|_| ())?,
                Wire::Bytes => self.bytes().map(|_| ())?,
                Wire::Fixed32 => self.take(4).map(|_| ())?,
                Wire::Group => groups += 1,
                Wire::GroupEnd => groups = groups.checked_sub(1).ok_or_else(|| ProtobufError::text("proto: unexpected end of group"))?,
            }
            if groups == 0 {
                return Ok(());
            }
            match self.record()? {
                Some((_, next)) => wire = next,
                None => return Err(ProtobufError::cut_short()),
            }
        }
    }
}

/// Text from bytes that should be UTF-8.
#[inline]
pub(super) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}
