//! The document being written. Short pieces gather in a page of fixed size, so that most of them cost a few moves and no call.

use kubewright_model::desc::{Index, Member, PADDING};

use super::text;
use crate::codec::{Special, short};

const PAGE: usize = 1024;
/// Texts longer than this go to the document directly.
const LONG: usize = PAGE / 4;

pub(super) struct Sink<'a> {
    out: &'a mut Vec<u8>,
    page: [u8; PAGE],
    /// The page is written up to here.
    at: usize,
}

impl<'a> Sink<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, page: [0; PAGE], at: 0 }
    }

    /// Moves the page to the document.
    #[inline(never)]
    pub(super) fn flush(&mut self) {
        self.out.extend_from_slice(self.page.get(..self.at).unwrap_or_default());
        self.at = 0;
    }

    /// The next `length` bytes of the page, which it must have.
    #[inline]
    fn place(&mut self, length: usize) -> &mut [u8] {
        if PAGE - self.at < length {
            self.flush();
        }
        let start = self.at;
        self.at += length;
        &mut self.page[start..start + length]
    }

    #[inline]
    pub(super) fn byte(&mut self, byte: u8) {
        self.place(1)[0] = byte;
    }

    /// A few bytes known beforehand.
    #[inline]
    pub(super) fn word<const LENGTH: usize>(&mut self, word: &[u8; LENGTH]) {
        self.place(LENGTH).copy_from_slice(word);
    }

    /// The key of a field, if it has one of its own.
    #[inline]
    pub(super) fn key(&mut self, index: &Index, member: Member) -> bool {
        let Some(key) = member.key() else { return false };
        let length = key.len();
        let Some(written) = index.written.get(key.start..).and_then(|written| written.first_chunk::<PADDING>()) else { return false };
        if length > PADDING {
            self.long_key(index.written.get(key).unwrap_or_default());
            return true;
        }
        // The padding is overwritten by what follows.
        self.place(PADDING).copy_from_slice(written);
        self.at -= PADDING - length;
        true
    }

    #[cold]
    #[inline(never)]
    fn long_key(&mut self, written: &[u8]) {
        self.rest().extend_from_slice(written);
    }

    /// A text with its quotes.
    #[inline]
    pub(super) fn string(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let length = bytes.len();
        if length > LONG || !text::plain(bytes) {
            return self.special_string(text);
        }
        let place = self.place(length + 2);
        place[0] = b'"';
        place[length + 1] = b'"';
        short::copy(bytes, &mut place[1..=length]);
    }

    /// A text that is long or needs escapes.
    #[cold]
    #[inline(never)]
    fn special_string(&mut self, text: &str) {
        text::string(text, self.rest());
    }

    /// A whole number.
    #[inline]
    pub(super) fn integer(&mut self, value: i64) {
        if let 0..10 = value {
            return self.byte(b'0' + value as u8);
        }
        let mut digits = [0; text::DIGITS];
        let digits = text::digits(value, &mut digits);
        short::copy(digits, self.place(digits.len()));
    }

    /// What a type with a form of its own writes.
    #[inline]
    pub(super) fn special(&mut self, special: &dyn Special) {
        special.write_json(self.rest());
    }

    /// The document itself, to append to.
    pub(super) fn rest(&mut self) -> &mut Vec<u8> {
        self.flush();
        self.out
    }

    /// Position in the document.
    #[inline]
    pub(super) fn mark(&self) -> usize {
        self.out.len() + self.at
    }

    /// Every member since the mark starts with a comma; the first one makes room for the brace.
    #[inline]
    pub(super) fn close(&mut self, mark: usize) {
        if mark == self.mark() {
            return self.word(b"{}");
        }
        let comma = match mark.checked_sub(self.out.len()) {
            Some(at) => self.page.get_mut(at),
            None => self.out.get_mut(mark),
        };
        if let Some(comma) = comma {
            *comma = b'{';
        }
        self.byte(b'}');
    }
}
