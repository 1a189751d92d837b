//! Finding bytes of a kind, a word or a vector at a time.

/// Bytes looked at together when reading.
pub(super) const WIDTH: usize = 16;

/// The first byte of the chunk that a plain text cannot have inside of a document: a quote, a backslash or a control character.
///
/// Written so that the compiler makes vector code of it.
#[inline]
pub(super) fn end_of_plain(chunk: &[u8; WIDTH]) -> Option<usize> {
    let mut marks = [0; WIDTH];
    for (mark, byte) in marks.iter_mut().zip(chunk) {
        *mark = 0_u8.wrapping_sub(u8::from(ends_plain(*byte)));
    }
    let marks = u128::from_le_bytes(marks);
    (marks != 0).then(|| marks.trailing_zeros() as usize / 8)
}

/// A quote, a backslash or a control character.
// Without branches, or there is no vector code.
#[allow(clippy::needless_bitwise_bool)]
#[inline]
pub(super) fn ends_plain(byte: u8) -> bool {
    (byte == b'"') | (byte == b'\\') | (byte < 0x20)
}

/// Bytes that may need escapes: those above, what means something in HTML, and 0xE2, which U+2028 and U+2029 start with.
#[inline]
pub(super) fn is_suspect(byte: u8) -> bool {
    ends_plain(byte) | matches!(byte, b'<' | b'>' | b'&' | 0xE2)
}

/// Whether no byte of the word is suspect.
#[inline]
pub(super) fn is_plain(word: u64) -> bool {
    // `<` and `>` differ in one bit; `"` and `&` differ in one bit.
    let suspect = zero_bytes((word & !(ONES * 2)) ^ (ONES * 0x3C))
        | zero_bytes((word & !(ONES * 4)) ^ (ONES * 0x22))
        | zero_bytes(word ^ (ONES * 0x5C))
        | zero_bytes(word ^ (ONES * 0xE2))
        | (word.wrapping_sub(ONES * 0x20) & !word & HIGH);
    suspect == 0
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Nonzero when a byte of the word is zero.
#[inline]
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_and_words_agree_with_bytes() {
        for byte in 0..=u8::MAX {
            for at in 0..WIDTH {
                let mut chunk = [b'a'; WIDTH];
                chunk[at] = byte;
                assert_eq!(end_of_plain(&chunk), ends_plain(byte).then_some(at), "{byte:#x} at {at}");
            }
            for at in 0..8 {
                let mut word = [b'a'; 8];
                word[at] = byte;
                assert_eq!(is_plain(u64::from_le_bytes(word)), !is_suspect(byte), "{byte:#x} at {at}");
            }
        }
    }
}
