//! How large documents of a type usually are, so that the next one starts with room.

use std::sync::atomic::{AtomicU32, Ordering};

/// Larger documents start with this much: growing is cheap there, and memory kept for nothing is not.
const MOST: u32 = 16 * 1024;

/// The size of the last document of a type, about. Any thread's will do.
#[derive(Debug, Default)]
pub struct Hint(AtomicU32);

impl Hint {
    /// Bytes to start with.
    #[inline]
    pub fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed) as usize
    }

    /// Notes the size of a document. Written only when it makes a difference, as all threads read it.
    #[inline]
    pub fn note(&self, size: usize) {
        let size = u32::try_from(size).unwrap_or(MOST).min(MOST);
        let before = self.0.load(Ordering::Relaxed);
        if size > before || size < before / 2 {
            self.0.store((size + size / 16).min(MOST), Ordering::Relaxed);
        }
    }
}
