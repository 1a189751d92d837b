//! The short checksum in the names of shared parameters.

/// FNV-1 (multiply, then xor), 64 bit, first six bytes, as eight characters of URL-safe base64.
pub(super) fn short(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let first48 = fnv1(bytes) >> 16;
    (0..8).rev().map(|place| char::from(ALPHABET[(first48 >> (6 * place)) as usize & 63])).collect()
}

fn fnv1(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.iter().fold(OFFSET, |hash, byte| hash.wrapping_mul(PRIME) ^ u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::short;

    /// Source: names of shared parameters in published Kubernetes 1.36 documents.
    #[test]
    fn published_names() {
        let rows = [
            (
                r##"{"name":"body","in":"body","required":true,"schema":{"$ref":"#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Patch"}}"##,
                "78PwaGsr",
            ),
            (
                r##"{"name":"body","in":"body","schema":{"$ref":"#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"}}"##,
                "2Y1dVQaQ",
            ),
            (
                r#"{"uniqueItems":true,"type":"string","description":"path to the log","name":"logpath","in":"path","required":true}"#,
                "Noq7euwC",
            ),
        ];
        for (text, hash) in rows {
            assert_eq!(short(text.as_bytes()), hash, "{text}");
        }
    }
}
