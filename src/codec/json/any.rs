//! A JSON document as a tree, also where it is deeper than serde_json reads.

use serde_json::{Map, Number, Value};

use super::parser::{Parser, Read};

/// The tree of a document that the encoder wrote.
pub(super) fn tree(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).or_else(|_| read(bytes)).unwrap_or_default()
}

fn read(bytes: &[u8]) -> Result<Value, super::JsonError> {
    Parser::new(&String::from_utf8_lossy(bytes)).any(0)
}

impl Parser<'_> {
    /// The next value. Deeper than twice the bound on documents (an object with raw JSON in it) is cut off as `null`.
    fn any(&mut self, depth: u32) -> Read<Value> {
        self.depth = 0;
        if depth > 2 * super::MAX_DEPTH {
            return self.skip().map(|()| Value::Null);
        }
        Ok(match self.peek() {
            b'"' => Value::String(self.string()?),
            b't' | b'f' => Value::Bool(self.bool()?),
            b'n' => {
                self.null()?;
                Value::Null
            }
            b'[' => {
                let mut items = Vec::new();
                self.array(|parser| {
                    items.push(parser.any(depth + 1)?);
                    parser.depth = 1;
                    Ok(())
                })?;
                Value::Array(items)
            }
            b'{' => {
                let mut members = Map::new();
                self.members(|parser| {
                    let key = parser.key(str::to_owned)?;
                    members.insert(key, parser.any(depth + 1)?);
                    parser.depth = 1;
                    Ok(())
                })?;
                Value::Object(members)
            }
            _ => number(self.number()?),
        })
    }
}

fn number(text: &str) -> Value {
    if let Ok(whole) = text.parse::<i64>() {
        return whole.into();
    }
    if let Ok(whole) = text.parse::<u64>() {
        return whole.into();
    }
    text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}
