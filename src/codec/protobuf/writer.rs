//! Writing back to front: a length is known when its content is written, so one pass suffices.

use crate::codec::short;

/// Writes protobuf back to front: the last field first, and of a field its content before its tag.
#[derive(Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
    /// What is written starts here.
    start: usize,
}

impl Writer {
    /// A writer with room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { buffer: vec![0; bytes], start: bytes }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, needed: usize) {
        let used = self.buffer.len() - self.start;
        let mut larger = vec![0; (self.buffer.len() * 2).max(used + needed + 256)];
        let start = larger.len() - used;
        larger[start..].copy_from_slice(&self.buffer[self.start..]);
        self.buffer = larger;
        self.start = start;
    }

    /// Puts bytes before what is written.
    #[inline]
    pub fn raw(&mut self, bytes: &[u8]) {
        if self.start < bytes.len() {
            self.grow(bytes.len());
        }
        let start = self.start - bytes.len();
        short::copy(bytes, &mut self.buffer[start..self.start]);
        self.start = start;
    }

    #[inline]
    fn byte(&mut self, byte: u8) {
        if self.start == 0 {
            self.grow(1);
        }
        self.start -= 1;
        self.buffer[self.start] = byte;
    }

    /// A variable-length integer.
    #[inline]
    pub fn varint(&mut self, value: u64) {
        if value < 0x80 { self.byte(value as u8) } else { self.long_varint(value) }
    }

    fn long_varint(&mut self, mut value: u64) {
        let mut bytes = [0u8; 10];
        let mut count = 0;
        while value >= 0x80 {
            bytes[count] = value as u8 | 0x80;
            value >>= 7;
            count += 1;
        }
        bytes[count] = value as u8;
        self.raw(&bytes[..=count]);
    }

    #[inline]
    fn tag(&mut self, number: u32, wire: u64) {
        self.varint(u64::from(number) << 3 | wire);
    }

    /// A tag and what follows it: one step for the many that take a byte each.
    #[inline]
    fn head(&mut self, number: u32, wire: u8, value: u64) {
        if let (1..16, 0..0x80) = (number, value)
            && let Some(place) = self.buffer.get_mut(..self.start).and_then(|room| room.last_chunk_mut())
        {
            *place = [(number << 3) as u8 | wire, value as u8];
            self.start -= 2;
        } else {
            self.long_head(number, wire, value);
        }
    }

    #[inline(never)]
    fn long_head(&mut self, number: u32, wire: u8, value: u64) {
        self.varint(value);
        self.tag(number, u64::from(wire));
    }

    /// How much is written: where a nested message starts to be.
    #[inline]
    pub fn mark(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// Makes what was written since a mark a field of bytes.
    #[inline]
    pub fn close(&mut self, number: u32, mark: usize) {
        self.head(number, 2, (self.mark() - mark) as u64);
    }

    /// A field of bytes or text.
    #[inline]
    pub fn bytes(&mut self, number: u32, bytes: &[u8]) {
        self.raw(bytes);
        self.head(number, 2, bytes.len() as u64);
    }

    /// An integer field, sign-extended to 64 bits.
    #[inline]
    pub fn integer(&mut self, number: u32, value: i64) {
        self.head(number, 0, value as u64);
    }

    /// A field of a double.
    #[inline]
    pub fn double(&mut self, number: u32, value: f64) {
        self.raw(&value.to_le_bytes());
        self.tag(number, 1);
    }

    /// What was written.
    pub fn finish(mut self) -> Vec<u8> {
        self.buffer.drain(..self.start);
        self.buffer.shrink_to(self.buffer.len() * 2);
        self.buffer
    }
}
