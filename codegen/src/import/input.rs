//! Reading what somebody else wrote: nothing larger, deeper or longer than an API description is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

/// Most bytes of one source.
pub const BYTES: u64 = 48 << 20;

/// Most values in one document.
const VALUES: usize = 4_000_000;

/// The text of a file. Fails on what is too large, or no text.
pub fn text(path: &Path) -> Result<String, String> {
    let problem = |what: &str| format!("{}: {what}", path.display());
    let file = File::open(path).map_err(|error| problem(&error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(BYTES + 1).read_to_end(&mut bytes).map_err(|error| problem(&error.to_string()))?;
    if bytes.len() as u64 > BYTES {
        return Err(problem(&format!("larger than {} MiB, which no API description is", BYTES >> 20)));
    }
    String::from_utf8(bytes).map_err(|_| problem("not text in UTF-8"))
}

/// The JSON document in a text.
pub fn json(text: &str) -> Result<Value, String> {
    let parts = text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count();
    if parts > VALUES {
        return Err(format!("more than {VALUES} values in one document"));
    }
    serde_json::from_str(text).map_err(|error| format!("this is not JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_documents_end_in_an_error() {
        let deep = "[".repeat(1 << 20);
        let many = format!("[{}0]", "0,".repeat(VALUES + 1));
        for (text, expected) in [("{\"a\": [1, 2", "not JSON"), (deep.as_str(), "not JSON"), (many.as_str(), "more than"), ("", "not JSON")]
        {
            let error = json(text).err().unwrap_or_default();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn what_is_too_large_or_no_text_is_refused() -> std::io::Result<()> {
        let directory = tempfile::tempdir()?;
        let (large, binary) = (directory.path().join("large"), directory.path().join("binary"));
        File::create(&large)?.set_len(BYTES + 2)?;
        std::fs::write(&binary, [0xff, 0xfe])?;
        for (path, expected) in [(&large, "larger than"), (&binary, "UTF-8"), (&directory.path().join("none"), "none: ")] {
            assert!(text(path).err().unwrap_or_default().contains(expected));
        }
        Ok(())
    }
}
