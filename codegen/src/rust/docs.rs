//! Texts as Rust tokens: doc comments and literals.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `///` lines of a text; nothing for an empty one.
pub fn doc(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        // More than three blanks would make a line a code example.
        let line = format!(" {}", line.trim());
        if line.trim().is_empty() {
            quote! { #[doc = ""] }
        } else {
            quote! { #[doc = #line] }
        }
    });
    quote! { #(#lines)* }
}

/// `///` lines of a text, or of `otherwise` when it is empty.
pub fn doc_or(text: &str, otherwise: &str) -> TokenStream {
    doc(if text.trim().is_empty() { otherwise } else { text })
}

/// A string literal, raw where that spares escapes.
pub fn literal(text: &str) -> Literal {
    let raw = text.contains(['"', '\\']) && !text.contains(|c: char| c.is_control());
    let hashes = (1..8).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    match hashes {
        Some(hashes) if raw => format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text)),
        _ => Literal::string(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        for (text, rust) in [("a", "\"a\""), ("{\"a\":1}", "r#\"{\"a\":1}\"#"), ("\"#", "r##\"\"#\"##"), ("a\n\"", "\"a\\n\\\"\"")] {
            assert_eq!(literal(text).to_string(), rust);
        }
    }
}
