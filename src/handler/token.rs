//! Continue tokens: where a list in pages goes on. Source: apiserver `storage.DecodeContinue`, observed on a live server.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::status::ApiError;
use crate::store::Revision;

/// Version of the token's form.
const FORM: &str = "meta.k8s.io/v1";

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The revision all pages show; `None`: whatever is newest, which may not fit the pages before.
    pub(crate) revision: Option<Revision>,
    /// The first key that may follow, below the prefix of the list.
    pub(crate) start: String,
}

impl Token {
    /// Goes on after a key.
    pub(crate) fn after(key: &str, prefix: &str, revision: Revision) -> Self {
        let start = key.strip_prefix(prefix).unwrap_or(key);
        Self { revision: Some(revision), start: format!("{start}\0") }
    }

    /// The token as clients send it back.
    pub(crate) fn encode(&self) -> String {
        let revision = self.revision.map_or(json!(-1), |revision| json!(revision));
        URL_SAFE_NO_PAD.encode(json!({"v": FORM, "rv": revision, "start": self.start}).to_string())
    }

    /// Reads what a client sent.
    pub(crate) fn decode(text: &str) -> Result<Self, ApiError> {
        Self::parse(text).map_err(|why| ApiError::bad_request(format!("invalid continue token: continue key is not valid: {why}")))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|error| error.to_string())?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|_| syntax(&bytes))?;
        let form = value.get("v").and_then(Value::as_str).unwrap_or_default();
        if form != FORM {
            return Err(format!("server does not recognize this encoded version {form:?}"));
        }
        let revision = match value.get("rv").and_then(Value::as_i64).unwrap_or_default() {
            0 => return Err(format!("incorrect encoded start resourceVersion (version {FORM})")),
            revision => Revision::try_from(revision).ok(),
        };
        let start = value.get("start").and_then(Value::as_str).unwrap_or_default();
        if start.is_empty() {
            return Err(format!("encoded start key empty (version {FORM})"));
        }
        if start.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(start.to_owned());
        }
        Ok(Self { revision, start: start.to_owned() })
    }
}

/// What is wrong with a text that is no JSON, for its first character, in Go's words.
fn syntax(bytes: &[u8]) -> String {
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None | Some(b'{' | b'[' | b'"') => "unexpected end of JSON input".to_owned(),
        Some(byte) if byte.is_ascii_graphic() => format!("invalid character '{}' looking for beginning of value", char::from(*byte)),
        Some(byte) => format!("invalid character '\\x{byte:02x}' looking for beginning of value"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back() {
        let tokens =
            [Token::after("/registry/configmaps/a/b", "/registry/configmaps/", 7), Token { revision: None, start: "b\0".to_owned() }];
        for token in tokens {
            assert_eq!(Token::decode(&token.encode()), Ok(token));
        }
        assert_eq!(Token::after("/registry/configmaps/a/b", "/registry/configmaps/", 7).start, "a/b\0");
    }

    #[test]
    fn foreign_tokens_are_refused() {
        let made = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let cases = [
            ("nonsense".to_owned(), "invalid character '\\x9e' looking for beginning of value"),
            (made("{}"), "server does not recognize this encoded version \"\""),
            (made(r#"{"v":"meta.k8s.io/v1","rv":0,"start":"a"}"#), "incorrect encoded start resourceVersion (version meta.k8s.io/v1)"),
            (made(r#"{"v":"meta.k8s.io/v1","rv":5,"start":""}"#), "encoded start key empty (version meta.k8s.io/v1)"),
            (made(r#"{"v":"meta.k8s.io/v1","rv":5,"start":"../x"}"#), "../x"),
        ];
        for (text, why) in cases {
            let message = Token::decode(&text).expect_err("refused").message;
            assert_eq!(message, format!("invalid continue token: continue key is not valid: {why}"));
        }
    }
}
