//! How large something of a type usually is, so that the next one starts with room.

use std::sync::atomic::{AtomicU32, Ordering};

/// The size of the last one of a type, about. Any thread's will do.
#[derive(Debug)]
pub struct Hint {
    size: AtomicU32,
    most: u32,
}

impl Hint {
    /// Nothing is known yet. Larger ones than `most` start with that much: growing is cheap there, and memory kept for nothing is not.
    pub(super) const fn up_to(most: u32) -> Self {
        Self { size: AtomicU32::new(0), most }
    }

    /// Room to start with.
    #[inline]
    pub fn get(&self) -> usize {
        self.size.load(Ordering::Relaxed) as usize
    }

    /// Notes a size. Written only when it makes a difference, as all threads read it.
    #[inline]
    pub fn note(&self, size: usize) {
        let size = u32::try_from(size).unwrap_or(self.most).min(self.most);
        let before = self.size.load(Ordering::Relaxed);
        if size > before || size < before / 2 {
            self.size.store((size + size / 16).min(self.most), Ordering::Relaxed);
        }
    }
}
