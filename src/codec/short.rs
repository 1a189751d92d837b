//! Copying short texts: most are shorter than a call to copy them is worth.

/// Copies `from` to the place of the same length: by overlapping words when it is short.
#[inline]
pub(super) fn copy(from: &[u8], to: &mut [u8]) {
    macro_rules! by_ends {
        ($size:literal) => {
            if let (Some(head), Some(tail)) = (from.first_chunk::<$size>(), from.last_chunk::<$size>()) {
                let (head, tail) = (*head, *tail);
                if let Some(place) = to.first_chunk_mut::<$size>() {
                    *place = head;
                }
                if let Some(place) = to.last_chunk_mut::<$size>() {
                    *place = tail;
                }
                return;
            }
        };
    }
    if from.len() > 32 {
        return to.copy_from_slice(from);
    }
    by_ends!(16);
    by_ends!(8);
    by_ends!(4);
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}
