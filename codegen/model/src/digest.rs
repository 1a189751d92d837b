//! A fingerprint of texts: tells whether generated files belong to the schemas beside them. Not for security.

/// 64-bit FNV-1a over named texts. The order of the texts matters; names and texts are kept apart by their lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Takes in one file.
    pub fn add(&mut self, name: &str, text: &str) {
        for part in [name.as_bytes(), text.as_bytes()] {
            self.bytes(&(part.len() as u64).to_le_bytes());
            self.bytes(part);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Sixteen hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> String {
        let mut digest = Digest::default();
        files.iter().for_each(|(name, text)| digest.add(name, text));
        digest.hex()
    }

    #[test]
    fn every_byte_and_border_counts() {
        let base = of(&[("a", "bc")]);
        for other in [of(&[("ab", "c")]), of(&[("a", "bd")]), of(&[("a", "b"), ("c", "")]), of(&[])] {
            assert_ne!(base, other);
        }
        assert_eq!(base, of(&[("a", "bc")]));
    }
}
